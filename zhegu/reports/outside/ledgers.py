"""Gathers what the installed rooms offer in their `ledgers.py`."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from zhegu.lib.ledger import LedgerOffer


class NoLedger(LookupError):
    """No installed room offers a ledger of that name."""


@cache
def offers() -> dict[str, LedgerOffer]:
    """All ledgers on offer, by name; raises ValueError where two rooms use one name."""
    found: dict[str, LedgerOffer] = {}
    for room in apps.get_app_configs():
        module = f"{room.name}.ledgers"
        if not room.name.startswith("zhegu.") or find_spec(module) is None:
            continue
        for offer in import_module(module).LEDGERS:
            if offer.name in found:
                raise ValueError(f"ledger offered twice: {offer.name}")
            found[offer.name] = offer
    return found


def offer(name: str) -> LedgerOffer:
    """The offer of that name; raises NoLedger."""
    try:
        return offers()[name]
    except KeyError:
        raise NoLedger(name) from None

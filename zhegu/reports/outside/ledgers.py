"""Gathers what the installed rooms offer in their `ledgers.py`."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps

from zhegu.lib.ledger import FigureOffer, LedgerOffer


class NoLedger(LookupError):
    """No installed room offers a ledger of that name."""


@cache
def offers() -> dict[str, LedgerOffer]:
    """All ledgers on offer, by name; raises ValueError where two rooms use one name."""
    return _gathered("LEDGERS")


@cache
def figure_offers() -> dict[str, FigureOffer]:
    """All groups of figures on offer, by name; raises ValueError where two rooms use one name."""
    return _gathered("FIGURES")


def _gathered(what: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for room in apps.get_app_configs():
        module = f"{room.name}.ledgers"
        if not room.name.startswith("zhegu.") or find_spec(module) is None:
            continue
        for offer in getattr(import_module(module), what, ()):
            if offer.name in found:
                raise ValueError(f"offered twice: {offer.name}")
            found[offer.name] = offer
    return found


def offer(name: str) -> LedgerOffer:
    """The offer of that name; raises NoLedger."""
    try:
        return offers()[name]
    except KeyError:
        raise NoLedger(name) from None

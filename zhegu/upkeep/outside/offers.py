"""Gathers what the installed rooms offer in their `retention.py` and `nightly.py`."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from zhegu.lib.upkeep import Job, Kept


def _modules(name: str) -> list:
    found = []
    for room in apps.get_app_configs():
        if room.name.startswith("zhegu.") and find_spec(f"{room.name}.{name}"):
            found.append(import_module(f"{room.name}.{name}"))
    return found


@cache
def kept() -> dict[str, Kept]:
    """Everything that is kept, by name: higher rooms first, since their rows point at those below.

    Raises ValueError where two rooms use one name.
    """
    found: dict[str, Kept] = {}
    for module in reversed(_modules("retention")):
        for one in module.KEPT:
            if one.name in found:
                raise ValueError(f"kept twice: {one.name}")
            found[one.name] = one
    return found


@cache
def jobs() -> tuple[Job, ...]:
    """Every room's work of the night, lower rooms first."""
    return tuple(job for module in _modules("nightly") for job in module.JOBS)

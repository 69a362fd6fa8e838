"""Gathers what the installed rooms let follow a merge (`FOLLOWING` in their `reactions.py`)."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from zhegu.registers.actions import Follows


@cache
def following() -> tuple[Follows, ...]:
    """Every table whose rows go with a merge, room by room."""
    rooms = sorted(f"{room.name}.reactions" for room in apps.get_app_configs() if room.name.startswith("zhegu."))
    modules = [import_module(name) for name in rooms if find_spec(name)]
    return tuple(table for module in modules for table in getattr(module, "FOLLOWING", ()))

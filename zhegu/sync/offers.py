"""What the apps offer to phones, gathered from their `phone.py`."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps

from zhegu.lib.phone import PhoneCommand, PhoneTable


@cache
def _modules() -> tuple[ModuleType, ...]:
    names = sorted(config.name for config in apps.get_app_configs() if config.name.startswith("zhegu."))
    return tuple(import_module(f"{name}.phone") for name in names if find_spec(f"{name}.phone"))


def _gathered(what: str) -> dict:
    found: dict = {}
    for module in _modules():
        for name, offer in getattr(module, what, {}).items():
            if name in found:
                raise ValueError(f"offered twice to phones: {name}")
            found[name] = offer
    return found


@cache
def tables() -> dict[str, PhoneTable]:
    """All tables by name; raises ValueError where two apps use one name."""
    return _gathered("TABLES")


@cache
def commands() -> dict[str, PhoneCommand]:
    """All commands by kind; raises ValueError where two apps use one kind."""
    return _gathered("COMMANDS")

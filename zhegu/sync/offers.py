"""What the apps offer to phones, gathered from their `phone.py` and `duties.py`."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps

from zhegu.lib.duties import DutyRule
from zhegu.lib.phone import PhoneCommand, PhoneTable


@cache
def _modules(part: str) -> tuple[ModuleType, ...]:
    names = sorted(config.name for config in apps.get_app_configs() if config.name.startswith("zhegu."))
    return tuple(import_module(f"{name}.{part}") for name in names if find_spec(f"{name}.{part}"))


def _gathered(what: str) -> dict:
    found: dict = {}
    for module in _modules("phone"):
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
def sensitive() -> frozenset[str]:
    """Tables that tell of health or whereabouts: a phone that gets rows of them has looked."""
    return frozenset(name for module in _modules("phone") for name in getattr(module, "SENSITIVE", ()))


@cache
def commands() -> dict[str, PhoneCommand]:
    """All commands by kind; raises ValueError where two apps use one kind."""
    return _gathered("COMMANDS")


@cache
def duties() -> tuple[DutyRule, ...]:
    """The rules of what is due, by rank; raises ValueError where one has no table or stands twice."""
    found: dict[str, DutyRule] = {}
    for module in _modules("duties"):
        for rule in module.DUTIES:
            if rule.code in found or rule.table not in tables():
                raise ValueError(f"a rule of duty that cannot be: {rule.code}")
            found[rule.code] = rule
    return tuple(sorted(found.values(), key=lambda rule: (rule.rank, rule.code)))

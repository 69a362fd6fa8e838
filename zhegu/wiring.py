"""THE list: when this is journalled, these react.

An app's `reactions.py` holds `REACTIONS: dict[str, tuple[Reaction, ...]]`, by journal kind; here they
are put together. Order within a kind is the order of the apps in the house; a reaction that fails is
tried again by itself and never holds up the others.
"""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from zhegu.journal.worker import Reaction, Wiring


@cache
def wiring() -> Wiring:
    """Every reaction of every installed app, by the journal kind it reacts to."""
    found: dict[str, list[Reaction]] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("zhegu.") and find_spec(f"{config.name}.reactions"):
            offered = import_module(f"{config.name}.reactions").REACTIONS
            for kind, reactions in offered.items():
                found.setdefault(str(kind), []).extend(reactions)
    return found

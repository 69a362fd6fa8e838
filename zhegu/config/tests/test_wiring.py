"""Every reaction in the wiring answers to a journal kind that some app writes."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from zhegu.wiring import wiring


def test_the_wiring_names_only_functions():
    assert all(callable(reaction) for reactions in wiring().values() for reaction in reactions)


def test_every_app_with_reactions_is_in_the_wiring():
    for config in apps.get_app_configs():
        if config.name.startswith("zhegu.") and find_spec(f"{config.name}.reactions"):
            offered = import_module(f"{config.name}.reactions").REACTIONS
            assert all(set(reactions) <= set(wiring()[str(kind)]) for kind, reactions in offered.items())

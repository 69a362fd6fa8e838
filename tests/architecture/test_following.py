"""Two rows of the register that are one person: whatever hangs on a person follows, or says why it stays."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import ForeignKey

from zhegu.lib.texts import has_text
from zhegu.registers.actions import Follows, Happened
from zhegu.registers.models import Person
from zhegu.registers.outside import rooms
from zhegu.wiring import wiring

# Tables with a person that do not follow a merge, each with the reason.
STAYS = {
    "outbreaks.Standing": "reckoned anew from the measures, which follow (monitoring, keep_standings)",
    "registers.Different": "the register itself",
    "registers.Merge": "the register itself",
    "registers.NameKey": "the names of either row lead to the one that is shown",
    "registers.Person": "the register itself",
}

NEVER = Follows.__dataclass_fields__["stays"].default
"""Of a table whose rows always go."""


def tables_of_people() -> set[str]:
    """Tables with a foreign key to a person."""
    return {
        model._meta.label for model in apps.get_models() for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is Person
    }  # fmt: skip


def following() -> dict[str, str]:
    """Table → the app whose reactions move it."""
    rooms = [config.name for config in apps.get_app_configs() if find_spec(f"{config.name}.reactions")]
    modules = {name: import_module(f"{name}.reactions") for name in rooms if name.startswith("zhegu.")}
    return {one.what: name for name, module in modules.items() for one in getattr(module, "FOLLOWING", ())}


def test_what_hangs_on_a_person_follows_a_merge_or_says_why_not():
    assert sorted(tables_of_people() - set(following()) - set(STAYS)) == []


def test_every_reason_and_every_table_named_is_needed():
    assert sorted((set(following()) | set(STAYS)) - tables_of_people()) == []
    assert sorted(set(following()) & set(STAYS)) == []


def test_whoever_names_tables_moves_them_both_ways():
    for kind in (Happened.PEOPLE_MERGED, Happened.MERGE_UNDONE):
        reacting = {reaction.__module__.removesuffix(".reactions") for reaction in wiring()[kind]}
        assert set(following().values()) - reacting == set(), kind


def test_whatever_a_merge_moves_or_leaves_has_words_for_whoever_decides_on_it():
    named = [(one, does) for one in rooms.following() for does in ("follows", "stays") if does == "follows" or one.stays is not NEVER]
    assert [one.words(does) for one, does in named if not has_text(one.words(does))] == []

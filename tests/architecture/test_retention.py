"""Whatever tells of a person has an end: every table that points at one is in some room's `retention.py`."""

import pytest
from django.apps import apps
from django.db.models import CASCADE

from zhegu.journal.tests.make import MORNING
from zhegu.lib.texts import has_text
from zhegu.lib.upkeep import SINCE, Due
from zhegu.places.tests.make import community
from zhegu.upkeep.outside import offers

KEPT = sorted(offers.kept())

# Tables of people without an end of their own, each with the reason.
ENDLESS = {
    "registers.NameKey": "goes with its person",
    "registers.Person": "the register: as long as someone belongs here; goes by the rights desk and the close-out",
    "registers.Merge": "part of the register",
    "registers.Different": "part of the register",
}


def points_at_people() -> dict[str, type]:
    found = {}
    for model in apps.get_models():
        if not model.__module__.startswith("zhegu."):
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if (getattr(field, "concrete", False) and target is not None and target._meta.label == "registers.Person") or (getattr(field, "concrete", False) and field.name in {"person", "subject_person"}):
                found[model._meta.label] = model
    return found


def ending() -> set[str]:
    """Labels of the tables some room ends, and of those that go with one of them."""
    place = community()
    labels = {one.expired(Due(None if one.whole else place, MORNING)).model._meta.label for one in offers.kept().values()}
    grown = True
    while grown:
        grown = False
        for model in apps.get_models():
            for field in model._meta.get_fields():
                remote = getattr(field, "remote_field", None)
                if not getattr(field, "concrete", False) or remote is None or remote.on_delete is not CASCADE:
                    continue
                if remote.model._meta.label in labels and model._meta.label not in labels:
                    labels.add(model._meta.label)
                    grown = True
    return labels


@pytest.mark.django_db
def test_every_table_of_people_has_an_end():
    without = sorted(set(points_at_people()) - ending() - set(ENDLESS))
    assert without == [], f"give these a Kept in their app's retention.py (CONTRIBUTING.md, Retention): {without}"


def test_reasons_for_no_end_are_needed():
    assert sorted(set(ENDLESS) - set(points_at_people()) - {"registers.Person"}) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept_can_be_counted_held_and_named(name: str):
    one = offers.kept()[name]
    rows = one.expired(Due(None if one.whole else community(), MORNING))
    assert rows.count() == 0
    assert one.days >= 0 and one.since in SINCE and one.source and one.purpose
    assert has_text(one.text), one.text
    assert one.whole or has_text(f"upkeep.purpose_{one.purpose}"), one.purpose
    if one.outbreak:
        assert rows.filter(**{f"{one.outbreak}__in": []}).count() == 0
    if one.refs:
        assert list(one.refs(rows)) == []

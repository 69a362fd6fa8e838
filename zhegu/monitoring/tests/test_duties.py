"""Asking is due in the morning and the evening, until somebody is reached."""

import pytest

from zhegu.lib import clock
from zhegu.lib.duties import due
from zhegu.lib.ids import new_id
from zhegu.monitoring import actions, phone
from zhegu.monitoring.duties import DUTIES
from zhegu.monitoring.rules import Reached
from zhegu.monitoring.tests.make import Home, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Home:
    found = Home()
    found.measure(people=found.people[:1])
    return found


def due_now(home: Home, monkeypatch, when: str) -> list[str]:
    monkeypatch.setattr(clock, "now", lambda: at(when))
    rows = list(phone.checked_rows(home.tashi, home.community))
    return [rule.code for row in rows for rule in DUTIES if due(rule, row, clock.now())]


@pytest.mark.parametrize(
    ("when", "codes"),
    [
        ("2022-09-13 05:59", []), ("2022-09-13 06:00", ["monitoring.morning"]), ("2022-09-13 11:59", ["monitoring.morning"]),
        ("2022-09-13 12:00", ["monitoring.evening"]), ("2022-09-13 23:00", ["monitoring.evening"]),
        ("2022-09-14 06:00", ["monitoring.morning"]),
    ],
)  # fmt: skip
def test_each_part_of_the_day_has_its_own(home, monkeypatch, when, codes):
    assert due_now(home, monkeypatch, when) == codes


def test_whoever_was_reached_is_due_no_more_and_whoever_was_not_is(home, monkeypatch):
    home.check(home.people[0], "2022-09-13 08:00", reached=Reached.NO_ANSWER, temperature=None)
    assert due_now(home, monkeypatch, "2022-09-13 08:01") == ["monitoring.morning"]
    ref = home.check(home.people[0], "2022-09-13 08:05").ref
    assert due_now(home, monkeypatch, "2022-09-13 08:06") == []
    assert due_now(home, monkeypatch, "2022-09-13 12:00") == ["monitoring.evening"]
    undone = actions.UndoCheck(ref=new_id(), at=at("2022-09-13 08:07"), check=ref)
    actions.undo_checks(by=home.tashi.actor, scope=home.tashi, outbreak=home.outbreak, items=[undone])
    assert due_now(home, monkeypatch, "2022-09-13 08:08") == ["monitoring.morning"]


def test_a_check_before_six_counts_for_the_morning(home, monkeypatch):
    home.check(home.people[0], "2022-09-13 05:40")
    assert due_now(home, monkeypatch, "2022-09-13 06:30") == []


def test_what_is_due_stands_at_its_house(home, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2022-09-13 09:00"))
    (row,) = phone.checked_rows(home.tashi, home.community)
    assert row["house"] == str(home.house.pk)

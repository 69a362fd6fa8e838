"""Asking is due in the morning and the evening, until somebody is reached."""

import pytest

from zhegu.lib import clock
from zhegu.lib.duties import due
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Scope
from zhegu.monitoring import actions, phone, queries
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


def days_due(home: Home, monkeypatch, when: str, scope=None) -> dict[str, bool]:
    """What measures make due at that moment, and whether it is late."""
    monkeypatch.setattr(clock, "now", lambda: at(when))
    rows = list(phone.measure_rows(scope or home.tashi, home.community))
    found = [(rule.code, due(rule, row, clock.now())) for row in rows for rule in DUTIES if rule.table == "measure"]
    return {code: made.late for code, made in found if made}


def test_a_test_an_end_and_a_look_are_due_on_their_days_and_stay_late(home, monkeypatch):
    (row,) = phone.measure_rows(home.tashi, home.community)
    assert row["measure"]["zh"] and row["tests"] and row["test_on"] == "2022-09-13"
    assert days_due(home, monkeypatch, "2022-09-13 09:00").get("monitoring.test") is False
    later = days_due(home, monkeypatch, "2022-10-20 09:00")
    assert later["monitoring.test"] and later["monitoring.review"]
    assert later.get("monitoring.stage") or later.get("monitoring.release")
    assert home.outbreak.is_open and queries.measures(home.ana, home.community).get().holds


def test_a_swab_takes_the_test_off_the_list(home, monkeypatch):
    home.test(home.people[0], "2022-09-13 08:00")
    (row,) = phone.measure_rows(home.tashi, home.community)
    assert row["tests_done"] == 1 and row["test_on"] != "2022-09-13"
    assert "monitoring.test" not in days_due(home, monkeypatch, "2022-09-13 09:00")


def test_a_row_does_not_change_with_the_day_alone(home, monkeypatch):
    found = []
    for when in ("2022-09-13 09:00", "2022-09-30 09:00"):
        monkeypatch.setattr(clock, "now", lambda when=when: at(when))
        found.append(list(phone.measure_rows(home.tashi, home.community)))
    assert found[0] == found[1]


def test_a_row_counts_from_the_first_day_of_the_running_stage(home, monkeypatch):
    """Day 0 is 12 September, so isolation is counted from the 13th; the second stage begins anew with day 1."""
    (row,) = phone.measure_rows(home.tashi, home.community)
    assert row["since"] == "2022-09-13"
    home.test(home.people[0], *(f"2022-09-{d} 09:00" for d in (13, 14, 15, 17, 19)))
    measure = queries.measures(home.ana, home.community).get()
    assert home.act(actions.next_stages, measure, at("2022-09-20 00:00")).accepted
    monkeypatch.setattr(clock, "now", lambda: at("2022-09-22 09:00"))
    (row,) = phone.measure_rows(home.tashi, home.community)
    assert row["since"] == "2022-09-20"


def test_what_waits_or_is_elsewhere_is_on_no_phone(home):
    home.measure(people=home.people[3:])
    home.everybody(at("2022-09-14 00:00").date())
    assert [row["grid"] for row in phone.measure_rows(home.tashi, home.community)] == [1]
    assert list(phone.measure_rows(Scope(home.ana.actor), home.community)) == []

"""On a phone a measure is kept, led on or ended by those who decide, with the refusals of the office's page."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.phone import ParsedCommand
from zhegu.lib.scope import Scope
from zhegu.monitoring import phone, queries
from zhegu.monitoring.models import Measure, Step
from zhegu.monitoring.rules import Did, look_again
from zhegu.monitoring.tests.make import Home, at, day
from zhegu.outbreaks.models import Outbreak
from zhegu.outbreaks.rules import Result

CASES = json.loads((Path(__file__).resolve().parents[3] / "contracts/cases/measure-review.json").read_text(encoding="utf-8"))["cases"]
SECOND = {"code": "secondary_contact"}
OVER = "2022-09-20 09:00"


@pytest.mark.parametrize("case", CASES)
def test_a_look_keeps_it_until_that_day(case):
    assert look_again(day(case["planned"]), day(case["looked"])) == day(case["expect"])


@pytest.fixture
def home(db) -> Home:
    return Home()


@pytest.fixture
def one(home: Home) -> Measure:
    """Seven days at home, day 1 is the 13th, tests on days 1, 4 and 7."""
    return home.measure(**SECOND)


def said(home: Home, kind: str, of: Measure, when: str, scope: Scope | None = None, ref: UUID | None = None, **body: Any) -> Any:
    """What the server answers to that command of a phone."""
    offer, scope = phone.COMMANDS[f"monitoring.{kind}"], scope or home.ana
    words = {"measure": str(of.pk), **body}
    command = ParsedCommand(
        ref or new_id(), kind, home.community.code, scope.actor, at(when), 1, offer.schema(**words), words, json.dumps(words).encode(),
        place=home.community,
    )  # fmt: skip
    return offer.run(scope, [command])[0]


def tested(home: Home) -> None:
    home.test(home.people[0], "2022-09-13 08:00", "2022-09-16 08:00", "2022-09-19 08:00")
    home.check(home.people[0], "2022-09-19 18:00")


def test_who_has_done_everything_is_let_go_and_gets_the_certificate(home, one):
    tested(home)
    ref = new_id()
    assert said(home, "release_measure", one, OVER, ref=ref).accepted
    assert said(home, "release_measure", one, OVER, ref=ref).accepted, "sent twice it is one release"
    found = queries.measure(home.ana, one.pk)
    assert (found.how, found.ended) == ("released", at(OVER)) and Step.objects.filter(measure=one, did=Did.ENDED).count() == 1
    assert list(phone.measure_rows(home.ana, home.community)) == []


def test_nobody_is_let_go_with_a_test_missing(home, one):
    home.test(home.people[0], "2022-09-13 08:00")
    answer = said(home, "release_measure", one, OVER)
    assert (answer.reason, "all_tests_done" in answer.facts["needs"]) == ("monitoring.not_yet", True)
    assert queries.measure(home.ana, one.pk).holds


def test_nobody_is_let_go_by_words_that_come_after_a_positive_test(home, one):
    """Said at nine without a network; the swab of ten o'clock is known by the time it arrives."""
    tested(home)
    home.test(home.people[0], "2022-09-20 10:00", result=Result.POSITIVE)
    assert said(home, "release_measure", one, OVER).reason == "monitoring.not_yet"


def test_nor_where_symptoms_were_told_since(home, one):
    tested(home)
    home.check(home.people[0], "2022-09-20 10:00", symptoms=("fever",), temperature=385)
    assert said(home, "release_measure", one, OVER).reason == "monitoring.not_yet"


def test_a_check_since_that_was_all_right_takes_no_release_back(home, one, monkeypatch):
    """Only what speaks against it does, whatever else is asked."""
    tested(home)
    home.check(home.people[0], "2022-09-20 10:00")
    asked = []
    monkeypatch.setattr(queries, "missing", lambda scope, of, when: asked.append(when) or ())
    assert said(home, "release_measure", one, OVER).accepted and asked == [at(OVER)]


def test_still_needed_wants_a_reason_and_names_the_next_day(home, one):
    assert said(home, "review_measure", one, "2022-09-15 09:00", words="").reason == "monitoring.say_why"
    answer = said(home, "review_measure", one, "2022-09-15 09:00", words="家里有病人")
    (row,) = phone.measure_rows(home.ana, home.community)
    assert answer.facts["review_on"] == row["review_on"] == row["planned"] == "2022-09-19"
    assert Step.objects.get(measure=one, did=Did.REVIEWED).note == "家里有病人"


def test_a_look_that_arrives_late_does_not_undo_a_later_one(home, one):
    assert said(home, "review_measure", one, "2022-09-25 09:00", words="后").accepted
    answer = said(home, "review_measure", one, "2022-09-22 09:00", words="先")
    assert answer.accepted and queries.measure(home.ana, one.pk).looked_on == day("2022-09-25")
    assert answer.facts["review_on"] == "2022-09-25"


def test_the_next_stage_begins_on_the_phone_too(home):
    close = home.measure()
    home.test(home.people[0], *(f"2022-09-{d} 09:00" for d in (13, 14, 15, 17, 19)))
    answer = said(home, "begin_stage", close, "2022-09-20 08:00", stage=1)
    assert answer.accepted and answer.facts["stage"] == 2


def by_profile(home: Home, *stages: dict) -> Measure:
    """A contact under these stages."""
    rule = {"code": "close_contact", "stages": list(stages), "monitoring": {"temperature_per_day": 2, "symptoms": True}, "release": {"require": []}}
    row, others = home.measure(), [one for one in home.outbreak.profile["measures"] if one["code"] != "close_contact"]
    Outbreak.objects.filter(pk=home.outbreak.pk).update(profile={**home.outbreak.profile, "measures": [rule, *others]})
    return row


TWO_DAYS = {"kind": "home_monitoring", "days": 2}


def test_who_says_it_second_skips_no_stage(home):
    """Two phones say that the first of three stages is over."""
    row = by_profile(home, *[TWO_DAYS] * 3)
    assert said(home, "begin_stage", row, "2022-09-25 08:00", stage=1).accepted
    assert said(home, "begin_stage", row, "2022-09-25 08:05", stage=1).reason == "monitoring.stage_moved_on"
    assert len(queries.measure(home.ana, row.pk).stage_ends) == 1


def test_a_next_stage_that_arrives_late_does_not_undo_a_later_look(home):
    row = by_profile(home, TWO_DAYS, TWO_DAYS)
    assert said(home, "review_measure", row, "2022-09-25 09:00", words="后").accepted
    assert said(home, "begin_stage", row, "2022-09-22 09:00", stage=1).accepted
    found = queries.measure(home.ana, row.pk)
    assert (found.looked_on, found.review_on) == (day("2022-09-25"), day("2022-09-25"))


def test_the_phone_knows_that_a_negative_test_stands_for_the_days(home):
    row = by_profile(home, TWO_DAYS | {"days": 7, "or": "test_negative"})
    home.test(home.people[0], "2022-09-14 08:00", result=Result.POSITIVE)
    assert [one["early"] for one in phone.measure_rows(home.ana, home.community)] == [False]
    home.test(home.people[0], "2022-09-15 08:00")
    assert [one["early"] for one in phone.measure_rows(home.ana, home.community)] == [True]
    assert said(home, "release_measure", row, "2022-09-15 09:00").accepted


def test_an_open_stage_says_on_the_phone_what_ends_it(home):
    by_profile(home, {"kind": "hospital_isolation", "until": "clinic_says", "review_days": 1}, TWO_DAYS)
    (row,) = phone.measure_rows(home.ana, home.community)
    assert (row["last"], row["stage_no"], [one["code"] for one in row["needs"]]) == (False, 1, ["clinic_says"])


def test_a_place_ends_when_somebody_declared_it(home):
    waits = home.everybody(day("2022-09-14"))
    of = Measure.objects.get(pk=waits.facts["measures"][0])
    home.approve(of)
    (row,) = phone.measure_rows(home.ana, home.community)
    assert (row["area"], row["needs"]) == (True, [])
    assert said(home, "release_measure", of, OVER).reason == "monitoring.say_who_ended_it"
    assert said(home, "release_measure", of, OVER, words="县指挥部 9 号通告").accepted


@pytest.mark.parametrize("kind", ["release_measure", "review_measure", "begin_stage"])
def test_a_grid_worker_decides_nothing(home, one, kind):
    tested(home)
    body = {"stage": 1} if kind == "begin_stage" else {"words": "x"}
    assert said(home, kind, one, OVER, scope=home.tashi, **body).reason == "monitoring.unknown_measure"
    assert queries.measure(home.ana, one.pk).holds


def test_who_may_not_decide_reads_whom_to_ask(home, one):
    asked = staff("ana", Role.OFFICE, home.community)
    staff("walker", Role.GRID_WORKER, home.community)
    assert [row["id"] for row in phone.TABLES["decider"](home.tashi, home.community)] == [str(asked.pk)]
    assert list(phone.TABLES["decider"](Scope(home.ana.actor), home.community)) == []


def test_where_nothing_holds_there_is_nobody_to_ask(home):
    staff("ana", Role.OFFICE, home.community)
    assert list(phone.TABLES["decider"](home.tashi, home.community)) == []


def test_what_the_end_asks_for_is_on_the_phone_in_words(home, one, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat("2022-09-13T09:00:00+08:00"))
    (row,) = phone.measure_rows(home.ana, home.community)
    assert "all_tests_done" in [need["code"] for need in row["needs"]] and all(need["zh"] for need in row["needs"])

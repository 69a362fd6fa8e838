"""The rules as tables; those shared with the phone stand in contracts/cases."""

import json
from datetime import date
from pathlib import Path

import pytest

from zhegu.sampling import rules
from zhegu.sampling.rules import (
    CardFacts,
    DifferenceKind,
    PersonFacts,
    Signal,
    StandingFacts,
    SwabFacts,
    TubeFacts,
    Verdict,
    Who,
)

CASES = Path(__file__).resolve().parents[3] / "contracts" / "cases"


def cases(name: str) -> list[dict]:
    return json.loads((CASES / f"sampling-{name}.json").read_text(encoding="utf-8"))["cases"]


def named(case: dict) -> str:
    return case.get("name") or json.dumps(case["facts"])


def as_json(verdict: Verdict) -> dict:
    return {"signal": verdict.signal, "reason": verdict.reason, "override": verdict.override}


@pytest.mark.parametrize("case", cases("person"), ids=named)
def test_may_this_person_be_sampled(case: dict):
    assert as_json(rules.judge_person(PersonFacts(**case["facts"]))) == case["expect"]


@pytest.mark.parametrize("case", cases("tube"), ids=named)
def test_into_which_tube(case: dict):
    facts = TubeFacts(**case["facts"])
    assert rules.choose_tube(facts) == case["choose"]
    assert as_json(rules.judge_tube(facts)) == case["expect"]


@pytest.mark.parametrize("case", cases("card"), ids=named)
def test_with_which_card(case: dict):
    card = CardFacts(**case["card"]) if case["card"] else None
    assert as_json(rules.judge_card(card, case["round"], case["grid"])) == case["expect"]


@pytest.mark.parametrize("case", cases("verdicts"), ids=named)
def test_the_first_no_counts_and_else_the_first_look(case: dict):
    verdicts = [Verdict(Signal(v["signal"]), v["reason"], v["override"]) for v in case["verdicts"]]
    assert as_json(rules.may_sample(*verdicts)) == case["expect"]


@pytest.mark.parametrize("case", cases("partition"), ids=named)
def test_everyone_is_exactly_one_thing(case: dict):
    assert rules.partition(StandingFacts(**case["facts"])) == case["expect"]


def test_the_partition_table_holds_every_combination():
    facts = {(c["facts"]["sampled"], c["facts"]["gone"], c["facts"]["excuse"]) for c in cases("partition")}
    assert len(facts) == 2 * (len(rules.Gone) + 1) * (len(rules.Excuse) + 1)


ON = date(2022, 9, 13)


@pytest.mark.parametrize(
    ("who", "below_months", "infant"),
    [
        (Who(birth_date=date(2019, 9, 14)), 36, True),
        (Who(birth_date=date(2019, 9, 13)), 36, False),
        (Who(birth_date=date(2022, 9, 13)), 36, True),
        (Who(birth_date=date(2022, 3, 13)), 6, False),
        (Who(birth_date=date(2022, 3, 14)), 6, True),
        (Who(birth_date=date(2021, 1, 1)), None, False),
        (Who(birth_date=date(2021, 1, 1)), 0, False),
        (Who(birth_year=2020), 36, True),
        (Who(birth_year=2019), 36, False),
        (Who(), 36, False),
    ],
)
def test_who_counts_as_an_infant(who: Who, below_months: int | None, infant: bool):
    assert rules.is_infant(who, ON, below_months) is infant


ALL = tuple(rules.Single)


@pytest.mark.parametrize(
    ("who", "infant", "codes", "reason"),
    [
        (Who(), False, ALL, None),
        (Who(contact=True), False, ALL, "contact"),
        (Who(isolated=True), False, ALL, "isolated"),
        (Who(febrile=True), False, ALL, "febrile"),
        (Who(awaiting_recheck=True), False, ALL, "awaiting_recheck"),
        (Who(), True, ALL, "infant"),
        (Who(contact=True), True, ("infant",), "infant"),
        (Who(contact=True, awaiting_recheck=True), False, ALL, "awaiting_recheck"),
        (Who(contact=True, isolated=True), True, (), None),
    ],
)
def test_who_has_a_tube_alone(who: Who, infant: bool, codes: tuple, reason: str | None):
    assert rules.single_reason(who, codes, infant) == reason


@pytest.mark.parametrize(
    ("who", "infant", "excuse_infants", "excuse"),
    [
        (Who(), False, True, None),
        (Who(), True, True, "infant"),
        (Who(), True, False, None),
        (Who(away=True), False, False, "away"),
        (Who(away=True), True, True, "away"),
    ],
)
def test_who_is_excused_when_the_roster_freezes(who: Who, infant: bool, excuse_infants: bool, excuse: str | None):
    assert rules.excuse_at_opening(who, infant, excuse_infants) == excuse


# --- the queue. Figures from the textbook and from queue trials: see rules/slots.py.


def test_erlang_c_agrees_with_the_textbook():
    assert rules.waits(2, 2, 5) == pytest.approx(0.5541, abs=5e-5)
    assert rules.mean_wait(2, 2, 5) == pytest.approx(1.108, abs=5e-4)


@pytest.mark.parametrize(("per_hour", "tables"), [(100, 3), (300, 8), (600, 16)])
def test_how_many_tables_a_crowd_needs(per_hour: int, tables: int):
    assert rules.tables_needed(per_hour) <= tables
    assert rules.mean_wait(per_hour / 60, 1.5, tables) <= 5


def test_too_few_tables_never_catch_up():
    assert rules.waits(2, 2, 4) == 1.0
    assert rules.mean_wait(2, 2, 4) == float("inf")


def test_even_service_shortens_the_wait():
    even, uneven = rules.mean_wait(5, 1.5, 8, spread=0.4), rules.mean_wait(5, 1.5, 8)
    assert even == pytest.approx(uneven * 0.58)


def test_everyone_due_is_called_exactly_once():
    due = {1: 120, 2: 7, 3: 0, 4: 61}
    slots = rules.slots_for([(1, [1, 2]), (2, [3, 4])], due)
    assert {no: sum(s.people for s in slots if s.grid == no) for no in due} == due


def test_no_table_is_called_more_people_than_it_serves():
    slots = rules.slots_for([(1, [1, 2])], {1: 50, 2: 50}, minutes_each=1.5, length=15)
    called: dict[int, int] = {}
    for slot in slots:
        called[slot.start] = called.get(slot.start, 0) + slot.people
    assert max(called.values()) <= 8


def test_grids_are_shared_out_evenly():
    shares = rules.share_out({1: 100, 2: 60, 3: 50, 4: 40}, 2)
    assert sorted(no for share in shares for no in share) == [1, 2, 3, 4]
    assert shares == [[1, 4], [2, 3]]


# --- closing


def swab(sample: str = "s", **changes: object) -> SwabFacts:
    return SwabFacts(**{"sample": sample, "person": f"p-{sample}", "tube": "t", "ratio": 10, **changes})


def test_equal_sums_leave_nothing_to_look_at():
    assert rules.differences([swab("1"), swab("2")]) == []


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"card": ""}, DifferenceKind.NO_CARD),
        ({"card": "card_used"}, DifferenceKind.CARD_NOT_ACTIVE),
        ({"aside": "duplicate", "card": ""}, DifferenceKind.SECOND_SWAB),
        ({"aside": "after_closing", "card": ""}, DifferenceKind.SWAB_AFTER_CLOSING),
    ],
)
def test_each_difference_names_its_swab(changes: dict, kind: DifferenceKind):
    found = rules.differences([swab("1"), swab("2", **changes)])
    assert [(d.kind, d.sample) for d in found] == [(kind, "2")]


def test_a_tube_that_holds_too_many_names_them_all():
    found = rules.differences([swab("1", ratio=1), swab("2", ratio=1)])
    assert [(d.kind, d.sample) for d in found] == [
        (DifferenceKind.TUBE_OVERFULL, "1"),
        (DifferenceKind.TUBE_OVERFULL, "2"),
    ]

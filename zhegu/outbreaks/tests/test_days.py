"""Which day is which, as tables: every profile of the house, leap days, both ways of counting, midnight."""

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhegu.lib.clock import LOCAL, local_day
from zhegu.outbreaks.outside.profiles import available, profile
from zhegu.outbreaks.rules import (
    Known,
    Measure,
    Need,
    Result,
    StageKind,
    StandingKind,
    last_day,
    read_profile,
    release_conditions,
    review_day,
    stage_on,
    stage_over,
    stages,
    standing_of,
    test_days,
    test_states,
    unmet,
)
from zhegu.outbreaks.tests import make

D = date.fromisoformat


def at(text: str) -> datetime:
    """`2022-08-17 23:59` here."""
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


def measure(code: str, of: str = "covid19-cn-2022-09ed", **changes: object) -> Measure:
    found = profile(of)
    assert found
    if not changes:
        return found.measure(code)
    said = next(m for m in found.whole["measures"] if m["code"] == code)
    whole = {**found.whole, "measures": [{**said, "cohabitants": None, **changes}], "arrivals": []}
    return read_profile(whole).measure(code)


def told(of: Measure, start: object, ended: tuple = ()) -> list[str]:
    """first..last of each stage, `?` where nobody knows."""
    return [f"{s.first_day or '?'}..{s.last_day or '?'}" for s in stages(of, start, ended)]


# profile, measure, day 0 → stages, test days, last day
TABLE = [
    ("covid19-cn-2022-09ed", "close_contact", "2022-08-17", ["2022-08-18..2022-08-24", "2022-08-25..2022-08-27"],
     ["08-18", "08-19", "08-20", "08-22", "08-24", "08-27"], "2022-08-27"),
    ("covid19-cn-2022-09ed", "secondary_contact", "2022-08-17", ["2022-08-18..2022-08-24"], ["08-18", "08-21", "08-24"], "2022-08-24"),
    ("covid19-cn-2022-09ed", "arrival_high_risk", "2022-12-28", ["2022-12-29..2023-01-04"],
     ["12-29", "12-30", "12-31", "01-02", "01-04"], "2023-01-04"),
    ("covid19-cn-2022-09ed", "arrival_medium_risk", "2022-09-30", ["2022-10-01..2022-10-07"], ["10-01", "10-04", "10-07"], "2022-10-07"),
    ("covid19-cn-2022-09ed", "arrival_low_risk", "2022-08-30", ["2022-08-31..2022-09-02"], ["08-31~09-01", "09-01~09-02"], "2022-09-02"),
    ("covid19-cn-2022-09ed", "area_home_monitoring", "2022-08-16", ["2022-08-17..?"], [], None),
    ("plague", "close_contact", "2024-02-25", ["2024-02-26..2024-03-05"], [], "2024-03-05"),
    ("plague", "close_contact", "2023-02-25", ["2023-02-26..2023-03-06"], [], "2023-03-06"),
    ("plague", "close_contact_vaccinated", "2024-02-28", ["2024-02-29..2024-03-11"], [], "2024-03-11"),
    ("plague", "case_bubonic", "2024-06-01", ["2024-06-02..?", "?..?"], [], None),
    ("plague", "case_pneumonic", "2024-06-01", ["2024-06-02..?"], [], None),
    ("measles", "case", "2024-02-26", ["2024-02-27..2024-03-01"], [], "2024-03-01"),
    ("measles", "close_contact", "2023-12-20", ["2023-12-21..2024-01-10"], [], "2024-01-10"),
    ("influenza", "case", "2024-01-31", ["2024-02-01..?"], [], None),
    ("influenza", "household_contact", "2024-02-22", ["2024-02-23..2024-02-29"], [], "2024-02-29"),
    ("dengue-chikungunya", "case_dengue", "2025-07-10", ["2025-07-11..2025-07-15"], [], "2025-07-15"),
    ("dengue-chikungunya", "case_chikungunya", "2025-07-10", ["2025-07-11..2025-07-17"], [], "2025-07-17"),
    ("dengue-chikungunya", "arrival", "2025-07-20", ["2025-07-21..2025-08-03"], [], "2025-08-03"),
]  # fmt: skip


@pytest.mark.parametrize(("of", "code", "day0", "spans", "tests", "end"), TABLE)
def test_each_measure_of_each_profile_in_the_calendar(of, code, day0, spans, tests, end):
    one = measure(code, of)
    assert told(one, D(day0)) == spans
    short = [f"{t.earliest:%m-%d}" + ("" if t.earliest == t.latest else f"~{t.latest:%m-%d}") for t in test_days(one, D(day0))]
    assert short == tests
    assert last_day(one, D(day0)) == (D(end) if end else None)


def test_the_table_leaves_no_measure_of_the_house_out():
    assert {(p.id, code) for p in available() for code in p.measures} == {(row[0], row[1]) for row in TABLE}


@pytest.mark.parametrize(
    ("count_from", "spans"),
    [(1, ["2024-02-28..2024-03-05", "2024-03-06..2024-03-08"]), (0, ["2024-02-27..2024-03-04", "2024-03-05..2024-03-07"])],
)
def test_the_day_of_exposure_counts_or_does_not(count_from, spans):
    assert told(measure("close_contact", count_from=count_from), D("2024-02-27")) == spans


def test_test_days_move_with_the_way_of_counting():
    days = {n: [t.earliest.day for t in test_days(measure("secondary_contact", count_from=n), D("2022-08-17"))] for n in (0, 1)}
    assert days == {0: [17, 20, 23], 1: [18, 21, 24]}


@pytest.mark.parametrize(
    ("moment", "first"),
    [
        (at("2022-08-17 00:00"), "2022-08-18"),
        (at("2022-08-17 23:59"), "2022-08-18"),
        (at("2022-08-18 00:00"), "2022-08-19"),
        (datetime(2022, 8, 17, 15, 59, tzinfo=UTC), "2022-08-18"),  # 23:59 here
        (datetime(2022, 8, 17, 16, 0, tzinfo=UTC), "2022-08-19"),  # midnight here
        (datetime(2024, 2, 28, 16, 0, tzinfo=UTC), "2024-03-01"),  # the leap day has begun here
    ],
)
def test_the_day_is_the_one_people_here_lived(moment, first):
    assert str(stages(measure("close_contact"), moment)[0].first_day) == first


def test_a_stage_ends_at_midnight_after_its_last_day():
    (one,) = stages(measure("secondary_contact"), D("2022-08-17"))
    assert one.ends_at == at("2022-08-25 00:00") == datetime(2022, 8, 24, 16, tzinfo=UTC)


def test_the_number_of_the_day_is_the_one_people_say():
    first, second = stages(measure("close_contact"), D("2022-08-17"))
    assert [first.day_no(D("2022-08-18")), first.day_no(D("2022-08-24")), second.day_no(D("2022-08-25"))] == [1, 7, 1]


CASES = json.loads((Path(__file__).resolve().parents[3] / "contracts/cases/measure-day.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["now"])
def test_phones_count_the_days_of_a_stage_alike(case):
    rule = measure("close_contact")
    first = stages(rule, D(case["first_day"]) - timedelta(days=rule.count_from))[0]
    assert max(0, first.day_no(local_day(datetime.fromisoformat(case["now"])))) == case["expect"]


@pytest.mark.parametrize(("day", "no"), [("2022-08-17", None), ("2022-08-18", 1), ("2022-08-24", 1), ("2022-08-25", 2), ("2022-08-27", 2), ("2022-08-28", None)])  # fmt: skip
def test_which_stage_holds_on_a_day(day, no):
    found = stage_on(measure("close_contact"), D("2022-08-17"), D(day))
    assert (found.no if found else None) == no


def test_a_prolonged_stage_moves_the_next_one():
    assert told(measure("close_contact"), D("2022-08-17"), (D("2022-08-26"),)) == ["2022-08-18..2022-08-26", "2022-08-27..2022-08-29"]


def test_what_follows_an_open_stage_is_dated_once_that_stage_has_ended():
    bubonic = measure("case_bubonic", "plague")
    assert told(bubonic, D("2024-06-01"), (D("2024-06-10"),)) == ["2024-06-02..2024-06-10", "2024-06-11..2024-06-17"]
    assert last_day(bubonic, D("2024-06-01"), (D("2024-06-10"),)) == D("2024-06-17")


def test_who_is_apart_and_who_is_a_contact():
    contact = measure("close_contact")
    arrival = measure("arrival_low_risk")
    kinds = [standing_of(contact, stage) for stage in contact.stages] + [standing_of(arrival, arrival.stages[0])]
    assert kinds == [StandingKind.ISOLATED, StandingKind.CONTACT, StandingKind.NONE]


# --- tests: due, done, overdue


def state(taken: list[str], today: str, code: str = "secondary_contact", day0: str = "2022-08-17") -> list[str]:
    dues = test_days(measure(code), D(day0))
    return [
        "overdue" if s.overdue else "to come" if not s.taken else "late" if s.late else "done"
        for s in test_states(dues, [at(t) for t in taken], D(today))
    ]


@pytest.mark.parametrize(
    ("taken", "today", "states"),
    [
        ([], "2022-08-18", ["to come", "to come", "to come"]),
        ([], "2022-08-19", ["overdue", "to come", "to come"]),
        (["2022-08-18 09:00"], "2022-08-21", ["done", "to come", "to come"]),
        (["2022-08-18 09:00", "2022-08-21 23:59"], "2022-08-22", ["done", "done", "to come"]),
        (["2022-08-18 09:00", "2022-08-22 00:00"], "2022-08-22", ["done", "late", "to come"]),
        (["2022-08-21 09:00"], "2022-08-22", ["overdue", "done", "to come"]),
        (["2022-08-21 09:00", "2022-08-21 17:00"], "2022-08-22", ["late", "done", "to come"]),
        (["2022-08-17 09:00"], "2022-08-19", ["overdue", "to come", "to come"]),
        (["2022-08-18 09:00", "2022-08-21 09:00", "2022-08-24 09:00"], "2022-08-25", ["done", "done", "done"]),
    ],
)
def test_a_missed_test_is_overdue_until_it_is_made_up(taken, today, states):
    assert state(taken, today) == states


@pytest.mark.parametrize(
    ("taken", "states"),
    [
        (["2022-08-31 09:00", "2022-09-01 09:00"], ["done", "done"]),
        (["2022-08-31 09:00", "2022-08-31 20:00"], ["done", "overdue"]),
        (["2022-08-31 20:00", "2022-09-01 09:00"], ["done", "overdue"]),
        (["2022-09-01 09:00", "2022-09-02 10:00"], ["done", "done"]),
        (["2022-09-02 09:00"], ["overdue", "done"]),
    ],
)
def test_two_tests_closer_than_the_gap_count_once(taken, states):
    assert state(taken, "2022-09-03", "arrival_low_risk", "2022-08-30") == states


# --- release


def needs(of: Measure) -> list[str]:
    return [f"{c.need}" + (f" {c.value}" if c.value else "") for c in release_conditions(of)]


@pytest.mark.parametrize(
    ("of", "code", "conditions"),
    [
        ("covid19-cn-2022-09ed", "close_contact", ["days_passed 3", "all_tests_done", "last_test_negative", "no_symptoms"]),
        ("covid19-cn-2022-09ed", "arrival_low_risk", ["days_passed 3", "all_tests_done", "last_test_negative", "no_symptoms"]),
        ("covid19-cn-2022-09ed", "area_home_monitoring", ["phase_ended"]),
        ("plague", "close_contact", ["days_passed 9", "no_symptoms", "no_fever"]),
        ("plague", "case_bubonic", ["days_passed 7", "clinic_says"]),
        ("plague", "case_pneumonic", ["clinic_says", "negative_tests 6"]),
        ("measles", "case", ["days_passed 4"]),
        ("measles", "close_contact", ["days_passed 21", "no_symptoms", "no_fever"]),
        ("influenza", "case", ["symptoms_gone_hours 48"]),
        ("influenza", "household_contact", ["days_passed 7"]),
        ("dengue-chikungunya", "case_dengue", ["days_passed 5", "fever_free_hours 24"]),
        ("dengue-chikungunya", "case_chikungunya", ["days_passed 7", "fever_free_hours 24"]),
        ("dengue-chikungunya", "arrival", ["days_passed 14"]),
    ],
)
def test_what_must_hold_before_release(of, code, conditions):
    assert needs(measure(code, of)) == conditions


DAYS = ("2022-08-18", "2022-08-21", "2022-08-24")
TESTS = [(at(f"{day} 09:00"), Result.NEGATIVE) for day in DAYS]
WELL = {"tests": TESTS, "last_check": at("2022-08-24 20:00")}


@pytest.mark.parametrize(
    ("known", "when", "missing"),
    [
        (WELL, "2022-08-25 00:00", []),
        (WELL, "2022-08-24 23:59", ["days_passed"]),
        ({}, "2022-09-30 00:00", ["all_tests_done", "last_test_negative", "no_symptoms"]),
        ({**WELL, "tests": TESTS[:2]}, "2022-09-30 00:00", ["all_tests_done"]),
        ({**WELL, "tests": [*TESTS[:2], (TESTS[2][0], None)]}, "2022-09-30 00:00", ["all_tests_done", "last_test_negative"]),
        ({**WELL, "tests": [*TESTS[:2], (TESTS[2][0], Result.GREY)]}, "2022-09-30 00:00", ["last_test_negative"]),
        ({**WELL, "tests": [*TESTS, (at("2022-08-24 18:00"), Result.POSITIVE)]}, "2022-08-25 00:00", ["last_test_negative"]),
        ({**WELL, "last_symptom": at("2022-08-24 20:00")}, "2022-08-25 00:00", ["no_symptoms"]),
        ({**WELL, "last_symptom": at("2022-08-24 08:00")}, "2022-08-25 00:00", []),
        ({**WELL, "last_check": None}, "2022-08-25 00:00", ["no_symptoms"]),
        ({**WELL, "tests": [(at("2022-08-16 09:00"), Result.NEGATIVE)] * 3}, "2022-09-30 00:00", ["all_tests_done", "last_test_negative"]),
    ],
)
def test_nobody_is_released_by_silence(known, when, missing):
    assert [c.need for c in unmet(measure("secondary_contact"), D("2022-08-17"), Known(**known), at(when))] == missing


@pytest.mark.parametrize(
    ("code", "known", "when", "missing"),
    [
        ("case_dengue", {"last_check": at("2025-07-15 20:00"), "last_fever": at("2025-07-14 20:00")}, "2025-07-16 00:00", []),
        ("case_dengue", {"last_check": at("2025-07-15 19:59"), "last_fever": at("2025-07-14 20:00")}, "2025-07-16 00:00", ["fever_free_hours"]),
        ("case_dengue", {"last_check": at("2025-07-13 20:00"), "last_fever": at("2025-07-11 20:00")}, "2025-07-14 00:00", ["days_passed"]),
        ("case_chikungunya", {"last_check": at("2025-07-13 20:00"), "last_fever": at("2025-07-11 20:00")}, "2025-07-14 00:00", ["days_passed"]),
        ("case_chikungunya", {"last_check": at("2025-07-13 20:00"), "last_fever": at("2025-07-11 20:00"), "tests": [(at("2025-07-13 09:00"), Result.NEGATIVE)]}, "2025-07-14 00:00", []),
    ],
)  # fmt: skip
def test_hours_without_fever_are_counted_between_checks(code, known, when, missing):
    one = measure(code, "dengue-chikungunya")
    assert [c.need for c in unmet(one, D("2025-07-10"), Known(**known), at(when))] == missing


def test_six_negative_cultures_are_six_in_a_row():
    one = measure("case_pneumonic", "plague")
    swabs = [(at("2024-06-02 09:00") + timedelta(days=n), Result.NEGATIVE) for n in range(6)]
    known = Known(tests=swabs, clinic_agrees=True)
    assert unmet(one, D("2024-06-01"), known, at("2024-06-10 00:00")) == ()
    broken = Known(tests=[*swabs[:3], (swabs[3][0], Result.POSITIVE), *swabs[4:]], clinic_agrees=True)
    assert [c.need for c in unmet(one, D("2024-06-01"), broken, at("2024-06-10 00:00"))] == [Need.NEGATIVE_TESTS]


def test_an_open_stage_ends_when_the_clinic_says_so_and_then_the_days_are_counted():
    one = measure("case_bubonic", "plague")
    start, when = D("2024-06-01"), at("2024-06-10 12:00")
    assert [c.need for c in stage_over(one, start, Known(), when)] == [Need.CLINIC_SAYS]
    assert stage_over(one, start, Known(clinic_agrees=True), when) == ()
    known = Known(clinic_agrees=True)
    assert [c.need for c in unmet(one, start, known, at("2024-06-17 23:59"), (D("2024-06-10"),))] == [Need.DAYS_PASSED]
    assert unmet(one, start, known, at("2024-06-18 00:00"), (D("2024-06-10"),)) == ()


def test_a_measure_is_not_over_while_a_stage_before_the_last_is_not():
    one = measure("close_contact")
    waiting = measure("case_bubonic", "plague")
    assert unmet(waiting, D("2024-06-01"), Known(clinic_agrees=True), at("2030-01-01 00:00"))
    assert unmet(one, D("2022-08-17"), Known(), at("2030-01-01 00:00"))


# --- laws


LENGTHS = st.lists(st.one_of(st.none(), st.integers(1, 60)), min_size=1, max_size=4)


@settings(deadline=None)
@given(LENGTHS, st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 1))
def test_every_measure_has_an_end_or_a_review_date(lengths, day0, count_from):
    said = [{"kind": StageKind.HOME_ISOLATION, **({"days": n} if n else {"until": "clinic_says"})} for n in lengths]
    whole = make.profile(count_from=count_from, measures=[{"code": "case", "stages": said}])
    one = read_profile(whole).measure("case")
    assert review_day(one, day0) >= day0
    dated = stages(one, day0)
    for before, after in pairwise(dated):
        assert after.first_day is None if before.last_day is None else after.first_day == before.last_day + timedelta(days=1)
    if None not in lengths:
        assert (last_day(one, day0) - day0).days == sum(lengths) + count_from - 1


OWN_DAYS = [1, 2, 3, 5, 7, 10]
RESULTS = st.sampled_from([Result.NEGATIVE, Result.NEGATIVE, Result.POSITIVE, Result.GREY, None])


@settings(deadline=None)
@given(
    st.sets(st.sampled_from(OWN_DAYS), max_size=2), st.lists(st.tuples(st.integers(0, 14), RESULTS), max_size=3),
    st.integers(8, 14),
)  # fmt: skip
def test_no_release_with_a_missing_test(skipped, extra, later):
    one, start = measure("close_contact"), D("2022-08-17")
    swabs = [(day, Result.NEGATIVE) for day in OWN_DAYS if day not in skipped] + extra
    tests = [(at("2022-08-17 09:00") + timedelta(days=n), result) for n, result in swabs]
    when = at("2022-08-17 12:00") + timedelta(days=later)
    known = Known(tests=tests, last_check=when)
    told = [t for t, result in tests if result is not None]
    complete = all(s.taken for s in test_states(test_days(one, start), told, when.date()))
    latest = max(t for t, _ in tests)
    last = {result for t, result in tests if t == latest}
    free = complete and last == {Result.NEGATIVE} and when >= stages(one, start)[-1].ends_at
    assert free == (not unmet(one, start, known, when))

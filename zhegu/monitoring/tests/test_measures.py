"""Measures with real objects: who may be put under one, when it holds, how it ends."""

from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.monitoring import actions, queries
from zhegu.monitoring.models import Contest, Measure
from zhegu.monitoring.rules import Ended, Ground
from zhegu.monitoring.tests.make import Home, at, day
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.outside.profiles import available
from zhegu.outbreaks.rules import AppliesTo, Day0, Result, StandingKind
from zhegu.places.tests.make import B

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> Home:
    return Home()


def standing(home: Home) -> dict:
    return outbreaks.standings(home.ana, home.outbreak)


def held(home: Home, when=MORNING, scope=None) -> dict:
    return {who: [h.code for h in found] for who, found in queries.holding(scope or home.ana, home.community, when).items()}


# --- laying on


def test_a_contact_with_place_and_time_of_exposure_is_under_it_at_once(home: Home):
    answer = home.lay()
    row = Measure.objects.get(pk=answer.facts["measures"][0])
    assert not answer.facts["waits"] and row.holds and row.day0 == day("2022-09-12")
    assert held(home) == {home.people[0].pk: ["close_contact"]}
    assert standing(home) == {home.people[0].pk: StandingKind.ISOLATED}


def test_set_by_hand_it_restricts_nobody_until_a_second_person_agrees(home: Home):
    row = home.measure(ground=Ground.OTHER, exposure_place="", exposed=None)
    assert row.waits and held(home) == {} and standing(home) == {}
    assert home.approve(row, home.ana).reason == "monitoring.not_oneself"
    assert home.approve(row, home.tashi).reason == "monitoring.unknown_measure"
    assert home.approve(row).accepted
    assert held(home) == {home.people[0].pk: ["close_contact"]} and standing(home)
    assert home.approve(row).reason == "monitoring.not_waiting"


@pytest.mark.parametrize("ground", list(Ground))
@pytest.mark.parametrize("lacks", [{"exposure_place": ""}, {"exposed": None}, {"exposure_place": " ", "exposed": None}])
def test_a_list_without_an_exposure_place_and_time_is_refused(home: Home, ground: Ground, lacks: dict):
    answer = home.lay(home.people, ground=ground, **lacks)
    assert answer.reason == "monitoring.list_without_exposure" and not Measure.objects.exists()


def test_a_list_with_an_exposure_waits_for_the_second_and_is_approved_as_one(home: Home):
    answer = home.lay(home.people)
    assert answer.facts["waits"] and len(answer.facts["measures"]) == 4 and held(home) == {}
    assert len(home.approve(Measure.objects.first()).facts["measures"]) == 4
    assert set(held(home)) == {one.pk for one in home.people}


def test_declined_it_never_held(home: Home):
    row = home.measure(people=home.people[:2])
    no = actions.Approve(row, new_id(), MORNING, "地点不对")
    answer = actions.decline_measures(by=home.dolma.actor, scope=home.dolma, acts=[no])[0]
    assert answer.accepted and {m.how for m in Measure.objects.all()} == {Ended.DECLINED} and held(home) == {}


def test_a_household_is_its_members_each_with_their_own(home: Home):
    row = home.measure(household=home.house)
    assert row.waits and Measure.objects.count() == 3
    home.approve(row)
    assert set(held(home)) == {one.pk for one in home.people[:3]}


def test_an_arrival_follows_the_rule_only_where_the_profile_proposes_that_very_measure(home: Home):
    arrived = {"ground": Ground.ARRIVAL, "exposed": None, "exposure_place": "", "day0": day("2022-09-11"), "risk": "medium"}
    assert not home.measure(code="arrival_medium_risk", **arrived).waits
    assert home.measure(code="arrival_high_risk", **arrived).waits
    assert home.measure(people=home.people[1:2], code="arrival_medium_risk", **arrived | {"risk": ""}).waits


def test_a_case_follows_the_rule_only_with_a_positive_test(home: Home):
    ill = {"ground": Ground.CASE, "exposed": None, "exposure_place": "", "code": "secondary_contact"}
    assert home.measure(**ill).waits
    home.test(home.people[1], "2022-09-12 09:00", result=Result.POSITIVE)
    assert not home.measure(people=home.people[1:2], **ill).waits


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"evidence": " "}, "say_why"),
        ({"code": "no_such"}, "unknown_code"),
        ({"code": "area_home_monitoring"}, "wrong_subject"),
        ({"exposed": MORNING + timedelta(hours=1)}, "in_future"),
        ({"day0": date(2022, 9, 14), "exposed": None}, "in_future"),
        ({"day0": date(2022, 9, 1), "exposed": None}, "over_already"),
    ],
)
def test_what_cannot_be_laid_on(home: Home, said: dict, reason: str):
    assert home.lay(**said).reason == f"monitoring.{reason}"
    assert not Measure.objects.exists()


def test_only_the_office_of_the_place_lays_on(home: Home):
    other = Home(B)
    assert home.lay(scope=home.tashi).reason == "monitoring.unknown_person"
    assert home.lay(scope=other.ana).reason == "monitoring.unknown_person"
    assert home.lay(other.people[:1]).reason == "monitoring.unknown_person"
    assert home.everybody(day("2022-09-14"), place=other.community).reason == "monitoring.unknown_person"


def test_nobody_is_put_under_the_same_twice(home: Home):
    home.lay()
    assert home.lay().reason == "monitoring.already_under"
    again = home.lay(home.people[:2])
    assert again.facts["already"] == [str(home.people[0].pk)] and len(again.facts["measures"]) == 1


def test_a_repeat_lays_nothing_on(home: Home):
    ref = new_id()
    first, again = home.lay(ref=ref), home.lay(ref=ref)
    assert first.facts == again.facts and not again.new and Measure.objects.count() == 1


# --- a whole place


def test_everybody_from_a_day_on_and_back(home: Home):
    answer = home.everybody(day("2022-09-15"))
    row = Measure.objects.get(pk=answer.facts["measures"][0])
    assert row.waits and home.everybody(day("2022-09-15")).reason == "monitoring.place_already_under"
    home.approve(row)
    assert held(home, at("2022-09-14 23:59")) == {}
    assert set(held(home, at("2022-09-15 00:00"))) == {one.pk for one in home.people}
    assert set(held(home, at("2022-09-15 00:00"), home.tashi)) == {one.pk for one in home.people[:3]}
    assert home.release(row, at("2022-09-20 09:00")).reason == "monitoring.say_who_ended_it"
    assert home.release(row, at("2022-09-20 09:00"), "县指挥部 9 号通告").accepted
    assert held(home, at("2022-09-20 10:00")) == {} and Measure.objects.get().how == Ended.PHASE_OVER


def test_a_grid_alone_holds_its_own_people(home: Home):
    row = Measure.objects.get(pk=home.everybody(day("2022-09-13"), place=home.grids[1]).facts["measures"][0])
    home.approve(row)
    assert set(held(home)) == {home.people[3].pk} and held(home, scope=home.tashi) == {}


# --- stages and release


def through_isolation(home: Home) -> Measure:
    """Day 0 is 12 September: isolation 13 to 19, all its tests negative."""
    row = home.measure()
    home.test(home.people[0], *(f"2022-09-{d} 09:00" for d in (13, 14, 15, 17, 19)))
    return row


def test_a_stage_goes_over_only_when_somebody_says_so(home: Home):
    row = through_isolation(home)
    later = at("2022-09-25 09:00")
    course = queries.course(home.ana, row, later.date())
    assert course.over and course.running.no == 1 and course.day_no == 13
    assert held(home, later) and standing(home) == {home.people[0].pk: StandingKind.ISOLATED}
    assert home.act(actions.next_stages, row, at("2022-09-19 23:59")).reason == "monitoring.stage_not_over"
    answer = home.act(actions.next_stages, row, at("2022-09-20 00:00"))
    assert answer.facts == {"stage": 2, "last_day": "2022-09-19"}
    assert standing(home) == {home.people[0].pk: StandingKind.CONTACT}
    row.refresh_from_db()
    course = queries.course(home.ana, row, day("2022-09-22"))
    assert (course.running.no, course.day_no, course.ends_on) == (2, 3, day("2022-09-22"))


def test_a_missing_test_keeps_the_stage(home: Home):
    row = home.measure()
    home.test(home.people[0], *(f"2022-09-{d} 09:00" for d in (13, 14, 15, 17)))
    answer = home.act(actions.next_stages, row, at("2022-09-21 09:00"))
    assert (answer.reason, answer.facts) == ("monitoring.tests_missing", {"n": 1})
    home.test(home.people[0], "2022-09-21 10:00")
    answer = home.act(actions.next_stages, row, at("2022-09-21 11:00"))
    assert answer.facts == {"stage": 2, "last_day": "2022-09-20"}, "it ran on until the day before"


def test_released_when_everything_was_done_and_not_before(home: Home):
    row, end = through_isolation(home), at("2022-09-23 09:00")
    assert home.release(row, end).facts["needs"], "the second stage has not begun"
    home.act(actions.next_stages, row, at("2022-09-20 09:00"))
    assert set(home.release(row, end).facts["needs"]) == {"all_tests_done", "no_symptoms"}
    home.test(home.people[0], "2022-09-22 09:00")
    assert set(home.release(row, end).facts["needs"]) == {"no_symptoms"}
    home.check(home.people[0], "2022-09-22 20:00")
    assert set(home.release(row, at("2022-09-22 21:00")).facts["needs"]) == {"days_passed"}
    assert home.release(row, end).accepted
    assert held(home, end) == {} and standing(home) == {}
    assert home.release(row, end).reason == "monitoring.measure_over"


def test_a_symptom_keeps_somebody(home: Home):
    row = through_isolation(home)
    home.act(actions.next_stages, row, at("2022-09-20 09:00"))
    home.test(home.people[0], "2022-09-22 09:00")
    home.check(home.people[0], "2022-09-22 20:00", symptoms=("fatigue",))
    assert home.release(row, at("2022-09-23 09:00")).facts["needs"] == ["no_symptoms"]
    home.check(home.people[0], "2022-09-23 08:00")
    assert home.release(row, at("2022-09-23 09:00")).accepted


NEW = count(1)
OWN_DAYS = [13, 14, 15, 17, 19, 22]


@settings(deadline=None, max_examples=15, suppress_health_check=list(HealthCheck))
@given(st.sets(st.sampled_from(OWN_DAYS)), st.booleans(), st.integers(20, 30))
def test_no_release_with_a_missing_test_and_none_by_silence(taken: set, asked: bool, last: int):
    home = Home(f"540526201{next(NEW):03d}")
    row = home.measure()
    home.test(home.people[0], *(f"2022-09-{d} 09:00" for d in sorted(taken)))
    home.act(actions.next_stages, row, at("2022-09-20 09:00"))
    if asked:
        home.check(home.people[0], "2022-09-22 20:00")
    row.refresh_from_db()
    answer = home.release(row, at(f"2022-09-{last} 09:00"))
    assert answer.accepted == (taken == set(OWN_DAYS) and asked and last >= 23)


@pytest.mark.parametrize("when", ["2024-02-28 12:00", "2023-12-31 23:59", "2022-09-13 00:00"])
@pytest.mark.parametrize("profile", [one.id for one in available()])
def test_no_measure_of_any_profile_without_a_day_to_look_again(profile: str, when: str):
    home, moment = Home(profile=profile), at(when)
    laid = 0
    for code, rule in home.outbreak.rules.measures.items():
        said = {"code": code, "exposed": None, "exposure_place": "", "day0": moment.date(), "ground": Ground.OTHER}
        where = {"place": home.community} if rule.applies_to == AppliesTo.AREA else {}
        row = home.measure(when=moment, **said, **where)
        laid += 1
        first = moment.date() + timedelta(days=rule.count_from)
        assert row.holds_from == (first if rule.day0 == Day0.START else moment.date())
        assert moment.date() <= row.review_on <= moment.date() + timedelta(days=14)
        course = queries.course(home.ana, row, first)
        assert course.day_no == 1 and (course.ends_on or row.review_on)
    assert laid == Measure.objects.count() > 0


# --- looking again, lapsing, other ends


def test_a_review_moves_the_day_to_look_again(home: Home):
    row = home.measure()
    assert list(queries.overdue(home.ana, home.community, day("2022-09-19"))) == []
    assert list(queries.overdue(home.ana, home.community, day("2022-09-20"))) == [row]
    assert home.act(actions.review_measures, row, at("2022-09-20 09:00"), " ").reason == "monitoring.say_why"
    assert home.act(actions.review_measures, row, at("2022-09-20 09:00")).facts == {"review_on": "2022-09-20"}


def test_what_nobody_looked_at_for_a_month_lapses_and_is_no_release(home: Home):
    row = home.measure()
    assert actions.lapse(at=at("2022-10-10 09:00")) == 0
    assert held(home, at("2022-10-14 02:00")) == {}, "the outbreak was not reviewed: it holds no more, night or not"
    assert actions.lapse(at=at("2022-10-14 09:00")) == 1
    row.refresh_from_db()
    assert row.how == Ended.LAPSED and standing(home) == {} and held(home, at("2022-10-14 10:00")) == {}


def test_other_ends_say_what_they_are(home: Home):
    row = home.measure()

    def end(how: Ended, words: str = "转到县医院"):
        act = actions.End(row, how, words, new_id(), MORNING)
        return actions.end_measures(by=home.ana.actor, scope=home.ana, acts=[act])[0]

    assert end(Ended.RELEASED).reason == "monitoring.no_such_end"
    assert end(Ended.TRANSFERRED, "").reason == "monitoring.say_why"
    assert end(Ended.TRANSFERRED).accepted and standing(home) == {}
    assert end(Ended.TRANSFERRED).reason == "monitoring.measure_over"


# --- contesting


def contest(home: Home, row: Measure, person=0, words: str = "我没去过", scope=None):
    act = actions.NewContest(row, home.people[person].pk, words, new_id(), MORNING)
    scope = scope or home.tashi
    return actions.contest_measures(by=scope.actor, scope=scope, acts=[act])[0]


def answered(home: Home, upheld: bool, scope=None):
    act = actions.Answered(Contest.objects.get(), upheld, "查过了", new_id(), MORNING)
    scope = scope or home.dolma
    return actions.answer_contests(by=scope.actor, scope=scope, acts=[act])[0]


def test_a_contest_goes_to_somebody_else_and_upheld_ends_it(home: Home):
    row = home.measure()
    assert contest(home, row, 1).reason == "monitoring.not_under_it"
    assert contest(home, row, words="").reason == "monitoring.say_why"
    assert contest(home, row).accepted
    assert contest(home, row).reason == "monitoring.contested_before"
    assert held(home), "it goes on until it is answered"
    assert answered(home, True, home.ana).reason == "monitoring.not_oneself"
    assert answered(home, True).accepted
    row.refresh_from_db()
    assert row.how == Ended.CONTEST_UPHELD and held(home) == {} and standing(home) == {}
    assert answered(home, True).reason == "monitoring.answered_before"


def test_a_contest_that_is_not_upheld_has_its_reasons(home: Home):
    row = home.measure()
    contest(home, row)
    assert answered(home, False).accepted and held(home)
    assert [step.did for step in row.steps.all()] == ["laid", "contested", "answered"]


def test_one_contest_does_not_end_a_places_measure(home: Home):
    row = Measure.objects.get(pk=home.everybody(day("2022-09-13")).facts["measures"][0])
    home.approve(row)
    assert contest(home, row).accepted
    assert answered(home, True).reason == "monitoring.a_place_stays"
    assert answered(home, False).accepted


# --- who sees


def test_a_worker_sees_their_own_grid_and_the_neighbour_nothing(home: Home):
    row = home.measure(people=home.people[3:4])
    assert list(queries.measures(home.tashi, home.community)) == []
    with pytest.raises(NotFound):
        queries.measure(home.tashi, row.pk)
    assert queries.measure(home.clinic, row.pk) == row
    with pytest.raises(NotFound):
        queries.measures(Home(B).ana, home.community)

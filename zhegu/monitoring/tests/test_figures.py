"""The day in numbers: who is kept in since today, now, let go, not well; as it was at any moment, and as F7 says it."""

from collections.abc import Iterator

import pytest
import time_machine

from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Grant, NotFound, Scope
from zhegu.monitoring import actions, ledgers, queries
from zhegu.monitoring.models import Check, Measure
from zhegu.monitoring.rules import Ended, Ground
from zhegu.monitoring.tests.make import Home, at, day
from zhegu.outbreaks.models import Outbreak, Review
from zhegu.outbreaks.queries import Phase
from zhegu.places.tests.make import B

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def afterwards() -> Iterator[None]:
    with time_machine.travel(at("2022-09-25 09:00"), tick=False):
        yield


@pytest.fixture
def home() -> Home:
    return Home()


def told(home: Home, moment: str, scope: Scope | None = None) -> tuple[int, ...]:
    """New, current, released, abnormal."""
    found = ledgers.today(scope or home.ana, as_of=at(moment), community=home.community)
    return tuple(figure.value for figure in found)


def end(home: Home, of: Measure, moment: str, how: Ended = Ended.TRANSFERRED):
    act = actions.End(of, how, "县医院", new_id(), at(moment))
    assert actions.end_measures(by=home.ana.actor, scope=home.ana, acts=[act])[0].accepted


def test_each_moment_says_what_was_so_then(home: Home):
    row = home.measure(when=at("2022-09-13 09:00"))
    other = home.measure(people=home.people[3:4], when=at("2022-09-14 09:00"))
    home.check(home.people[0], "2022-09-14 08:00", temperature=390)
    end(home, row, "2022-09-14 12:00")
    Measure.objects.filter(pk=other.pk).update(how=Ended.RELEASED, ended=at("2022-09-15 10:00"), ended_by="x")
    moments = {
        "2022-09-13 08:59": (0, 0, 0, 0), "2022-09-13 09:00": (1, 1, 0, 0), "2022-09-13 23:59": (1, 1, 0, 0),
        "2022-09-14 07:00": (0, 1, 0, 0), "2022-09-14 08:30": (0, 1, 0, 1), "2022-09-14 10:00": (1, 2, 0, 1),
        "2022-09-14 13:00": (1, 1, 0, 1),  # taken to hospital: not released, and not well that day all the same
        "2022-09-15 09:00": (0, 1, 0, 0), "2022-09-15 11:00": (0, 0, 1, 0), "2022-09-16 09:00": (0, 0, 0, 0),
    }  # fmt: skip
    assert {moment: told(home, moment) for moment in moments} == moments


@pytest.mark.parametrize("moment", ["2022-09-13 21:00", "2022-09-14 10:00", "2022-09-14 23:00", "2022-09-15 12:00"])
def test_the_grids_numbers_say_the_same(home: Home, moment: str):
    row = home.measure(when=at("2022-09-13 09:00"))
    other = home.measure(people=home.people[2:4], when=at("2022-09-14 09:00"), code="secondary_contact")
    home.approve(other, when=at("2022-09-14 09:30"))
    Measure.objects.filter(pk=row.pk).update(how=Ended.RELEASED, ended=at("2022-09-14 12:00"), ended_by="x")
    home.check(home.people[0], "2022-09-14 08:00", temperature=390)
    home.check(home.people[3], "2022-09-15 08:00", temperature=390)
    on = at(moment).date()
    totals = ledgers.grids(home.ana, as_of=at(moment), community=home.community, since=on, until=on).totals
    assert told(home, moment) == tuple(totals[name] for name in ("new", "current", "released", "abnormal"))


def test_a_person_counts_once_and_only_where_they_stay_in(home: Home):
    home.measure(when=at("2022-09-13 09:00"))
    home.measure(when=at("2022-09-14 09:00"), code="secondary_contact")
    home.measure(people=home.people[3:4], when=at("2022-09-14 09:00"), code="arrival_low_risk", ground=Ground.ARRIVAL)
    home.approve(Measure.objects.get(pk=home.everybody(day("2022-09-14"), when=at("2022-09-14 09:00")).facts["measures"][0]),
                 when=at("2022-09-14 09:10"))  # fmt: skip
    assert told(home, "2022-09-14 20:00") == (0, 1, 0, 0)


def test_what_waits_for_a_second_person_keeps_nobody_in_until_then(home: Home):
    row = home.measure(ground=Ground.OTHER, exposed=None, exposure_place="", when=at("2022-09-13 09:00"))
    assert told(home, "2022-09-14 09:00") == (0, 0, 0, 0)
    home.approve(row, when=at("2022-09-15 09:00"))
    assert [told(home, f"2022-09-{n} 08:00") for n in (14, 15, 16)] == [(0, 0, 0, 0), (0, 0, 0, 0), (0, 1, 0, 0)]
    assert told(home, "2022-09-15 09:30") == (1, 1, 0, 0)


def test_a_stage_in_which_they_may_go_out_lets_them_go(home: Home):
    profile = dict(home.outbreak.profile)
    stages = [{"kind": "home_isolation", "days": 2, "day0": "last_exposure"}, {"kind": "self_monitoring", "days": 3}]
    others = [one for one in profile["measures"] if one["code"] != "close_contact"]
    profile["measures"] = [{"code": "close_contact", "stages": stages}, *others]
    row = home.measure(when=at("2022-09-13 09:00"))
    Outbreak.objects.filter(pk=home.outbreak.pk).update(profile=profile)
    Measure.objects.filter(pk=row.pk).update(stage_ends=["2022-09-15"])
    assert [told(home, f"2022-09-{n} 12:00") for n in (15, 16, 17)] == [(0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 0)]


def test_a_check_that_was_taken_back_counted_until_then(home: Home):
    home.measure(when=at("2022-09-13 09:00"))
    home.check(home.people[0], "2022-09-14 08:00", temperature=390)
    Check.objects.update(undone=at("2022-09-14 09:00"))
    assert (told(home, "2022-09-14 08:30")[3], told(home, "2022-09-14 09:30")[3]) == (1, 0)


def test_when_the_outbreak_is_over_nobody_is_kept_in(home: Home):
    home.measure(when=at("2022-09-13 09:00"))
    Outbreak.objects.update(closed=at("2022-09-14 09:00"))
    assert [told(home, f"2022-09-14 {hour}:00")[1] for hour in ("08", "10")] == [1, 0]


def test_what_lapsed_keeps_nobody_in_and_is_no_release(home: Home):
    """The outbreak was opened on the 11th; nobody looked for thirty days, and a later look brings nothing back."""
    home.measure(when=at("2022-09-13 09:00"))
    Review.objects.create(id=new_id(), outbreak=home.outbreak, at=at("2022-10-20 09:00"), by="x", phase=Phase.ALERT)
    assert [told(home, f"2022-10-{n} 23:00")[:3] for n in ("09", 13, 14, 21)] == [(0, 1, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0)]
    held = [Measure.objects.filter(queries.holds_at(home.ana, home.community, at(f"2022-10-{n} 23:00"))).count() for n in ("09", 13, 21)]
    assert held == [1, 0, 0]


def test_a_leader_reads_the_same_and_another_community_nothing(home: Home):
    home.measure(when=at("2022-09-13 09:00"))
    leader = Scope(Actor("staff", "leader"), frozenset({Grant("leader", home.community.code)}))
    assert told(home, "2022-09-13 10:00", leader) == (1, 1, 0, 0)
    other = Home(B)
    with pytest.raises(NotFound):
        told(home, "2022-09-13 10:00", other.ana)
    assert queries.isolated(other.ana, other.community, at("2022-09-13 10:00")).current == 0

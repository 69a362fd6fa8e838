"""Cylinders that came back filled: on their day, then as now, and never those that could not be filled."""

from datetime import timedelta

import pytest

from zhegu.deliveries import actions
from zhegu.deliveries.ledgers import today
from zhegu.deliveries.models import HandOver, Parcel
from zhegu.deliveries.rules.custody import Step, Unfit
from zhegu.deliveries.tests.make import Day, minute
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.orders.tests.make import scope
from zhegu.places.tests.make import A, B

pytestmark = pytest.mark.django_db


@pytest.fixture
def day(db) -> Day:
    return Day(homes=3)


def told(day: Day, n: int, who=None) -> int:
    (figure,) = today(who or day.scope, as_of=minute(n), community=day.community)
    return figure.value


def brought(day: Day, no: int, **unfit) -> list[Parcel]:
    """The cylinder of a door, from the knock until it is back at minute 90 or later."""
    stop = day.stops[no]
    gas = [one for one in day.things(stop) if one.thing == "cylinder"]
    done = [day.fetch(stop), day.to_station(gas), day.step(gas, **(unfit or {"step": Step.FILLED})), day.step(gas, Step.DISINFECTED)]
    done += [day.from_station(gas), day.bring(stop, at=minute(90 + no), knocked=minute(89 + no))]
    assert all(one.accepted for one in done), done
    return gas


def test_each_moment_says_what_was_so_then(day: Day):
    brought(day, 0)
    brought(day, 1)
    assert [told(day, n) for n in (80, 90, 91, 24 * 60 + 91)] == [0, 1, 2, 0]
    assert told(day, 100) == Parcel.objects.exclude(returned=None).exclude(filled=None).count()


def test_what_could_not_be_filled_does_not_count(day: Day):
    brought(day, 0, unfit=Unfit.LEAKING)
    assert told(day, 100) == 0


def test_a_hand_over_taken_back_counted_until_then(day: Day):
    brought(day, 0)
    ref = HandOver.objects.order_by("n").last().ref
    back = actions.TakeBack(ref=new_id(), at=minute(95), hand=ref)
    assert day.act(actions.take_back_hand_overs, back).accepted
    assert [told(day, n) for n in (92, 95)] == [1, 0]


def test_the_desk_and_leaders_read_the_number_and_others_do_not(day: Day):
    brought(day, 0)
    assert [told(day, 100, scope(A, role)) for role in ("office", "order_desk", "leader")] == [1, 1, 1]
    for place, role in ((A, "courier"), (B, "office")):
        with pytest.raises(NotFound):
            told(day, 100, scope(place, role))


def test_days_are_those_of_people_here(day: Day):
    brought(day, 0)
    HandOver.objects.filter(at=minute(90)).update(at=minute(90) - timedelta(days=1))
    assert told(day, 100) == 0

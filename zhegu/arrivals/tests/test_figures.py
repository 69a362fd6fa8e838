"""The day in numbers: who came, who is under the measure that followed, about whom nobody has decided; then as now."""

from datetime import timedelta

import pytest

from zhegu.arrivals.ledgers import today
from zhegu.arrivals.models import Arrival
from zhegu.arrivals.tests.make import Road
from zhegu.journal.tests.make import MORNING
from zhegu.lib.scope import Actor, Grant, NotFound, Scope
from zhegu.monitoring.models import Measure
from zhegu.places.tests.make import B

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def road() -> Road:
    return Road()


def told(road: Road, later: timedelta, scope: Scope | None = None) -> tuple[int, ...]:
    """New, current, to decide."""
    found = today(scope or road.office, as_of=MORNING + later, community=road.community)
    return tuple(figure.value for figure in found)


def test_each_moment_says_what_was_so_then(road: Road):
    high, low, gone = road.came("卓玛", risk="high"), road.came("次仁", risk="low"), road.came("央金")
    for one in (high, low):
        road.link(one)
        one.refresh_from_db()
    assert road.decide(high).accepted and road.decide(low, measure="arrival_low_risk").accepted
    Arrival.objects.exclude(pk=gone.pk).update(decided=MORNING + HOUR)
    Measure.objects.update(begun=MORNING + HOUR)
    Arrival.objects.filter(pk=gone.pk).update(undone=MORNING + 2 * HOUR)
    Measure.objects.filter(pk=Arrival.objects.get(pk=low.pk).laid_id).update(ended=MORNING + 3 * HOUR, how="released")
    moments = {-HOUR: (0, 0, 0), HOUR / 2: (3, 0, 3), HOUR: (3, 2, 1), 2 * HOUR: (2, 2, 0), 3 * HOUR: (2, 1, 0), DAY: (0, 1, 0)}
    assert {later: told(road, later) for later in moments} == moments


def test_who_came_twice_counts_once(road: Road):
    first = road.came(risk="high")
    road.link(first)
    first.refresh_from_db()
    again = road.came(risk="high")
    road.link(again, first.person)
    again.refresh_from_db()
    assert road.decide(first).accepted and road.decide(again).accepted
    assert told(road, HOUR) == (2, 1, 0)


def test_a_leader_reads_the_same_and_another_community_nothing(road: Road):
    road.came()
    leader = Scope(Actor("staff", "leader"), frozenset({Grant("leader", road.community.code)}))
    assert told(road, HOUR, leader) == (1, 0, 1)
    with pytest.raises(NotFound):
        told(road, HOUR, Road(B).office)

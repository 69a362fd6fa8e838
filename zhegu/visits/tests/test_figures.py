"""The day at the doors in numbers: homes visited, visits with advice; then as now."""

from datetime import timedelta

import pytest

from zhegu.accounts.models import Role
from zhegu.journal.tests.make import MORNING
from zhegu.lib.scope import NotFound
from zhegu.places.tests.make import B
from zhegu.visits.ledgers import today
from zhegu.visits.models import Campaign, Said
from zhegu.visits.tests.make import EVERYTHING, Walk, open_in

pytestmark = pytest.mark.django_db
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def walk() -> Walk:
    return Walk()


def told(walk: Walk, later: timedelta, scope=EVERYTHING) -> tuple[int, int]:
    """Homes visited, visits with advice."""
    found = {one.name: one.value for one in today(scope, as_of=MORNING + later, community=walk.community)}
    return found["visits.visited_today"], found["visits.advised_today"]


def test_each_moment_says_what_was_so_then(walk: Walk):
    walk.visit(1, advised=True)
    second = walk.visit(2, minute=10, advised=True)
    walk.visit(3, minute=20)
    assert walk.undo(second).accepted
    Said.objects.exclude(undone=None).update(undone=MORNING + 30 * MINUTE)
    moments = {-MINUTE: (0, 0), MINUTE: (1, 1), 10 * MINUTE: (2, 2), 20 * MINUTE: (3, 2), 30 * MINUTE: (2, 1), DAY: (0, 0)}
    assert {later: told(walk, later) for later in moments} == moments


def test_a_home_visited_for_two_campaigns_counts_once_and_advice_each_time(walk: Walk):
    walk.visit(1, advised=True)
    Campaign.objects.update(closed_at=MORNING)
    walk.campaign = open_in(walk.community)
    walk.visit(1, minute=5, advised=True)
    assert told(walk, DAY / 24) == (1, 2)


def test_a_leader_reads_the_same_and_another_community_nothing(walk: Walk):
    walk.visit(1)
    assert told(walk, MINUTE, walk.scope(Role.LEADER)) == (1, 0)
    other = Walk(B)
    with pytest.raises(NotFound):
        told(walk, MINUTE, other.scope(Role.OFFICE))

"""The day's orders in numbers: asked for, brought, open, medicine as a number alone; then as now."""

from datetime import timedelta

import pytest

from zhegu.journal.tests.make import MORNING
from zhegu.lib.scope import NotFound
from zhegu.orders import queries
from zhegu.orders.ledgers import today
from zhegu.orders.models import Order
from zhegu.orders.rules.states import OrderKind, State
from zhegu.orders.tests.make import Desk, scope
from zhegu.places.tests.make import A, B

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def desk() -> Desk:
    """Gas brought at once, medicine brought after an hour, goods cancelled tomorrow, one more tomorrow morning."""
    made = Desk()
    for kind, facts in [
        (OrderKind.GAS, {"delivered": MORNING}), (OrderKind.MEDICINE, {"delivered": MORNING + HOUR}),
        (OrderKind.GOODS, {"cancelled": MORNING + DAY}), (OrderKind.GOODS, {"at": MORNING + DAY}),
    ]:  # fmt: skip
        Order.objects.filter(pk=made.place(kind=kind).pk).update(**facts)
    return made


def told(desk: Desk, later: timedelta, who=None) -> tuple[int, ...]:
    """New, done, open, medicine."""
    found = today(who or desk.scope, as_of=MORNING + later, community=desk.community)
    return tuple(figure.value for figure in found)


def test_each_moment_says_what_was_so_then(desk: Desk):
    moments = {
        -HOUR: (0, 0, 0, 0), HOUR / 2: (3, 1, 2, 0), HOUR: (3, 2, 1, 1), DAY - HOUR: (0, 0, 1, 0), DAY: (1, 0, 1, 0),
    }  # fmt: skip
    assert {later: told(desk, later) for later in moments} == moments


def test_what_is_open_is_what_the_desks_list_and_the_medicine_team_have_open(desk: Desk):
    both = scope(A, "office", "medicine")
    waiting = [queries.in_state(both, desk.community, one).count() for one in (State.OPEN, State.GATHERED)]
    assert told(desk, DAY)[2] == sum(waiting)


def test_all_that_was_asked_for_was_brought_or_is_open(desk: Desk):
    days = [told(desk, n * DAY + 3 * HOUR) for n in range(2)]
    cancelled = 1
    assert sum(day[0] for day in days) == sum(day[1] for day in days) + days[-1][2] + cancelled


@pytest.mark.parametrize("role", ["office", "order_desk", "leader"])
def test_the_desk_and_leaders_read_the_numbers(desk: Desk, role: str):
    assert told(desk, HOUR, scope(A, role)) == (3, 2, 1, 1)


@pytest.mark.parametrize(("place", "role"), [(A, "courier"), (A, "medicine"), (B, "office")])
def test_others_do_not(desk: Desk, place: str, role: str):
    with pytest.raises(NotFound):
        told(desk, HOUR, scope(place, role))

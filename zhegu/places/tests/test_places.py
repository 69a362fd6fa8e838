"""Places and who reaches them."""

import pytest

from zhegu.accounts.models import Role
from zhegu.accounts.queries import scope_of
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import BO, MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.place_codes import grid_code, is_community_code
from zhegu.lib.scope import Actor, NotFound, Scope
from zhegu.places import actions, queries
from zhegu.places.models import Place
from zhegu.places.tests.make import A, B, community, grid

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "good"),
    [("540526101001", True), ("X0000000001A", True), ("54052610100", False), ("5405261010011", False), ("", False)],
)
def test_community_codes(code: str, good: bool):
    assert is_community_code(code) is good


@pytest.mark.parametrize("no", [0, 256, -1])
def test_a_card_carries_the_grid_in_one_byte(no: int):
    with pytest.raises(ValueError, match=str(no)):
        grid_code(A, no)


def test_a_grid_worker_reaches_the_own_grid_only():
    here = community()
    scope = scope_of(staff("bo", Role.SAMPLER, grid(here, 2)))
    assert [g.no for g in queries.grids(scope, here)] == [2]
    assert queries.community(scope, A) == here
    with pytest.raises(NotFound):
        queries.grid(scope, grid_code(A, 1))


def test_another_community_is_not_found():
    community()
    there = community(B)
    scope = scope_of(staff("chen", Role.OFFICE, there))
    with pytest.raises(NotFound):
        queries.community(scope, A)


def test_nobody_sees_nothing():
    community()
    assert not queries.communities(Scope(Actor("nobody", ""))).exists()


def test_grids_made_twice_stand_once():
    here = community(grids=2)
    for numbers in ([1, 2, 3], [3, 2]):
        actions.make_grids(by=BO, community=here, numbers=numbers, at=MORNING, ref=new_id())
    assert sorted(Place.objects.filter(within=here).values_list("no", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize(("code", "reason"), [("12", "places.bad_code"), (A, "places.code_taken")])
def test_a_bad_or_taken_code_is_refused(code: str, reason: str):
    community()
    answer = actions.found_community(by=BO, code=code, at=MORNING, ref=new_id())
    assert (answer.status, answer.reason) == ("refused", reason)

"""Plain builders: people and households as they stand in a register."""

from datetime import date, datetime
from typing import Any

from zhegu.accounts.models import Role, Staff
from zhegu.accounts.queries import scope_of
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import BO, MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Scope
from zhegu.places.models import Place
from zhegu.registers import actions
from zhegu.registers.models import Household, Person
from zhegu.registers.rules.ids import check_character

EVERYTHING = Scope.everything("tests of the register")


def id_number(birth: date = date(1985, 3, 2), order: int = 11, region: str = "540526") -> str:
    """A number whose check character is right; odd orders are men."""
    first = f"{region}{birth:%Y%m%d}{order:03d}"
    return first + check_character(first)


def household(community: Place, grid: Place | None = None, **facts: Any) -> Household:
    order = facts.pop("order", 1)
    return Household.objects.create(community=community, grid=grid, order=order, **facts)


def person(
    community: Place, name: str = "扎西次仁", grid: Place | None = None, household: Household | None = None,
    at: datetime = MORNING, **facts: Any,
) -> Person:
    """Someone added the way everyone is."""
    answer = actions.add_person(
        by=BO, community=community, facts={"name": name, **facts}, household=household, grid=grid, at=at,
        ref=new_id(),
    )
    assert answer.accepted, answer
    return Person.objects.get(pk=answer.facts["person"])


def reaching(username: str, role: Role, *places: Place) -> tuple[Staff, Scope]:
    """Someone with a role, and what they may see."""
    made = staff(username, role, *places)
    return made, scope_of(made)

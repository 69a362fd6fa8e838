"""Before a round opens: who would stand on its roster, who would be excused, who has no grid."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from zhegu.lib.clock import local_day
from zhegu.lib.scope import NotFound, Scope
from zhegu.places.models import Place
from zhegu.registers.models import Person, Presence
from zhegu.sampling.rules import Who, excuse_at_opening, is_infant

MOST_NAMED = 60
PRESENT = (Presence.HERE, Presence.AWAY)


class Planned(Protocol):
    """Of a plan, what decides who stands on the roster."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def infant_below_months(self) -> int | None: ...
    @property
    def excuse_infants(self) -> bool: ...
    @property
    def grids(self) -> Sequence[Place]: ...
    @property
    def people(self) -> Sequence[UUID]: ...


def people_for(scope: Scope, community: Place, plan: Planned) -> list[Person]:
    """Everyone who would stand on the roster: present or away, in the plan's grids and of its people.

    Raises NotFound for anyone but the community's office.
    """
    if not scope.covers(community.code, "office"):
        raise NotFound(community.code)
    people = community.people.filter(presence__in=PRESENT, merged_into=None)
    if plan.grids:
        people = people.filter(grid__in=plan.grids)
    if not plan.people:
        return list(people.order_by("pk"))
    return [one for start in range(0, len(plan.people), 5000)
            for one in people.filter(pk__in=plan.people[start : start + 5000]).order_by("pk")]


@dataclass(frozen=True)
class Preview:
    """`due_by_grid` by the grid's number (0: none); `without_grid` names the first of them."""

    roster: int
    excused: Counter
    due_by_grid: Counter
    without_grid: tuple[Person, ...]
    without_grid_count: int

    @property
    def due(self) -> int:
        return self.roster - sum(self.excused.values())


def preview(scope: Scope, community: Place, plan: Planned) -> Preview:
    """As the roster would freeze now; raises NotFound for anyone but the community's office."""
    excused, due = Counter(), Counter()
    grids = dict(community.inside.filter(kind="grid").values_list("pk", "no"))
    people = people_for(scope, community, plan)
    for person in people:
        who = Who(person.birth_date, person.birth_year, person.presence == Presence.AWAY)
        infant = is_infant(who, local_day(plan.starts_at), plan.infant_below_months)
        excuse = excuse_at_opening(who, infant, plan.excuse_infants)
        if excuse:
            excused[str(excuse)] += 1
        else:
            due[grids.get(person.grid_id, 0)] += 1
    without = [person for person in people if person.grid_id is None]
    return Preview(len(people), excused, due, tuple(without[:MOST_NAMED]), len(without))

"""The register as an import compares with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from zhegu.lib.scope import NotFound, Scope
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers.models import Household, Person, Presence, id_index, phone_index
from zhegu.registers.rules.doors import KnownHousehold
from zhegu.registers.rules.grids import GridName
from zhegu.registers.rules.matching import ImportPlan, Known, Snapshot, named_grids, plan_import
from zhegu.registers.rules.names import normal
from zhegu.registers.rules.reading import Reading
from zhegu.registers.rules.rights import KEEPS

ROWS_AT_ONCE = 5000
GONE = (Presence.MOVED_AWAY, Presence.DIED)
FIELDS = (
    "pk", "name", "birth_date", "grid_id", "household_id", "phone_index", "id_index", "id_valid", "relation",
    "residence", "merged_into_id", "presence", "sex", "name_bo", "nickname",
)  # fmt: skip


def name_grids(scope: Scope, readings: Sequence[Reading], community: Place | None) -> None:
    """Grids that the workbooks name in words, and the community knows, get their number."""
    known = _grid_names(scope, community) if community else {}
    if not known:
        return
    for reading in readings:
        for one in (*reading.people, *reading.households):
            if one.grid and not one.grid.no and normal(one.grid.name) in known:
                one.grid = GridName(known[normal(one.grid.name)])


def _grid_names(scope: Scope, community: Place) -> dict[str, int]:
    rows = places.grids(scope, community).values_list("name", "name_bo", "no")
    return {normal(name): no for *names, no in rows for name in names if name}


def snapshot(scope: Scope, community: Place | None) -> Snapshot:
    """Everyone and every household of the community; empty where it does not stand yet."""
    if community is None:
        return Snapshot()
    if not scope.covers(community.code, *KEEPS):
        raise NotFound(community.code)
    keys = {pk: str(no) for pk, no in places.grids(scope, community).values_list("id", "no")}
    return Snapshot(_people(community, keys), _households(community, keys))


def _people(community: Place, keys: Mapping[Any, str]) -> list[Known]:
    rows = Person.objects.filter(community=community).order_by("pk").values_list(*FIELDS)
    return [
        Known(
            pk, name, birth, keys.get(grid, ""), household, bytes(phone), bytes(paper), valid, relation, residence,
            merged is None and presence not in GONE, sex, name_bo, nickname,
        )
        for pk, name, birth, grid, household, phone, paper, valid, relation, residence, merged, presence, sex,
        name_bo, nickname in rows.iterator(ROWS_AT_ONCE)
    ]  # fmt: skip


def _households(community: Place, keys: Mapping[Any, str]) -> list[KnownHousehold]:
    homes = Household.objects.filter(community=community, ended=None).order_by("order", "pk")
    return [
        KnownHousehold(pk, no, head, keys.get(grid, ""), address)
        for pk, no, head, grid, address in homes.values_list("pk", "no", "head_name", "grid_id", "address")
    ]


def _community(scope: Scope, code: str) -> Place | None:
    """The community, or None where this code is still free; raises NotFound for another's."""
    if not scope.covers(code, *KEEPS):
        raise NotFound(code)
    try:
        return places.community(scope, code)
    except NotFound:
        return None


def import_plan(
    scope: Scope, code: str, readings: Sequence[Reading], told: Mapping[int, Any] | None = None
) -> ImportPlan:
    """What importing these workbooks into the community with this code would do; nothing is written.

    A community that does not stand yet is empty. Raises NotFound for another's community.
    """
    community = _community(scope, code)
    name_grids(scope, readings, community)
    return plan_import(readings, snapshot(scope, community), id_index, phone_index, dict(told or {}))


def unknown_grids(scope: Scope, code: str, plan: ImportPlan) -> list[str]:
    """Grids that the workbooks name and the community does not have yet, by number, then by name."""
    community = _community(scope, code)
    known = set(places.grids(scope, community).values_list("no", flat=True)) if community else set()
    new = [grid for grid in named_grids(plan.candidates) if grid.no not in known]
    return [grid.key for grid in sorted(new, key=lambda grid: (not grid.no, grid.no, grid.name))]

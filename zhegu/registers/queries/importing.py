"""The register as an import compares with it."""

from collections.abc import Mapping, Sequence
from typing import Any

from zhegu.lib.scope import NotFound, Scope
from zhegu.places.models import Kind, Place
from zhegu.registers.models import Household, Person, Presence, id_index, phone_index
from zhegu.registers.rules.doors import KnownHousehold
from zhegu.registers.rules.grids import GridName
from zhegu.registers.rules.matching import ImportPlan, Known, Snapshot, plan_import
from zhegu.registers.rules.names import normal
from zhegu.registers.rules.reading import Reading
from zhegu.registers.rules.rights import KEEPS

ROWS_AT_ONCE = 5000


def grid_keys(community: Place) -> dict[Any, str]:
    """Grid id → how an import names it: its number, or its name where only a name was given."""
    grids = Place.objects.filter(kind=Kind.GRID, within=community).values_list("id", "no", "name")
    return {pk: str(no) for pk, no, _ in grids}


def grid_names(community: Place) -> dict[str, int]:
    """A grid's own name → its number."""
    rows = Place.objects.filter(kind=Kind.GRID, within=community).values_list("name", "name_bo", "no")
    return {normal(name): no for *names, no in rows for name in names if name}


def name_grids(readings: Sequence[Reading], community: Place | None) -> None:
    """Grids named in words that the register knows get their number."""
    known = grid_names(community) if community else {}
    if not known:
        return
    for reading in readings:
        for one in (*reading.people, *reading.households):
            if one.grid and not one.grid.no and normal(one.grid.name) in known:
                one.grid = GridName(known[normal(one.grid.name)])


def snapshot(community: Place | None) -> Snapshot:
    """Everyone and every household of the community; empty where it does not stand yet."""
    if community is None:
        return Snapshot()
    keys = grid_keys(community)
    fields = (
        "pk", "name", "birth_date", "grid_id", "household_id", "phone_index", "id_index", "id_valid", "relation",
        "residence", "merged_into_id", "presence", "sex", "name_bo", "nickname",
    )  # fmt: skip
    rows = Person.objects.filter(community=community).order_by("pk").values_list(*fields)
    gone = (Presence.MOVED_AWAY, Presence.DIED)
    people = [
        Known(
            pk, name, birth, keys.get(grid, ""), household, bytes(phone), bytes(paper), valid, relation, residence,
            merged is None and presence not in gone, sex, name_bo, nickname,
        )
        for pk, name, birth, grid, household, phone, paper, valid, relation, residence, merged, presence, sex,
        name_bo, nickname in rows.iterator(ROWS_AT_ONCE)
    ]  # fmt: skip
    homes = Household.objects.filter(community=community, ended=None).order_by("order", "pk")
    houses = [
        KnownHousehold(pk, no, head, keys.get(grid, ""), address)
        for pk, no, head, grid, address in homes.values_list("pk", "no", "head_name", "grid_id", "address")
    ]
    return Snapshot(people, houses)


def import_plan(
    scope: Scope, code: str, readings: Sequence[Reading], told: Mapping[int, Any] | None = None
) -> ImportPlan:
    """What importing these workbooks into the community with this code would do; nothing is written.

    A community that does not stand yet is empty. Raises NotFound for another's community.
    """
    if not scope.covers(code, *KEEPS):
        raise NotFound(code)
    community = Place.objects.filter(kind=Kind.COMMUNITY, code=code).first()
    name_grids(readings, community)
    return plan_import(readings, snapshot(community), id_index, phone_index, dict(told or {}))


def unknown_grids(code: str, plan: ImportPlan) -> list[str]:
    """Grids that the workbooks name and the community does not have yet, by number, then by name."""
    known = set(Place.objects.filter(kind=Kind.GRID, code__startswith=code).values_list("no", flat=True))
    named = {c.read.grid for c in plan.candidates if c.read.grid}
    named |= {c.read.household.grid for c in plan.candidates if c.read.household and c.read.household.grid}
    new = [grid for grid in named if grid.no not in known]
    return [grid.key for grid in sorted(new, key=lambda grid: (not grid.no, grid.no, grid.name))]

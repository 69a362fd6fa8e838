"""The statements of the hot path, written out once: for one scan, building them with the ORM costs several
times what running them does. Names of tables and columns come from the models; both databases are served.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhegu.places.models import Place
from zhegu.prepared.asking import put, rows_of
from zhegu.prepared.reading import adapted
from zhegu.sampling.actions.kinds import chunks
from zhegu.sampling.models import Line, Sample, Tally, Tube, Undo

LINE, PLACE, SAMPLE, TUBE, TALLY, UNDO = (m._meta.db_table for m in (Line, Place, Sample, Tube, Tally, Undo))
Pair = tuple[UUID, UUID]


@dataclass(slots=True)
class Spot:
    """Of a line, what a swab has to know."""

    id: UUID
    round_id: UUID
    person_id: UUID
    grid_id: UUID | None
    grid_code: str | None
    grid_no: int | None
    standing: str
    excuse: str
    gone: str
    single_why: str


@dataclass(slots=True)
class Swab:
    """A row of the sample table in the making; fields are those of the model."""

    id: UUID
    round_id: UUID
    line_id: UUID
    person_id: UUID
    tube_id: UUID
    position: int
    serial: int | None
    kid: bytes
    taken_at: datetime
    taken_by: str
    device: str
    at_home: bool
    body_site: str
    override: str
    card: str = ""
    aside: str = ""
    undone_at: datetime | None = None
    undone_by: str = ""
    undo_ref: UUID | None = None


@dataclass(slots=True)
class Rack:
    """A tube: as it stands, and (`new`, `more`) what this batch makes of it."""

    id: UUID
    round_id: UUID
    label: str
    ratio: int
    grid_id: UUID | None
    device: str
    opened_at: datetime | None
    swabs: int = 0
    more: int = 0
    new: bool = False


# --- both databases


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def read(value: Any) -> UUID | None:
    return UUID(value) if isinstance(value, str) else value


def _among(column: str) -> str:
    """`column` is one of a list that travels as one parameter, so that the statement is always the same."""
    if _is_sqlite():
        return f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608
    return f"{column} = ANY(%s)"


def _list(ids: Collection[UUID]) -> Any:
    return json.dumps([one.hex for one in ids]) if _is_sqlite() else list(ids)


def _locked(of: str) -> str:
    return "" if _is_sqlite() else f" FOR UPDATE OF {of}"


def _insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    places = ", ".join(["%s"] * len(columns))
    into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - names of our own tables
    put(into, [[adapted(value) for value in row] for row in rows])


# --- lines


def spots(pairs: Iterable[Pair]) -> dict[Pair, Spot]:
    """Lines by (round, person), locked in one order until the transaction ends."""
    wanted: dict[UUID, set[UUID]] = {}
    for round_id, person in pairs:
        wanted.setdefault(round_id, set()).add(person)
    found: dict[Pair, Spot] = {}
    sql = (
        f"SELECT l.id, l.person_id, l.grid_id, g.code, g.no, l.standing, l.excuse, l.gone, l.single_why"  # noqa: S608
        f" FROM {LINE} l LEFT JOIN {PLACE} g ON g.id = l.grid_id"
        f" WHERE l.round_id = %s AND {_among('l.person_id')} ORDER BY l.id{_locked('l')}"
    )
    for round_id, people in wanted.items():
        for part in chunks(people):
            for line, person, grid, *rest in rows_of(sql, [adapted(round_id), _list(part)]):
                spot = Spot(read(line), round_id, read(person), read(grid), *rest)  # type: ignore[arg-type]
                found[round_id, spot.person_id] = spot
    return found


def write_standings(lines: Iterable[Any]) -> None:
    """Saves the standing of lines (`id`, `standing`), in one update for each standing."""
    by_standing: dict[str, list[UUID]] = {}
    for line in lines:
        by_standing.setdefault(str(line.standing), []).append(line.id)
    sql = f"UPDATE {LINE} SET standing = %s WHERE {_among('id')}"  # noqa: S608
    for standing, ids in sorted(by_standing.items()):
        for part in chunks(ids):
            put(sql, [[standing, _list(part)]])


# --- tubes and swabs


def racks(ids: Iterable[UUID]) -> dict[UUID, Rack]:
    """Tubes by id, locked in one order."""
    found: dict[UUID, Rack] = {}
    sql = (
        f"SELECT id, round_id, label, ratio, grid_id, swabs FROM {TUBE}"  # noqa: S608
        f" WHERE {_among('id')} ORDER BY id{_locked(TUBE)}"
    )
    for part in chunks(set(ids)):
        for tube, round_id, label, ratio, grid, swabs in rows_of(sql, [_list(part)]):
            rack = Rack(read(tube), read(round_id), label, ratio, read(grid), "", None, swabs)  # type: ignore[arg-type]
            found[rack.id] = rack
    return found


NEW_TUBE = ("id", "round_id", "label", "ratio", "grid_id", "device", "opened_at", "swabs", "result", "result_by")


def write_racks(racks: Iterable[Rack]) -> None:
    """New tubes stand; those that were there hold `more`."""
    changed = [rack for rack in racks if rack.new or rack.more]
    fresh = [
        (r.id, r.round_id, r.label, r.ratio, r.grid_id, r.device, r.opened_at, r.more, "", "") for r in changed if r.new
    ]
    if fresh:
        _insert(TUBE, NEW_TUBE, fresh)
    more = [[r.more, adapted(r.id)] for r in sorted((r for r in changed if not r.new), key=lambda r: r.id)]
    if more:
        put(f"UPDATE {TUBE} SET swabs = swabs + %s WHERE id = %s", more)  # noqa: S608


SWAB = tuple(field.name for field in fields(Swab))


def write_swabs(swabs: Sequence[Swab]) -> None:
    """The swabs are kept; raises IntegrityError where one of them lost a race."""
    _insert(SAMPLE, [f'"{name}"' for name in SWAB], ([getattr(s, name) for name in SWAB] for s in swabs))


def undone_before(refs: Iterable[UUID]) -> dict[UUID, tuple]:
    """Swabs taken back before they arrived: (ref, at, community, by, device) by the swab's id."""
    found: dict[UUID, tuple] = {}
    sql = f"SELECT sample, ref, at, community, {_quoted('by')}, device FROM {UNDO} WHERE {_among('sample')}"  # noqa: S608
    for part in chunks(refs):
        for sample, ref, at, *rest in rows_of(sql, [_list(part)]):
            found[read(sample)] = (read(ref), _moment(at), *rest)  # type: ignore[index]
    return found


def _moment(at: Any) -> datetime:
    """SQLite keeps moments as text in UTC."""
    return at if isinstance(at, datetime) else datetime.fromisoformat(at).replace(tzinfo=UTC)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


# --- tallies


def move_tally(round_id: UUID, grid_id: UUID | None, changes: Mapping[str, int]) -> bool:
    """Adds to the figures of one grid; False where it has no tally yet."""
    sets = ", ".join(f"{name} = {name} + %s" for name in changes)
    where = "grid_id IS NULL" if grid_id is None else "grid_id = %s"
    values = [*changes.values(), adapted(round_id), *([] if grid_id is None else [adapted(grid_id)])]
    return put(f"UPDATE {TALLY} SET {sets} WHERE round_id = %s AND {where}", [values]) > 0  # noqa: S608

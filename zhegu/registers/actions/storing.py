"""Writing an import's plan into the tables, set by set. Only `importing` calls this, within its transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BinaryField, Field, JSONField

from zhegu.lib.codes import new_resident_code
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Scope
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers.actions.filling import note_change, refill
from zhegu.registers.actions.keys import set_name_keys
from zhegu.registers.actions.traces import leave_traces
from zhegu.registers.models import Household, Merge, Person, Presence
from zhegu.registers.rules.grids import GridName
from zhegu.registers.rules.matching import Candidate, ImportPlan
from zhegu.registers.rules.names import normal
from zhegu.registers.rules.notes import Need
from zhegu.registers.rules.reading import HouseholdRead, PersonRead
from zhegu.vault.fields import SealedText

WHOLE = Scope.everything("an import writes the whole register")
AT_ONCE, INSERTED_AT_ONCE = 1000, 10_000
PERSON_FIELDS = [
    "grid", "household", "relation", "name", "name_bo", "nickname", "sex", "birth_date", "birth_year", "id_kind",
    "id_valid", "id_number", "id_index", "id_tail_index", "phone", "phone_index", "phone_tail_index", "note", "filled",
]  # fmt: skip
NAMES = {"name", "name_bo", "nickname"}


@dataclass(frozen=True)
class Stored:
    """What was written."""

    new: int
    changed: int
    completed: int
    households: int


class _Grids:
    """Grid ids by what the workbook calls them."""

    def __init__(self, community: Place):
        rows = list(places.grids(WHOLE, community).values_list("no", "name", "id"))
        self.by_no = {no: pk for no, _, pk in rows}
        self.by_name = {normal(name): pk for _, name, pk in rows if name}

    def id(self, grid: GridName | None) -> Any:
        if grid is None:
            return None
        return self.by_no.get(grid.no) if grid.no else self.by_name.get(normal(grid.name))


def store(community: Place, plan: ImportPlan, at: datetime, ref: UUID) -> Stored:
    """Households first, then new people, then what differs in known ones; traces lead to the entry."""
    grids = _Grids(community)
    homes, made, touched = _households(community, plan, grids)
    new = [_new_person(community, c, homes, grids, at) for c in plan.new]
    _insert(new)
    set_name_keys(new, new=True)
    changed, completed = _update_people(plan, homes, grids)
    leave_traces(ref, [*(row.pk for row in new), *changed, *completed, *made, *touched])
    return Stored(len(new), len(changed), len(set(completed) - set(changed)), len(made))


def _insert(rows: Sequence[Person]) -> None:
    """One driver call for all: what Django works out anew for every row of a bulk insert costs as much again."""
    fields = Person._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    into = f"INSERT INTO {Person._meta.db_table} ({columns}) VALUES ({places})"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        for batch in _batches(rows, INSERTED_AT_ONCE):
            cursor.executemany(into, list(zip(*(_column(field, batch) for field in fields), strict=True)))


def _column(field: Field, rows: Sequence[Person]) -> Iterable[Any]:
    """The field's values as the database takes them; a value that returns is worked out once."""
    if isinstance(field, SealedText | BinaryField | JSONField):
        return (field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows)
    values = [getattr(row, field.attname) for row in rows]
    stored = {value: field.get_db_prep_save(value, connection) for value in set(values)}
    return (stored[value] for value in values)


def _households(community: Place, plan: ImportPlan, grids: _Grids) -> tuple[dict[int, Any], list[Any], list[Any]]:
    """id() of each household read → its id; the ids of those made, and of those that changed."""
    read: dict[int, HouseholdRead] = {}
    for candidate in plan.candidates:
        if candidate.read.household:
            read.setdefault(id(candidate.read.household), candidate.read.household)
    homes = dict(plan.doors)
    new = [(key, _new_household(community, one, grids)) for key, one in read.items() if key not in homes]
    last = Household.objects.filter(community=community).count() if new else 0
    for order, (_, row) in enumerate(new, last + 1):
        row.order = order
    Household.objects.bulk_create((row for _, row in new), batch_size=AT_ONCE)
    touched = _update_households({homes[key]: one for key, one in read.items() if key in homes}, grids)
    homes |= {key: row.pk for key, row in new}
    return homes, [row.pk for _, row in new], touched


def _new_household(community: Place, read: HouseholdRead, grids: _Grids) -> Household:
    return Household(
        id=new_id(), community=community, grid_id=grids.id(read.grid), no=read.no[:40], head_name=read.head[:120],
        address=read.address[:200],
    )  # fmt: skip


def _update_households(read: dict[Any, HouseholdRead], grids: _Grids) -> list[Any]:
    """What the workbook says otherwise of known households; blanks take nothing away."""
    differing = []
    for batch in _batches(list(read), AT_ONCE):
        for row in Household.objects.filter(pk__in=batch).defer("note"):
            one = read[row.pk]
            said = {
                "no": one.no[:40] if not row.no else "", "head_name": one.head[:120], "address": one.address[:200],
                "grid_id": grids.id(one.grid),
            }  # fmt: skip
            news = {name: value for name, value in said.items() if value and value != getattr(row, name)}
            if news:
                Household.objects.filter(pk=row.pk).update(**news)
                differing.append(row.pk)
    return differing


def _new_person(community: Place, candidate: Candidate, homes: dict[int, Any], grids: _Grids, at: datetime) -> Person:
    read = candidate.read
    row = Person(
        id=new_id(), community=community, code=new_resident_code(), added=at, residence=read.residence,
        presence=Presence.AWAY if Need.AWAY in read.needs else Presence.HERE,
        grid_id=grids.id(read.grid), household_id=homes.get(id(read.household)),
        relation=read.relation[:40], name=read.name[:120], name_bo=read.name_bo[:200], nickname=read.nickname[:80],
        sex=read.sex, birth_date=read.birth, birth_year=read.birth_year, note=read.note[:2000],
    )  # fmt: skip
    if read.id.text:
        row.show_id(read.id.text, read.id.kind, read.id.valid)
    if read.phone:
        row.show_phone(read.phone)
    return row


def _differing(candidate: Candidate, homes: dict[int, Any], grids: _Grids) -> dict[str, Any]:
    """Fields that the workbook says otherwise, with their new values."""
    read, found = candidate.read, {}
    if "name" in candidate.changes:
        found["name"] = read.name[:120]
    if "phone" in candidate.changes:
        found["phone"] = read.phone
    if "relation" in candidate.changes:
        found["relation"] = read.relation[:40]
    if "grid" in candidate.changes:
        found["grid_id"] = grids.id(read.grid)
    if "household" in candidate.changes:
        found["household_id"] = homes.get(id(read.household))
    return found


def _filling_in(read: PersonRead, candidate: Candidate) -> dict[str, Any]:
    """What the register lacks and the workbook tells."""
    known, found = candidate.known, {}
    if known is None:
        return found
    if read.birth and not known.birth:
        found |= {"birth_date": read.birth, "birth_year": read.birth.year}
    if (read.id.text and not known.paper) or (read.id.valid and not known.paper_valid):
        found["id"] = read.id
    for name in ("sex", "name_bo", "nickname"):
        if getattr(read, name) and not getattr(known, name):
            found[name] = getattr(read, name)
    if read.note:
        found["note"] = read.note[:2000]
    return found


def _update_people(plan: ImportPlan, homes: dict[int, Any], grids: _Grids) -> tuple[list[Any], list[Any]]:
    """Ids of those changed and of those only completed."""
    changed, completed, rows = [], [], []
    wanted: dict[Any, tuple[dict[str, Any], dict[str, Any]]] = {}
    for candidate in plan.candidates:
        if candidate.known:
            news, fills = _differing(candidate, homes, grids), _filling_in(candidate.read, candidate)
            if news or fills:
                wanted[candidate.known.id] = news, fills
    for batch in _batches(list(wanted), AT_ONCE):
        for row in Person.objects.select_for_update(of=("self",)).filter(pk__in=batch):
            news, fills = wanted[row.pk]
            fills = _still_lacking(row, fills)
            if news or fills:
                (changed if news else completed).append(row.pk)
                rows.append((row, _put(row, news | fills)))
    _save(rows)
    return changed, completed


def _still_lacking(row: Person, fills: dict[str, Any]) -> dict[str, Any]:
    """A remark is written only where it differs; opening it is left to this last moment."""
    if fills.get("note") == row.note:
        return {name: value for name, value in fills.items() if name != "note"}
    return fills


def _put(row: Person, facts: dict[str, Any]) -> set[str]:
    """Writes the facts into the row (not saved); the names of the fields it now has its own say in."""
    for name, value in facts.items():
        if name == "phone":
            row.show_phone(value)
        elif name == "id":
            row.show_id(value.text, value.kind, value.valid)
        else:
            setattr(row, name, value)
    return {"id_number" if name == "id" else name for name in facts}


def _save(rows: Sequence[tuple[Person, set[str]]]) -> None:
    if not rows:
        return
    ids = [row.pk for row, _ in rows]
    keeping = {pk for some in _batches(ids, AT_ONCE) for pk in Merge.objects.filter(kept__in=some, undone=None).values_list("kept", flat=True)}
    for row, fields in rows:
        if row.filled or row.pk in keeping:
            note_change(row, dict.fromkeys(fields))
    Person.objects.bulk_create(
        (row for row, _ in rows), batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"],
        update_fields=PERSON_FIELDS,
    )  # fmt: skip
    set_name_keys([row for row, fields in rows if fields & NAMES])
    for row, _ in rows:
        if row.merged_into_id:
            refill(row.merged_into)


def _batches(items: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    return (items[start : start + size] for start in range(0, len(items), size))

"""Adding and correcting people, and giving them a new personal code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.codes import new_resident_code
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.registers.actions.filling import note_change, refill
from zhegu.registers.actions.keys import set_name_keys
from zhegu.registers.actions.kinds import Happened, command, foreign
from zhegu.registers.actions.traces import leave_traces
from zhegu.registers.models import Household, Person, id_index
from zhegu.registers.rules.facts import BadFact, tidied
from zhegu.registers.rules.ids import read_id

NAMED = {"name", "name_bo", "nickname"}


@dataclass(frozen=True)
class NewPerson:
    """Someone to be added. `facts`: fields of `rules.facts.FIELDS`; `id` and `code` where they were made
    before (on a phone without signal, on a printed sheet)."""

    facts: Mapping[str, Any]
    at: datetime
    ref: UUID
    household: Household | None = None
    grid: Place | None = None
    reason: str = ""
    id: UUID = field(default_factory=new_id)
    code: str = ""

    def body(self) -> dict[str, Any]:
        """What the journal keeps."""
        return {
            "facts": dict(self.facts), "reason": self.reason, "code": self.code, "person": str(self.id),
            "household": str(self.household.pk) if self.household else "", "grid": self.grid.code if self.grid else "",
        }  # fmt: skip


def add_people(*, by: Actor, community: Place, items: Sequence[NewPerson]) -> list[Answer]:
    """Everyone stands in the register with a personal code; facts: `person` (id).

    Who is put into a household without a grid being named stands in the household's grid; without either,
    on the "no grid" list. Refused: a fact that cannot be kept (`field` says which), a household or grid of
    another community, an id that is taken, a valid paper someone here already shows (`person` says who).
    """
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        rows: list[tuple[UUID, Person]] = []
        for one in fresh:
            outcome, row = _new_row(community, by_ref[one.ref], [made for _, made in rows])
            outcomes.append(outcome)
            if row:
                rows.append((one.ref, row))
        made = [row for _, row in rows]
        Person.objects.bulk_create(made, batch_size=500)
        set_name_keys(made, new=True)
        for ref, row in rows:
            leave_traces(ref, [row.pk, *([row.household_id] if row.household_id else [])])
        return outcomes

    commands = [command(Happened.PERSON_ADDED, community, by, i.at, i.ref, i.body()) for i in items]
    return journal.once(commands, do)


def add_person(
    *, by: Actor, community: Place, facts: Mapping[str, Any], household: Household | None = None,
    grid: Place | None = None, reason: str = "", at: datetime, ref: UUID,
) -> Answer:
    """One person is added; see `add_people`. A repeat of the ref makes nobody."""
    # The id is made of the ref, so that saying it twice is saying the same.
    item = NewPerson(facts, at, ref, household, grid, reason, id=ref)
    return add_people(by=by, community=community, items=[item])[0]


def _new_row(
    community: Place, item: NewPerson, before: Sequence[Person]
) -> tuple[Outcome, Person | None]:
    """The row to be stored, or why not; `before` are those of the same batch."""
    if refused := foreign(community, item.household, item.grid):
        return refused, None
    try:
        facts = tidied({"name": "", **item.facts})
    except BadFact as bad:
        return Refused(bad.reason, {"field": bad.field}), None
    if refused := _paper_taken(community, facts):
        return refused, None
    if Person.objects.filter(pk=item.id).exists():
        return Refused("registers.person_exists"), None
    row = Person(pk=item.id, community=community, code=item.code or new_resident_code(), added=item.at)
    put_facts(row, facts)
    if twin := next((one for one in before if row.id_valid and one.id_index == row.id_index), None):
        return Refused("registers.paper_taken", {"person": str(twin.pk)}), None
    row.household = item.household
    row.grid_id = item.grid.pk if item.grid else item.household.grid_id if item.household else None
    return Accepted({"person": str(row.pk)}), row


def put_facts(row: Person, facts: Mapping[str, Any]) -> None:
    """Writes tidied facts into the row, blind indexes with them; the row is not saved.

    A valid paper tells a birth and a sex that nobody wrote down.
    """
    for name, value in facts.items():
        if name not in ("id_number", "phone"):
            setattr(row, name, value)
    if "phone" in facts:
        row.show_phone(facts["phone"])
    if "id_number" in facts:
        reading = read_id(facts["id_number"])
        row.show_id(facts["id_number"], reading.kind, reading.valid)
        if reading.birth and not row.birth_date and not row.birth_year:
            row.birth_date, row.birth_year = reading.birth, reading.birth.year
        if reading.birth and not row.sex:
            row.sex = "m" if int(facts["id_number"][16]) % 2 else "f"


def _paper_taken(community: Place, facts: Mapping[str, Any], but: Person | None = None) -> Refused | None:
    """A refusal where someone else here shows the same valid paper."""
    number = facts.get("id_number", "")
    if not number or not read_id(number).valid:
        return None
    same = Person.objects.filter(community=community, id_index=id_index(number), id_valid=True, merged_into=None)
    taken = same.exclude(pk=but.pk).first() if but else same.first()
    return Refused("registers.paper_taken", {"person": str(taken.pk)}) if taken else None


def change_person(
    *, by: Actor, person: Person, changes: Mapping[str, Any], seen: Mapping[str, str] | None = None,
    at: datetime, ref: UUID,
) -> Answer:
    """The facts named in `changes` are as said; facts: `person`, `fields`. Others stay as they are.

    `seen` holds the marks a form was drawn with (`queries.seen_of`): a fact someone else changed in between
    is refused, and nothing is lost. A row merged into another keeps the change, and the other shows it
    where it has nothing of its own.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        row = Person.objects.select_for_update().get(pk=person.pk)
        try:
            facts = tidied(changes)
        except BadFact as bad:
            return [Refused(bad.reason, {"field": bad.field})]
        if stale := sorted(name for name in facts if seen and name in seen and seen[name] != row.mark(name)):
            return [Refused("registers.changed_meanwhile", {"fields": stale})]
        if refused := _paper_taken(row.community, facts, but=row):
            return [refused]
        put_facts(row, facts)
        note_change(row, facts)
        row.save()
        if NAMED & facts.keys():
            set_name_keys([row])
        refill(row.merged_into)
        leave_traces(ref, [row.pk])
        return [Accepted({"person": str(row.pk), "fields": sorted(facts)})]

    body = {"person": str(person.pk), "changes": dict(changes)}
    return journal.once([command(Happened.PERSON_CHANGED, person.community, by, at, ref, body)], do)[0]


def renew_code(*, by: Actor, person: Person, reason: str, at: datetime, ref: UUID) -> Answer:
    """The person has a new random code (R1); the old one leads nowhere any more."""

    def do(fresh: list[Command]) -> list[Outcome]:
        Person.objects.filter(pk=person.pk).update(code=new_resident_code())
        leave_traces(ref, [person.pk])
        return [Accepted({"person": str(person.pk)})]

    body = {"person": str(person.pk), "reason": reason}
    return journal.once([command(Happened.CODE_RENEWED, person.community, by, at, ref, body)], do)[0]

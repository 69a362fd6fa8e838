"""Joining a frozen roster: late comers, people nobody had registered, those who came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.registers import queries as registers
from zhegu.registers.actions import came_late
from zhegu.registers.models import Person
from zhegu.sampling.actions.counting import Counting
from zhegu.sampling.actions.kinds import Act, Happened, chunks
from zhegu.sampling.actions.newcomers import Known, added_line, write_lines
from zhegu.sampling.actions.registering import register
from zhegu.sampling.actions.roster import SCOPE, may_touch, outbreak_of, round_of, rounds_named
from zhegu.sampling.models import Line, Round
from zhegu.sampling.rules import AddReason


@dataclass(frozen=True)
class Newcomer:
    """Someone in no register yet; the phone made the `id`, `grid` is the grid's number."""

    id: UUID
    name: str
    grid: int
    birth_year: int | None = None
    sex: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Addition(Act):
    """Someone joins a round's roster: a `person` of the register or a `new` one; exactly one of the two."""

    round: UUID
    reason: AddReason
    person: UUID | None = None
    new: Newcomer | None = None

    @property
    def whom(self) -> UUID | None:
        return self.person or (self.new and self.new.id)

    def plain(self) -> dict:
        new = self.new and {
            "id": str(self.new.id), "name": self.new.name, "grid": self.new.grid, "sex": self.new.sex,
            "birth_year": self.new.birth_year, "phone": self.new.phone,
        }  # fmt: skip
        person = str(self.person) if self.person else None
        return {"round": str(self.round), "reason": self.reason, "person": person, "new": new}


def add_to_roster(*, by: Actor, scope: Scope, items: Sequence[Addition]) -> list[Answer]:
    """Each stands on the roster and is due; a new person is in the register as well. Their line's id is
    the ref of the addition; someone already there keeps their line, named in the facts.

    Refused: outside the scope (also a grid of another's), a closed round, neither or both of person and new.
    """
    by_ref = {item.ref: item for item in items}
    rounds = rounds_named(item.round for item in items)

    def do(fresh: list[Command]) -> list[Outcome]:
        todo = [by_ref[command.ref] for command in fresh]
        return _Adding(by, scope, rounds, todo).outcomes()

    return journal.once([item.command(Happened.ADDED, by, outbreak_of(rounds, item)) for item in items], do)


class _Adding:
    """One batch of additions against what stands now."""

    def __init__(self, by: Actor, scope: Scope, rounds: dict[UUID, Round], items: list[Addition]):
        self.by, self.scope, self.rounds, self.items = by, scope, rounds, items
        self.counting = Counting()
        self.shown = registers.shown_instead(SCOPE, {item.whom for item in items if item.whom})
        self.people = self._people()
        self.standing = self._standing_already()
        self.known: dict[UUID, Known] = {}
        self.new_lines: list[Line] = []

    def outcomes(self) -> list[Outcome]:
        outcomes = [self._one(item) for item in self.items]
        write_lines(self.new_lines, self.counting)
        self.counting.write()
        said_of = {item.ref: item.whom for item in self.items if item.whom in self.shown}
        came_late(Line._meta.label, {line.pk: said_of[line.pk] for line in self.new_lines if line.pk in said_of})
        return outcomes

    def _whom(self, item: Addition) -> UUID | None:
        return self.shown.get(item.whom, item.whom) if item.whom else None

    def _people(self) -> dict[UUID, Person]:
        found: dict[UUID, Person] = {}
        for round_id in {item.round for item in self.items}:
            if round_ := self.rounds.get(round_id):
                for part in chunks({self._whom(i) for i in self.items if i.round == round_id and i.whom}):
                    rows = round_.community.people.filter(pk__in=part).select_related("grid")
                    found |= {person.pk: person for person in rows}
        return found

    def _standing_already(self) -> dict[tuple[UUID, UUID], UUID]:
        found: dict[tuple[UUID, UUID], UUID] = {}
        said = {item.whom for item in self.items if item.whom}
        for part in chunks(said | {self.shown[one] for one in said if one in self.shown}):
            rows = Line.objects.filter(round__in=list(self.rounds), person__in=part)
            found |= {(round_id, who): pk for pk, round_id, who in rows.values_list("pk", "round_id", "person_id")}
        return found

    def _one(self, item: Addition) -> Outcome:
        round_ = round_of(self.rounds, item)
        if round_ is None or (item.person is None) == (item.new is None):
            return Refused("sampling.not_found")
        if round_.closed_at and item.at > round_.closed_at:
            return Refused("sampling.round_closed")
        person = self.people.get(self._whom(item)) or (item.new and self._new_person(round_, item))
        if person is None or not may_touch(self.scope, round_, person.grid and person.grid.code):
            return Refused("sampling.not_found")
        there = self.standing.get((round_.pk, item.whom)) or self.standing.get((round_.pk, person.pk))
        if there is None:
            there = self._stand(round_, person, item)
        return Accepted({"line": str(there), "person": str(person.pk)})

    def _new_person(self, round_: Round, item: Addition) -> Person | None:
        grid = round_.community.inside.filter(kind="grid", no=item.new.grid, closed=None).first()
        if grid is None or not may_touch(self.scope, round_, grid.code):
            return None
        person = register(self.by, round_.community, grid, item)
        if person is not None:
            self.people[person.pk] = person
        return person

    def _stand(self, round_: Round, person: Person, item: Addition) -> UUID:
        if round_.pk not in self.known:
            self.known[round_.pk] = Known.under(self.scope, round_)
        line = added_line(round_, person, self.known[round_.pk], self.by, item, item.reason)
        self.new_lines.append(line)
        self.standing[round_.pk, person.pk] = line.pk
        return line.pk

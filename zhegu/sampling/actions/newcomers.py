"""Who joins a roster, when it freezes or after: what the round knows of each, and their lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from zhegu.lib.clock import local_day
from zhegu.lib.scope import Actor, Scope
from zhegu.outbreaks import queries as outbreaks
from zhegu.registers import queries as registers
from zhegu.registers.models import Person, Presence
from zhegu.sampling.actions.counting import Counting
from zhegu.sampling.actions.kinds import Act, chunks
from zhegu.sampling.actions.roster import SCOPE, may_touch
from zhegu.sampling.actions.store import Pair, Spot
from zhegu.sampling.models import Line, Round
from zhegu.sampling.rules import (
    AddReason,
    StandingFacts,
    Who,
    excuse_at_opening,
    is_infant,
    partition,
    single_reason,
)


@dataclass
class Known:
    """What an outbreak says of people: gathered once for a whole batch."""

    standings: dict[UUID, str] = field(default_factory=dict)
    awaiting: set[UUID] = field(default_factory=set)

    @classmethod
    def under(cls, scope: Scope, round_: Round) -> "Known":
        tests = outbreaks.last_tests(scope, round_.outbreak)
        return cls(
            {person: str(kind) for person, kind in outbreaks.standings(scope, round_.outbreak).items()},
            {person for person, test in tests.items() if test.result in ("positive", "grey")},
        )

    def who(self, person: Person) -> Who:
        standing = self.standings.get(person.pk, "")
        return Who(
            birth_date=person.birth_date, birth_year=person.birth_year, away=person.presence == Presence.AWAY,
            isolated=standing == "isolated", contact=standing == "contact", awaiting_recheck=person.pk in self.awaiting,
        )  # fmt: skip


def frozen_line(round_: Round, person: Person, known: Known, by: Actor, at: datetime) -> Line:
    """The line of someone on the roster as it freezes, with the excuse the round gives of itself."""
    who = known.who(person)
    infant = is_infant(who, local_day(round_.starts_at), round_.infant_below_months)
    excuse = excuse_at_opening(who, infant, round_.excuse_infants) or ""
    line = Line(
        round=round_, person=person, grid_id=person.grid_id, household_id=person.household_id,
        residence=person.residence, excuse=excuse, opening_excuse=excuse, single_why=single_reason(who, round_.single_only, infant) or "",
        standing=partition(StandingFacts(excuse=excuse)),
    )  # fmt: skip
    if excuse:
        line.excused_by, line.excused_at = by.key, at
    return line


def write_lines(lines: Sequence[Line], counting: Counting) -> None:
    """The lines stand on the roster and are counted; a household counts once in each grid."""
    households = _households_known(lines)
    for line in lines:
        counting.add(line.round_id, line.grid_id, line.standing)
        counting.add(line.round_id, line.grid_id, f"{line.residence}s")
        key = (line.round_id, line.grid_id, line.household_id)
        if line.household_id and key not in households:
            households.add(key)
            counting.add(line.round_id, line.grid_id, "households")
    Line.objects.bulk_create(lines)


def _households_known(lines: Sequence[Line]) -> set[tuple]:
    known: set[tuple] = set()
    for round_id in {line.round_id for line in lines}:
        homes = {line.household_id for line in lines if line.household_id and line.round_id == round_id}
        for part in chunks(homes):
            rows = Line.objects.filter(round=round_id, household__in=part)
            known |= set(rows.values_list("round_id", "grid_id", "household_id"))
    return known


def lines_for_strangers(
    by: Actor, scope: Scope, items: Iterable[tuple[Round, Act]], counting: Counting
) -> dict[Pair, Spot]:
    """Spots for people of the register who were sampled although on no roster: the swab was taken, so they
    are added with the reason `at_table`. Of a row that was merged the one that is shown is added. People outside the
    scope or the community get none."""
    items = list(items)
    shown = registers.shown_instead(SCOPE, {item.person for _, item in items})
    by_round: dict[UUID, tuple[Round, dict[UUID, Act]]] = {}
    for round_, item in items:
        by_round.setdefault(round_.pk, (round_, {}))[1].setdefault(shown.get(item.person, item.person), item)
    made: dict[Pair, Line] = {}
    for round_, wanted in by_round.values():
        people = [
            p for part in chunks(wanted)
            for p in round_.community.people.filter(pk__in=part).select_related("grid")
            if may_touch(scope, round_, p.grid and p.grid.code)
        ]  # fmt: skip
        known = Known.under(scope, round_) if people else Known()
        for person in people:
            item = wanted[person.pk]
            made[round_.pk, person.pk] = added_line(round_, person, known, by, item, AddReason.AT_TABLE)
    write_lines(list(made.values()), counting)
    spots = {pair: _spot(line) for pair, line in made.items()}
    said = {(round_.pk, item.person): (round_.pk, shown.get(item.person, item.person)) for round_, item in items}
    return {pair: spots[instead] for pair, instead in said.items() if instead in spots}


def _spot(line: Line) -> Spot:
    grid = line.grid
    return Spot(
        line.pk, line.round_id, line.person_id, line.grid_id, grid and grid.code, grid and grid.no, line.standing,
        line.excuse, line.gone, line.single_why,
    )  # fmt: skip


def added_line(round_: Round, person: Person, known: Known, by: Actor, act: Act, reason: str) -> Line:
    """The line of someone added to a frozen roster by this act, whose ref becomes the line's id: due,
    whatever excused others of their kind."""
    line = frozen_line(round_, person, known, by, act.at)
    line.excuse, line.opening_excuse, line.excused_by, line.excused_at = "", "", "", None
    line.standing = partition(StandingFacts())
    line.added_reason, line.added_by, line.added_at = reason, by.key, act.at
    line.id, line.person, line.grid = act.ref, person, person.grid
    return line

"""Opening a round: its roster freezes, its tables stand, its grids have their times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max

from zhegu.accounts.models import Device
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.registers.models import Person
from zhegu.sampling.actions.counting import Counting
from zhegu.sampling.actions.kinds import PURPOSE, Happened
from zhegu.sampling.actions.newcomers import Known, frozen_line, write_lines
from zhegu.sampling.actions.tables import Crew, plain_crew, seat
from zhegu.sampling.models import Line, Round, Slot, Table
from zhegu.sampling.queries.preview import people_for
from zhegu.sampling.rules import RATIOS, Standing, slots_for


@dataclass(frozen=True)
class TablePlan:
    """A table: its number, the grids that come to it, who works there as what, and on which phone."""

    no: int
    grids: Sequence[Place] = ()
    crew: Crew = ()
    device: Device | None = None


@dataclass(frozen=True)
class RoundPlan:
    """All that is decided before a round opens. `people` or `grids` limit the roster (a re-check, one
    village); `minutes_each` and `slot_minutes` shape the calling times."""

    outbreak: Outbreak
    starts_at: datetime
    ends_at: datetime
    mix_ratio: int
    name: str = ""
    body_site: str = "throat"
    infant_below_months: int | None = None
    excuse_infants: bool = False
    without_grid_reason: str = ""
    tables: Sequence[TablePlan] = ()
    minutes_each: float = 1.5
    slot_minutes: int = 15
    grids: Sequence[Place] = ()
    people: Sequence[UUID] = ()
    recheck_of: Round | None = None

    def plain(self) -> dict:
        """As the journal keeps it."""
        return {
            "outbreak": str(self.outbreak.pk), "starts_at": self.starts_at.isoformat(),
            "ends_at": self.ends_at.isoformat(), "mix_ratio": self.mix_ratio, "name": self.name,
            "body_site": self.body_site, "infant_below_months": self.infant_below_months,
            "excuse_infants": self.excuse_infants, "without_grid_reason": self.without_grid_reason,
            "tables": [_plain_table(table) for table in self.tables], "grids": [grid.code for grid in self.grids],
            "people": [str(person) for person in self.people],
            "recheck_of": str(self.recheck_of.pk) if self.recheck_of else None,
        }  # fmt: skip


def _plain_table(table: TablePlan) -> dict:
    return {
        "no": table.no, "grids": [grid.no for grid in table.grids],
        "crew": plain_crew(table.crew),
        "device": str(table.device.pk) if table.device else None,
    }  # fmt: skip


def open_round(*, by: Actor, scope: Scope, community: Place, plan: RoundPlan, at: datetime, ref: UUID) -> Answer:
    """The round is open with everyone present on its roster, excused where the plan says so.

    Facts: `round`, `no`, `roster`, `excused`. Refused: no such ratio in the profile, an end before the
    start, an outbreak that is closed or another community's, nobody to sample, and anyone without a
    grid unless `without_grid_reason` states why (`people` of them are named in the facts).
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        refused = _why_not(scope, community, plan)
        if refused:
            return [refused]
        people = people_for(scope, community, plan)
        without = [person for person in people if person.grid_id is None]
        if without and not plan.without_grid_reason:
            return [Refused("sampling.people_without_grid", {"n": len(without)})]
        if not people:
            return [Refused("sampling.nobody_to_sample")]
        return [_open(by, scope, community, plan, people, at)]

    command = Command(ref, Happened.ROUND_OPENED, community.code, by, at, plan.plain(), PURPOSE, plan.outbreak.pk)
    return journal.once([command], do)[0]


def _why_not(scope: Scope, community: Place, plan: RoundPlan) -> Refused | None:
    if not scope.covers(community.code, "office") or plan.outbreak.community_id != community.pk:
        return Refused("sampling.not_found")
    if not plan.outbreak.is_open:
        return Refused("sampling.outbreak_closed")
    if plan.mix_ratio not in RATIOS or plan.mix_ratio not in {1, *plan.outbreak.rules.mix_ratios}:
        return Refused("sampling.ratio_not_in_profile")
    if plan.ends_at <= plan.starts_at:
        return Refused("sampling.ends_before_start")
    return None


def _open(by: Actor, scope: Scope, community: Place, plan: RoundPlan, people: list[Person], at: datetime) -> Outcome:
    last = Round.objects.filter(community=community).aggregate(no=Max("no"))["no"] or 0
    round_ = Round.objects.create(
        community=community, outbreak=plan.outbreak, recheck_of=plan.recheck_of, no=last + 1, name=plan.name,
        starts_at=plan.starts_at, ends_at=plan.ends_at, mix_ratio=plan.mix_ratio,
        single_only=sorted(plan.outbreak.rules.single_only), infant_below_months=plan.infant_below_months,
        excuse_infants=plan.excuse_infants, body_site=plan.body_site, opened_at=at, opened_by=by.key,
        without_grid_reason=plan.without_grid_reason,
    )  # fmt: skip
    known, counting = Known.under(scope, round_), Counting()
    lines = [frozen_line(round_, person, known, by, at) for person in people]
    write_lines(lines, counting)
    counting.write()
    _set_tables(round_, plan, lines)
    excused = sum(line.standing == Standing.EXCUSED for line in lines)
    return Accepted({"round": str(round_.pk), "no": round_.no, "roster": len(lines), "excused": excused})


def _set_tables(round_: Round, plan: RoundPlan, lines: list[Line]) -> None:
    tables = {}
    for table in plan.tables:
        made = Table.objects.create(round=round_, no=table.no, device=table.device)
        made.grids.set(table.grids)
        seat(made, table.crew)
        tables[table.no] = made
    grids = {grid.no: grid for table in plan.tables for grid in table.grids}
    by_id = {grid.pk: no for no, grid in grids.items()}
    due: dict[int, int] = dict.fromkeys(grids, 0)
    for line in lines:
        if line.grid_id in by_id and line.standing == Standing.MISSING:
            due[by_id[line.grid_id]] += 1
    slots = slots_for(
        [(table.no, [grid.no for grid in table.grids]) for table in plan.tables], due, plan.minutes_each,
        plan.slot_minutes,
    )  # fmt: skip
    Slot.objects.bulk_create(
        Slot(
            round=round_, table=tables[slot.table], grid=grids[slot.grid], people=slot.people,
            starts_at=round_.starts_at + timedelta(minutes=slot.start),
            ends_at=round_.starts_at + timedelta(minutes=slot.end),
        )
        for slot in slots
    )

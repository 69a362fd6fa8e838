"""Arrivals are written down once, with those who travel along, and taken back where that was a mistake."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhegu.arrivals.actions.kinds import PURPOSE, Happened
from zhegu.arrivals.models import Arrival
from zhegu.arrivals.rules import (
    GATE_KEEPER,
    OFFICE,
    REGISTERS,
    TRAVELLERS,
    HealthCode,
    Kind,
    Test,
    Transport,
    Way,
    companion_id,
    days_wrong,
)
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib import clock
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.said import Said
from zhegu.lib.scope import Actor, Scope
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.registers.models import Person

SCOPE = Scope.everything("an arrival is compared with the register, whoever wrote it down")


@dataclass(frozen=True)
class Traveller:
    """One person, as they or whoever asked them said."""

    name: str
    sex: str = ""
    birth_year: int | None = None
    id_number: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class NewArrival(Said):
    """Who came, with whom, from where. `grid`: the number of the grid in which they stay, None where nobody knows;
    `risk`: the level of the place they left, as it was said, '' where it was not."""

    who: Traveller
    came_from: str
    arrived: datetime
    way: Way
    kind: Kind = Kind.INCOMER
    transport: Transport = Transport.OTHER
    grid: int | None = None
    left: date | None = None
    via: str = ""
    transport_no: str = ""
    hukou: str = ""
    address: str = ""
    health_code: HealthCode | str = ""
    test: Test | str = ""
    tested_at: datetime | None = None
    doses: int | None = None
    risk: str = ""
    note: str = ""
    companions: tuple[Traveller, ...] = ()

    @property
    def body(self) -> dict[str, Any]:
        """As it is journalled."""
        if self.words:
            return dict(self.words)
        plain = {name: value for name, value in asdict(self).items() if name not in ("ref", "at", "said", "words")}
        for name in ("left", "arrived", "tested_at"):
            plain[name] = plain[name].isoformat() if plain[name] else None
        return plain | {"companions": [asdict(one) for one in self.companions]}


def register_arrivals(*, by: Actor, scope: Scope, community: Place, items: Sequence[NewArrival]) -> list[Answer]:
    """They and their companions stand among the arrivals and wait for a decision; facts: `arrival`, `companions`.

    Whoever shows a valid paper that the register knows is that person. Refused: a grid that is not there or not
    theirs, no name, no place they came from, days that do not fit, too many companions.
    """
    by_ref = {item.ref: item for item in items}
    outbreak = outbreaks.open_outbreak(SCOPE, community)
    grids = {grid.no: grid for grid in community.inside.filter(kind="grid", closed=None)}

    def do(fresh: list[Command]) -> list[Outcome]:
        answers: list[Outcome] = []
        rows: list[Arrival] = []
        for command in fresh:
            item = by_ref[command.ref]
            refused = _refusal(scope, community, grids, item)
            if refused is None:
                made = _rows(by, community, grids.get(item.grid or 0), outbreak, item)
                rows += made
                answers.append(Accepted({"arrival": str(item.ref), "companions": [str(row.pk) for row in made[1:]]}))
            else:
                answers.append(refused)
        Arrival.objects.bulk_create(rows, batch_size=200)
        return answers

    commands = [
        Command(i.ref, Happened.REGISTERED, community.code, by, i.at, i.body, PURPOSE, outbreak and outbreak.pk, i.said)
        for i in items
    ]
    return journal.once(commands, do)


def may_register(scope: Scope, community: Place, grid: Place | None) -> bool:
    """The office and gate keepers for the whole community, a grid worker for their own grids."""
    at_a_gate = any(code.startswith(community.code) for code in scope.places(GATE_KEEPER))
    return at_a_gate or scope.covers(community.code, *REGISTERS) or bool(grid and scope.covers(grid.code, *REGISTERS))


def _refusal(scope: Scope, community: Place, grids: Mapping[int, Place], item: NewArrival) -> Refused | None:
    grid = grids.get(item.grid) if item.grid else None
    if (item.grid and grid is None) or not may_register(scope, community, grid):
        return Refused("arrivals.unknown_grid", {"field": "grid"})
    if any(not one.name.strip() for one in (item.who, *item.companions)):
        return Refused("arrivals.name_needed", {"field": "name"})
    if not item.came_from.strip():
        return Refused("arrivals.from_needed", {"field": "came_from"})
    if len(item.companions) > TRAVELLERS:
        return Refused("arrivals.too_many", {"field": "companions"})
    wrong = days_wrong(item.left, clock.local_day(item.arrived), clock.local_day(item.at))
    return Refused(wrong, {"field": "arrived"}) if wrong else None


def _rows(
    by: Actor, community: Place, grid: Place | None, outbreak: Outbreak | None, item: NewArrival
) -> list[Arrival]:
    same = {
        "community": community, "grid": grid, "outbreak": outbreak, "party": item.ref, "at": item.at, "by": by.key,
        "way": item.way, "kind": item.kind, "hukou": item.hukou.strip(), "address": item.address.strip(),
        "came_from": item.came_from.strip(), "via": item.via.strip(), "left": item.left, "arrived": item.arrived,
        "transport": item.transport, "transport_no": item.transport_no.strip(), "risk": item.risk,
    }  # fmt: skip
    own = {
        "health_code": item.health_code, "test": item.test, "tested_at": item.tested_at, "doses": item.doses,
        "note": item.note.strip(),
    }  # fmt: skip
    first = _row(item.ref, item.who, community, same | own)
    return [first, *(_row(companion_id(item.ref, n), one, community, same) for n, one in enumerate(item.companions, 1))]


def _row(key: UUID, who: Traveller, community: Place, facts: Mapping[str, Any]) -> Arrival:
    number, phone = who.id_number.strip(), who.phone.strip()
    return Arrival(
        id=key, name=who.name.strip(), sex=who.sex, birth_year=who.birth_year, id_number=number, phone=phone,
        person=_with_paper(community, number), **facts,
    )  # fmt: skip


def _with_paper(community: Place, number: str) -> Person | None:
    """Who in the register shows this paper, where exactly one does and it is a valid one."""
    if not number:
        return None
    found = [one for one in registers.alike(SCOPE, community, {"id_number": number}, most=2) if one.id_valid]
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, kw_only=True)
class UndoArrival(Said):
    """This arrival was written down by mistake, or twice; `whole`: and so was everybody of its entry."""

    arrival: UUID
    whole: bool = False


def undo_arrivals(*, by: Actor, scope: Scope, community: Place, items: Sequence[UndoArrival]) -> list[Answer]:
    """They count no more. Refused: not there, not theirs to write, decided already, or taken back before."""
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_undo(by, scope, community, by_ref[command.ref]) for command in fresh]

    commands = [
        Command(i.ref, Happened.UNDONE, community.code, by, i.at, dict(i.words) or {"arrival": str(i.arrival)}, PURPOSE, None, i.said)
        for i in items
    ]
    return journal.once(commands, do)


def _undo(by: Actor, scope: Scope, community: Place, item: UndoArrival) -> Outcome:
    row = Arrival.objects.filter(community=community, pk=item.arrival).select_related("grid").first()
    if row is None or not (row.by == by.key or _keeps(scope, community, row.grid)):
        return Refused("arrivals.unknown_arrival")
    if row.decided:
        return Refused("arrivals.decided_before")
    same = {"party": row.party, "by": row.by} if item.whole else {"pk": row.pk}
    if row.undone or not Arrival.objects.filter(**same, undone=None, decided=None).update(undone=item.at):
        return Refused("arrivals.undone_before")
    return Accepted({"arrival": str(row.pk)})


def _keeps(scope: Scope, community: Place, grid: Place | None) -> bool:
    """A gate keeper takes back only what they wrote themselves."""
    return scope.covers(grid.code if grid else community.code, OFFICE, "grid_worker")

"""Crossings are written down once, taken back at most once, and looked at again where nobody could be asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zhegu.cards import queries as cards
from zhegu.checkpoints.actions.kinds import PURPOSE, Happened
from zhegu.checkpoints.models import Allowed, Crossing, Gate
from zhegu.checkpoints.rules import (
    FITTING,
    WENT_THROUGH,
    WORKERS,
    Direction,
    Errand,
    Outcome,
    Recheck,
    Vehicle,
    Why,
    read_plate,
    recheck,
)
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Refused
from zhegu.lib.answers import Outcome as Answered
from zhegu.lib.said import Said
from zhegu.lib.scope import Actor, Scope
from zhegu.outbreaks import queries as outbreaks
from zhegu.places.models import Place
from zhegu.prepared.reading import prepared
from zhegu.prepared.writing import insert

SCOPE = Scope.everything("what was decided at a gate without the server is checked against what the server knows")


@dataclass(frozen=True, kw_only=True)
class NewCrossing(Said):
    """Who stood at the gate, what was asked, how it ended. `temperature` is tenths of a degree."""

    gate: UUID
    direction: Direction
    outcome: Outcome
    why: Why
    vehicle: Vehicle = Vehicle.NONE
    errand: Errand = Errand.OTHER
    people: int = 1
    plate: str = ""
    name: str = ""
    id_number: str = ""
    phone: str = ""
    coming_from: str = ""
    going_to: str = ""
    checks: Mapping[str, str] = field(default_factory=dict)
    temperature: int | None = None
    tested_at: datetime | None = None
    doses: int | None = None
    card: str = ""
    card_serial: int | None = None
    card_kid: str = ""
    permit_no: str = ""
    note: str = ""
    offline: bool = False

    @property
    def body(self) -> dict:
        """As it is journalled: a phone's own words, else the same facts."""
        if self.words:
            return dict(self.words)
        plain = {name: getattr(self, name) for name in self.__dataclass_fields__ if name not in ("said", "words", "ref", "at")}
        return plain | {
            "gate": str(self.gate), "tested_at": self.tested_at.isoformat() if self.tested_at else None,
            "checks": dict(self.checks),
        }  # fmt: skip


def record_crossings(*, by: Actor, scope: Scope, community: Place, items: Sequence[NewCrossing]) -> list[Answer]:
    """Each is written down, flagged where it was decided offline; facts: `crossing`, `recheck`.

    Refused: a gate that is not there or not theirs to keep, a reason that does not go with the outcome.
    A closed gate still takes what was written down before it closed.
    """
    by_ref = {item.ref: item for item in items}
    outbreak = outbreaks.open_outbreak_id(SCOPE, community)

    def do(fresh: list[Command]) -> list[Answered]:
        gates = {gate.pk: gate for gate in _gates(community.pk, {by_ref[c.ref].gate for c in fresh})}
        answers: list[Answered] = []
        rows: list[Crossing] = []
        known = _Known(community, [by_ref[c.ref] for c in fresh])
        for command in fresh:
            item = by_ref[command.ref]
            refused = _refusal(scope, gates.get(item.gate), item)
            if refused is None:
                rows.append(_row(community, outbreak, by, item, known))
                answers.append(Accepted({"crossing": str(item.ref), "recheck": rows[-1].recheck}))
            else:
                answers.append(refused)
        insert(rows)
        return answers

    commands = [
        Command(i.ref, Happened.CROSSED, community.code, by, i.at, i.body, PURPOSE, outbreak, i.said)
        for i in items
    ]
    return journal.once(commands, do)


@prepared
def _gates(community: UUID, gates: Iterable[UUID]) -> QuerySet[Gate]:
    return Gate.objects.filter(community__pk=community, pk__in=gates).select_related("place")


@prepared
def _let_through(community: UUID, plates: Iterable[str]) -> QuerySet[Allowed]:
    return Allowed.objects.filter(community__pk=community, plate_key__in=plates)


def _refusal(scope: Scope, gate: Gate | None, item: NewCrossing) -> Refused | None:
    if gate is None or not scope.covers(gate.place.code, *WORKERS):
        return Refused("checkpoints.unknown_gate")
    if gate.closed and gate.closed < item.at:
        return Refused("checkpoints.gate_closed")
    return None if item.why in FITTING[item.outcome] else Refused("checkpoints.why_does_not_fit")


class _Known:
    """What the server knows of plates and cards, read once for a whole batch."""

    def __init__(self, community: Place, items: Iterable[NewCrossing]):
        items = list(items)
        keys = {key for i in items if (key := read_plate(i.plate).key)}
        self.allowed: dict[str, list[Allowed]] = {}
        for row in _let_through(community.pk, keys) if keys else ():
            self.allowed.setdefault(row.plate_key, []).append(row)
        serials = {i.card_serial for i in items if i.card_serial}
        gone = cards.cards(SCOPE, community).filter(serial__in=serials, revoked__isnull=False) if serials else ()
        self.withdrawn = {(card.serial, bytes(card.key.kid).hex()): card.revoked for card in _with_keys(gone)}

    def lets_through(self, key: str, item: NewCrossing) -> bool:
        return any(
            row.gate_id in (None, item.gate) and row.since <= item.at < row.holds_until for row in self.allowed.get(key, ())
        )

    def is_withdrawn(self, item: NewCrossing) -> bool:
        since = self.withdrawn.get((item.card_serial or 0, item.card_kid))
        return since is not None and since <= item.at


def _with_keys(found: Any) -> Iterable[Any]:
    return found.select_related("key") if hasattr(found, "select_related") else found


def _row(community: Place, outbreak: UUID | None, by: Actor, item: NewCrossing, known: _Known) -> Crossing:
    plate = read_plate(item.plate)
    found = recheck(
        said_allowed=item.why == Why.ALLOWED, allowed=known.lets_through(plate.key, item),
        withdrawn=known.is_withdrawn(item), passed=item.outcome in WENT_THROUGH,
    )  # fmt: skip
    return Crossing(
        id=item.ref, community=community, gate_id=item.gate, outbreak_id=outbreak, at=item.at, by=by.key,
        direction=item.direction, vehicle=item.vehicle, plate=item.plate.strip()[:20], plate_key=plate.key,
        name=item.name.strip(), id_number=item.id_number.strip(), phone=item.phone.strip(), people=item.people,
        coming_from=item.coming_from.strip(), going_to=item.going_to.strip(), errand=item.errand,
        checks=dict(item.checks), temperature=item.temperature, tested_at=item.tested_at, doses=item.doses,
        card=item.card, card_serial=item.card_serial, card_kid=item.card_kid, permit_no=item.permit_no,
        outcome=item.outcome, why=item.why, note=item.note.strip(),
        offline=item.offline or found != Recheck.AGREES, recheck=found,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class UndoCrossing(Said):
    """This crossing was written down by mistake."""

    crossing: UUID


def undo_crossings(*, by: Actor, scope: Scope, community: Place, items: Sequence[UndoCrossing]) -> list[Answer]:
    """They count no more. Refused: not there, not theirs to keep, or taken back before."""
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Answered]:
        return [_undo(scope, community, by_ref[command.ref]) for command in fresh]

    commands = [
        Command(i.ref, Happened.UNDONE, community.code, by, i.at, dict(i.words) or {"crossing": str(i.crossing)}, PURPOSE, None, i.said)
        for i in items
    ]
    return journal.once(commands, do)


def _undo(scope: Scope, community: Place, item: UndoCrossing) -> Answered:
    row = Crossing.objects.filter(community=community, pk=item.crossing).select_related("gate__place").first()
    if row is None or not scope.covers(row.gate.place.code, *WORKERS):
        return Refused("checkpoints.unknown_crossing")
    if not Crossing.objects.filter(pk=row.pk, undone=None).update(undone=item.at):
        return Refused("checkpoints.undone_before")
    return Accepted({"crossing": str(row.pk)})


@dataclass(frozen=True)
class Reconciled:
    """Somebody in the office has looked at a decision that was made offline, and says what follows."""

    crossing: UUID
    ref: UUID
    note: str = ""


def reconcile(*, by: Actor, community: Place, items: Sequence[Reconciled], at: datetime) -> list[Answer]:
    """They stand on the list no more. Refused: not on it; the server disagrees and nothing is said about it."""
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Answered]:
        return [_reconcile(by, community, by_ref[command.ref], at) for command in fresh]

    commands = [
        Command(i.ref, Happened.RECONCILED, community.code, by, at, {"crossing": str(i.crossing), "note": i.note}, PURPOSE)
        for i in items
    ]
    return journal.once(commands, do)


def _reconcile(by: Actor, community: Place, item: Reconciled, at: datetime) -> Answered:
    waiting = Q(community=community, pk=item.crossing, offline=True, reconciled=None, undone=None)
    row = Crossing.objects.filter(waiting).first()
    if row is None:
        return Refused("checkpoints.nothing_to_reconcile")
    note = item.note.strip()
    if row.recheck != Recheck.AGREES and not note:
        return Refused("checkpoints.say_what_follows")
    said = f"{row.note} · {note}".strip(" ·")[:200]
    Crossing.objects.filter(waiting).update(reconciled=at, reconciled_by=by.key, note=said)
    return Accepted({"crossing": str(row.pk)})

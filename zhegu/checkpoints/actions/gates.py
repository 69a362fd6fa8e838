"""Gates are set up and changed; vehicles are let through for a time."""

from dataclasses import asdict, dataclass
from datetime import datetime, time
from uuid import UUID

from zhegu.checkpoints.actions.kinds import OPERATION, PURPOSE, Happened
from zhegu.checkpoints.models import Allowed, Gate
from zhegu.checkpoints.rules import Check, Errand, read_plate
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place


@dataclass(frozen=True)
class NewGate:
    """A gate as the office describes it. `place`: a grid of the community, or None for the community itself."""

    name: str
    name_bo: str = ""
    road: str = ""
    opens: time | None = None
    closes: time | None = None
    checks: tuple[str, ...] = ()
    place: Place | None = None
    plate_prefix: str = ""

    @property
    def body(self) -> dict:
        """As it is journalled."""
        return {
            "name": self.name, "name_bo": self.name_bo, "road": self.road, "checks": list(self.checks),
            "opens": self.opens.isoformat("minutes") if self.opens else "",
            "closes": self.closes.isoformat("minutes") if self.closes else "",
            "place": self.place.code if self.place else "", "plate_prefix": self.plate_prefix,
        }  # fmt: skip


def _wrong(community: Place, gate: NewGate, other_than: UUID | None = None) -> Refused | None:
    if not gate.name.strip():
        return Refused("checkpoints.name_needed")
    if Gate.objects.filter(community=community, name=gate.name.strip()).exclude(pk=other_than).exists():
        return Refused("checkpoints.name_taken")
    if gate.place and not gate.place.code.startswith(community.code):
        return Refused("checkpoints.unknown_place")
    if (gate.opens is None) != (gate.closes is None):
        return Refused("checkpoints.both_hours")
    return Refused("checkpoints.unknown_check") if set(gate.checks) - set(Check) else None


def _set(row: Gate, gate: NewGate) -> None:
    row.name, row.name_bo, row.road = gate.name.strip(), gate.name_bo.strip(), gate.road.strip()
    row.opens, row.closes, row.checks = gate.opens, gate.closes, list(gate.checks)
    row.place, row.plate_prefix = gate.place or row.community, gate.plate_prefix.strip()
    row.save()


def add_gate(*, by: Actor, community: Place, gate: NewGate, at: datetime, ref: UUID) -> Answer:
    """People may be asked there; facts: `gate`. Refused: no name or a taken one, one hour without the other,
    a place of another community, an unknown check."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if refused := _wrong(community, gate):
            return [refused]
        _set(Gate(id=ref, community=community), gate)
        return [Accepted({"gate": str(ref)})]

    command = Command(ref, Happened.GATE_ADDED, community.code, by, at, gate.body, purpose=OPERATION)
    return journal.once([command], do)[0]


def change_gate(*, by: Actor, gate: Gate, to: NewGate, at: datetime, ref: UUID) -> Answer:
    """The gate is as described. Refused: as for a new one."""

    def do(fresh: list[Command]) -> list[Outcome]:
        row = Gate.objects.select_for_update(of=("self",)).select_related("community").get(pk=gate.pk)
        if refused := _wrong(row.community, to, row.pk):
            return [refused]
        _set(row, to)
        return [Accepted({"gate": str(row.pk)})]

    body = {"gate": str(gate.pk), **to.body}
    command = Command(ref, Happened.GATE_CHANGED, gate.community.code, by, at, body, purpose=OPERATION)
    return journal.once([command], do)[0]


def close_gate(*, by: Actor, gate: Gate, at: datetime, ref: UUID) -> Answer:
    """Nobody is asked there any more; what was written down stays. Refused: it is closed already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        changed = Gate.objects.filter(pk=gate.pk, closed=None).update(closed=at)
        return [Accepted({"gate": str(gate.pk)}) if changed else Refused("checkpoints.gate_closed")]

    body = {"gate": str(gate.pk)}
    command = Command(ref, Happened.GATE_CLOSED, gate.community.code, by, at, body, purpose=OPERATION)
    return journal.once([command], do)[0]


@dataclass(frozen=True)
class NewAllowed:
    """A vehicle that is let through from `since` until `until`; `gate` None: at every gate."""

    plate: str
    errand: Errand
    since: datetime
    until: datetime
    gate: UUID | None = None
    whose: str = ""


def allow(*, by: Actor, community: Place, item: NewAllowed, at: datetime, ref: UUID) -> Answer:
    """The vehicle is let through; facts: `allowed`, `usual` (whether the plate is a usual one).

    Refused: no plate, an end before the beginning, an unknown gate.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        plate = read_plate(item.plate)
        if not plate.key:
            return [Refused("checkpoints.plate_needed")]
        if item.until <= item.since:
            return [Refused("checkpoints.ends_too_early")]
        if item.gate and not Gate.objects.filter(community=community, pk=item.gate, closed=None).exists():
            return [Refused("checkpoints.unknown_gate")]
        Allowed.objects.create(
            id=ref, community=community, gate_id=item.gate, plate=item.plate.strip()[:20], plate_key=plate.key,
            errand=item.errand, whose=item.whose.strip(), since=item.since, until=item.until, given_by=by.key,
        )  # fmt: skip
        return [Accepted({"allowed": str(ref), "usual": plate.usual})]

    body = asdict(item) | {
        "since": item.since.isoformat(), "until": item.until.isoformat(), "gate": str(item.gate or ""),
    }  # fmt: skip
    command = Command(ref, Happened.ALLOWED, community.code, by, at, body, purpose=PURPOSE)
    return journal.once([command], do)[0]


def end_allowed(*, by: Actor, allowed: Allowed, at: datetime, ref: UUID) -> Answer:
    """From now on it is asked like any other. Refused: that was so already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        changed = Allowed.objects.filter(pk=allowed.pk, ended=None, until__gt=at).update(ended=at)
        return [Accepted({"allowed": str(allowed.pk)}) if changed else Refused("checkpoints.ended_already")]

    body = {"allowed": str(allowed.pk)}
    command = Command(ref, Happened.ALLOWED_ENDED, allowed.community.code, by, at, body, purpose=PURPOSE)
    return journal.once([command], do)[0]

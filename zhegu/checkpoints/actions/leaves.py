"""Who may go out when: rules for grids, never for one person."""

from dataclasses import asdict, dataclass
from datetime import datetime, time
from uuid import UUID

from zhegu.checkpoints.actions.kinds import OPERATION, Happened
from zhegu.checkpoints.models import Leave
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place


@dataclass(frozen=True)
class NewLeave:
    """A rule as the office says it; no grids: all, no weekdays: every day, no hours: all day."""

    name: str
    since: datetime
    until: datetime
    grids: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    opens: time | None = None
    closes: time | None = None
    card_hours: int | None = None

    @property
    def wrong(self) -> str:
        """Why it cannot be, or ''."""
        if not self.name.strip():
            return "name_needed"
        if self.until <= self.since:
            return "ends_too_early"
        return "both_hours" if (self.opens is None) != (self.closes is None) else ""


def give_leave(*, by: Actor, community: Place, leave: NewLeave, at: datetime, ref: UUID) -> Answer:
    """Phones at gates go by it; facts: `leave`. Refused: no name, an end before the beginning, one hour only."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if leave.wrong:
            return [Refused(f"checkpoints.{leave.wrong}")]
        said = asdict(leave) | {"name": leave.name.strip(), "grids": list(leave.grids), "weekdays": list(leave.weekdays)}
        Leave.objects.create(id=ref, community=community, given_by=by.key, **said)
        return [Accepted({"leave": str(ref)})]

    hours = {name: value.isoformat("minutes") if value else "" for name, value in (("opens", leave.opens), ("closes", leave.closes))}
    body = asdict(leave) | hours | {
        "since": leave.since.isoformat(), "until": leave.until.isoformat(), "grids": list(leave.grids),
        "weekdays": list(leave.weekdays),
    }  # fmt: skip
    return journal.once([Command(ref, Happened.LEAVE_GIVEN, community.code, by, at, body, OPERATION)], do)[0]


def end_leave(*, by: Actor, leave: Leave, at: datetime, ref: UUID) -> Answer:
    """It counts no more. Refused: that was so already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        changed = Leave.objects.filter(pk=leave.pk, ended=None, until__gt=at).update(ended=at)
        return [Accepted({"leave": str(leave.pk)}) if changed else Refused("checkpoints.ended_already")]

    body = {"leave": str(leave.pk)}
    return journal.once([Command(ref, Happened.LEAVE_ENDED, leave.community.code, by, at, body, OPERATION)], do)[0]

"""What rosters offer to phones: shifts of yesterday until next week, what was handed over; handing over, taking over."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from typing_extensions import TypedDict

from zhegu.journal.actions import Answer
from zhegu.lib import clock
from zhegu.lib.phone import ParsedCommand, PhoneCommand
from zhegu.lib.scope import NotFound, Scope
from zhegu.places.models import Place
from zhegu.rosters import actions, queries
from zhegu.rosters.rules import Counted, PostKind

BACK, AHEAD = timedelta(hours=24), timedelta(days=7)


class CrewRow(TypedDict):
    """Somebody who stands in a shift."""

    staff: str
    name: str
    name_bo: str
    leads: bool


class ShiftRow(TypedDict):
    """A shift of a post within reach; it belongs to the day on which it begins."""

    id: str
    post: str
    post_name: str
    post_name_bo: str
    kind: PostKind
    starts: str
    ends: str
    crew: list[CrewRow]


class HandoverRow(TypedDict):
    """What a shift left to the next; `taken_at` '' while nobody has taken it over."""

    id: str
    shift: str
    at: str
    by: str
    notes: str
    counts: dict[str, int]
    taken_at: str
    taken_by: str


ROWS: dict[str, type] = {"shift": ShiftRow, "handover": HandoverRow}


def shift_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Shifts from yesterday until next week; in this table the clock counts, since older ones must go."""
    now = clock.now()
    try:
        found = queries.shifts(scope, community, now - BACK, now + AHEAD)
    except NotFound:
        return
    for row in found:
        yield {
            "id": str(row.pk), "post": str(row.post_id), "post_name": row.post.name, "post_name_bo": row.post.name_bo,
            "kind": row.post.kind, "starts": row.starts.isoformat(), "ends": row.ends.isoformat(),
            "crew": [
                {"staff": str(one.staff_id), "name": one.staff.name, "name_bo": one.staff.name_bo, "leads": one.leads}
                for one in row.duties.all()
            ],
        }  # fmt: skip


def handover_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """What was handed over since yesterday."""
    now = clock.now()
    try:
        found = list(queries.handovers(scope, community, now - BACK, now + AHEAD))
    except NotFound:
        return
    names = queries.names(scope, community) if found else {}
    reads = scope.reaches(community.code, *queries.READERS)
    for row in found:
        yield {
            "id": str(row.pk), "shift": str(row.shift_id), "at": row.at.isoformat(), "by": names.get(row.by, ""),
            "notes": row.notes if reads else "", "counts": row.counts, "taken_at": row.taken_at.isoformat() if row.taken_at else "",
            "taken_by": names.get(row.taken_by, ""),
        }  # fmt: skip


TABLES = {"shift": shift_rows, "handover": handover_rows}


class Body(BaseModel):
    """Closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class HandOver(Body):
    """The shift is over: a word to the next one, and numbers."""

    shift: UUID
    notes: Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True)] = ""
    counts: dict[Counted, Annotated[int, Field(ge=0, le=99_999)]] = Field(default_factory=dict, max_length=len(Counted))


class TakeOver(Body):
    """What was handed over has been read."""

    handover: UUID


class UndoHandOver(Body):
    """It was not handed over yet."""

    handover: UUID


def _carried(command: ParsedCommand) -> dict[str, Any]:
    return {"ref": command.ref, "at": command.at, "said": command.said, "words": command.words}


def _does(act: Callable[..., list[Answer]], item: Callable[..., Any]) -> Callable[[Scope, list[ParsedCommand]], list[Answer]]:
    """Commands of one person, handed to the action as its items."""

    def run(scope: Scope, commands: list[ParsedCommand]) -> list[Answer]:
        if not commands:
            return []
        items = [item(**_carried(c), **{name: getattr(c.body, name) for name in type(c.body).model_fields}) for c in commands]
        return act(by=commands[0].by, scope=scope, community=commands[0].place, items=items)

    return run


COMMANDS = {
    "rosters.hand_over": PhoneCommand(HandOver, _does(actions.hand_over, actions.HandOver)),
    "rosters.take_over": PhoneCommand(TakeOver, _does(actions.take_over, actions.OfHandover)),
    "rosters.undo_hand_over": PhoneCommand(UndoHandOver, _does(actions.undo_hand_over, actions.OfHandover)),
}

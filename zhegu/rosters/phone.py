"""What rosters offer to phones: shifts of yesterday until next week, what was handed over; handing over, taking over."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from zhegu.lib import clock
from zhegu.lib.phone import ClosedBody, PhoneCommand, told_to, with_body
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


class HandOver(ClosedBody):
    """The shift is over: a word to the next one, and numbers."""

    shift: UUID
    notes: Annotated[str, StringConstraints(max_length=1000, strip_whitespace=True)] = ""
    counts: dict[Counted, Annotated[int, Field(ge=0, le=99_999)]] = Field(default_factory=dict, max_length=len(Counted))


class TakeOver(ClosedBody):
    """What was handed over has been read."""

    handover: UUID


class UndoHandOver(ClosedBody):
    """It was not handed over yet."""

    handover: UUID


COMMANDS = {
    "rosters.hand_over": PhoneCommand(HandOver, told_to(actions.hand_over, with_body(actions.HandOver))),
    "rosters.take_over": PhoneCommand(TakeOver, told_to(actions.take_over, with_body(actions.OfHandover))),
    "rosters.undo_hand_over": PhoneCommand(UndoHandOver, told_to(actions.undo_hand_over, with_body(actions.OfHandover))),
}

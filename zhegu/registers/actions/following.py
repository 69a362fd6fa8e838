"""What hangs on a person in other rooms goes with a merge, and back where the merge is undone.

A room names its tables (`Follows`) in its `reactions.py` and lets `follow_merge` and `follow_parting` move their
rows. Which rows came is written down (`Followed`), so that exactly those go back: what was said of the person who
is shown stays theirs.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.journal.models import Entry
from zhegu.journal.worker import Reaction
from zhegu.lib.answers import Accepted, Outcome
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor
from zhegu.registers.actions.kinds import Happened, command
from zhegu.registers.models import Followed, Merge

REGISTER = Actor.system("register")


@dataclass(frozen=True)
class Moved:
    """Rows of one table (as they stood) on their way to another row of the register."""

    by: Actor
    rows: list[Any]
    to: UUID
    at: datetime

    @property
    def people(self) -> set[UUID]:
        """Whom it touches, on either end."""
        return {self.to, *(row.person_id for row in self.rows)}


@dataclass(frozen=True)
class Follows:
    """A table of another room whose rows hang on a person by the field `person`.

    `rows` is all of them. `stays(row, to)`: this one would say twice of `to` what may stand once; both stay where they
    are, for somebody to look at. `then(move)` does what else the move asks for. `says(row, lang)`: which one it is, in
    words for whoever decides on the merge; the texts `<app>.follows_<model>` and, where a row may stay,
    `<app>.stays_<model>` say the rest.
    """

    rows: Callable[[], Any]
    stays: Callable[[Any, UUID], bool] = lambda row, to: False
    then: Callable[[Moved], None] = lambda move: None
    says: Callable[[Any, str], str] = lambda row, lang: ""

    @property
    def what(self) -> str:
        return self.rows().model._meta.label

    def words(self, does: str) -> str:
        """The key of the text that says what moves (`follows`) or stays (`stays`)."""
        of = self.rows().model._meta
        return f"{of.app_label}.{does}_{of.model_name}"


def follow_merge(entry: Entry, following: Sequence[Follows]) -> Answer | None:
    """What hung on the row that is shown no more hangs on the one that is shown. Tried again after a fault, it finds
    nothing left to move. None: there was nothing."""
    merge = _merge(entry)

    def came(table: Follows) -> Any:
        return table.rows().filter(person=merge.dropped_id)

    def write_down(table: Follows, moved: list[UUID]) -> None:
        Followed.objects.bulk_create([Followed(merge=merge, what=table.what, row=row) for row in moved])

    return None if merge.undone else _move(merge, merge.kept_id, entry.at, _moving(following, came, merge.kept_id), write_down)


def follow_parting(entry: Entry, following: Sequence[Follows]) -> Answer | None:
    """What came with the merge goes back, wherever it went since. None: nothing had come."""
    merge = _merge(entry)

    def came(table: Follows) -> Any:
        moved = Followed.objects.filter(merge=merge, what=table.what).values_list("row", flat=True)
        return table.rows().filter(pk__in=list(moved)).exclude(person=merge.dropped_id)

    def write_down(table: Follows, moved: list[UUID]) -> None:
        Followed.objects.filter(what=table.what, row__in=moved, merge__at__gte=merge.at).delete()

    return _move(merge, merge.dropped_id, entry.at, _moving(following, came, merge.dropped_id), write_down)


def came_late(what: str, said_of: Mapping[UUID, UUID]) -> None:
    """These rows (id → whom they were said of) were said of somebody who had been merged by then, and written for whom
    they are shown as: they go back as well where the merge is undone. Within the action's transaction."""
    waiting = dict(said_of)
    while waiting:
        merges = {one.dropped_id: one for one in Merge.objects.filter(dropped__in=set(waiting.values()), undone=None)}
        late = [(row, merges[who]) for row, who in waiting.items() if who in merges]
        Followed.objects.bulk_create([Followed(merge=merge, what=what, row=row) for row, merge in late])
        waiting = {row: merge.kept_id for row, merge in late}


Moving = list[tuple[Follows, list[Any]]]


def _merge(entry: Entry) -> Merge:
    return Merge.objects.select_related("community").get(pk=json.loads(entry.answer)["facts"]["merge"])


def _moving(following: Sequence[Follows], came: Callable[[Follows], Any], to: UUID) -> Moving:
    picked = ((table, came(table).order_by("pk")) for table in following)
    moving = [(table, [row for row in rows if not table.stays(row, to)]) for table, rows in picked]
    return [(table, rows) for table, rows in moving if rows]


def _move(
    merge: Merge, to: UUID, at: datetime, moving: Moving, write_down: Callable[[Follows, list[UUID]], None]
) -> Answer | None:
    if not moving:
        return None

    def do(fresh: list[Command]) -> list[Outcome]:
        for table, rows in moving:
            moved = [row.pk for row in rows]
            table.rows().filter(pk__in=moved).update(person=to)
            write_down(table, moved)
        for table, rows in moving:
            table.then(Moved(REGISTER, rows, to, at))
        return [Accepted({"rows": sum(len(rows) for _, rows in moving)})]

    body = {"merge": str(merge.pk), "to": str(to), "tables": {table.what: len(rows) for table, rows in moving}}
    return journal.once([command(Happened.FOLLOWED, merge.community, REGISTER, at, new_id(), body)], do)[0]


def reactions_of(room: str, following: Sequence[Follows]) -> dict[str, tuple[Reaction, ...]]:
    """`REACTIONS` of a room (its module's name, by which one that failed is found again) whose tables follow and no more."""

    def merged(entry: Entry) -> None:
        follow_merge(entry, following)

    def parted(entry: Entry) -> None:
        follow_parting(entry, following)

    merged.__module__ = parted.__module__ = room
    return {Happened.PEOPLE_MERGED: (merged,), Happened.MERGE_UNDONE: (parted,)}

"""Two rows of the register are one person, or two after all: what they are under goes with whom it is about."""

from datetime import datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer
from zhegu.lib.answers import Accepted, Outcome
from zhegu.lib.scope import Actor
from zhegu.monitoring.actions.kinds import Happened
from zhegu.monitoring.actions.standing import keep_standings
from zhegu.monitoring.actions.store import command, note
from zhegu.monitoring.models import Measure
from zhegu.monitoring.rules import Did


def follow_merge(*, by: Actor, kept: UUID, dropped: UUID, at: datetime, ref: UUID) -> Answer | None:
    """Open measures on the row that is shown no more hold for the one that is shown; facts: `measures`.

    Where that one is under the same measure already, both stay, for a person to look at: nobody is released by a
    merge. None: there was nothing to follow.
    """
    theirs = set(_open(kept).values_list("outbreak", "code"))
    moving = [row for row in _open(dropped) if (row.outbreak_id, row.code) not in theirs]
    return _move(by, moving, dropped, kept, at, ref)


def follow_parting(*, by: Actor, kept: UUID, dropped: UUID, at: datetime, ref: UUID) -> Answer | None:
    """What came with the merge goes back, if it is still open. None: nothing had come."""
    came = [row for row in _open(kept) if _came_from(row) == str(dropped)]
    return _move(by, came, kept, dropped, at, ref)


def _open(person: UUID):
    return Measure.objects.filter(person=person, ended=None).select_related("outbreak", "community")


def _came_from(row: Measure) -> str:
    last = row.steps.filter(did=Did.FOLLOWED).last()
    return last.note if last else ""


def _move(by: Actor, rows: list[Measure], away: UUID, to: UUID, at: datetime, ref: UUID) -> Answer | None:
    if not rows:
        return None

    def do(fresh: list) -> list[Outcome]:
        Measure.objects.filter(pk__in=[row.pk for row in rows]).update(person=to)
        note(rows, Did.FOLLOWED, by, at, str(away))
        for outbreak in {row.outbreak for row in rows}:
            keep_standings(by, outbreak, [away, to], at)
        return [Accepted({"measures": [str(row.pk) for row in rows]})]

    return journal.once([command(ref, Happened.FOLLOWED, rows[0], by, at, away=str(away), to=str(to))], do)[0]

"""A second person agrees to a measure, or does not; before that it restricts nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.monitoring import queries
from zhegu.monitoring.actions.kinds import Happened
from zhegu.monitoring.actions.standing import keep_standings
from zhegu.monitoring.actions.store import UNKNOWN, command, ended, locked, note, today
from zhegu.monitoring.models import Measure
from zhegu.monitoring.rules import APPROVES, Did, Ended


@dataclass(frozen=True)
class Approve:
    """Everything laid on together with this measure; `words` say why not, where it is declined."""

    measure: Measure
    ref: UUID
    at: datetime
    words: str = ""


def approve_measures(*, by: Actor, scope: Scope, acts: Sequence[Approve]) -> list[Answer]:
    """Each laying holds from now on; facts: `measures`.

    Refused: not waiting, not theirs to approve, or approved by whoever laid it on.
    """
    return _decided(by, scope, acts, Happened.APPROVED)


def decline_measures(*, by: Actor, scope: Scope, acts: Sequence[Approve]) -> list[Answer]:
    """Each laying is over before it restricted anybody. Refused: no reason; otherwise as `approve_measures`."""
    return _decided(by, scope, acts, Happened.DECLINED)


def _decided(by: Actor, scope: Scope, acts: Sequence[Approve], kind: Happened) -> list[Answer]:
    by_ref = {act.ref: act for act in acts}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_decide(by, scope, by_ref[one.ref], kind) for one in fresh]

    return journal.once([command(a.ref, kind, a.measure, by, a.at, words=a.words) for a in acts], do)


def _decide(by: Actor, scope: Scope, act: Approve, kind: Happened) -> Outcome:
    first = locked(scope, act.measure, *APPROVES)
    if first is None:
        return UNKNOWN
    rows = [row for row in queries.laid_together(scope, first) if row.waits]
    if not rows:
        return Refused("monitoring.not_waiting")
    if any(row.by == by.key for row in rows):
        return Refused("monitoring.not_oneself")
    if kind == Happened.DECLINED:
        if not act.words.strip():
            return Refused("monitoring.say_why")
        for row in rows:
            ended(row, Ended.DECLINED, by, act.at, act.words)
    else:
        Measure.objects.filter(pk__in=[row.pk for row in rows]).update(
            approved=act.at, approved_by=by.key, looked_on=today(act.at)
        )
        note(rows, Did.APPROVED, by, act.at)
        keep_standings(by, first.outbreak, [r.person_id for r in rows if r.person_id], act.at)
    return Accepted({"measures": [str(row.pk) for row in rows]})

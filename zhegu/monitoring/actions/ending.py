"""People are let go when everything asked for was done; other ends are named as what they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.monitoring import queries
from zhegu.monitoring.actions.kinds import Happened
from zhegu.monitoring.actions.standing import keep_standings
from zhegu.monitoring.actions.store import OVER, UNKNOWN, command, ended, locked, today
from zhegu.monitoring.models import HOLDS, Measure
from zhegu.monitoring.queries.course import with_shared_outbreaks
from zhegu.monitoring.rules import BY_HAND, DECIDES, LAPSES_AFTER, Ended
from zhegu.outbreaks import queries as outbreaks

SCOPE = Scope.everything("restrictions end where nobody looks (privacy P19)")


@dataclass(frozen=True)
class Release:
    """This person may go. For a place: the phase is over, and `words` name who said so. `sent`: what a phone signed."""

    measure: Measure
    ref: UUID
    at: datetime
    words: str = ""
    sent: bytes = b""


def release_measures(*, by: Actor, scope: Scope, acts: Sequence[Release]) -> list[Answer]:
    """Each person is free of it, with everything the profile asks for done; a place's people all at once.

    Refused: days, tests, checks or the clinic's word are missing (`needs`) at that moment or what is known since speaks against it (a
    phone may say it hours later); for a place, nothing said.
    """
    by_ref = {act.ref: act for act in acts}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_release(by, scope, by_ref[one.ref]) for one in fresh]

    return journal.once([command(a.ref, Happened.RELEASED, a.measure, by, a.at, a.sent, words=a.words) for a in acts], do)


def _release(by: Actor, scope: Scope, act: Release) -> Outcome:
    row = locked(scope, act.measure, *DECIDES)
    if row is None:
        return UNKNOWN
    if not row.holds:
        return OVER
    if row.place_id:
        if not act.words.strip():
            return Refused("monitoring.say_who_ended_it")
        ended(row, Ended.PHASE_OVER, by, act.at, act.words)
        return Accepted({"measure": str(row.pk)})
    if needs := queries.missing(scope, row, act.at) or queries.speaks_against(scope, row, act.at):
        return Refused("monitoring.not_yet", {"needs": [str(one.need) for one in needs]})
    ended(row, Ended.RELEASED, by, act.at, act.words)
    keep_standings(by, row.outbreak, [row.person_id], act.at)
    return Accepted({"measure": str(row.pk)})


@dataclass(frozen=True)
class End:
    """It ends without a release: transferred, a mistake, a death. `words` say what happened."""

    measure: Measure
    how: Ended
    words: str
    ref: UUID
    at: datetime


def end_measures(*, by: Actor, scope: Scope, acts: Sequence[End]) -> list[Answer]:
    """Each restricts nobody any more, and no certificate follows. Refused: no reason; not an end of this kind."""
    by_ref = {act.ref: act for act in acts}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_end(by, scope, by_ref[one.ref]) for one in fresh]

    return journal.once([command(a.ref, Happened.ENDED, a.measure, by, a.at, how=a.how, words=a.words) for a in acts], do)


def _end(by: Actor, scope: Scope, act: End) -> Outcome:
    row = locked(scope, act.measure, *DECIDES)
    if row is None:
        return UNKNOWN
    if row.ended:
        return OVER
    if act.how not in BY_HAND:
        return Refused("monitoring.no_such_end")
    if not act.words.strip():
        return Refused("monitoring.say_why")
    ended(row, act.how, by, act.at, act.words)
    if row.person_id:
        keep_standings(by, row.outbreak, [row.person_id], act.at)
    return Accepted({"measure": str(row.pk)})


def lapse(*, at: datetime) -> int:
    """Measures restrict nobody any more where nobody has looked at them, or at their outbreak, for 30 days
    (privacy P19); answers how many.

    That is no release: the office sees them as lapsed, and no certificate follows.
    """
    by = Actor.system("nobody looked at it for 30 days")
    open_ones = Measure.objects.filter(HOLDS, outbreak__closed=None).select_related("outbreak", "community")
    held_since: dict[UUID, datetime | None] = {}
    rows = []
    for row in with_shared_outbreaks(open_ones):
        if row.outbreak_id not in held_since:
            held_since[row.outbreak_id] = outbreaks.steering(SCOPE, row.outbreak, at).held_since
        since = held_since[row.outbreak_id]
        if since is None or row.begun < since or row.looked_on < today(at) - LAPSES_AFTER:
            rows.append(row)
    for row in rows:
        journal.once([command(new_id(), Happened.LAPSED, row, by, at)], lambda fresh, row=row: [_lapse(by, row, at)])
    return len(rows)


def _lapse(by: Actor, row: Measure, at: datetime) -> Outcome:
    ended(row, Ended.LAPSED, by, at)
    if row.person_id:
        keep_standings(by, row.outbreak, [row.person_id], at)
    return Accepted({"measure": str(row.pk)})

"""Somebody under a measure says that it is not right, and gets an answer with reasons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, NotFound, Scope
from zhegu.monitoring import queries
from zhegu.monitoring.actions.kinds import Happened
from zhegu.monitoring.actions.standing import keep_standings
from zhegu.monitoring.actions.store import OVER, UNKNOWN, command, ended, locked, note
from zhegu.monitoring.models import Contest, Measure
from zhegu.monitoring.rules import APPROVES, SEES, Did, Ended
from zhegu.registers import queries as registers


@dataclass(frozen=True)
class NewContest:
    """What the person says against the measure; whoever hears it writes it down."""

    measure: Measure
    person: UUID
    words: str
    ref: UUID
    at: datetime


def contest_measures(*, by: Actor, scope: Scope, acts: Sequence[NewContest]) -> list[Answer]:
    """Each waits on the office's list; the measure goes on until it is answered. Facts: `contest`.

    Refused: nothing said; the person is not under it; an earlier word of theirs has no answer yet.
    """
    by_ref = {act.ref: act for act in acts}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_contest(by, scope, by_ref[one.ref]) for one in fresh]

    commands = [
        command(a.ref, Happened.CONTESTED, a.measure, by, a.at, person=str(a.person), words=a.words) for a in acts
    ]
    return journal.once(commands, do)


def _contest(by: Actor, scope: Scope, act: NewContest) -> Outcome:
    row = locked(scope, act.measure)
    if row is None:
        return UNKNOWN
    if row.ended:
        return OVER
    if not act.words.strip():
        return Refused("monitoring.say_why")
    try:
        person = registers.person(scope, act.person, roles=SEES)
    except NotFound:
        return Refused("monitoring.unknown_person")
    if row not in queries.of_person(scope, person.pk, row.community):
        return Refused("monitoring.not_under_it")
    if Contest.objects.filter(measure=row, person=person, answered=None).exists():
        return Refused("monitoring.contested_before")
    Contest.objects.create(id=act.ref, measure=row, person=person, at=act.at, by=by.key, words=act.words.strip())
    note([row], Did.CONTESTED, by, act.at, act.words)
    return Accepted({"contest": str(act.ref)})


@dataclass(frozen=True)
class Answered:
    """The contest is upheld and the measure ends, or it stays; with reasons either way."""

    contest: Contest
    upheld: bool
    words: str
    ref: UUID
    at: datetime


def answer_contests(*, by: Actor, scope: Scope, acts: Sequence[Answered]) -> list[Answer]:
    """Each has its answer; where it is upheld, a person's measure is over.

    Refused: answered before, no reasons, or answered by whoever laid the measure on; a place's measure is
    not ended by one person's contest.
    """
    by_ref = {act.ref: act for act in acts}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_answer(by, scope, by_ref[one.ref]) for one in fresh]

    commands = [
        command(a.ref, Happened.ANSWERED, a.contest.measure, by, a.at, contest=str(a.contest.pk), upheld=a.upheld, words=a.words)
        for a in acts
    ]
    return journal.once(commands, do)


def _answer(by: Actor, scope: Scope, act: Answered) -> Outcome:
    row = locked(scope, act.contest.measure, *APPROVES)
    if row is None:
        return UNKNOWN
    if not act.words.strip():
        return Refused("monitoring.say_why")
    if row.by == by.key:
        return Refused("monitoring.not_oneself")
    if act.upheld and row.place_id:
        return Refused("monitoring.a_place_stays")
    waiting = Contest.objects.filter(pk=act.contest.pk, answered=None)
    if not waiting.exists():
        return Refused("monitoring.answered_before")
    kept = waiting.get()
    kept.answered, kept.answered_by, kept.answer, kept.upheld = act.at, by.key, act.words.strip(), act.upheld
    kept.save(update_fields=["answered", "answered_by", "answer", "upheld"])
    note([row], Did.ANSWERED, by, act.at, act.words)
    if act.upheld and row.ended is None:
        ended(row, Ended.CONTEST_UPHELD, by, act.at, act.words)
        keep_standings(by, row.outbreak, [row.person_id], act.at)
    return Accepted({"contest": str(kept.pk), "upheld": act.upheld})

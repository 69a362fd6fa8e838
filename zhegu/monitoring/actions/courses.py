"""The next stage begins, somebody looks again, the clinic agrees: none of it happens by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.monitoring import queries
from zhegu.monitoring.actions.kinds import Happened
from zhegu.monitoring.actions.standing import keep_standings
from zhegu.monitoring.actions.store import OVER, UNKNOWN, command, locked, next_look, note, today
from zhegu.monitoring.models import Measure
from zhegu.monitoring.queries.course import tests_missing
from zhegu.monitoring.rules import CLINIC, DECIDES, Did
from zhegu.outbreaks import queries as outbreaks


@dataclass(frozen=True)
class Act:
    """Something about one measure, in words where there are any; `sent` is what a phone signed, `stage` the number of
    the running stage as whoever acts saw it."""

    measure: Measure
    ref: UUID
    at: datetime
    words: str = ""
    sent: bytes = b""
    stage: int | None = None


Run = Callable[[Scope, Measure, Act, Actor], Outcome]


def _each(by: Actor, scope: Scope, acts: Sequence[Act], kind: Happened, roles: tuple[str, ...], run: Run) -> list[Answer]:
    by_ref = {act.ref: act for act in acts}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [one(by_ref[each.ref]) for each in fresh]

    def one(act: Act) -> Outcome:
        row = locked(scope, act.measure, *roles)
        if row is None:
            return UNKNOWN
        return run(scope, row, act, by) if row.holds else OVER

    return journal.once([command(a.ref, kind, a.measure, by, a.at, a.sent, words=a.words) for a in acts], do)


def next_stages(*, by: Actor, scope: Scope, acts: Sequence[Act]) -> list[Answer]:
    """The running stage is over and the next one has begun; facts: `stage` (its number), `last_day`.

    A later look stays. Refused: another stage runs by now than the one it names; there is no other stage; its days, its end or one of its tests are still missing.
    """
    return _each(by, scope, acts, Happened.STAGE, DECIDES, _next)


def _next(scope: Scope, row: Measure, act: Act, by: Actor) -> Outcome:
    rule = row.outbreak.rules.measure(row.code)
    if act.stage not in (None, len(row.stage_ends) + 1):
        return Refused("monitoring.stage_moved_on")
    if len(row.stage_ends) >= len(rule.stages) - 1:
        return Refused("monitoring.last_stage")
    keeps = outbreaks.stage_over(rule, row.day0, queries.known(scope, row, act.at), act.at, row.stage_days)
    if keeps:
        return Refused("monitoring.stage_not_over", {"needs": [str(one.need) for one in keeps]})
    if count := tests_missing(scope, row, act.at):
        return Refused("monitoring.tests_missing", {"n": count})
    last = _last_day(outbreaks.stages(rule, row.day0, row.stage_days)[len(row.stage_ends)], act.at)
    days, looked = (*row.stage_days, last), max(today(act.at), row.looked_on)
    Measure.objects.filter(pk=row.pk).update(
        stage_ends=[day.isoformat() for day in days], looked_on=looked,
        review_on=next_look(row.outbreak, row.code, row.day0, days, looked),
    )  # fmt: skip
    note([row], Did.STAGE, by, act.at, act.words)
    if row.person_id:
        keep_standings(by, row.outbreak, [row.person_id], act.at)
    return Accepted({"stage": len(days) + 1, "last_day": last.isoformat()})


def _last_day(running: outbreaks.StageDates, at: datetime) -> date:
    """Its planned last day; the day before today where it ran on; today where it ended early or was open."""
    day = today(at)
    if running.last_day is None or running.last_day >= day:
        return day
    return max(running.last_day, day - timedelta(days=1))


def review_measures(*, by: Actor, scope: Scope, acts: Sequence[Act]) -> list[Answer]:
    """Somebody looked and it goes on; facts: `review_on`, the day to look again. A look that arrives late does not
    undo a later one. Refused: nothing said."""
    return _each(by, scope, acts, Happened.REVIEWED, DECIDES, _review)


def _review(scope: Scope, row: Measure, act: Act, by: Actor) -> Outcome:
    if not act.words.strip():
        return Refused("monitoring.say_why")
    day = max(today(act.at), row.looked_on)
    again = next_look(row.outbreak, row.code, row.day0, row.stage_days, day)
    Measure.objects.filter(pk=row.pk).update(looked_on=day, review_on=again)
    note([row], Did.REVIEWED, by, act.at, act.words)
    return Accepted({"review_on": again.isoformat()})


def agree(*, by: Actor, scope: Scope, acts: Sequence[Act]) -> list[Answer]:
    """The clinic says that nothing of the illness stands against an end. Refused: said before."""
    return _each(by, scope, acts, Happened.CLINIC, CLINIC, _agree)


def _agree(scope: Scope, row: Measure, act: Act, by: Actor) -> Outcome:
    if row.clinic_agreed:
        return Refused("monitoring.agreed_before")
    Measure.objects.filter(pk=row.pk).update(clinic_agreed=act.at)
    note([row], Did.CLINIC, by, act.at, act.words)
    return Accepted({"measure": str(row.pk)})

"""What the acts of this room share: finding a measure, writing down what happened to it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhegu.journal.actions import Command
from zhegu.lib import clock
from zhegu.lib.answers import Refused
from zhegu.lib.scope import Actor, NotFound, Scope
from zhegu.monitoring import queries
from zhegu.monitoring.actions.kinds import PURPOSE
from zhegu.monitoring.models import Measure, Step
from zhegu.monitoring.rules import Did, Ended, look_again
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak

UNKNOWN = Refused("monitoring.unknown_measure")
OVER = Refused("monitoring.measure_over")


def command(ref: UUID, kind: str, of: Measure, by: Actor, at: datetime, sent: bytes = b"", **body: Any) -> Command:
    """Of one measure; `sent` is what a phone signed, where one did."""
    said = {"measure": str(of.pk), **body}
    return Command(ref, kind, of.community.code, by, at, said, PURPOSE, of.outbreak_id, sent)


def locked(scope: Scope, of: Measure, *roles: str) -> Measure | None:
    """The row as it now stands; None where these roles (any that sees it, if none is named) do not reach it."""
    Measure.objects.select_for_update().filter(pk=of.pk).first()
    try:
        row = queries.measure(scope, of.pk)
    except NotFound:
        return None
    if not roles:
        return row
    where = row.person.grid if row.person and row.person.grid else row.place or row.community
    return row if scope.covers(where.code, *roles) else None


def note(measures: Iterable[Measure], did: Did, by: Actor, at: datetime, words: str = "") -> None:
    """A line of the time-line of each."""
    rows = [Step(measure=one, did=did, by=by.key, at=at, note=words.strip()) for one in measures]
    Step.objects.bulk_create(rows, batch_size=200)


def next_look(outbreak: Outbreak, code: str, day0: date, ended: tuple[date, ...], looked: date) -> date:
    """The day on which somebody must look at the latest."""
    rule = outbreak.rules.measure(code)
    running = outbreaks.stages(rule, day0, ended)[len(ended)]
    planned = running.last_day or running.review_on
    assert planned  # a stage that has begun has one or the other
    return look_again(planned, looked)


def ended(of: Measure, how: Ended, by: Actor, at: datetime, words: str = "") -> None:
    """It restricts nobody from now on."""
    Measure.objects.filter(pk=of.pk).update(ended=at, how=how, ended_by=by.key)
    note([of], Did.ENDED, by, at, words)


def today(at: datetime) -> date:
    return clock.local_day(at)

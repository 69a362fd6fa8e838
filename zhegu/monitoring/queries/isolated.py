"""Who is kept at home or in a place by a measure of their own, in numbers of one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from zhegu.lib import clock
from zhegu.lib.scope import Scope
from zhegu.monitoring.models import HELD, Check, Measure
from zhegu.monitoring.queries.course import with_shared_outbreaks
from zhegu.monitoring.queries.measures import measures
from zhegu.monitoring.rules import Ended
from zhegu.outbreaks import queries as outbreaks
from zhegu.places.models import Place


@dataclass(frozen=True)
class Isolated:
    """People, each once: kept in since that day, kept in now, let go that day, not well on it."""

    new: int
    current: int
    released: int
    abnormal: int


@dataclass(frozen=True)
class _Row:
    """A measure of a person, on one day up to a moment of it."""

    measure: Measure
    at: datetime
    steered: outbreaks.Steering

    @property
    def begin(self) -> datetime:
        return clock.begins(clock.local_day(self.at))

    @property
    def _since(self) -> datetime:
        return max(self.measure.held_since, clock.begins(self.measure.holds_from))

    @property
    def _over(self) -> datetime | None:
        """When it ended, lapsed, or its outbreak ended, as known then."""
        ends = (self.measure.ended, self.measure.outbreak.closed, self._lapsed)
        return min((end for end in ends if end and end <= self.at), default=None)

    @property
    def _lapsed(self) -> datetime | None:
        """When nobody had looked at its outbreak for too long (privacy P19); at the latest when somebody did again."""
        held = self.steered.held_since
        if held is None:
            return self.steered.lapses
        return held if self.measure.begun < held else None

    def _keeps(self, day: date) -> bool:
        """Whether the stage of that day is one in which somebody stays in."""
        stages = self.measure.outbreak.rules.measure(self.measure.code).stages
        passed = sum(end < day for end in self.measure.stage_days)
        return stages[min(passed, len(stages) - 1)].stays_in

    @property
    def before(self) -> bool:
        """Kept them in when the day began."""
        over = self._over
        day = clock.local_day(self.at) - timedelta(days=1)
        return self._since < self.begin and (over is None or over >= self.begin) and self._keeps(day)

    @property
    def today(self) -> bool:
        """Kept them in at some time of the day."""
        over = self._over
        return self._since <= self.at and (over is None or over >= self.begin) and self._keeps(clock.local_day(self.at))

    @property
    def now(self) -> bool:
        return self.today and self._over is None

    @property
    def let_go(self) -> bool:
        """By a release, or by a stage in which nobody has to stay in any more."""
        if self._over is None:
            return self.before and not self.today
        return self.measure.how == Ended.RELEASED and self._over == self.measure.ended and (self.before or self.today)


def isolated(scope: Scope, community: Place, at: datetime) -> Isolated:
    """On the day of that moment and until then, as known then. Measures on whole places are not among them."""
    begin = clock.begins(clock.local_day(at))
    known = measures(scope, community).filter(
        HELD, Q(ended=None) | Q(ended__gte=begin), Q(outbreak__closed=None) | Q(outbreak__closed__gte=begin),
        person__isnull=False, begun__lte=at,
    )  # fmt: skip
    found = with_shared_outbreaks(known)
    steered = {one.pk: outbreaks.steering(scope, one, at) for one in {row.outbreak for row in found}}
    rows = [_Row(one, at, steered[one.outbreak_id]) for one in found]
    before, today = _people(r for r in rows if r.before), _people(r for r in rows if r.today)
    now = _people(r for r in rows if r.now)
    checks = Check.objects.filter(
        Q(undone=None) | Q(undone__gt=at), community=community, day=clock.local_day(at), at__lte=at, abnormal=True,
        person__in=before | today,
    )  # fmt: skip
    return Isolated(
        len(today - before), len(now), len(_people(r for r in rows if r.let_go) - now),
        checks.order_by().values("person").distinct().count(),
    )  # fmt: skip


def _people(rows: Iterable[_Row]) -> set[UUID]:
    return {row.measure.person_id for row in rows if row.measure.person_id}

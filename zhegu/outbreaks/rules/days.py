"""Which day is which: stages, test days, ends of a measure, counted in local calendar days. Pure.

Day 1 is the day after the fact a measure is counted from (`count_from: 1`, common Chinese practice),
or that very day (`count_from: 0`). A later stage begins the day after the one before it. A stage of n
days ends at 24:00 of its n-th day. What the clock says in UTC never matters: the day is the one people
here lived (Asia/Shanghai).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import ceil

from zhegu.lib.clock import LOCAL, local_day
from zhegu.outbreaks.rules.measures import Measure, Stage, Tests

ONE_DAY = timedelta(days=1)


def day_of(moment: date | datetime) -> date:
    """The calendar day here; a plain date is taken as it is."""
    return local_day(moment) if isinstance(moment, datetime) else moment


def midnight_after(day: date) -> datetime:
    """24:00 of that day, as an aware moment."""
    return datetime.combine(day + ONE_DAY, time(), LOCAL)


@dataclass(frozen=True)
class StageDates:
    """One stage in the calendar. `first_day` is None while an open stage before it still runs; `last_day`
    is None where nobody can say yet, and then `review_on` says when someone looks again."""

    no: int
    stage: Stage
    first_day: date | None
    last_day: date | None
    review_on: date | None = None

    @property
    def ends_at(self) -> datetime | None:
        """24:00 of the last day."""
        return midnight_after(self.last_day) if self.last_day else None

    def covers(self, day: date) -> bool:
        """Whether the stage holds on that day; one without a last day holds on and on."""
        return bool(self.first_day and self.first_day <= day and (self.last_day is None or day <= self.last_day))

    def day_no(self, day: date) -> int:
        """The number people say: 1 on the first day. Raises ValueError before the stage can be counted."""
        if self.first_day is None:
            raise ValueError("the stage has not begun")
        return (day - self.first_day).days + 1


def stages(measure: Measure, start: date | datetime, ended: Sequence[date] = ()) -> tuple[StageDates, ...]:
    """The stages of a measure counted from `start`, the fact `measure.day0` names.

    `ended`: the true last days of stages that are over, first stage first; they replace what was planned
    (a stage prolonged because a test is missing, an open one that came to its end).
    """
    found: list[StageDates] = []
    begins: date | None = day_of(start) + timedelta(days=measure.count_from)
    for no, stage in enumerate(measure.stages, 1):
        last = None
        if begins is not None:
            planned = begins + timedelta(days=stage.days - 1) if stage.days else None
            last = ended[no - 1] if no <= len(ended) else planned
        review = begins + timedelta(days=stage.review_days) if begins and last is None else None
        found.append(StageDates(no, stage, begins, last, review))
        begins = last + ONE_DAY if last else None
    return tuple(found)


def stage_on(
    measure: Measure, start: date | datetime, day: date | datetime, ended: Sequence[date] = ()
) -> StageDates | None:
    """The stage that holds on a day; None before the first and after the last."""
    return next((s for s in stages(measure, start, ended) if s.covers(day_of(day))), None)


def last_day(measure: Measure, start: date | datetime, ended: Sequence[date] = ()) -> date | None:
    """The last day of the whole measure; None while an open stage is in it."""
    return stages(measure, start, ended)[-1].last_day


def review_day(measure: Measure, start: date | datetime, ended: Sequence[date] = ()) -> date:
    """The day on which somebody must look at the latest: the end, or the review of the open stage."""
    dated = [s for s in stages(measure, start, ended) if s.first_day]
    last = dated[-1]
    day = last.last_day or last.review_on
    assert day  # a stage that has begun has one or the other
    return day


# --- tests


@dataclass(frozen=True)
class TestDue:
    """One test a measure asks for: on `day` of a stage, or anywhere between `earliest` and `latest`."""

    __test__ = False  # no test of pytest

    stage: int
    no: int
    earliest: date
    latest: date
    min_gap_hours: int = 0


def test_days(measure: Measure, start: date | datetime, ended: Sequence[date] = ()) -> tuple[TestDue, ...]:
    """Every test the measure asks for, in order. Fixed days have `earliest` = `latest`; `no` is then the
    day's number within its stage, otherwise the test's. Days past the true end of a stage fall away."""
    found: list[TestDue] = []
    for dates in stages(measure, start, ended):
        if dates.first_day is None:
            break
        found += _fixed(dates, dates.first_day)
        if dates.stage.tests:
            found += _spread(dates, dates.first_day, dates.stage.tests)
    return tuple(found)


test_days.__test__ = False  # type: ignore[attr-defined]


def _fixed(dates: StageDates, first: date) -> list[TestDue]:
    days = [(no, first + timedelta(days=no - 1)) for no in dates.stage.test_days]
    return [TestDue(dates.no, no, day, day) for no, day in days if dates.last_day is None or day <= dates.last_day]


def _spread(dates: StageDates, first: date, tests: Tests) -> list[TestDue]:
    """The k-th of n tests cannot come before k-1 gaps have passed, nor so late that the rest do not fit."""
    end = first + timedelta(days=tests.within_days - 1)
    gap = timedelta(days=ceil(tests.min_gap_hours / 24))
    return [
        TestDue(dates.no, k, min(first + gap * (k - 1), end), max(first, end - gap * (tests.count - k)), tests.min_gap_hours)
        for k in range(1, tests.count + 1)
    ]


@dataclass(frozen=True)
class TestState:
    """A due test and what became of it by some day: taken, or `overdue`, or still to come."""

    __test__ = False

    due: TestDue
    taken: datetime | None
    overdue: bool

    @property
    def late(self) -> bool:
        """Taken, but after its last day."""
        return self.taken is not None and local_day(self.taken) > self.due.latest


def test_states(dues: Sequence[TestDue], taken: Sequence[datetime], today: date) -> tuple[TestState, ...]:
    """Each due test with the swab that serves it. One swab serves one due test: first those of their own
    days, then what is left makes up for missed ones, in order. Two swabs closer than the gap count once."""
    swabs = _apart(sorted(taken), max((due.min_gap_hours for due in dues), default=0))
    served: dict[int, datetime] = {}
    for in_time in (True, False):
        for number, due in enumerate(dues):
            if number in served:
                continue
            fits = [s for s in swabs if due.earliest <= local_day(s) and (not in_time or local_day(s) <= due.latest)]
            if fits:
                served[number] = fits[0]
                swabs.remove(fits[0])
    return tuple(
        TestState(due, served.get(n), n not in served and due.latest < today) for n, due in enumerate(dues)
    )


test_states.__test__ = False  # type: ignore[attr-defined]


def _apart(moments: list[datetime], hours: int) -> list[datetime]:
    kept: list[datetime] = []
    for moment in moments:
        if not kept or moment - kept[-1] >= timedelta(hours=hours):
            kept.append(moment)
    return kept

"""Where a measure stands on a day: which stage, day n of m, which tests, what is missing before release.

A stage does not end by itself: the next one begins when somebody says so, and until then it runs on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max, Q

from zhegu.lib import clock
from zhegu.lib.scope import Scope
from zhegu.monitoring.models import Check, Measure
from zhegu.monitoring.rules import Reached
from zhegu.outbreaks import queries as outbreaks


@dataclass(frozen=True)
class Course:
    """A measure on one day. `running` is the stage that holds; `over`: its planned days have passed; `early`: a
    negative test stands for them."""

    measure: Measure
    rule: outbreaks.Measure
    stages: tuple[outbreaks.StageDates, ...]
    tests: tuple[outbreaks.TestState, ...]
    day: date
    early: bool

    @property
    def running(self) -> outbreaks.StageDates:
        return self.stages[min(len(self.measure.stage_ends), len(self.stages) - 1)]

    @property
    def day_no(self) -> int:
        """Day n of the stage; 0 or less while it has not begun."""
        return self.running.day_no(self.day)

    @property
    def is_last_stage(self) -> bool:
        return self.running is self.stages[-1]

    @property
    def over(self) -> bool:
        last = self.running.last_day
        return last is not None and self.day > last

    @property
    def may_go_on(self) -> bool:
        """Whether the next stage may be near: the days of this one have passed, or it has none."""
        return self.over or self.running.last_day is None

    @property
    def ends_on(self) -> date | None:
        """The planned last day of the whole measure."""
        return self.stages[-1].last_day

    @property
    def overdue_tests(self) -> tuple[outbreaks.TestState, ...]:
        return tuple(state for state in self.tests if state.overdue)

    @property
    def review_overdue(self) -> bool:
        return self.measure.holds and self.day > self.measure.review_on

    @property
    def stays_in(self) -> bool:
        return self.running.stage.stays_in


def course(scope: Scope, of: Measure, day: date) -> Course:
    """Of one measure."""
    return courses(scope, [of], day)[0]


def courses(scope: Scope, measures: Sequence[Measure], day: date) -> list[Course]:
    """Of many, their tests read at once."""
    taken: dict[tuple[UUID, UUID], list[tuple[datetime, outbreaks.Result]]] = {}
    for outbreak in {m.outbreak_id: m.outbreak for m in measures}.values():
        people = {m.person_id for m in measures if m.person_id and m.outbreak_id == outbreak.pk}
        for person, tests in outbreaks.tests_of(scope, outbreak, people).items():
            taken[outbreak.pk, person] = tests
    return [_course(m, taken.get((m.outbreak_id, m.person_id), []), day) for m in measures]


def _course(of: Measure, tests: Sequence[tuple[datetime, outbreaks.Result]], day: date) -> Course:
    rule = of.outbreak.rules.measure(of.code)
    dues = outbreaks.test_days(rule, of.day0, of.stage_days) if of.person_id else ()
    states = outbreaks.test_states(dues, [at for at, _ in tests], day)
    running = min(len(of.stage_ends), len(rule.stages) - 1)
    early = outbreaks.ends_early(rule, of.day0, outbreaks.Known(tests), clock.begins(day), running)
    return Course(of, rule, outbreaks.stages(rule, of.day0, of.stage_days), states, day, early)


def known(scope: Scope, of: Measure, at: datetime) -> outbreaks.Known:
    """What is known of the person when somebody wants to let them go."""
    tests = outbreaks.tests_of(scope, of.outbreak, [of.person_id]).get(of.person_id, [])
    checks = Check.objects.filter(
        outbreak=of.outbreak, person=of.person_id, undone=None, reached=Reached.YES, at__lte=at, day__gte=of.holds_from
    )
    fever = of.outbreak.rules.fever_threshold_c
    warm = Q(temperature__gte=round(fever * 10)) if fever else Q(pk__in=[])
    found = checks.aggregate(
        last=Max("at"), symptom=Max("at", filter=~Q(symptoms=[])), fever=Max("at", filter=warm)
    )
    return outbreaks.Known(
        tests=[(when, result) for when, result in tests if when <= at], last_check=found["last"],
        last_symptom=found["symptom"], last_fever=found["fever"], clinic_agrees=of.clinic_agreed is not None,
    )  # fmt: skip


def missing(scope: Scope, of: Measure, at: datetime) -> tuple[outbreaks.Condition, ...]:
    """What must still hold before the person may be let go; empty: nothing."""
    rule = of.outbreak.rules.measure(of.code)
    if len(of.stage_ends) < len(rule.stages) - 1:
        return outbreaks.release_conditions(rule)
    return outbreaks.unmet(rule, of.day0, known(scope, of, at), at, of.stage_days)


def speaks_against(scope: Scope, of: Measure, at: datetime) -> tuple[outbreaks.Condition, ...]:
    """What no longer holds by a test that was not negative, a fever or a symptom after that moment; other news, as a check
    that was all right, takes nothing back."""
    tests = outbreaks.tests_of(scope, of.outbreak, [of.person_id]).get(of.person_id, [])
    checked = Check.objects.filter(outbreak=of.outbreak, person=of.person_id, undone=None, abnormal=True, at__gt=at)
    bad = [when for when, result in tests if when > at and result != outbreaks.Result.NEGATIVE]
    bad += checked.values_list("at", flat=True)
    return missing(scope, of, max(bad)) if bad else ()


def tests_missing(scope: Scope, of: Measure, at: datetime) -> int:
    """How many tests of the stages up to the running one have no result yet."""
    rule = of.outbreak.rules.measure(of.code)
    running = len(of.stage_ends) + 1
    dues = [due for due in outbreaks.test_days(rule, of.day0, of.stage_days) if due.stage <= running]
    taken = [when for when, _ in known(scope, of, at).tests]
    return sum(state.taken is None for state in outbreaks.test_states(dues, taken, clock.local_day(at)))


def with_shared_outbreaks(rows: Iterable[Measure]) -> list[Measure]:
    """The rows, those of one outbreak sharing one object: its profile is read once and not once a row."""
    found, shared = list(rows), {}
    for row in found:
        row.outbreak = shared.setdefault(row.outbreak_id, row.outbreak)
    return found

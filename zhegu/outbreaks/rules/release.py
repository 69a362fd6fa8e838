"""What must hold before someone is let go, and what of it does not hold yet. Pure.

Nobody is released by silence: what is not known counts as not so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhegu.outbreaks.rules.days import day_of, stages, test_days, test_states
from zhegu.outbreaks.rules.measures import Condition, Measure, Stage, stage_conditions
from zhegu.outbreaks.rules.words import Need, Result, Until


def release_conditions(measure: Measure) -> tuple[Condition, ...]:
    """Everything that must hold at the end of the last stage, each need once (its largest number)."""
    found: dict[Need, Condition] = {}
    for one in (*stage_conditions(measure.stages[-1]), *measure.release):
        known = found.get(one.need)
        if known is None or (one.value or 0) > (known.value or 0):
            found[one.need] = one
    if not any(stage.test_days or stage.tests for stage in measure.stages) and Need.NEGATIVE_TESTS not in found:
        found.pop(Need.ALL_TESTS_DONE, None)
        if measure.stages[-1].until != Until.TEST_NEGATIVE:
            found.pop(Need.LAST_TEST_NEGATIVE, None)
    return tuple(found.values())


@dataclass(frozen=True)
class Known:
    """What is known of a person under a measure.

    `tests`: when each swab was taken and what came of it (None: not known yet), in any order.
    `last_check`: the last temperature or symptom check; `last_symptom`, `last_fever`: the last one that
    showed any. None means never.
    """

    tests: Sequence[tuple[datetime, Result | None]] = ()
    last_check: datetime | None = None
    last_symptom: datetime | None = None
    last_fever: datetime | None = None
    clinic_agrees: bool = False
    phase_ended: bool = False


def unmet(
    measure: Measure, start: date | datetime, known: Known, at: datetime, ended: Sequence[date] = ()
) -> tuple[Condition, ...]:
    """The release conditions that do not hold at that moment; empty: the person may be let go."""
    held = _Held(measure, start, known, at, ended)
    return tuple(one for one in release_conditions(measure) if not held.holds(one))


def stage_over(
    measure: Measure, start: date | datetime, known: Known, at: datetime, ended: Sequence[date] = ()
) -> tuple[Condition, ...]:
    """What still keeps the stage that follows `ended` from ending; empty: the next stage may begin."""
    running = len(ended)
    held = _Held(measure, start, known, at, ended)
    return tuple(one for one in stage_conditions(measure.stages[running]) if not held.holds(one, running))


def ends_early(measure: Measure, start: date | datetime, known: Known, at: datetime, stage: int = -1) -> bool:
    """Whether a negative test stands for the days of that stage (the last one), where the profile says so."""
    return _Held(measure, start, known, at, ()).early(stage)


@dataclass(frozen=True)
class _Held:
    measure: Measure
    start: date | datetime
    known: Known
    at: datetime
    ended: Sequence[date]

    def holds(self, one: Condition, stage: int = -1) -> bool:
        """Whether a condition holds; days are those of the stage at that place (the last one)."""
        known = self.known
        match one.need:
            case Need.DAYS_PASSED:
                return self._days_passed(stage)
            case Need.ALL_TESTS_DONE:
                return self._all_tests_done()
            case Need.LAST_TEST_NEGATIVE:
                return self._negatives(1)
            case Need.NEGATIVE_TESTS:
                return self._negatives(one.value or 1)
            case Need.NO_SYMPTOMS:
                return self._gone(known.last_symptom, 0)
            case Need.NO_FEVER:
                return self._gone(known.last_fever, 0)
            case Need.FEVER_FREE_HOURS:
                return self._gone(known.last_fever, one.value or 0)
            case Need.SYMPTOMS_GONE_HOURS:
                latest = max((m for m in (known.last_symptom, known.last_fever) if m), default=None)
                return self._gone(latest, one.value or 0)
            case Need.CLINIC_SAYS:
                return known.clinic_agrees
            case Need.PHASE_ENDED:
                return known.phase_ended

    def _days_passed(self, number: int) -> bool:
        dates = stages(self.measure, self.start, self.ended)[number]
        if self.early(number):
            return True
        return dates.ends_at is not None and self.at >= dates.ends_at

    def early(self, number: int) -> bool:
        """Whether a negative test stands for the days of the stage at that place."""
        return self._stage(number).or_negative and self._negatives(1)

    def _stage(self, number: int) -> Stage:
        return self.measure.stages[number]

    def _all_tests_done(self) -> bool:
        """Every test asked for was taken and its result is known."""
        dues = test_days(self.measure, self.start, self.ended)
        taken = [when for when, result in self.known.tests if result is not None]
        begun = [s for s in stages(self.measure, self.start, self.ended) if s.first_day]
        if len(begun) < len(self.measure.stages):
            return False
        return all(state.taken for state in test_states(dues, taken, day_of(self.at)))

    def _negatives(self, count: int) -> bool:
        """The last so many swabs since the measure began are all negative; one without a result is not.
        Of two words about one moment the worse counts."""
        since = day_of(self.start)
        tests = sorted(self.known.tests, key=lambda t: (t[0], t[1] != Result.NEGATIVE))
        results = [result for when, result in tests if day_of(when) >= since]
        return len(results) >= count and all(result == Result.NEGATIVE for result in results[-count:])

    def _gone(self, last: datetime | None, hours: int) -> bool:
        """A check so many hours after the last sign found none; without any check nothing is known."""
        check = self.known.last_check
        if check is None:
            return False
        return last is None or (check > last and check - last >= timedelta(hours=hours))

"""Measures as a profile writes them: who, how long, which tests, what is checked each day. Pure.

These readers take a profile that has been checked (`checking.problems`) and cannot fail on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zhegu.outbreaks.rules.words import (
    ISOLATION,
    STAYS_IN,
    WITH_HOURS,
    AppliesTo,
    Day0,
    Need,
    StageKind,
    StandingKind,
    Until,
)

REVIEW_DAYS = 14
"""A stage without a last day is looked at again after this many days where its profile names none:
the limit after which an outbreak without review warns (privacy P19)."""


@dataclass(frozen=True)
class Condition:
    """Something that must hold before release; `value` is its number (hours, tests, days) where it has one."""

    need: Need
    value: int | None = None


@dataclass(frozen=True)
class Tests:
    """So many tests within the first days of a stage, at least so far apart; no fixed days."""

    count: int
    within_days: int
    min_gap_hours: int = 0


@dataclass(frozen=True)
class Stage:
    """One stage: `days` long, or open (`days` None) until what `until` names."""

    kind: StageKind
    days: int | None
    day0: Day0
    test_days: tuple[int, ...] = ()
    tests: Tests | None = None
    until: Until | None = None
    hours: int | None = None
    or_negative: bool = False
    """A negative test may end it before its days are over."""
    review_days: int = REVIEW_DAYS

    @property
    def is_open(self) -> bool:
        """Whether nobody can say today when it ends."""
        return self.days is None

    @property
    def isolates(self) -> bool:
        return self.kind in ISOLATION

    @property
    def stays_in(self) -> bool:
        return self.kind in STAYS_IN


@dataclass(frozen=True)
class Monitoring:
    """What is asked of a person every day of a measure."""

    temperature_per_day: int = 0
    symptoms: bool = False


@dataclass(frozen=True)
class Measure:
    """One measure of a profile. `names` is empty where the texts' own name is meant."""

    code: str
    stages: tuple[Stage, ...]
    monitoring: Monitoring = Monitoring()
    applies_to: AppliesTo = AppliesTo.PERSON
    cohabitants: str = ""
    """The measure for the people of the same household; '' for none."""
    count_from: int = 1
    release: tuple[Condition, ...] = ()
    vaccinate_within_hours: int | None = None
    names: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)

    @property
    def day0(self) -> Day0:
        """Which fact the first stage is counted from."""
        return self.stages[0].day0


def standing_of(measure: Measure, stage: Stage) -> StandingKind:
    """What a person in this stage is to the outbreak: apart, a contact, or nothing special."""
    if stage.isolates:
        return StandingKind.ISOLATED
    return StandingKind.CONTACT if measure.day0 == Day0.LAST_EXPOSURE else StandingKind.NONE


def read_measures(whole: Mapping[str, Any]) -> tuple[Measure, ...]:
    """The measures of a checked profile, in its own order."""
    return tuple(_measure(one, whole) for one in whole.get("measures") or ())


def _measure(said: Mapping[str, Any], whole: Mapping[str, Any]) -> Measure:
    stages, day0 = [], Day0.START
    for one in said["stages"]:
        day0 = Day0(one.get("day0") or day0)
        stages.append(_stage(one, day0))
    watch = said.get("monitoring") or {}
    together = said.get("cohabitants")
    release = said.get("release") or whole.get("release") or {}
    return Measure(
        code=said["code"],
        stages=tuple(stages),
        monitoring=Monitoring(watch.get("temperature_per_day", 0), watch.get("symptoms", False)),
        applies_to=AppliesTo(said.get("applies_to") or _seems(stages)),
        cohabitants="" if together in (None, "none") else together,
        count_from=said.get("count_from", whole.get("count_from", 1)),
        release=tuple(_conditions(release)),
        vaccinate_within_hours=said.get("vaccinate_within_hours"),
        names={lang: words for lang, words in (said.get("name") or {}).items() if words},
    )


def _seems(stages: list[Stage]) -> AppliesTo:
    """A measure that lasts as long as a phase is an area's, where the profile does not say."""
    return AppliesTo.AREA if any(s.until == Until.PHASE_END for s in stages) else AppliesTo.PERSON


def _stage(said: Mapping[str, Any], day0: Day0) -> Stage:
    tests = said.get("tests")
    return Stage(
        kind=StageKind(said["kind"]),
        days=said.get("days"),
        day0=day0,
        test_days=tuple(sorted(said.get("test_days") or ())),
        tests=Tests(tests["count"], tests["within_days"], tests.get("min_gap_hours", 0)) if tests else None,
        until=Until(said["until"]) if said.get("until") else None,
        hours=said.get("hours"),
        or_negative=said.get("or") == Until.TEST_NEGATIVE,
        review_days=said.get("review_days", REVIEW_DAYS),
    )


def _conditions(release: Mapping[str, Any]) -> list[Condition]:
    found = [Condition(Need(need)) for need in release.get("require") or ()]
    if release.get(Need.NEGATIVE_TESTS):
        found.append(Condition(Need.NEGATIVE_TESTS, release[Need.NEGATIVE_TESTS]))
    return found


UNTIL_NEEDS = {
    Until.PHASE_END: Need.PHASE_ENDED,
    Until.CLINIC_SAYS: Need.CLINIC_SAYS,
    Until.TEST_NEGATIVE: Need.LAST_TEST_NEGATIVE,
    Until.FEVER_FREE_HOURS: Need.FEVER_FREE_HOURS,
    Until.SYMPTOMS_GONE_HOURS: Need.SYMPTOMS_GONE_HOURS,
}


def stage_conditions(stage: Stage) -> tuple[Condition, ...]:
    """What must hold for this one stage to end, in the order in which one asks."""
    found = [] if stage.is_open else [Condition(Need.DAYS_PASSED, stage.days)]
    if stage.until:
        found.append(Condition(UNTIL_NEEDS[stage.until], stage.hours if stage.until in WITH_HOURS else None))
    return tuple(found)

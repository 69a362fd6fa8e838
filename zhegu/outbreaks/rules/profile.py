"""A disease profile, typed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from zhegu.outbreaks.rules.areas import (
    ArrivalRule,
    GateCheck,
    RiskLevel,
    checks_in,
    proposed,
    read_arrivals,
    read_checks,
    read_levels,
    read_outcomes,
    warmth,
)
from zhegu.outbreaks.rules.checking import BadProfile, problems
from zhegu.outbreaks.rules.measures import Measure, read_measures
from zhegu.outbreaks.rules.words import Outcome, Phase, Single, StandingKind, Warmth


class NoMeasure(LookupError):
    """The profile has no measure of that code."""


@dataclass(frozen=True)
class Symptom:
    """Something a person may report; `names` is empty where the texts' own name is meant."""

    code: str
    names: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True)
class Profile:
    """What the rooms need of a profile; `whole` is all of it, for those who need more."""

    id: str
    names: dict[str, str]
    status: str
    methods: tuple[str, ...]
    mix_ratios: tuple[int, ...]
    single_only: frozenset[Single]
    result_due_hours: int | None
    fever_threshold_c: float | None
    whole: Mapping[str, Any] = field(repr=False, hash=False, compare=False)

    def name(self, lang: str) -> str:
        """The name in that language; Chinese where it has none."""
        return self.names.get(lang) or self.names["zh"]

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """The measures by code, in the profile's order."""
        return {one.code: one for one in read_measures(self.whole)}

    def measure(self, code: str) -> Measure:
        """The measure of that code; raises NoMeasure."""
        try:
            return self.measures[code]
        except KeyError:
            raise NoMeasure(code) from None

    @cached_property
    def symptoms(self) -> tuple[Symptom, ...]:
        """What is asked for at a daily check."""
        said = self.whole.get("symptoms") or ()
        return tuple(Symptom(s) if isinstance(s, str) else Symptom(s["code"], s.get("name") or {}) for s in said)

    @cached_property
    def risk_levels(self) -> tuple[RiskLevel, ...]:
        """Highest first."""
        return read_levels(self.whole)

    @cached_property
    def arrivals(self) -> tuple[ArrivalRule, ...]:
        """Which measure each risk level proposes for who comes from there."""
        return read_arrivals(self.whole, self.risk_levels)

    def proposal(self, risk: str, left: Any, day: Any) -> Measure | None:
        """The measure proposed for who left an area of that risk on day `left` and is here on `day`."""
        rule = proposed(self.arrivals, risk, left, day)
        return self.measure(rule.measure) if rule else None

    @cached_property
    def checks(self) -> tuple[GateCheck, ...]:
        return read_checks(self.whole)

    def checks_in(self, phase: Phase) -> tuple[GateCheck, ...]:
        """What a gate asks for in that phase, in order."""
        return checks_in(self.checks, phase)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        return read_outcomes(self.whole)

    def warmth(self, celsius: float) -> Warmth:
        """What a thermometer's reading means under this profile."""
        return warmth(celsius, self.fever_threshold_c)


def read_profile(whole: Any) -> Profile:
    """The profile, checked; raises BadProfile naming every problem. Unknown keys are let be."""
    found = problems(whole)
    if found:
        raise BadProfile(found)
    sampling = whole["sampling"]
    return Profile(
        id=whole["id"],
        names={lang: words for lang, words in whole["name"].items() if words},
        status=whole["status"],
        methods=tuple(sampling["methods"]),
        mix_ratios=tuple(sorted(set(sampling["mix_ratios"]))),
        single_only=frozenset(Single(who) for who in sampling["single_only"]),
        result_due_hours=sampling.get("result_due_hours"),
        fever_threshold_c=whole.get("fever_threshold_c"),
        whole=whole,
    )


def single_reason(
    profile: Profile, *, standing: StandingKind = StandingKind.NONE, infant: bool = False,
    febrile: bool = False, awaiting_recheck: bool = False,
) -> Single | None:
    """Why this person must have a tube alone under this profile; None where they may be mixed."""
    true_of_person = {
        Single.AWAITING_RECHECK: awaiting_recheck,
        Single.ISOLATED: standing == StandingKind.ISOLATED,
        Single.CONTACT: standing == StandingKind.CONTACT,
        Single.FEBRILE: febrile,
        Single.INFANT: infant,
    }
    return next((who for who, holds in true_of_person.items() if holds and who in profile.single_only), None)

"""When a community is free of an outbreak: criteria are data, each met by a fact or with a date at the earliest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from zhegu.reports.rules.periods import Step as Level


class Kind(StrEnum):
    """What a criterion asks."""

    DAYS_WITHOUT_CASE = "days_without_case"
    ROUND_ALL_NEGATIVE = "round_all_negative"
    NOBODY_ISOLATED = "nobody_isolated"
    CHECKLIST = "checklist"


class BadCriteria(ValueError):
    """Criteria that cannot be used; says which and why."""


ON_RECORD = {"cleaning": "disinfection_days_kept"}
"""Things of a checklist of which a figure tells: it is offered as evidence, a person still says that it is enough."""


@dataclass(frozen=True)
class Criterion:
    """One condition: so many days, a round on that day with that coverage, or things a person ticks with evidence."""

    kind: Kind
    days: int = 0
    coverage: float = 1.0
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Model:
    """A set of criteria with the document it comes from."""

    id: str
    source: str
    confidence: str
    criteria: tuple[Criterion, ...]

    @property
    def items(self) -> tuple[str, ...]:
        return tuple(item for one in self.criteria for item in one.items)


@dataclass(frozen=True)
class RoundFact:
    """What came of a round: its day, who was due and done, what is not known yet, what was positive."""

    no: int
    day: date
    due: int
    done: int
    pending: int
    positive: int

    def negative(self, coverage: float) -> bool:
        return self.due > 0 and self.done >= coverage * self.due and not self.pending and not self.positive


@dataclass(frozen=True)
class Facts:
    """What is known today: since when there is no case (the last one, else the outbreak's first day), and the rest."""

    today: date
    since: date
    rounds: tuple[RoundFact, ...] = ()
    isolated: int = 0
    ticked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """A criterion today: met or not, by which numbers, and the day it can be met at the earliest."""

    criterion: Criterion
    met: bool
    fact: Mapping[str, Any]
    earliest: date

    @property
    def told(self) -> str:
        """Under which words its fact is told."""
        missing = self.criterion.kind is Kind.ROUND_ALL_NEGATIVE and not self.met
        return "round_missing" if missing else self.criterion.kind


def model_from(raw: Mapping[str, Any]) -> Model:
    """The criteria described by a mapping as read from its file; raises BadCriteria naming the fault."""
    name = str(raw.get("id", "?"))
    found = []
    for one in raw.get("criteria", ()):
        if one.get("kind") not in tuple(Kind):
            raise BadCriteria(f"{name}: not known: {one.get('kind')}")
        days = one.get("days", one.get("day", 0))
        if not isinstance(days, int) or days < 0 or not 0 < float(one.get("coverage", 1.0)) <= 1:
            raise BadCriteria(f"{name}: {one['kind']}: days or coverage")
        found.append(Criterion(Kind(one["kind"]), days, float(one.get("coverage", 1.0)), tuple(one.get("items", ()))))
    if not found:
        raise BadCriteria(f"{name}: no criteria")
    return Model(name, str(raw.get("source", "")), str(raw.get("confidence", "")), tuple(found))


def judged(model: Model, facts: Facts) -> list[Verdict]:
    """Each criterion as it stands today."""
    return [_JUDGES[one.kind](one, facts) for one in model.criteria]


def earliest(verdicts: Iterable[Verdict]) -> date:
    """The first day on which all can be met, if everything that is in people's hands is done by then."""
    return max(one.earliest for one in verdicts)


def all_met(verdicts: Sequence[Verdict]) -> bool:
    return bool(verdicts) and all(one.met for one in verdicts)


def if_negative(facts: Facts, no: int) -> Facts:
    """The facts if that round ended with everyone sampled and no positive."""
    rounds = tuple(
        replace(one, done=one.due, pending=0, positive=0) if one.no == no else one for one in facts.rounds
    )
    return replace(facts, rounds=rounds)


def if_a_case(facts: Facts) -> Facts:
    """The facts if there were a new case today."""
    return replace(facts, since=facts.today)


def _days(one: Criterion, facts: Facts) -> Verdict:
    days = (facts.today - facts.since).days
    day = facts.since + timedelta(days=one.days)
    return Verdict(one, days >= one.days, {"days": days, "of": one.days}, max(day, facts.today) if days < one.days else day)


def _round(one: Criterion, facts: Facts) -> Verdict:
    first = facts.since + timedelta(days=one.days)
    fits = [done for done in facts.rounds if done.day >= first and done.negative(one.coverage)]
    if fits:
        best = min(fits, key=lambda done: done.day)
        return Verdict(one, True, {"no": best.no, "day": best.day, "of": one.days}, best.day)
    return Verdict(one, False, {"no": None, "day": first, "of": one.days}, max(first, facts.today))


def _isolated(one: Criterion, facts: Facts) -> Verdict:
    return Verdict(one, facts.isolated == 0, {"n": facts.isolated}, facts.today)


def _checklist(one: Criterion, facts: Facts) -> Verdict:
    done = [item for item in one.items if item in facts.ticked]
    return Verdict(one, len(done) == len(one.items), {"n": len(done), "of": len(one.items)}, facts.today)


_JUDGES = {
    Kind.DAYS_WITHOUT_CASE: _days,
    Kind.ROUND_ALL_NEGATIVE: _round,
    Kind.NOBODY_ISOLATED: _isolated,
    Kind.CHECKLIST: _checklist,
}


class Step(StrEnum):
    """Where an application stands; a new case revokes it whatever it was."""

    APPLIED = "applied"
    REVIEWED = "reviewed"
    FILED = "filed"
    PUBLISHED = "published"
    RETURNED = "returned"
    REVOKED = "revoked"


NEXT = {
    Step.APPLIED: (Step.REVIEWED, Step.RETURNED),
    Step.REVIEWED: (Step.FILED, Step.RETURNED),
    Step.FILED: (Step.PUBLISHED, Step.RETURNED),
    Step.PUBLISHED: (Step.REVOKED,),
    Step.RETURNED: (),
    Step.REVOKED: (),
}
"""Community, town, county, then everyone: 自愿申报、成熟即报、即评即公布 (domain.md 2.2)."""


SAID_AT = {Step.REVIEWED: Level.TOWN, Step.FILED: Level.COUNTY, Step.PUBLISHED: Level.COUNTY}
"""Whose word a step is; all others are anybody's who leads. Where nobody leads at that level in this installation, the
community's leader writes down what came on paper."""


def said_at(step: Step, current: Step, through: Sequence[Level]) -> Level:
    """The level whose word it is: of a step back, the one that would have taken the next step on."""
    turn = NEXT[current][0] if step is Step.RETURNED and NEXT[current] else step
    level = SAID_AT.get(turn, Level.COMMUNITY)
    return level if level in through else Level.COMMUNITY


def stands(steps: Sequence[Step], case_since: bool) -> Step | None:
    """The state of an application from its steps; None where there is none."""
    if not steps:
        return None
    if case_since and steps[-1] not in (Step.RETURNED, Step.REVOKED):
        return Step.REVOKED
    return steps[-1]

"""What the open outbreak's profile proposes for somebody who arrived, and why. A person decides."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zhegu.arrivals.models import Arrival
from zhegu.arrivals.rules import Been, Why, places_in, worst
from zhegu.lib import clock
from zhegu.lib.scope import Scope
from zhegu.outbreaks.models import Outbreak


@dataclass(frozen=True)
class Proposed:
    """A measure (None: none is proposed) and why: which place, of which level, left on which day, and within
    how many days that counts."""

    measure: Any
    why: Why
    been: Been | None = None
    left: date | None = None
    days: int | None = None

    @property
    def code(self) -> str:
        return self.measure.code if self.measure else ""


def proposal(scope: Scope, of: Arrival, outbreak: Outbreak | None) -> Proposed:
    """What is proposed for them under this outbreak. Who left on a day nobody knows counts as just come."""
    if outbreak is None:
        return Proposed(None, Why.NO_OUTBREAK)
    profile = outbreak.rules
    arrived = clock.local_day(of.arrived)
    left = of.left or arrived
    been = worst([level.code for level in profile.risk_levels], _been(of))
    measure = profile.proposal(been.risk if been else "", left, arrived)
    if measure is None:
        return Proposed(None, _why_none(profile, been), been, left)
    rule = next(one for one in profile.arrivals if one.measure == measure.code)
    return Proposed(measure, Why.FROM_AREA if rule.risk else Why.ANYONE, been, left, rule.history_days)


def _been(of: Arrival) -> list[Been]:
    return [Been(of.came_from, of.risk)] + [Been(place, "") for place in places_in(of.via)]


def _why_none(profile: Any, been: Been | None) -> Why:
    if been is None:
        return Why.NO_RISK if profile.arrivals else Why.NO_RULE
    return Why.TOO_LONG_AGO if any(rule.risk in ("", been.risk) for rule in profile.arrivals) else Why.NO_RULE

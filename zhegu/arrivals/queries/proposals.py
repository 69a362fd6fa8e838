"""What the open outbreak's profile proposes for somebody who arrived, and why. A person decides."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from zhegu.arrivals.models import Arrival
from zhegu.arrivals.rules import Been, Why, by_risk, places_in
from zhegu.lib import clock
from zhegu.lib.scope import Scope
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak


@dataclass(frozen=True)
class Proposed:
    """A measure (None: none is proposed) and why: which place, of which level, left on which day, and within
    how many days that counts. `ask`: areas that are only part of where they say they were."""

    measure: Any
    why: Why
    been: Been | None = None
    days: int | None = None
    ask: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return self.measure.code if self.measure else ""


class Proposals:
    """What is proposed for many arrivals of a community under one outbreak; its risk areas are read once."""

    def __init__(self, scope: Scope, outbreak: Outbreak | None):
        self.outbreak = outbreak
        self.profile = outbreak.rules if outbreak else None
        self.book = outbreaks.risk_book(scope, outbreak.community, outbreak) if outbreak else None

    def of(self, one: Arrival) -> Proposed:
        """For one of them. Who left on a day nobody knows counts as just come; on the way one was until arriving."""
        if self.profile is None:
            return Proposed(None, Why.NO_OUTBREAK)
        arrived = clock.local_day(one.arrived)
        been = by_risk([level.code for level in self.profile.risk_levels], self._been(one, one.left or arrived, arrived))
        for stop in [*been, Been("", "", arrived)]:
            if measure := self.profile.proposal(stop.risk, stop.left, arrived):
                rule = next(rule for rule in self.profile.arrivals if rule.measure == measure.code)
                return Proposed(measure, Why.FROM_AREA if rule.risk else Why.ANYONE, stop, rule.history_days)
        return Proposed(None, self._why_none(been), been[0] if been else None, ask=self._ask(one))

    def _been(self, one: Arrival, left: date, arrived: date) -> list[Been]:
        stops = [Been(one.came_from, one.risk, left), Been(one.came_from, self._level(one.came_from, left), left)]
        return stops + [Been(place, self._level(place, arrived), arrived) for place in places_in(one.via)]

    def _level(self, place: str, day: date) -> str:
        area = self.book.found(place, day) if self.book else None
        return area.level if area else ""

    def _ask(self, one: Arrival) -> tuple[str, ...]:
        if self.book is None:
            return ()
        day = one.left or clock.local_day(one.arrived)
        return tuple(area.name for place in (one.came_from, *places_in(one.via)) for area in self.book.parts_of(place, day))

    def _why_none(self, been: list[Been]) -> Why:
        rules = self.profile.arrivals if self.profile else ()
        if not been:
            return Why.NO_RISK if rules else Why.NO_RULE
        levels = {stop.risk for stop in been}
        return Why.TOO_LONG_AGO if any(rule.risk in levels for rule in rules) else Why.NO_RULE


def proposal(scope: Scope, of: Arrival, outbreak: Outbreak | None) -> Proposed:
    """What is proposed for one arrival under this outbreak."""
    return Proposals(scope, outbreak).of(of)

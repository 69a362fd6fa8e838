"""Risk levels, what they propose for arrivals, what a gate checks, what a thermometer says. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhegu.outbreaks.rules.words import Outcome, Phase, Warmth

BODY_C = (34.0, 43.0)
"""What a thermometer can show of a living person (forms F6: 34 to 43)."""


@dataclass(frozen=True)
class RiskLevel:
    """A level of risk areas, highest first in a profile; `rule` is how people live in one."""

    code: str
    rule: str = ""
    days_without_case: int | None = None
    full_screening_day: int | None = None
    steps_down_to: str = ""


@dataclass(frozen=True)
class ArrivalRule:
    """Who was in an area of that risk within the last so many days is proposed that measure."""

    risk: str
    measure: str
    history_days: int = 7


@dataclass(frozen=True)
class GateCheck:
    """One thing asked for at a gate. `phases` empty: in every phase."""

    code: str
    optional: bool = False
    refuse_ge: float | None = None
    max_age_hours: int | None = None
    phases: frozenset[Phase] = frozenset()


def read_levels(whole: Mapping[str, Any]) -> tuple[RiskLevel, ...]:
    """Risk levels of a checked profile, highest first."""
    levels = (whole.get("risk_levels") or {}).get("levels") or ()
    return tuple(_level(one) for one in levels)


def _level(said: Mapping[str, Any]) -> RiskLevel:
    down = said.get("step_down") or {}
    return RiskLevel(
        said["code"], said.get("rule", ""), down.get("days_without_case"), down.get("full_screening_day"), down.get("to", "")
    )


def read_arrivals(whole: Mapping[str, Any], levels: Iterable[RiskLevel]) -> tuple[ArrivalRule, ...]:
    """What a profile proposes for arrivals. Where it has no list, a measure `arrival_<level>_risk` is meant
    for that level, and `arrival` for any."""
    if whole.get("arrivals"):
        return tuple(ArrivalRule(a["risk"], a["measure"], a.get("history_days", 7)) for a in whole["arrivals"])
    codes = {one["code"] for one in whole.get("measures") or ()}
    found = [ArrivalRule(one.code, f"arrival_{one.code}_risk") for one in levels if f"arrival_{one.code}_risk" in codes]
    return (*found, *([ArrivalRule("", "arrival")] if "arrival" in codes else []))


def proposed(arrivals: Iterable[ArrivalRule], risk: str, left: date, day: date) -> ArrivalRule | None:
    """The rule for someone who left an area of that risk on `left` and is here on `day`; None: nothing is
    proposed. A person decides, never this function."""
    for rule in arrivals:
        if rule.risk in ("", risk) and (day - left).days <= rule.history_days:
            return rule
    return None


def read_checks(whole: Mapping[str, Any]) -> tuple[GateCheck, ...]:
    """All checks of a checked profile, in the order in which a gate asks."""
    said = (whole.get("checkpoint") or {}).get("checks") or ()
    return tuple(
        GateCheck(
            c["code"], c.get("optional", False), c.get("refuse_ge"), c.get("max_age_hours"),
            frozenset(Phase(p) for p in c.get("phases") or ()),
        )
        for c in said
    )  # fmt: skip


def checks_in(checks: Iterable[GateCheck], phase: Phase) -> tuple[GateCheck, ...]:
    """What a gate asks for in that phase."""
    return tuple(one for one in checks if not one.phases or phase in one.phases)


def read_outcomes(whole: Mapping[str, Any]) -> tuple[Outcome, ...]:
    """How crossings may end; all four where a profile does not say."""
    said = (whole.get("checkpoint") or {}).get("outcomes")
    return tuple(Outcome(one) for one in said) if said else tuple(Outcome)


def warmth(celsius: float, fever_from: float | None) -> Warmth:
    """What a reading means: fever from the profile's threshold on, and nonsense outside 34 to 43."""
    if not BODY_C[0] <= celsius <= BODY_C[1]:
        return Warmth.IMPLAUSIBLE
    return Warmth.FEVER if fever_from is not None and celsius >= fever_from else Warmth.NORMAL

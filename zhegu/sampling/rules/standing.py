"""What someone is to a round: done, excused, missing, moved or not found; and who needs a tube alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from zhegu.sampling.rules.words import Excuse, Gone, Single, Standing, TubeResult


@dataclass(frozen=True)
class StandingFacts:
    """All that decides the standing of one roster line."""

    sampled: bool = False
    gone: Gone | str = ""
    excuse: Excuse | str = ""


def partition(facts: StandingFacts) -> Standing:
    """The one standing of a line. A swab that was taken outweighs every word about the person; who
    has moved need not be excused; who is excused is not looked for."""
    if facts.sampled:
        return Standing.DONE
    if facts.gone == Gone.MOVED:
        return Standing.MOVED
    if facts.excuse:
        return Standing.EXCUSED
    return Standing.NOT_FOUND if facts.gone == Gone.NOT_FOUND else Standing.MISSING


@dataclass(frozen=True)
class Who:
    """What a round knows of a person beforehand."""

    birth_date: date | None = None
    birth_year: int | None = None
    away: bool = False
    isolated: bool = False
    contact: bool = False
    febrile: bool = False
    awaiting_recheck: bool = False


def is_infant(who: Who, on: date, below_months: int | None) -> bool:
    """Whether they are younger than the round's limit; nobody is where it names none.

    Where only the year of birth is known, the oldest they can be decides: a child is never excused
    or sampled alone by a guess.
    """
    if not below_months:
        return False
    born = who.birth_date or (date(who.birth_year, 1, 1) if who.birth_year else None)
    if born is None:
        return False
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    return months < below_months


def single_reason(who: Who, codes: Collection[str], infant: bool) -> Single | None:
    """Why this person has a tube alone, by the codes the round took from the profile; None if mixed."""
    holds = {
        Single.AWAITING_RECHECK: who.awaiting_recheck,
        Single.ISOLATED: who.isolated,
        Single.CONTACT: who.contact,
        Single.FEBRILE: who.febrile,
        Single.INFANT: infant,
    }
    return next((code for code, true in holds.items() if true and code in codes), None)


def excuse_at_opening(who: Who, infant: bool, excuse_infants: bool) -> Excuse | None:
    """Who is excused when the roster freezes: those away, and infants where the round says so."""
    if who.away:
        return Excuse.AWAY
    return Excuse.INFANT if infant and excuse_infants else None


def person_result(tube: TubeResult, ratio: int) -> TubeResult:
    """What a tube's result says of each person in it: of a mixed tube that is not negative only that
    each must be sampled again, alone."""
    return tube if ratio == 1 or tube == TubeResult.NEGATIVE else TubeResult.GREY

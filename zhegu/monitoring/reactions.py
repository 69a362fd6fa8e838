"""Whoever the register joins or parts stays under what they are under, with their daily checks."""

from uuid import UUID

from zhegu.monitoring.actions import keep_standings, note
from zhegu.monitoring.models import Check, Contest, Measure
from zhegu.monitoring.rules import Did
from zhegu.outbreaks import queries as outbreaks
from zhegu.registers.actions import Follows, Moved, reactions_of


def _under_the_same(row: Measure, to: UUID) -> bool:
    """Both stay, for a person to look at: nobody is released by a merge."""
    return row.ended is None and Measure.objects.filter(outbreak=row.outbreak_id, code=row.code, person=to, ended=None).exists()


def _contested_too(row: Contest, to: UUID) -> bool:
    return row.answered is None and Contest.objects.filter(measure=row.measure_id, person=to, answered=None).exists()


def _tell(move: Moved) -> None:
    note(move.rows, Did.FOLLOWED, move.by, move.at)
    for outbreak in {row.outbreak for row in move.rows if row.outbreak.is_open}:
        keep_standings(move.by, outbreak, move.people, move.at)


def _called(row: Measure, lang: str) -> str:
    return outbreaks.measure_name(row.outbreak.rules.measure(row.code), lang)


FOLLOWING = (
    Follows(Measure.objects.select_related("outbreak__community").all, stays=_under_the_same, then=_tell, says=_called),
    Follows(Contest.objects.all, stays=_contested_too),
    Follows(Check.objects.all),
)

REACTIONS = reactions_of(__name__, FOLLOWING)

"""How long a round's people are kept. Its figures, by grid, stay for ever."""

from collections.abc import Callable
from typing import Any

from zhegu.journal import queries as journal
from zhegu.lib.scope import Scope
from zhegu.lib.upkeep import Due, Kept
from zhegu.outbreaks.queries import closed_before
from zhegu.sampling.actions.kinds import PURPOSE
from zhegu.sampling.models import Line, Sample, Tube, Undo

DAYS = 30
SOURCE = "privacy P9: sampling cards, end of the outbreak and 30 days"
SCOPE = Scope.everything("retention looks at every outbreak that is over")


def _of(rows: Any) -> Callable[[Due], Any]:
    return lambda due: rows.filter(round__community=due.community, round__outbreak__closed__lt=due.before)


def _undone(due: Due) -> Any:
    """Takings-back whose swab never came; they name no outbreak and wait no longer than a phone may hold one."""
    return Undo.objects.filter(community=due.community.code, at__lt=due.before)


def _words(due: Due) -> Any:
    closed = closed_before(SCOPE, due.community, due.before)
    return journal.bodies_kept(SCOPE, due.community.code, PURPOSE, outbreaks=closed)


KEPT = (
    Kept("sampling.samples", PURPOSE, DAYS, "outbreak_closed", SOURCE, _of(Sample.objects), "round__outbreak_id"),
    Kept("sampling.lines", PURPOSE, DAYS, "outbreak_closed", SOURCE, _of(Line.objects), "round__outbreak_id"),
    Kept("sampling.tubes", PURPOSE, DAYS, "outbreak_closed", SOURCE, _of(Tube.objects), "round__outbreak_id"),
    Kept("sampling.undos", PURPOSE, 365, "happened", "house: as long as a phone is let in", _undone),
    Kept("sampling.words", PURPOSE, DAYS, "outbreak_closed", SOURCE, _words, "outbreak"),
)

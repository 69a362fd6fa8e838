"""How long campaigns remember (privacy P9): what was said at doors goes 30 days after it, or after its outbreak."""

from typing import Any

from zhegu.journal import queries as journal
from zhegu.lib.scope import Scope
from zhegu.lib.upkeep import Due, Kept
from zhegu.visits.actions import PURPOSE
from zhegu.visits.models import Door, Said

SCOPE = Scope.everything("retention looks at every campaign that is over")
SOURCE = "privacy P9: as arrivals, 30 days after the end"


def _doors(due: Due) -> Any:
    """Doors of closed campaigns; what was said there goes with them."""
    return Door.objects.filter(campaign__community=due.community, campaign__closed_at__lt=due.before)


def _refs(rows: Any) -> list:
    return list(Said.objects.filter(door__in=rows).values_list("pk", flat=True))


KEPT = (
    Kept("visits.doors", PURPOSE, 30, "ended", SOURCE, _doors, "campaign__outbreak_id", _refs),
    Kept("visits.words", PURPOSE, 365, "happened", "house: words at doors no longer than a year", journal.old_words(SCOPE, PURPOSE), "outbreak"),
)

"""How long measures and daily checks are kept (privacy P9): what people measured goes first."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from zhegu.journal import queries as journal
from zhegu.lib.scope import Scope
from zhegu.lib.upkeep import Due, Kept
from zhegu.monitoring.actions import PURPOSE, TEMPERATURE
from zhegu.monitoring.models import Check, Contest, Measure
from zhegu.outbreaks.queries import closed_before

SCOPE = Scope.everything("retention looks at every measure that is over")
P9_READINGS = "privacy P9: temperature readings, end of the measure and 14 days"
P9_MEASURES = "privacy P9: arrivals and measures, end of the outbreak and 30 days"
READINGS, MEASURES = 14, 30


def _readings(due: Due) -> Any:
    """Checks of people who are under nothing any more, for so long; those of a place end with it."""
    still = Measure.objects.filter(Q(ended=None) | Q(ended__gte=due.before), outbreak=OuterRef("outbreak"))
    own = still.filter(person=OuterRef("person"))
    place = still.filter(person=None)
    return Check.objects.filter(~Exists(own), ~Exists(place), community=due.community, at__lt=due.before)


def _closed(rows: Any, outbreak: str = "outbreak") -> Any:
    return lambda due: rows.filter(
        **{f"{outbreak}__community": due.community, f"{outbreak}__closed__lt": due.before}
    )


def _words(purpose: str) -> Any:
    def bodies(due: Due) -> Any:
        closed = closed_before(SCOPE, due.community, due.before)
        return journal.bodies_kept(SCOPE, due.community.code, purpose, outbreaks=closed)

    return bodies


def _refs(rows: Any) -> Any:
    return rows.values_list("id", flat=True)


KEPT = (
    Kept("monitoring.checks", TEMPERATURE, READINGS, "ended", P9_READINGS, _readings, "outbreak_id", _refs),
    Kept("monitoring.check_words", TEMPERATURE, READINGS, "outbreak_closed", P9_READINGS, _words(TEMPERATURE), "outbreak"),
    Kept("monitoring.contests", PURPOSE, MEASURES, "outbreak_closed", P9_MEASURES,
         _closed(Contest.objects, "measure__outbreak"), "measure__outbreak_id", _refs),
    Kept("monitoring.measures", PURPOSE, MEASURES, "outbreak_closed", P9_MEASURES, _closed(Measure.objects), "outbreak_id"),
    Kept("monitoring.words", PURPOSE, MEASURES, "outbreak_closed", P9_MEASURES, _words(PURPOSE), "outbreak"),
)  # fmt: skip

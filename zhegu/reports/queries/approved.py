"""What was approved for a day answers for it: the figures of a locked report are those that were reported.

The reports themselves are asked, never the list of what is to be done: a report stays approved however old it is, and
when its blank is no longer in use.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from zhegu.lib.scope import Scope
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.reports.models import PeriodReport
from zhegu.reports.outside.catalogue import catalogue
from zhegu.reports.outside.figures import specs
from zhegu.reports.rules.figures import Number

DAY = "reports.day"


def approved(scope: Scope, community: Place, day: date, known_at: datetime) -> dict[str, Number]:
    """Figures of the day by their names, from reports of that day alone that were approved at every level by then; of
    versions the one that was approved last."""
    return _figures(_versions(scope, community, Q(first=day, last=day), known_at))


def days_approved(scope: Scope, community: Place, at: datetime) -> dict[date, dict[str, Number]]:
    """Every day for which a report was approved by then, with the figures that were: whoever keeps figures compares."""
    by_day: dict[date, list[PeriodReport]] = {}
    for version in _versions(scope, community, Q(first=F("last")), at):
        by_day.setdefault(version.first, []).append(version)
    return {day: _figures(versions) for day, versions in sorted(by_day.items())}


def _versions(scope: Scope, community: Place, of: Q, known_at: datetime) -> QuerySet[PeriodReport]:
    """Those that were locked by then, the last first."""
    places.reached(scope, community)
    found = PeriodReport.objects.filter(of, community=community, locked_at__lte=known_at)
    return found.select_related("made").order_by("-locked_at", "-no")


def _figures(versions: Iterable[PeriodReport]) -> dict[str, Number]:
    forms = {form.id for form in catalogue().values() if form.source == DAY}
    names = {theirs: one.name for one in specs() for theirs in (one.outer, one.name) if theirs}
    found: dict[str, Number] = {}
    for version in versions:
        for said in version.made.cells.values():
            if said["form"] in forms and said["field"] in names:
                found.setdefault(names[said["field"]], said.get("own", said["value"]))
    return found

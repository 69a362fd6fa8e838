"""What was approved for a day answers for it: the figures of a locked report are those that were reported."""

from collections.abc import Iterator
from datetime import date, datetime

from zhegu.lib.scope import Scope
from zhegu.places.models import Place
from zhegu.reports.models import PeriodReport
from zhegu.reports.outside.catalogue import catalogue
from zhegu.reports.outside.figures import specs
from zhegu.reports.queries.periods import period_lines
from zhegu.reports.rules.figures import Number

DAY = "reports.day"


def approved(scope: Scope, community: Place, day: date, known_at: datetime) -> dict[str, Number]:
    """Figures of the day by their names, from reports of that day alone that were approved at every level by then."""
    forms = {form.id for form in catalogue().values() if form.source == DAY}
    names = {theirs: one.name for one in specs() for theirs in (one.outer, one.name) if theirs}
    found: dict[str, Number] = {}
    for version in _locked(scope, community, day, known_at):
        for said in version.made.cells.values():
            if said["form"] in forms and said["field"] in names:
                found.setdefault(names[said["field"]], said["value"])
    return found


def days_approved(scope: Scope, community: Place, after: datetime, at: datetime) -> list[date]:
    """Days for which a report got its last approval since: whoever keeps their figures asks again."""
    lines = period_lines(scope, community, at)
    versions = [line.approved for line in lines if line.period.first == line.period.last and line.approved]
    return sorted({one.first for one in versions if after < _last_word(one) <= at})


def _locked(scope: Scope, community: Place, day: date, known_at: datetime) -> Iterator[PeriodReport]:
    for line in period_lines(scope, community, known_at):
        version = line.approved if line.period.first == line.period.last == day else None
        if version is not None and _last_word(version) <= known_at:
            yield version


def _last_word(version: PeriodReport) -> datetime:
    return max(step.at for step in version.steps.all())

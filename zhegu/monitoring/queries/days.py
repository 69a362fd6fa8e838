"""People under measures of their own, by grid and day, in numbers."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from zhegu.lib import clock
from zhegu.lib.scope import Scope
from zhegu.monitoring.models import Check, Measure
from zhegu.monitoring.queries.measures import measures
from zhegu.monitoring.rules import Ended, Reached
from zhegu.places.models import Place

NUMBERS = ("new", "total", "current", "released", "transferred", "abnormal", "missing")


def grid_days(
    scope: Scope, community: Place, since: date, until: date, as_of: datetime
) -> dict[tuple[date, int], dict[str, int]]:
    """(day, grid number; 0 for none) → numbers of form F7, for grids with anybody under a measure by that day.

    What never held is not counted; `missing` are those under a measure at the day's end whom nobody reached.
    """
    known = [row for row in measures(scope, community).filter(person__isnull=False, begun__lte=as_of) if _known(row, as_of)]
    rows = [(row, _held_from(row)) for row in known]
    seen, ill = _checked(scope, community, since, until, as_of)
    found: dict[tuple[date, int], dict[str, int]] = {}
    day = since
    while day <= until:
        for row, held_from in rows:
            if held_from <= day:
                no = row.person.grid.no if row.person and row.person.grid else 0
                numbers = found.setdefault((day, no), dict.fromkeys(NUMBERS, 0))
                numbers["new"] += held_from == day
                _count(numbers, row, day, as_of, (day, row.person_id) in seen, (day, row.person_id) in ill)
        day += timedelta(days=1)
    return found


def _known(row: Measure, as_of: datetime) -> bool:
    """Whether it was agreed to by then, where that was needed."""
    return not row.second or (row.approved is not None and row.approved <= as_of)


def _held_from(row: Measure) -> date:
    """The day on which it began to restrict somebody."""
    return max(row.holds_from, clock.local_day(row.held_since))


def _count(numbers: dict[str, int], row: Measure, day: date, as_of: datetime, seen: bool, ill: bool) -> None:
    ended = clock.local_day(row.ended) if row.ended and row.ended <= as_of else None
    numbers["total"] += 1
    numbers["released"] += ended == day and row.how == Ended.RELEASED
    numbers["transferred"] += ended == day and row.how == Ended.TRANSFERRED
    if ended is None or ended >= day:
        numbers["abnormal"] += ill
    if ended is None or ended > day:
        numbers["current"] += 1
        numbers["missing"] += not seen


def _checked(
    scope: Scope, community: Place, since: date, until: date, as_of: datetime
) -> tuple[set[tuple[date, UUID]], set[tuple[date, UUID]]]:
    """(day, person) of whoever was reached, and of whoever was not well."""
    stood = Q(undone=None) | Q(undone__gt=as_of)
    rows = Check.objects.filter(stood, community=community, at__gte=clock.begins(since), at__lte=as_of, day__lte=until)
    told = list(rows.filter(reached=Reached.YES).values_list("day", "person", "abnormal"))
    return {(day, who) for day, who, _ in told}, {(day, who) for day, who, ill in told if ill}

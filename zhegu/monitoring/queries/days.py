"""People under measures of their own, by grid and day, in numbers."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

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
    rows = [row for row in measures(scope, community).filter(person__isnull=False, begun__lte=as_of) if _held_from(row)]
    seen, ill = _checked(scope, community, since, until, as_of)
    found: dict[tuple[date, int], dict[str, int]] = {}
    day = since
    while day <= until:
        for row in rows:
            if _held_from(row) <= day:  # type: ignore[operator]
                no = row.person.grid.no if row.person and row.person.grid else 0
                numbers = found.setdefault((day, no), dict.fromkeys(NUMBERS, 0))
                _count(numbers, row, day, as_of, (day, row.person_id) in seen, (day, row.person_id) in ill)
        day += timedelta(days=1)
    return found


def _held_from(row: Measure) -> date | None:
    """The day on which it began to restrict somebody; None if it never did."""
    if row.second and row.approved is None:
        return None
    return max(row.holds_from, clock.local_day(row.approved or row.begun))


def _count(numbers: dict[str, int], row: Measure, day: date, as_of: datetime, seen: bool, ill: bool) -> None:
    ended = clock.local_day(row.ended) if row.ended and row.ended <= as_of else None
    numbers["total"] += 1
    numbers["new"] += _held_from(row) == day
    numbers["released"] += ended == day and row.how == Ended.RELEASED
    numbers["transferred"] += ended == day and row.how == Ended.TRANSFERRED
    if ended is None or ended > day:
        numbers["current"] += 1
        numbers["abnormal"] += ill
        numbers["missing"] += not seen


def _checked(
    scope: Scope, community: Place, since: date, until: date, as_of: datetime
) -> tuple[set[tuple[date, UUID]], set[tuple[date, UUID]]]:
    """(day, person) of whoever was reached, and of whoever was not well."""
    begin = datetime.combine(since, time.min, clock.LOCAL)
    rows = Check.objects.filter(community=community, undone=None, at__gte=begin, at__lte=as_of, day__lte=until)
    told = list(rows.filter(reached=Reached.YES).values_list("day", "person", "abnormal"))
    return {(day, who) for day, who, _ in told}, {(day, who) for day, who, ill in told if ill}

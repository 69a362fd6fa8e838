"""Who is under what; one measure with everything that happened to it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhegu.accounts import queries as accounts
from zhegu.lib import clock
from zhegu.monitoring import queries
from zhegu.monitoring.models import HOLDS, Measure
from zhegu.monitoring.rules import BY_HAND
from zhegu.monitoring.views.doors import ROWS_TO_A_PAGE, looked, said, sees, tabs
from zhegu.outbreaks import queries as outbreaks
from zhegu.places import queries as places

SHOWS: dict[str, Callable[[QuerySet[Measure], Any], QuerySet[Measure]]] = {
    "now": lambda rows, day: rows.filter(HOLDS),
    "waiting": lambda rows, day: rows.filter(second=True, approved=None, ended=None),
    "overdue": lambda rows, day: rows.filter(HOLDS, review_on__lt=day),
    "contested": lambda rows, day: rows.filter(contests__isnull=False, contests__answered=None).distinct(),
    "ended": lambda rows, day: rows.exclude(ended=None).order_by("-ended"),
}
"""What the list may be narrowed to."""


@require_GET
@sees
def measures(request: HttpRequest) -> HttpResponse:
    """The list: whole places first, then people by grid and house, each with its stage and day."""
    day = clock.local_day(clock.now())
    show = request.GET.get("show", "now")
    show = show if show in SHOWS else "now"
    grid = request.GET.get("grid", "")
    found = SHOWS[show](queries.measures(request.scope, request.community), day)
    people = found.filter(person__isnull=False)
    if grid:
        people = people.filter(person__grid__code=grid)
    if show != "ended":
        people = people.order_by(F("person__grid__no").asc(nulls_last=True), F("person__household__order").asc(nulls_last=True), "person", "id")
    page = Paginator(people, ROWS_TO_A_PAGE).get_page(request.GET.get("page"))
    rows = _said(request, page.object_list, day)
    looked(request, "measures", ["name", "measure"], [one["row"].person_id for one in rows])
    context = {
        "show": show, "shows": list(SHOWS), "grid": grid, "grids": places.grids(request.scope, request.community),
        "page": page, "rows": rows, "areas": _said(request, found.filter(person=None), day), "day": day,
        "query": f"show={show}&grid={grid}", "outbreak": queries.open_outbreak(request.scope, request.community),
    }  # fmt: skip
    return render(request, "monitoring/measures.html", {**context, **tabs(request)})


def _said(request: HttpRequest, rows: Any, day: Any) -> list[dict[str, Any]]:
    shared = queries.with_shared_outbreaks(rows)
    return [said(one, request.lang) for one in queries.courses(request.scope, shared, day)]


@require_GET
@sees
def measure(request: HttpRequest, measure_id: UUID) -> HttpResponse:
    """One measure: why, since when, day n of m, tests, what is missing, and what may be done now."""
    now = clock.now()
    row = queries.measure(request.scope, measure_id)
    course = queries.course(request.scope, row, clock.local_day(now))
    missing = queries.missing(request.scope, row, now) if row.person_id else ()
    beside = queries.together(request.scope, row)
    seen = [row.person_id, *(one.pk for one in (*beside.open, *beside.under))]
    looked(request, "measure", ["name", "measure", "evidence", "tests", "checks"], seen)
    context = {
        **said(course, request.lang),
        "day": course.day,
        "stages": [(one, outbreaks.stage_says(one.stage, request.lang)) for one in course.stages],
        "missing": [outbreaks.condition_says(one, request.lang) for one in missing],
        "together": len(queries.laid_together(request.scope, row)) if row.waits else 1,
        "moments": queries.timeline(request.scope, row, now),
        "who": {member.actor.key: member.name for member in accounts.staff_at(request.scope, row.community.code)},
        "contests": row.contests.all(),
        "beside": beside,
        "beside_name": outbreaks.measure_name(beside.rule, request.lang) if beside.rule else "",
        "ways": BY_HAND,
        "is_author": row.by == request.scope.actor.key,
        "is_mine": request.scope.covers((row.person.grid or row.community).code if row.person else row.place.code, "office"),
    }
    return render(request, "monitoring/measure.html", {**context, **tabs(request)})

"""Calling down the list of who is asked every day, and the clinic's list of who was not well."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.lib import clock
from zhegu.lib.texts import text
from zhegu.monitoring import actions, forms, queries
from zhegu.monitoring.rules import How, Reached, slot_at
from zhegu.monitoring.views.doors import ROWS_TO_A_PAGE, asks, looked, looks_after, sees, tabs
from zhegu.outbreaks import queries as outbreaks
from zhegu.pages.doors import accepted, ref_of
from zhegu.places import queries as places


@require_http_methods(["GET", "HEAD", "POST"])
@asks
def checks(request: HttpRequest) -> HttpResponse:
    """Today's list by grid and house: who was asked, who is still to be; a line opens to write down the answer."""
    now = clock.now()
    outbreak = queries.open_outbreak(request.scope, request.community)
    if outbreak is None:
        return render(request, "monitoring/checks.html", {"outbreak": None, **tabs(request)})
    if request.method == "POST":
        return _recorded(request, outbreak, now)
    day = clock.local_day(now)
    grid = request.GET.get("grid", "")
    found = queries.under_checks(request.scope, outbreak, day, grid)
    slot = slot_at(clock.local(now))
    people = found.people
    if request.GET.get("show") == "open":
        people = queries.still_open(request.scope, found, slot)
    page = Paginator(people, ROWS_TO_A_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    done = queries.checked(request.scope, found, [one.pk for one in shown])
    numbers = request.GET.get("numbers") == "1"
    looked(request, "checks", ["name", "temperature", "symptoms", *(["phone"] if numbers else [])], [one.pk for one in shown])
    context = {
        "outbreak": outbreak, "day": day, "slots": found.slots, "slot": slot, "grid": grid, "page": page,
        "show": request.GET.get("show", ""), "numbers": numbers, "counts": queries.counts(request.scope, found),
        "rows": [(one, [(s, done.get(one.pk, {}).get(s)) for s in found.slots]) for one in shown],
        "grids": places.grids(request.scope, request.community), "hows": list(How), "reached": list(Reached),
        "symptoms": [(s.code, outbreaks.symptom_name(s, request.lang)) for s in outbreak.rules.symptoms],
        "query": f"grid={grid}&show={request.GET.get('show', '')}&numbers={int(numbers)}",
    }  # fmt: skip
    return render(request, "monitoring/checks.html", {**context, **tabs(request)})


def _recorded(request: HttpRequest, outbreak: Any, now: Any) -> HttpResponse:
    item = forms.check_of(request.POST, ref_of(request), now)
    facts = accepted(
        actions.record_checks(by=request.scope.actor, scope=request.scope, outbreak=outbreak, items=[item])[0]
    )
    key = "check_abnormal" if facts["abnormal"] else "check_saved"
    messages.success(request, text(f"monitoring.{key}", request.lang))
    return redirect(f"{reverse('monitoring:checks')}?{request.GET.urlencode()}")


@require_POST
@asks
def undo_check(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """It was written down by mistake."""
    row = queries.check(request.scope, check_id)
    item = actions.UndoCheck(ref=ref_of(request), at=clock.now(), check=row.pk)
    accepted(
        actions.undo_checks(by=request.scope.actor, scope=request.scope, outbreak=row.outbreak, items=[item])[0]
    )
    messages.success(request, text("monitoring.check_undone", request.lang))
    return redirect("monitoring:checks")


@require_GET
@sees
def clinic(request: HttpRequest) -> HttpResponse:
    """Who was not well, the one who waits longest first."""
    found = queries.abnormal(request.scope, request.community)
    page = Paginator(found, ROWS_TO_A_PAGE).get_page(request.GET.get("page"))
    numbers = request.GET.get("numbers") == "1"
    fields = ["name", "temperature", "symptoms", *(["phone"] if numbers else [])]
    looked(request, "clinic", fields, [one.person_id for one in page])
    said = {one.outbreak_id: one.outbreak for one in page}
    known = {pk: {s.code: outbreaks.symptom_name(s, request.lang) for s in one.rules.symptoms} for pk, one in said.items()}
    other = text("monitoring.symptom_other", request.lang)
    rows = [(one, [known[one.outbreak_id].get(code, other) for code in one.symptoms]) for one in page]
    context = {"page": page, "rows": rows, "numbers": numbers, "query": f"numbers={int(numbers)}", **tabs(request)}
    return render(request, "monitoring/clinic.html", context)


@require_POST
@looks_after
def handle(request: HttpRequest, check_id: UUID) -> HttpResponse:
    """Somebody looked after it; what was done."""
    row = queries.check(request.scope, check_id)
    one = actions.Handle(row, forms.words(request.POST), ref_of(request), clock.now())
    accepted(actions.handle_checks(by=request.scope.actor, scope=request.scope, acts=[one])[0])
    messages.success(request, text("monitoring.handled", request.lang))
    return redirect("monitoring:clinic")

"""Office pages of the gates: today, who crossed, who is inside, what was decided offline, who is let through."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.accounts import actions as accounts
from zhegu.checkpoints import actions, forms, queries
from zhegu.checkpoints.models import Crossing
from zhegu.checkpoints.rules import (
    FITTING,
    PATROLS,
    Check,
    Direction,
    Errand,
    Outcome,
    Recheck,
    Shown,
    Vehicle,
    is_open,
    restricts,
)
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, here, office_page, ref_of
from zhegu.places import queries as places

ROWS_TO_A_PAGE = 50
page = office_page("office", "leader", "gate_keeper")
office = office_page("office")
keepers = office_page("office", "gate_keeper")


def tabs(request: HttpRequest) -> dict[str, Any]:
    """Which pages of the room this person may go to."""
    code = request.community.code
    may_run = request.scope.covers(code, "office")
    return {
        "may_run": may_run,
        "may_see_names": request.scope.covers(code, "office", "gate_keeper"),
        "may_see_gates": request.scope.covers(code, *queries.NUMBERS),
        "may_patrol": request.scope.covers(code, "leader", *PATROLS),
        "waiting": queries.to_reconcile(request.scope, request.community).count() if may_run else 0,
    }


@require_GET
@page
def today(request: HttpRequest) -> HttpResponse:
    """Each gate today: in, out, turned back; and how many vehicles are inside."""
    now = clock.now()
    day = clock.local_day(now)
    counted = queries.day_counts(request.scope, request.community, day, day, now)
    gates = list(queries.gates(request.scope, request.community))
    rows = [
        (gate, counted.get((day, gate.pk), queries.DayNumbers()), is_open(gate.opens, gate.closes, clock.local(now).time()))
        for gate in gates
    ]
    context = {
        "rows": rows,
        "restricts": _restricts(request, queries.open_outbreak(request.scope, request.community)),
        "total": queries.total(request.scope, counted.values()),
        "inside": queries.inside_count(request.scope, request.community, now),
        **tabs(request),
    }
    return render(request, "checkpoints/today.html", context)


def _restricts(request: HttpRequest, outbreak: Any) -> bool:
    """Whether gates hold anybody at the moment, under this outbreak, or none."""
    now = clock.now()
    return restricts(queries.restricted_until(request.scope, outbreak, now), now)


def _looked(request: HttpRequest, screen: str, rows: Iterable[Crossing]) -> None:
    """One row for the screen; whoever crosses need not be in the register, so it names nobody."""
    if any(row.name or row.plate for row in rows):
        accounts.record_look(
            request.scope, community=request.community.code, screen=screen, fields=["name", "plate"], people=[],
            at=clock.now(),
        )  # fmt: skip


@require_GET
@keepers
def crossings(request: HttpRequest) -> HttpResponse:
    """Who crossed, newest first, found by plate, name or place."""
    asked = request.GET.get("q", "")[:60]
    outcome = request.GET.get("outcome", "")
    found = queries.matching(request.scope, queries.crossings(request.scope, request.community, clock.now()), asked)
    if outcome in list(Outcome):
        found = found.filter(outcome=outcome)
    shown = Paginator(found.filter(undone=None), ROWS_TO_A_PAGE).get_page(request.GET.get("page"))
    _looked(request, "checkpoints.crossings", shown)
    query = request.GET.copy()
    query.pop("page", None)
    context = {"page": shown, "asked": asked, "outcome": outcome, "outcomes": list(Outcome), "query": query.urlencode()}
    return render(request, "checkpoints/crossings.html", {**context, **tabs(request)})


@require_GET
@keepers
def inside(request: HttpRequest) -> HttpResponse:
    """Vehicles from elsewhere that have not gone out, the longest first."""
    shown = Paginator(queries.inside(request.scope, request.community, clock.now()), ROWS_TO_A_PAGE)
    rows = shown.get_page(request.GET.get("page"))
    _looked(request, "checkpoints.inside", rows)
    return render(request, "checkpoints/inside.html", {"page": rows, **tabs(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@keepers
def record(request: HttpRequest) -> HttpResponse:
    """A crossing from paper or told by phone, of now or earlier."""
    now = clock.now()
    gates = list(queries.gates(request.scope, request.community))
    if request.method == "POST":
        chosen = next((gate for gate in gates if str(gate.pk) == request.POST.get("gate")), None)
        if chosen is None:
            raise forms.refuse("unknown_gate")
        item = forms.crossing_of(request.POST, chosen, ref_of(request), now)
        accepted(
            actions.record_crossings(
                by=request.scope.actor, scope=request.scope, community=request.community, items=[item]
            )[0]
        )
        messages.success(request, text("checkpoints.recorded", request.lang))
        return redirect("checkpoints:record")
    context = {
        "gates": gates, "checks": list(Check), "shown": list(Shown), "directions": list(Direction),
        "vehicles": list(Vehicle), "errands": list(Errand), "fitting": FITTING.items(), "now": clock.local(now),
    }  # fmt: skip
    return render(request, "checkpoints/record.html", {**context, **tabs(request)})


@require_POST
@keepers
def undo(request: HttpRequest, crossing_id: UUID) -> HttpResponse:
    """The crossing was written down by mistake."""
    now = clock.now()
    row = queries.crossing(request.scope, request.community, crossing_id, now)
    item = actions.UndoCrossing(ref=ref_of(request), at=now, crossing=row.pk)
    accepted(
        actions.undo_crossings(by=request.scope.actor, scope=request.scope, community=request.community, items=[item])[0]
    )
    messages.success(request, text("checkpoints.undone", request.lang))
    return redirect("checkpoints:crossings")


@require_http_methods(["GET", "HEAD", "POST"])
@office
def offline(request: HttpRequest) -> HttpResponse:
    """What was decided offline: where the server agrees all at once, else one by one with a word about it."""
    waiting = queries.to_reconcile(request.scope, request.community)
    if request.method == "POST":
        return _reconciled(request, waiting)
    shown = Paginator(waiting, ROWS_TO_A_PAGE).get_page(request.GET.get("page"))
    _looked(request, "checkpoints.offline", shown)
    agreeing = waiting.filter(recheck=Recheck.AGREES).count()
    return render(request, "checkpoints/offline.html", {"page": shown, "agreeing": agreeing, **tabs(request)})


def _reconciled(request: HttpRequest, waiting: Any) -> HttpResponse:
    one = request.POST.get("crossing", "")
    if one:
        rows = [row for row in waiting if str(row.pk) == one]
        if not rows:
            raise forms.refuse("nothing_to_reconcile")
        items = [actions.Reconciled(rows[0].pk, ref_of(request), request.POST.get("note", "")[:100])]
    else:
        items = [actions.Reconciled(row.pk, new_id()) for row in waiting.filter(recheck=Recheck.AGREES)]
    for answer in actions.reconcile(by=request.scope.actor, community=request.community, items=items, at=clock.now()):
        accepted(answer)
    messages.success(request, text("checkpoints.reconciled", request.lang, n=len(items)))
    return redirect("checkpoints:offline")


@require_http_methods(["GET", "HEAD", "POST"])
@page
def allowed(request: HttpRequest) -> HttpResponse:
    """Vehicles that are let through, and one more of them."""
    now = clock.now()
    if request.method == "POST":
        if not request.scope.covers(request.community.code, "office"):
            raise queries.NotFound("role")
        item = forms.allowed_of(request.POST, now)
        facts = accepted(
            actions.allow(
                by=request.scope.actor, community=request.community, item=item, at=now, ref=ref_of(request)
            )
        )
        key = "allowed_saved" if facts["usual"] else "allowed_saved_unusual"
        messages.success(request, text(f"checkpoints.{key}", request.lang, plate=item.plate))
        return redirect("checkpoints:allowed")
    context = {
        "rows": queries.allowed(request.scope, request.community, now),
        "gates": queries.gates(request.scope, request.community),
        "errands": list(Errand),
        "now": clock.local(now),
    }
    return render(request, "checkpoints/allowed.html", {**context, **tabs(request)})


@require_POST
@office
def end_allowed(request: HttpRequest, allowed_id: UUID) -> HttpResponse:
    """It is asked like any other from now on."""
    row = here(request, queries.one_allowed(request.scope, allowed_id))
    accepted(actions.end_allowed(by=request.scope.actor, allowed=row, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("checkpoints.allowed_ended", request.lang, plate=row.plate))
    return redirect("checkpoints:allowed")


def _gate_page(request: HttpRequest, gate: Any) -> HttpResponse:
    outbreak = queries.open_outbreak(request.scope, request.community)
    context = {
        "gate": gate,
        "checks": list(Check),
        "restricts": _restricts(request, outbreak),
        "asks": queries.asks(request.scope, gate, outbreak) if gate else (),
        "grids": places.grids(request.scope, request.community),
        **tabs(request),
    }
    return render(request, "checkpoints/gate.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office
def new_gate(request: HttpRequest) -> HttpResponse:
    """One more gate."""
    if request.method != "POST":
        return _gate_page(request, None)
    accepted(
        actions.add_gate(
            by=request.scope.actor, community=request.community, gate=forms.gate_of(request), at=clock.now(),
            ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("checkpoints.saved", request.lang))
    return redirect("checkpoints:today")


@require_http_methods(["GET", "HEAD", "POST"])
@office
def gate(request: HttpRequest, gate_id: UUID) -> HttpResponse:
    """A gate's place, hours and checks."""
    found = here(request, queries.gate(request.scope, gate_id))
    if request.method != "POST":
        return _gate_page(request, found)
    accepted(
        actions.change_gate(
            by=request.scope.actor, gate=found, to=forms.gate_of(request), at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("checkpoints.saved", request.lang))
    return redirect("checkpoints:today")


@require_POST
@office
def close(request: HttpRequest, gate_id: UUID) -> HttpResponse:
    """Nobody is asked there any more."""
    found = here(request, queries.gate(request.scope, gate_id))
    accepted(actions.close_gate(by=request.scope.actor, gate=found, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("checkpoints.closed", request.lang, name=found.name))
    return redirect("checkpoints:today")

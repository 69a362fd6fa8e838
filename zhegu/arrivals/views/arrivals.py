"""Who arrived: the list of those to decide about, everybody, one of them, and writing one down."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.arrivals import actions, forms, queries
from zhegu.arrivals.models import Arrival
from zhegu.arrivals.rules import (
    GRID_WORKER,
    OFFICE,
    REGISTERS,
    SEES,
    HealthCode,
    Kind,
    Test,
    Transport,
    way_of,
)
from zhegu.arrivals.views.doors import looked, may
from zhegu.lib import clock
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.outbreaks import queries as outbreaks
from zhegu.pages.doors import accepted, here, ref_of, room
from zhegu.places import queries as places

ROWS_TO_A_PAGE = 50
EMPTY_COMPANIONS = range(3)
READ = ("came_from", "name")
STAYS = ("waiting", "decided", "all")


def _named(request: HttpRequest, rows: Any, outbreak: Any) -> list[tuple[Arrival, queries.Proposed, str, str]]:
    """Each with what is proposed, that in words, and what was decided in words."""
    found, proposals = [], queries.Proposals(request.scope, outbreak)
    for row in rows:
        proposed = proposals.of(row)
        found.append((row, proposed, _measure(proposed.measure, request.lang), _decided(row, request.lang)))
    return found


def _measure(measure: Any, lang: str) -> str:
    return outbreaks.measure_name(measure, lang) if measure else ""


def _decided(row: Arrival, lang: str) -> str:
    """The measure's name as the outbreak of the arrival has it; its code where the profile lost it since."""
    if not row.measure:
        return ""
    known = row.outbreak.rules.measures.get(row.measure) if row.outbreak else None
    return _measure(known, lang) or row.measure


@require_GET
@room(*SEES)
def arrivals(request: HttpRequest) -> HttpResponse:
    """Those nobody has decided about first; then by state, grid and name."""
    stay = request.GET.get("stay") if request.GET.get("stay") in STAYS else "waiting"
    found = queries.arrivals(request.scope, request.community)
    if stay == "waiting":
        found = queries.waiting(request.scope, request.community)
    elif stay == "decided":
        found = found.exclude(decided=None)
    grids = list(places.grids(request.scope, request.community))
    grid = next((one for one in grids if one.code == request.GET.get("grid")), None)
    words = request.GET.get("q", "").strip()[:60]
    found = found.filter(grid=grid) if grid else found
    found = found.filter(name__icontains=words) if words else found
    shown = Paginator(found, ROWS_TO_A_PAGE).get_page(request.GET.get("page"))
    looked(request, "arrivals.arrivals", READ, shown)
    query = request.GET.copy()
    query.pop("page", None)
    outbreak = outbreaks.open_outbreak(request.scope, request.community)
    context = {
        "page": shown, "rows": _named(request, shown, outbreak), "stay": stay, "stays": STAYS, "grids": grids, "grid": grid,
        "words": words, "query": query.urlencode(), "outbreak": outbreak,
    }  # fmt: skip
    return render(request, "arrivals/arrivals.html", {**context, **may(request)})


def _way(request: HttpRequest) -> Any:
    code = request.community.code
    held = {g.role for g in request.scope.grants if g.place.startswith(code) or code.startswith(g.place)}
    return way_of(held)


@require_http_methods(["GET", "HEAD", "POST"])
@room(*REGISTERS)
def register(request: HttpRequest) -> HttpResponse:
    """Somebody came, or says that they will: written down with those who travel along."""
    now = clock.now()
    if request.method == "POST":
        item = forms.arrival_of(request.POST, _way(request), ref_of(request), now)
        accepted(
            actions.register_arrivals(
                by=request.scope.actor, scope=request.scope, community=request.community, items=[item]
            )[0]
        )
        messages.success(request, text("arrivals.registered", request.lang, name=item.who.name, n=1 + len(item.companions)))
        return redirect("arrivals:register")
    outbreak = outbreaks.open_outbreak(request.scope, request.community)
    context = {
        "grids": request.community.inside.filter(kind="grid", closed=None).order_by("no"), "kinds": list(Kind),
        "transports": list(Transport), "codes": list(HealthCode), "tests": list(Test), "empty": EMPTY_COMPANIONS,
        "levels": _levels(outbreak, request.lang), "now": clock.local(now),
    }  # fmt: skip
    return render(request, "arrivals/register.html", {**context, **may(request)})


def _levels(outbreak: Any, lang: str) -> list[tuple[str, str]]:
    return [(one.code, outbreaks.level_name(one.code, lang)) for one in outbreak.rules.risk_levels] if outbreak else []


@require_GET
@room(*SEES)
def arrival(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    """One arrival: what was said, who travelled along, what is proposed and why, and what was decided."""
    found = here(request, queries.arrival(request.scope, arrival_id))
    return render(request, "arrivals/arrival.html", _about(request, found))


def _about(request: HttpRequest, found: Arrival, phone: str = "") -> dict[str, Any]:
    scope, outbreak = request.scope, outbreaks.open_outbreak(request.scope, found.community)
    looked(request, "arrivals.arrival", ("address", "came_from", "health_code", "name", "test"), [found])
    proposed = queries.proposal(scope, found, outbreak)
    measures = outbreak.rules.measures.values() if outbreak else ()
    return {
        "one": found, "party": queries.party(scope, found), "alike": queries.alike(scope, found), "proposed": proposed,
        "proposed_name": _measure(proposed.measure, request.lang),
        "risk": outbreaks.level_name(proposed.been.risk, request.lang) if proposed.been else "",
        "said_risk": outbreaks.level_name(found.risk, request.lang) if found.risk else "",
        "measures": [(one.code, _measure(one, request.lang)) for one in measures], "outbreak": outbreak,
        "decided_name": _decided(found, request.lang), "legs": found.legs.all() if found.measure else (),
        "candidates": [] if found.person or found.decided else queries.candidates(scope, found),
        "phone": phone, "today": clock.local_day(clock.now()),
        "may_keep": scope.covers(found.grid.code if found.grid else found.community.code, OFFICE, GRID_WORKER),
        **may(request),
    }  # fmt: skip


@require_POST
@room(OFFICE, GRID_WORKER)
def call(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    """The whole number, to call them; the look is recorded before it is shown."""
    found = here(request, queries.arrival(request.scope, arrival_id))
    if not request.scope.covers(found.grid.code if found.grid else found.community.code, OFFICE, GRID_WORKER):
        raise NotFound("role")
    looked(request, "arrivals.arrival", ("phone",), [found], reason="call")
    return render(request, "arrivals/arrival.html", _about(request, found, found.phone))


@require_POST
@room(*REGISTERS)
def undo(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    """It was written down by mistake, or twice."""
    found = here(request, queries.arrival(request.scope, arrival_id))
    item = actions.UndoArrival(ref=ref_of(request), at=clock.now(), arrival=found.pk)
    accepted(
        actions.undo_arrivals(by=request.scope.actor, scope=request.scope, community=found.community, items=[item])[0]
    )
    messages.success(request, text("arrivals.undone", request.lang, name=found.name))
    return redirect("arrivals:arrivals")

"""Where people belong: moving one, and putting many into a grid at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.lib import clock
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, ref_of, room
from zhegu.places import queries as places
from zhegu.registers import actions, queries
from zhegu.registers.forms import PresenceForm, wanted_in
from zhegu.registers.models import Person, Presence
from zhegu.registers.rules.rights import CHANGES, KEEPS, READS
from zhegu.registers.views.doors import may, today
from zhegu.registers.views.people import rows

MOST_HOUSES = 20
MOST_AT_ONCE = 5000


@require_http_methods(["GET", "HEAD", "POST"])
@room(*CHANGES)
def move(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """To another household, or to a grid while the household is not known yet."""
    found = queries.person(request.scope, person_id, roles=CHANGES)
    if request.method != "POST":
        words = request.GET.get("q", "").strip()
        houses = queries.households(request.scope, found.community, words=words, roles=CHANGES)[:MOST_HOUSES]
        context = {
            "person": found, "words": words, "houses": houses if words else [],
            "grids": places.grids(request.scope, found.community),
        }  # fmt: skip
        return render(request, "registers/_houses.html" if request.htmx else "registers/move.html", context)
    home, grid = request.POST.get("household"), request.POST.get("grid")
    act = actions.Move(
        (found,), clock.now(), ref_of(request),
        household=queries.household(request.scope, home, roles=CHANGES) if home else None,
        grid=places.grid(request.scope, grid) if grid else None,
    )  # fmt: skip
    accepted(actions.move_people(by=request.scope.actor, community=found.community, items=[act])[0])
    messages.success(request, text("registers.moved_now", request.lang, name=found.name))
    return redirect("registers:person", found.pk)


@require_GET
@room(*READS)
def without_grid(request: HttpRequest) -> HttpResponse:
    """Everyone who belongs here and stands in no grid, to be placed together."""
    found = rows(queries.without_grid(request.scope, request.community), today())
    context = {"rows": found, "grids": places.grids(request.scope, request.community), **may(request)}
    return render(request, "registers/without_grid.html", context)


@require_GET
@room(*READS)
def grids(request: HttpRequest) -> HttpResponse:
    """Each grid with its people and households, and who stands in none."""
    counts = queries.grid_counts(request.scope, request.community)
    names = ("people", "residents", "incomers", "away", "households")
    totals = {name: sum(getattr(one, name) for one in counts) for name in names}
    most = max((one.people for one in counts), default=0)
    context = {"counts": counts, "totals": totals, "most": most, **may(request)}
    return render(request, "registers/grids.html", context)


def _chosen(request: HttpRequest) -> list[Person]:
    """Those ticked, or everyone the list's filters name."""
    if request.POST.get("everyone"):
        known = list(places.grids(request.scope, request.community))
        wanted = wanted_in(request.POST, known)
        return list(queries.people(request.scope, request.community, wanted, roles=KEEPS)[:MOST_AT_ONCE])
    try:
        ids = [UUID(one) for one in request.POST.getlist("person")]
    except ValueError as wrong:
        raise NotFound("people") from wrong
    return queries.picked(request.scope, request.community, ids, roles=KEEPS)


@require_POST
@room(*KEEPS)
def many(request: HttpRequest) -> HttpResponse:
    """One act on everyone ticked: into a grid, or away and back."""
    onward = redirect("registers:without_grid" if request.POST.get("from") == "without_grid" else "registers:people")
    chosen = _chosen(request)
    if not chosen:
        messages.warning(request, text("registers.nobody_ticked", request.lang))
        return onward
    act = {"grid": _into_grid, "presence": _presence}.get(request.POST.get("act", ""))
    if act is None:
        raise NotFound("act")
    answer = act(request, chosen)
    messages.success(request, text("registers.many_now", request.lang, n=len(accepted(answer)["people"])))
    return onward


def _into_grid(request: HttpRequest, chosen: list[Person]) -> Any:
    grid = places.grid(request.scope, request.POST.get("into", ""))
    act = actions.AssignGrid(grid, clock.now(), ref_of(request), people=tuple(chosen))
    return actions.assign_grid(by=request.scope.actor, community=request.community, items=[act])[0]


def _presence(request: HttpRequest, chosen: list[Person]) -> Any:
    form = PresenceForm({"presence": request.POST.get("be"), "since": today()}, lang=request.lang)
    if not form.is_valid():
        raise NotFound("presence")
    act = actions.SetPresence(
        tuple(chosen), Presence(form.cleaned_data["presence"]), today(), clock.now(), ref_of(request)
    )
    return actions.set_presence(by=request.scope.actor, community=request.community, items=[act])[0]

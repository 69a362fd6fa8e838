"""Office pages: the community and its grids, their names, their joint-household units."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.lib import clock
from zhegu.lib.place_codes import GRID_MAX, UNIT_MAX
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, office_page, ref_of
from zhegu.places import actions, queries
from zhegu.places.models import Kind, Place


def _number(request: HttpRequest, name: str, most: int) -> int:
    """A number somebody typed, cut to 0..most; 0 where it is none."""
    typed = request.POST.get(name, "").strip()
    return min(int(typed), most) if typed.isdecimal() else 0


def _place(request: HttpRequest, code: str) -> Place:
    """The community itself or one of its grids."""
    if code == request.community.code:
        return request.community
    if not code.startswith(request.community.code):
        raise NotFound(code)
    return queries.grid(request.scope, code)


@require_GET
@office_page("office")
def places(request: HttpRequest) -> HttpResponse:
    """The community's names and its grids, with how many units each has."""
    units = Count("inside", filter=Q(inside__kind=Kind.UNIT))
    grids = queries.grids(request.scope, request.community).annotate(units=units)
    return render(request, "places/places.html", {"place": request.community, "grids": grids})


@require_POST
@office_page("office")
def make_grids(request: HttpRequest) -> HttpResponse:
    """Grids 1 to n stand; those already there are left as they are."""
    count = _number(request, "count", GRID_MAX)
    facts = accepted(
        actions.make_grids(
            by=request.scope.actor, community=request.community, numbers=range(1, count + 1), at=clock.now(),
            ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("places.grids_made", request.lang, n=len(facts["made"])))
    return redirect("places:places")


@require_POST
@office_page("office")
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """The community or a grid bears these names."""
    names = {key: request.POST.get(key, "").strip()[:80] for key in ("name", "name_bo")}
    place = _place(request, code)
    accepted(actions.rename(by=request.scope.actor, place=place, **names, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("places.renamed", request.lang))
    return redirect("places:places")


@require_POST
@office_page("office")
def make_units(request: HttpRequest, code: str) -> HttpResponse:
    """Units 1 to n stand in the grid."""
    grid = queries.grid(request.scope, code)
    if not code.startswith(request.community.code):
        raise NotFound(code)
    numbers = range(1, _number(request, "count", UNIT_MAX) + 1)
    accepted(actions.make_units(by=request.scope.actor, grid=grid, numbers=numbers, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("places.units_made", request.lang, n=len(numbers)))
    return redirect("places:places")

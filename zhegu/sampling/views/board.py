"""Today's board: how far the round is, live, each number opening the people behind it."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhegu.lib import clock
from zhegu.pages.doors import office_page
from zhegu.sampling import queries
from zhegu.sampling.models import Round
from zhegu.sampling.queries import GridCoverage
from zhegu.sampling.views.doors import about, the_round


@require_GET
@office_page()
def today(request: HttpRequest) -> HttpResponse:
    """The board of the round that is on, or what to do where there is none."""
    found = queries.current_round(request.scope, request.community)
    if found is None:
        return render(request, "sampling/none.html", {"may_keep": request.scope.covers(request.community.code, "office")})
    return _page(request, found)


@require_GET
@office_page()
def round_board(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The board of one round."""
    return _page(request, the_round(request, round_id))


def _page(request: HttpRequest, round_: Round) -> HttpResponse:
    known = about(request, round_, "board")
    context = {
        **known, **_figures(request, round_, known["may_name"]),
        "due_slots": queries.due_slots(request.scope, round_, clock.now())[:3] if round_.is_open else [],
        "conflicts": queries.conflicts(request.scope, round_).count(),
    }  # fmt: skip
    return render(request, "sampling/board.html", {**context, "seen": _digest(context, request)})


def _figures(request: HttpRequest, round_: Round, may_name: bool) -> dict[str, Any]:
    """The coverage, and its table as it stands on the screen."""
    coverage = queries.coverage(request.scope, round_)
    people = reverse("sampling:people", args=[round_.pk])
    return {"coverage": coverage, "table": [_row(row, people if may_name else "") for row in coverage.grids]}


def _row(row: GridCoverage, people: str) -> dict[str, Any]:
    """A grid's numbers as words (a district has two hundred rows, and every part of a template costs), each with the
    address of those behind it, or "" where nobody stands behind it or may be named."""
    grid = row.grid.code if row.grid else "none"

    def cell(standing: str) -> tuple[str, str]:
        n = getattr(row, standing)
        return str(n), f"{people}?grid={grid}&standing={standing}" if people and n else ""

    return {
        "grid": row.grid, "due": str(row.due), "most": str(row.due or 1), "all_done": row.due and not row.missing,
        "done": cell("done"), "others": [cell(name) for name in ("missing", "excused", "moved", "not_found")],
        "tubes": str(row.tubes), "cards": str(row.cards),
    }  # fmt: skip


def _digest(context: dict[str, Any], request: HttpRequest) -> str:
    """A mark of everything the board shows: equal marks, equal boards."""
    shown = [getattr(context["coverage"], name) for name in ("grids", "whole")]
    places = [(row.grid.code, row.grid.name, row.grid.name_bo) for row in context["coverage"].grids if row.grid]
    rights = {name: value for name, value in context.items() if name.startswith("may_")}
    said = repr((shown, places, rights, context["round"].is_open, request.lang))
    return sha256(said.encode()).hexdigest()[:16]


@require_GET
@office_page()
def figures(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The board's figures alone, for a page that asks every few seconds; 204 where nothing has changed,
    so that reading, focus and a printer's queue are not disturbed."""
    round_ = the_round(request, round_id)
    known = about(request, round_, "board")
    context = {**known, **_figures(request, round_, known["may_name"])}
    seen = _digest(context, request)
    if seen == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "sampling/_board.html", {**context, "seen": seen})

"""Cards of a round on paper: numbered ones for the tables, one of their own for somebody sampled."""

from collections.abc import Iterable
from math import ceil
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.cards import queries as cards
from zhegu.cards.models import CardState
from zhegu.lib import clock, paper
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, office_page, ref_of
from zhegu.places import queries as places
from zhegu.sampling import actions, queries
from zhegu.sampling.models import Line, Round
from zhegu.sampling.views.doors import about, file, file_name, imprint, the_round

ON_A_PAGE = 10
SPARE = 11, 10
"""Some cards are spoilt: a tenth more than people due."""


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("office")
def cards_of_round(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Per grid: how many are due, printed and not handed out yet; more are made here, then printed."""
    round_ = the_round(request, round_id)
    if request.method == "POST":
        return _make(request, round_)
    rows = list(_rows(request, round_))
    made = _runs(request.GET)
    context = {
        **about(request, round_, "cards"), "rows": rows, "new": sum(n for _, n in made), "runs": request.GET.getlist("run"),
        "waiting": sum(row["waiting"] for row in rows), "more": sum(row["more"] for row in rows),
    }  # fmt: skip
    return render(request, "sampling/cards.html", context)


def _rows(request: HttpRequest, round_: Round) -> Iterable[dict[str, Any]]:
    due = {row.grid.pk: row.due for row in queries.coverage(request.scope, round_).grids if row.grid}
    counts = cards.counts(request.scope, request.community, round_.no)
    for grid in places.grids(request.scope, request.community):
        states = counts.get(grid.no, {})
        printed, wanted = sum(states.values()), due.get(grid.pk, 0)
        more = ceil(wanted * SPARE[0] / SPARE[1] / ON_A_PAGE) * ON_A_PAGE - printed
        yield {
            "grid": grid, "due": wanted, "printed": printed, "waiting": states.get(CardState.WAITING, 0),
            "more": max(0, more),
        }  # fmt: skip


def _make(request: HttpRequest, round_: Round) -> HttpResponse:
    grids = {grid.no for grid in places.grids(request.scope, request.community)}
    try:
        wanted = {no: int(request.POST.get(f"n_{no}", "").strip() or 0) for no in grids}
    except ValueError as wrong:
        raise RefusedError(Refused("sampling.number_or_time_unreadable")) from wrong
    facts = accepted(
        actions.print_cards(
            by=request.scope.actor, scope=request.scope, round_=round_, numbers=wanted, at=clock.now(), ref=ref_of(request)
        )
    )
    runs = [f"{first}-{n}" for first, n in facts["serials"]]
    query = QueryDict(mutable=True)
    query.setlist("run", runs)
    return redirect(f"{reverse('sampling:cards', args=[round_.pk])}?{query.urlencode()}")


def _runs(asked: QueryDict) -> list[tuple[int, int]]:
    """Runs of serials as an address carries them: `first-howmany`; what cannot be one is left out."""
    parts = (word.partition("-") for word in asked.getlist("run"))
    read = [(int(first), int(n)) for first, _, n in parts if first.isdecimal() and n.isdecimal() and len(first) < 17]
    return [(first, n) for first, n in read if 0 < n <= actions.MOST_AT_ONCE]


@require_GET
@office_page("office")
def cards_pdf(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The named runs of cards, or all that still wait to be handed out (of one grid): ten to a page."""
    round_ = the_round(request, round_id)
    serials = [serial for first, n in _runs(request.GET) for serial in range(first, first + n)]
    if not serials:
        found = cards.cards(request.scope, request.community, round_.no)
        grid = request.GET.get("grid", "")
        if grid.isdecimal():
            found = found.filter(grid_no=int(grid))
        waiting = cards.in_state(request.scope, found, CardState.WAITING)
        serials = list(waiting.values_list("serial", flat=True)[: actions.MOST_AT_ONCE])
    if len(serials) > actions.MOST_AT_ONCE or not serials:
        raise RefusedError(Refused("sampling.how_many_cards"))
    return _sheets(request, round_, [paper.Card(**_face(one)) for one in _of_round(request, round_, serials)])


def _of_round(request: HttpRequest, round_: Round, serials: list[int]) -> list[cards.PrintedCard]:
    found = cards.printable(request.scope, request.community, serials)
    if any(one.round_no != round_.no for one in found):
        raise NotFound("serial")
    return found


def _face(card: cards.PrintedCard) -> dict[str, Any]:
    return {"qr": card.text, "serial": card.printed, "round_no": card.round_no, "grid": str(card.grid_no)}


def _sheets(request: HttpRequest, round_: Round, made: list[paper.Card]) -> HttpResponse:
    try:
        pdf = paper.print_cards(made, imprint(request))
    except paper.FontMissing as missing:
        said = text("paper.font_missing", request.lang, family=missing.family, package=missing.package)
        messages.error(request, said)
        return redirect("sampling:cards", round_.pk)
    return file(pdf, "application/pdf", f"{file_name(request, round_, 'sampling.cards_title')}.pdf")


@require_POST
@office_page("office")
def name_card(request: HttpRequest, round_id: UUID, line_id: UUID) -> HttpResponse:
    """A card of their own for somebody sampled, ready to print; the one they had is withdrawn."""
    round_ = the_round(request, round_id)
    line: Line = queries.line(request.scope, round_, line_id)
    why = request.POST.get("why", "").strip()[:200]
    facts = accepted(
        actions.name_card(
            by=request.scope.actor, scope=request.scope, line=line, why=why, at=clock.now(), ref=ref_of(request)
        )
    )
    swab = next(one for one in queries.swabs_of(request.scope, line) if str(one.pk) == facts["sample"])
    (card,) = cards.printable(request.scope, request.community, [facts["serial"]])
    house = line.household.number if line.household else ""
    named = paper.Card(**_face(card), name=line.person.name, house=house, sampled_at=swab.taken_at)
    return _sheets(request, round_, [named])

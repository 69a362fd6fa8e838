"""Pick lists: written for several destinations, printed with what expires first, moved or dropped."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.paper import Page, print_table
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, here, id_of, ref_of
from zhegu.pages.paper import printed
from zhegu.stock import actions, queries
from zhegu.stock.actions import Wanted
from zhegu.stock.ledgers import pick_table
from zhegu.stock.models import PickList
from zhegu.stock.rules import read_amount, said_amount
from zhegu.stock.views.goods import SLIPS_TO_A_PAGE, choices, in_words, keeps, may_keep, page

ROWS = 12


@require_http_methods(["GET", "HEAD", "POST"])
@page
@in_words
def picks(request: HttpRequest) -> HttpResponse:
    """The lists, and writing a new one."""
    if request.method == "POST":
        return _written(request)
    shown = Paginator(queries.picks(request.scope, request.community), SLIPS_TO_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "stock/picks.html", {"page": shown, "lines": range(1, ROWS + 1), **choices(request)})


def _written(request: HttpRequest) -> HttpResponse:
    post = request.POST
    if not may_keep(request):
        raise RefusedError(Refused("stock.unknown_store"))
    lines = [_line(post, n) for n in range(1, ROWS + 1) if post.get(f"item-{n}")]
    store = id_of(post.get("out_of"), "stock.unknown_store")
    facts = accepted(
        actions.write_pick(by=request.scope.actor, community=request.community, store=store, lines=lines, at=clock.now(), ref=ref_of(request))
    )
    return redirect("stock:pick", facts["pick"])


def _line(post: Any, n: int) -> Wanted:
    into = post.get(f"into-{n}", "")
    return Wanted(
        id_of(post.get(f"item-{n}"), "stock.unknown_item"), read_amount(post.get(f"amount-{n}", "")),
        id_of(into, "stock.unknown_store") if into else None, post.get(f"to-{n}", "")[:120].strip(),
    )  # fmt: skip


def _pick(request: HttpRequest, pick_id: UUID) -> PickList:
    return here(request, queries.pick_list(request.scope, pick_id))


@require_GET
@page
def pick(request: HttpRequest, pick_id: UUID) -> HttpResponse:
    """By destination: which lot from which bin; what is short."""
    found = _pick(request, pick_id)
    by_place: dict[str, list] = {}
    rows = queries.to_take(request.scope, found)
    for one in rows:
        lots = [(lot, said_amount(n), place) for lot, n, place in one.lots]
        by_place.setdefault(one.line.destination, []).append((one.line, said_amount(one.line.amount), lots, said_amount(one.short) if one.short else ""))
    context = {"pick": found, "places": list(by_place.items()), "short": any(one.short for one in rows), "may_keep": may_keep(request)}
    return render(request, "stock/pick.html", context)


@require_GET
@page
def pick_pdf(request: HttpRequest, pick_id: UUID) -> HttpResponse:
    """The list on paper, a destination after the other."""
    found = _pick(request, pick_id)
    page = Page(band="destination", signatures=("stock.handler", "stock.receiver"))
    return printed(request, lambda imprint: print_table(pick_table(request.scope, found), imprint, page))


@require_POST
@keeps
def move_pick(request: HttpRequest, pick_id: UUID) -> HttpResponse:
    """It is picked: a slip a destination."""
    found = _pick(request, pick_id)
    facts = accepted(actions.move_pick(by=request.scope.actor, community=found.community, pick=found.pk, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("stock.pick_moved", request.lang, n=facts["slips"]))
    return redirect("stock:pick", found.pk)


@require_POST
@keeps
def drop_pick(request: HttpRequest, pick_id: UUID) -> HttpResponse:
    """Nobody picks it."""
    found = _pick(request, pick_id)
    accepted(actions.drop_pick(by=request.scope.actor, community=found.community, pick=found.pk, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("stock.pick_is_dropped", request.lang))
    return redirect("stock:picks")

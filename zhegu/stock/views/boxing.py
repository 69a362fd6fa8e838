"""Boxes: packed and labelled, handed over as one, opened and counted; each step undone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.lib import clock
from zhegu.lib.paper import BoxLabel, print_box_label
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, here, id_of, ref_of
from zhegu.pages.paper import printed
from zhegu.stock import actions, queries
from zhegu.stock.actions import NewBox, Wanted
from zhegu.stock.models import Box
from zhegu.stock.rules import read_amount, said_amount
from zhegu.stock.views.goods import SLIPS_TO_A_PAGE, choices, in_words, keeps, may_keep, page

ROWS = 8


@require_http_methods(["GET", "HEAD", "POST"])
@page
@in_words
def boxes(request: HttpRequest) -> HttpResponse:
    """The boxes and who has them; a label that was scanned opens its box; packing a new one."""
    if request.method == "POST":
        return _packed(request)
    label = request.GET.get("label", "")[:40]
    found = queries.box_labelled(request.scope, request.community, label) if label else None
    if found:
        return redirect("stock:box", found.pk)
    shown = Paginator(queries.boxes(request.scope, request.community), SLIPS_TO_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "stock/boxes.html", {"page": shown, "lines": range(1, ROWS + 1), "label": label, **choices(request)})


@keeps
def _packed(request: HttpRequest) -> HttpResponse:
    post, into = request.POST, request.POST.get("into", "")
    lines = tuple(
        Wanted(id_of(post.get(f"item-{n}"), "stock.unknown_item"), read_amount(post.get(f"amount-{n}", "")))
        for n in range(1, ROWS + 1) if post.get(f"item-{n}")
    )  # fmt: skip
    new = NewBox(
        id_of(post.get("out_of"), "stock.unknown_store"), lines, post.get("holder", "")[:80],
        id_of(into, "stock.unknown_store") if into else None, post.get("to", "")[:120],
    )  # fmt: skip
    facts = accepted(actions.pack_box(by=request.scope.actor, community=request.community, box=new, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("stock.box_packed", request.lang, label=facts["label"]))
    return redirect("stock:box", facts["box"])


def _box(request: HttpRequest, box_id: UUID) -> Box:
    return here(request, queries.box(request.scope, box_id))


@require_GET
@page
def box(request: HttpRequest, box_id: UUID) -> HttpResponse:
    """What is in it, who had it, and what can be done with it now."""
    found = _box(request, box_id)
    rows = [(one, said_amount(one.amount)) for one in queries.packed_in(request.scope, found)]
    context = {"box": found, "rows": rows, "chain": found.chain.all(), "may_keep": may_keep(request)}
    return render(request, "stock/box.html", context)


@require_GET
@page
def box_label(request: HttpRequest, box_id: UUID) -> HttpResponse:
    """What is glued on it: its number, its code, where it goes, what is in it."""
    found = _box(request, box_id)
    lines = tuple(
        (f"{one.lot.item}{f' · {one.lot.number}' if one.lot.number else ''}", f"{said_amount(one.amount)} {one.lot.item.unit}")
        for one in queries.packed_in(request.scope, found)
    )  # fmt: skip
    label = BoxLabel(found.store.name, found.out_of.name, found.destination, lines)
    return printed(request, lambda imprint: print_box_label(label, imprint))


def _then(request: HttpRequest, found: Box, act: Any, said: str, **more: Any) -> HttpResponse:
    facts = accepted(act(by=request.scope.actor, community=found.community, box=found.pk, at=clock.now(), ref=ref_of(request), **more))
    messages.success(request, text(said, request.lang, n=facts.get("differences", 0)))
    return redirect("stock:box", found.pk)


@require_POST
@keeps
def hand_box(request: HttpRequest, box_id: UUID) -> HttpResponse:
    """Somebody else has it now, with everything in it."""
    return _then(request, _box(request, box_id), actions.hand_box, "stock.box_handed", taker=request.POST.get("taker", "")[:80])


@require_POST
@keeps
@in_words
def open_box(request: HttpRequest, box_id: UUID) -> HttpResponse:
    """It is opened, and counted against what was packed."""
    found = _box(request, box_id)
    counted = {}
    for one in queries.packed_in(request.scope, found):
        said = request.POST.get(f"n-{one.lot_id}", "").strip()
        if said:
            counted[one.lot_id] = 0 if said == "0" else read_amount(said)
    return _then(request, found, actions.open_box, "stock.box_is_opened", counted=counted)


@require_POST
@keeps
def undo_box(request: HttpRequest, box_id: UUID) -> HttpResponse:
    """The opening was a mistake; or, before it, the packing."""
    found = _box(request, box_id)
    opened = request.POST.get("what") == "opening"
    return _then(request, found, actions.undo_opening if opened else actions.unpack_box, "stock.box_undone" if opened else "stock.box_is_unpacked")

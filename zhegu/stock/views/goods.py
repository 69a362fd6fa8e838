"""Office pages: what there is, bringing in, giving out, slips and their undoing, counting, gifts."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, here, id_of, office_page, ref_of
from zhegu.stock import actions, queries
from zhegu.stock.actions import Line, NewGift, NewItem, NewSlip
from zhegu.stock.rules import (
    BUILT,
    IN,
    BadNumber,
    DonorKind,
    Gear,
    ItemKind,
    MoveKind,
    StoreKind,
    freshness,
    read_amount,
    read_money,
    said_amount,
    said_money,
)

SLIPS_TO_A_PAGE = 50
page = office_page("office", "leader", "store_keeper")
keeps = office_page("office", "store_keeper")


def in_words(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A number that cannot be read is refused in words, like everything else that is refused."""

    @wraps(view)
    def said(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BadNumber as bad:
            raise RefusedError(Refused(bad.reason)) from bad

    return said


def may_keep(request: HttpRequest) -> bool:
    return request.scope.covers(request.community.code, "office", "store_keeper")


def choices(request: HttpRequest) -> dict[str, Any]:
    return {
        "stores": queries.stores(request.scope, request.community),
        "items": queries.items(request.scope, request.community),
        "may_keep": may_keep(request),
    }


@require_GET
@page
def stock(request: HttpRequest) -> HttpResponse:
    """Each thing: how much, where, how fresh, for how many days."""
    now = clock.now()
    where: dict[UUID, list] = {}
    for row in queries.balances(request.scope, request.community):
        where.setdefault(row.lot.item_id, []).append((row, freshness(row.lot.expiry, clock.local_day(now))))
    rows = sorted(queries.in_stock(request.scope, request.community, now), key=lambda one: list(ItemKind).index(ItemKind(one.item.kind)))
    context = {
        "rows": [(row, said_amount(row.amount), where.get(row.item.id, [])) for row in rows],
        "item_kinds": list(ItemKind),
        "gears": list(Gear),
        "store_kinds": BUILT,
        **choices(request),
    }
    return render(request, "stock/stock.html", context)


@require_POST
@keeps
def add_store(request: HttpRequest) -> HttpResponse:
    """One more place where goods lie."""
    post = request.POST
    accepted(
        actions.add_store(
            by=request.scope.actor, community=request.community, name=post.get("name", "")[:80],
            name_bo=post.get("name_bo", "")[:120], kind=_one_of(BUILT, post.get("kind"), StoreKind.WAREHOUSE),
            at=clock.now(), ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("stock.saved", request.lang))
    return redirect("stock:stock")


@require_POST
@keeps
def add_item(request: HttpRequest) -> HttpResponse:
    """One more sort of thing."""
    post = request.POST
    item = NewItem(
        post.get("name", "")[:80], post.get("unit", "")[:20], _one_of(ItemKind, post.get("kind"), ItemKind.OTHER),
        post.get("spec", "")[:60].strip(), post.get("name_bo", "")[:120].strip(), bool(post.get("eat_now")),
        post.get("code", "")[:40], _one_of(Gear, post.get("gear"), None),
    )  # fmt: skip
    accepted(
        actions.add_item(
            by=request.scope.actor, community=request.community, item=item, at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("stock.saved", request.lang))
    return redirect("stock:stock")


@require_POST
@keeps
def set_gear(request: HttpRequest) -> HttpResponse:
    """What a thing counts as in the daily report."""
    accepted(
        actions.set_gear(
            by=request.scope.actor, community=request.community, item=id_of(request.POST.get("item"), "stock.unknown_item"),
            gear=_one_of(Gear, request.POST.get("gear"), Gear.NEITHER), at=clock.now(), ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("stock.saved", request.lang))
    return redirect("stock:stock")


def _one_of(kinds: Iterable[Any], word: str | None, otherwise: Any) -> Any:
    return next((kind for kind in kinds if kind == word), otherwise)


def day(word: str) -> date | None:
    try:
        return date.fromisoformat(word) if word else None
    except ValueError:
        raise RefusedError(Refused("stock.bad_date")) from None


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
@in_words
def bring_in(request: HttpRequest) -> HttpResponse:
    """Goods come into a store."""
    if request.method != "POST":
        return render(request, "stock/bring_in.html", {"kinds": sorted(IN, key=list(MoveKind).index), **choices(request)})
    post = request.POST
    line = Line(
        id_of(post.get("item"), "stock.unknown_item"), read_amount(post.get("amount", "")),
        number=post.get("number", "")[:40], expiry=day(post.get("expiry", "")), bin=post.get("bin", "")[:20],
        price=read_money(post.get("price", "")),
    )  # fmt: skip
    kind = _one_of(MoveKind, post.get("kind"), MoveKind.PURCHASE)
    return _moved(request, kind, (line,), into=id_of(post.get("into"), "stock.unknown_store"))


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
@in_words
def give_out(request: HttpRequest) -> HttpResponse:
    """Goods leave a store, or move to another: what expires first is taken first."""
    if request.method != "POST":
        kinds = [MoveKind.ISSUE, MoveKind.TRANSFER, MoveKind.TO_OTHERS, MoveKind.LOSS]
        return render(request, "stock/give_out.html", {"kinds": kinds, **choices(request)})
    post = request.POST
    store = queries.store(request.scope, id_of(post.get("out_of"), "stock.unknown_store"))
    item, wanted = id_of(post.get("item"), "stock.unknown_item"), read_amount(post.get("amount", ""))
    taken, short = queries.picked(request.scope, store, item, wanted)
    if short:
        raise RefusedError(Refused("stock.not_enough"))
    lines = tuple(Line(item, amount, lot.id) for lot, amount, _ in taken)
    kind = _one_of(MoveKind, post.get("kind"), MoveKind.ISSUE)
    into = id_of(post.get("into"), "stock.unknown_store") if kind == MoveKind.TRANSFER else None
    return _moved(request, kind, lines, out_of=store.id, into=into)


def _moved(request: HttpRequest, kind: MoveKind, lines: tuple[Line, ...], **ends: Any) -> HttpResponse:
    post = request.POST
    slip = NewSlip(
        kind, lines, clock.now(), ref_of(request), counterpart=post.get("counterpart", "")[:120],
        receiver=post.get("receiver", "")[:80], note=post.get("note", "")[:200], **ends,
    )  # fmt: skip
    facts = accepted(actions.move_goods(by=request.scope.actor, community=request.community, slips=[slip])[0])
    messages.success(request, text("stock.saved_slip", request.lang, no=facts["no"]))
    return redirect("stock:slips")


@require_GET
@page
def slips(request: HttpRequest) -> HttpResponse:
    """Every slip, newest first."""
    found = Paginator(queries.slips(request.scope, request.community), SLIPS_TO_A_PAGE)
    shown = found.get_page(request.GET.get("page"))
    rows = [(slip, [(m, said_amount(m.amount)) for m in slip.moves.all()]) for slip in shown]
    return render(request, "stock/slips.html", {"page": shown, "rows": rows, "may_keep": may_keep(request)})


@require_POST
@keeps
def undo(request: HttpRequest, slip_id: UUID) -> HttpResponse:
    """The slip is taken back by a slip of its own."""
    found = here(request, queries.slip(request.scope, slip_id))
    accepted(
        actions.undo_slip(
            by=request.scope.actor, community=found.community, slip=found.id, at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("stock.undone", request.lang, no=found.no))
    return redirect("stock:slips")


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
@in_words
def count(request: HttpRequest, store_id: UUID) -> HttpResponse:
    """What was found against what the books say."""
    store = here(request, queries.store(request.scope, store_id))
    rows = list(queries.balances(request.scope, store.community).filter(store=store))
    if request.method != "POST":
        return render(request, "stock/count.html", {"store": store, "rows": rows})
    counted = {}
    for row in rows:
        words = request.POST.get(f"lot-{row.lot_id}", "").strip()
        if words:
            counted[row.lot_id] = 0 if words.strip("0.") == "" else read_amount(words)
    facts = accepted(
        actions.count_store(
            by=request.scope.actor, community=store.community, store=store.id, counted=counted,
            note=request.POST.get("note", "")[:200], at=clock.now(), ref=ref_of(request),
        )
    )  # fmt: skip
    n = facts["differences"]
    key = "stock.counted_differs" if n else "stock.counted_same"
    messages.success(request, text(key, request.lang, **({"n": n} if n else {})))
    return redirect("stock:stock")


@require_http_methods(["GET", "HEAD", "POST"])
@page
@in_words
def gifts(request: HttpRequest) -> HttpResponse:
    """What was given, and writing down one more."""
    if request.method == "POST":
        return _gift_received(request)
    found = queries.gifts(request.scope, request.community)
    sums = found.order_by().aggregate(cash=Sum("cash"), value=Sum("value"))
    shown = Paginator(found, SLIPS_TO_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "rows": [(g, said_money(g.cash) if g.cash else "", said_money(g.value) if g.value else "") for g in shown],
        "cash": said_money(sums["cash"] or 0),
        "value": said_money(sums["value"] or 0),
        "donor_kinds": list(DonorKind),
        **choices(request),
    }
    return render(request, "stock/gifts.html", context)


def _gift_received(request: HttpRequest) -> HttpResponse:
    post = request.POST
    if not may_keep(request):
        raise RefusedError(Refused("stock.unknown_store"))
    lines, into = (), None
    if post.get("item") and post.get("amount"):
        into = id_of(post.get("into"), "stock.unknown_store")
        lines = (
            Line(
                id_of(post.get("item"), "stock.unknown_item"), read_amount(post.get("amount", "")),
                expiry=day(post.get("expiry", "")),
            ),
        )  # fmt: skip
    gift = NewGift(
        _one_of(DonorKind, post.get("donor_kind"), DonorKind.PERSON), post.get("donor", "")[:120],
        post.get("contact", "")[:20], read_money(post.get("cash", "")), post.get("goods", "")[:200],
        read_money(post.get("value", "")), post.get("purpose", "")[:200], bool(post.get("public")), into, lines,
    )  # fmt: skip
    facts = accepted(
        actions.receive_gift(
            by=request.scope.actor, community=request.community, gift=gift, at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("stock.gift_saved", request.lang, no=facts["no"]))
    return redirect("stock:gifts")


@require_POST
@keeps
def spend(request: HttpRequest, gift_id: UUID) -> HttpResponse:
    """What became of a gift."""
    found = here(request, queries.gift(request.scope, gift_id))
    accepted(
        actions.spend_gift(
            by=request.scope.actor, community=found.community, gift=found.id,
            used_for=request.POST.get("used_for", "")[:200], at=clock.now(), ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("stock.saved", request.lang))
    return redirect("stock:gifts")

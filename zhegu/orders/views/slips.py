"""Paper slips of a day's board: printed for those without a phone, and what came back is typed in, one slip after the other."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.paper import OrderLine, OrderSlip, print_order_slips
from zhegu.lib.texts import text
from zhegu.orders import actions, queries
from zhegu.orders.actions import NewLine, NewOrder
from zhegu.orders.homes import match_entries
from zhegu.orders.models import Offer, Shop
from zhegu.orders.rules.placing import typed_door
from zhegu.orders.rules.signup import Entry
from zhegu.orders.rules.states import FEN_IN_A_YUAN, Source
from zhegu.orders.views.money import count, phone_of
from zhegu.pages.doors import accepted, address_of, day_said, office_page, ref_of
from zhegu.pages.paper import printed
from zhegu.places import queries as places

desk = office_page(*queries.DESK)
BAD_DAY = RefusedError(Refused("orders.slip_no_board"))


def _board(request: HttpRequest, shop: Shop) -> tuple[date, list[Offer]]:
    """The day a slip is of, and what stands on its board."""
    day = day_said(request.GET.get("day", ""), BAD_DAY) or clock.local_day(clock.now())
    return day, list(queries.board(request.scope, shop, day).filter(off=None))


@require_GET
@desk
def slips_pdf(request: HttpRequest, shop_id: object) -> HttpResponse:
    """The board as slips, several to a page; the code on them opens the page below."""
    shop = queries.shop(request.scope, request.community, shop_id)
    day, rows = _board(request, shop)
    lines = tuple(OrderLine(_named(one), _price(one), one.per_home) for one in rows)
    if not lines:
        raise BAD_DAY
    address = f"{address_of(request)}{reverse('orders:slips', args=[shop.pk])}?day={day.isoformat()}"
    return printed(request, lambda imprint: print_order_slips(OrderSlip(shop.name, day.isoformat(), lines, address), imprint))


def _named(one: Offer) -> str:
    return f"{one.item} ({one.spec})" if one.spec else one.item


def _price(one: Offer) -> str:
    yuan = f"{one.price // FEN_IN_A_YUAN}.{one.price % FEN_IN_A_YUAN:02}"
    return f"¥{yuan}/{one.unit}" if one.unit else f"¥{yuan}"


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def slips(request: HttpRequest, shop_id: object) -> HttpResponse:
    """One slip that came back: whose it is, what is ticked; saved, and the next."""
    shop = queries.shop(request.scope, request.community, shop_id)
    day, rows = _board(request, shop)
    if request.method == "POST":
        return _kept(request, shop, day, rows)
    context = {
        "shop": shop, "day": day, "rows": rows, "now": clock.local(clock.now()), "grids": places.grids(request.scope, request.community),
        "written": request.GET.get("written", "")[:16], "for_them": request.GET.get("by", "")[:80], "grid_now": request.GET.get("grid", "")[:3],
        "kinds": queries.kinds_seen(request.scope, request.community),
    }  # fmt: skip
    return render(request, "orders/slips.html", context)


def _kept(request: HttpRequest, shop: Shop, day: date, rows: list[Offer]) -> HttpResponse:
    post = request.POST
    lines = tuple(_line(post, one) for one in rows if post.get(f"n-{one.pk}", "").strip() or str(one.pk) in post.getlist("take"))
    if not lines:
        raise RefusedError(Refused("orders.nothing_asked"))
    entry = Entry(
        name=post.get("name", "").strip()[:60] or None, grid=post.get("grid", "")[:3] or None,
        door=typed_door(post.get("door", "").strip()[:40]), phone=phone_of(post.get("phone", "")) or None,
    )  # fmt: skip
    match_entries(request.community, [entry])
    grids = {str(grid.no): grid.code for grid in places.grids(request.scope, request.community)}
    item = NewOrder(
        ref=ref_of(request), at=_written(post.get("written", "")), lines=lines, source=Source.SLIP,
        household=UUID(entry.household) if entry.household else None, grid="" if entry.household else grids.get(entry.grid or "", ""),
        door=entry.door or "", asker=entry.name or "", phone=entry.phone or "", note=post.get("note", "").strip()[:300],
        on_behalf=post.get("on_behalf", "").strip()[:80],
    )  # fmt: skip
    facts = accepted(actions.place_orders(by=request.scope.actor, community=request.community, items=[item])[0])
    messages.success(request, text("orders.slip_kept", request.lang, no=facts["no"]))
    stays = {"day": day.isoformat(), "written": post.get("written", "")[:16], "by": item.on_behalf, "grid": post.get("grid", "")[:3]}
    answer = redirect("orders:slips", shop.pk)
    answer["Location"] += f"?{urlencode(stays)}"
    return answer


def _line(post: Any, one: Offer) -> NewLine:
    """At the price the page showed: where it has changed since, the action refuses. A tick without a number is one."""
    seen = post.get(f"p-{one.pk}", "")
    price = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 12 else None
    return NewLine(one.item, count(post.get(f"n-{one.pk}", "")) or 1, one.unit, one.spec, price, one.pk)


def _written(said: str) -> datetime:
    """When the slip was written; now where nothing is said."""
    now = clock.now()
    try:
        at = datetime.fromisoformat(said).replace(tzinfo=clock.LOCAL) if said else now
    except ValueError:
        raise RefusedError(Refused("orders.slip_future", {"field": "written"})) from None
    if at > now:
        raise RefusedError(Refused("orders.slip_future", {"field": "written"}))
    return at

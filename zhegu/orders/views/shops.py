"""Shops and their daily boards: what is offered, at which price, how many are left; the link to the menu."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhegu.lib import clock
from zhegu.lib.paper.qr import as_picture
from zhegu.lib.texts import text
from zhegu.orders import actions, queries
from zhegu.orders.views.money import count, fen
from zhegu.pages.doors import accepted, address_of, office_page, ref_of

desk = office_page(*queries.DESK)


@require_GET
@desk
def shops(request: HttpRequest) -> HttpResponse:
    """The shops, and a new one."""
    found = queries.shops(request.scope, request.community)
    return render(request, "orders/shops.html", {"shops": found, "kinds": queries.kinds_seen(request.scope, request.community)})


@require_POST
@desk
def add_shop(request: HttpRequest) -> HttpResponse:
    """A supply partner more."""
    post = request.POST
    facts = accepted(
        actions.add_shop(
            by=request.scope.actor, community=request.community, name=post.get("name", ""), phone=post.get("phone", ""),
            at=clock.now(), ref=ref_of(request),
        )
    )  # fmt: skip
    return redirect("orders:shop", facts["shop"])


@require_GET
@desk
def shop(request: HttpRequest, shop_id: object) -> HttpResponse:
    """Today's board with what is left, and the link that residents order by."""
    found = queries.shop(request.scope, request.community, shop_id)
    today = clock.local_day(clock.now())
    address = f"{address_of(request)}{reverse('residents:menu', args=[actions.menu_token(found)])}"
    context = {
        "shop": found, "today": today, "rows": queries.board(request.scope, found, today), "address": address, "qr": as_picture(address),
        "kinds": queries.kinds_seen(request.scope, request.community),
    }  # fmt: skip
    return render(request, "orders/shop.html", context)


@require_POST
@desk
def put_offer(request: HttpRequest, shop_id: object) -> HttpResponse:
    """One thing on today's board, or its new price and numbers."""
    found = queries.shop(request.scope, request.community, shop_id)
    post, now = request.POST, clock.now()
    item = actions.NewOffer(
        ref_of(request), post.get("item", ""), fen(post.get("yuan", "")), post.get("unit", ""), post.get("spec", ""),
        count(post.get("stock", "")), count(post.get("per_home", "")),
    )  # fmt: skip
    accepted(actions.put_offers(by=request.scope.actor, shop=found, day=clock.local_day(now), items=[item], at=now)[0])
    return redirect("orders:shop", found.pk)


@require_POST
@desk
def repeat_board(request: HttpRequest, shop_id: object) -> HttpResponse:
    """The last board stands again today."""
    found = queries.shop(request.scope, request.community, shop_id)
    now = clock.now()
    made = actions.repeat_board(by=request.scope.actor, shop=found, day=clock.local_day(now), at=now, ref=ref_of(request))
    messages.success(request, text("orders.board_repeated", request.lang, n=len(made)))
    return redirect("orders:shop", found.pk)


@require_POST
@desk
def offer_off(request: HttpRequest, offer_id: object) -> HttpResponse:
    """Off the board, or back on it."""
    found = queries.offer(request.scope, request.community, offer_id)
    accepted(
        actions.set_offer_off(by=request.scope.actor, offer=found, off=found.off is None, at=clock.now(), ref=ref_of(request))
    )
    return redirect("orders:shop", found.shop_id)

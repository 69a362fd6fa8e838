"""A shop's menu of today: residents ask for things by its link. Shows nothing of anybody."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from zhegu.lib import clock
from zhegu.lib.answers import Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.orders import actions, queries
from zhegu.orders.models import Offer, Shop
from zhegu.pages.doors import ref_of
from zhegu.places import queries as places

EVERYTHING = Scope.everything("a menu's link is all that whoever orders by it has")
MOST = 99
"""Of one thing in one order."""
PHONE_DIGITS = 11


@require_http_methods(["GET", "HEAD", "POST"])
def menu(request: HttpRequest, menu_token: str) -> HttpResponse:
    """What there is, with prices; then the number under which it was noted."""
    shop = queries.shop_with_token(EVERYTHING, menu_token)
    now = clock.now()
    offers = [one for one in queries.board(EVERYTHING, shop, clock.local_day(now)) if one.off is None]
    context: dict[str, Any] = {
        "shop": shop, "today": now, "said": request.POST, "grids": places.grids(EVERYTHING, shop.community),
        "rows": [{"offer": one, "left": one.left, "said": _many(request.POST, one)} for one in offers],
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "residents/menu.html", context)
    lines = _lines(request.POST, offers)
    answer = _ask(request, shop, lines)
    if isinstance(answer, Refused):
        return render(request, "residents/menu.html", {**context, "refused": answer}, status=409)
    total = sum((line.price or 0) * line.quantity for line in lines)
    return render(request, "residents/menu_noted.html", {"shop": shop, "no": answer["no"], "lines": lines, "total": total})


def _many(post: QueryDict, offer: Offer) -> int:
    said = post.get(f"n-{offer.pk}", "").strip()
    return min(int(said), MOST) if said.isascii() and said.isdigit() and len(said) < 6 else 0


def _lines(post: QueryDict, offers: list[Offer]) -> tuple[actions.NewLine, ...]:
    """What was asked for, at the price the page showed: where it has changed since, the action refuses."""
    return tuple(
        actions.NewLine(one.item, many, one.unit, one.spec, _seen(post, one), one.pk) for one in offers if (many := _many(post, one))
    )


def _seen(post: QueryDict, offer: Offer) -> int | None:
    said = post.get(f"p-{offer.pk}", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 12 else None


def _ask(request: HttpRequest, shop: Shop, lines: tuple[actions.NewLine, ...]) -> dict[str, Any] | Refused:
    post = request.POST
    phone = "".join(filter(str.isdigit, post.get("phone", "")[:20]))
    if phone and len(phone) != PHONE_DIGITS:
        return Refused("orders.doubt_broken_phone")
    said = actions.FromMenu(
        lines=lines, door=post.get("door", "")[:40], grid=post.get("grid", "")[:3],
        asker=post.get("name", "").strip()[:60], phone=phone,
    )  # fmt: skip
    answer = actions.order_from_menu(by=Actor("resident", f"menu-{shop.pk}"), shop=shop, said=said, at=clock.now(), ref=ref_of(request))
    if isinstance(answer, Refused):
        return answer
    return answer.facts if answer.accepted else Refused(answer.reason, answer.facts)

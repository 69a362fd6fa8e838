"""A call in three taps, and the daily round: who was asked today, and whether everybody is asked every day."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.scope import NotFound, Scope
from zhegu.lib.texts import text
from zhegu.orders import actions, queries
from zhegu.orders.actions import NewLine, NewOrder
from zhegu.orders.queries import Want
from zhegu.orders.rules.placing import typed_lines
from zhegu.orders.rules.states import Source
from zhegu.pages.doors import accepted, here, office_page, ref_of
from zhegu.registers import queries as registers
from zhegu.registers.models import Household

desk = office_page(*queries.DESK)
HOMES = Scope.everything("the desk finds the home of whoever calls: its door and its head, nothing else")
MOST_HOMES = 12
MOST = 99


@dataclass(frozen=True)
class Found:
    """A home that whoever calls may live in."""

    home: Household
    who: str


def _found(request: HttpRequest, words: str) -> list[Found]:
    """Homes by door, number, address or head, then by whoever is called so, in any spelling."""
    if not words.strip():
        return []
    at_door = registers.households(HOMES, request.community, words=words.strip())[:MOST_HOMES]
    found = {one.pk: Found(one, one.head_name) for one in at_door}
    for hit in registers.search(HOMES, request.community, words, limit=MOST_HOMES):
        home = hit.person.household
        if home and not hit.is_gone:
            found.setdefault(home.pk, Found(home, hit.person.name))
    return list(found.values())[:MOST_HOMES]


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def caller(request: HttpRequest) -> HttpResponse:
    """Who calls, what they want, done: found as one types, tapped, saved."""
    kinds = queries.kinds_seen(request.scope, request.community)
    if request.method == "POST":
        return _placed(request)
    home = _home(request, request.GET["home"]) if request.GET.get("home") else None
    if home is None:
        words = request.GET.get("q", "")[:60]
        context = {"found": _found(request, words), "asked": words, "kinds": kinds}
        return render(request, "orders/_callers.html" if request.htmx else "orders/caller.html", context)
    wants = queries.wants(request.scope, request.community, clock.now(), home.pk)
    open_now = [one for one in queries.orders(request.scope, request.community).filter(household=home) if one.state in ("open", "gathered")]
    return render(request, "orders/caller.html", {"home": home, "wants": wants, "open_now": open_now, "kinds": kinds})


def _home(request: HttpRequest, word: str) -> Household:
    try:
        return here(request, registers.household(HOMES, UUID(word)))
    except ValueError:
        raise NotFound(word) from None


def _placed(request: HttpRequest) -> HttpResponse:
    post, home = request.POST, _home(request, request.POST.get("home", ""))
    wants = queries.wants(request.scope, request.community, clock.now(), home.pk)
    lines = [_line(post, one) for one in wants if one.key in post.getlist("take")] + _typed(post.get("wants", "")[:400])
    if not lines:
        raise RefusedError(Refused("orders.nothing_asked"))
    call = NewOrder(
        ref=ref_of(request), at=clock.now(), lines=tuple(lines), source=Source.CALL, household=home.pk,
        urgent=bool(post.get("urgent")), note=post.get("note", "")[:300].strip(),
    )  # fmt: skip
    items = actions.by_kind(call)
    answers = actions.place_orders(by=request.scope.actor, community=request.community, items=items, whole=True)
    numbers = [str(accepted(answer)["no"]) for answer in answers]
    messages.success(request, text("orders.placed", request.lang, no="、#".join(numbers)))
    return redirect("orders:caller")


def _line(post: Any, want: Want) -> NewLine:
    """At the price the page showed: where it has changed since, the action refuses."""
    many = post.get(f"n-{want.key}", "1").strip() or "1"
    if not (many.isascii() and many.isdigit() and 0 < int(many[:4]) <= MOST):
        raise RefusedError(Refused("orders.bad_number"))
    seen = post.get(f"p-{want.key}", "")
    price = int(seen) if want.offer and seen.isascii() and seen.isdigit() and len(seen) < 12 else None
    return NewLine(want.item, int(many[:4]), want.unit, want.spec, price, want.offer)


def _typed(words: str) -> list[NewLine]:
    if not words.strip():
        return []
    lines = typed_lines(words)
    if lines is None:
        raise RefusedError(Refused("orders.wants_unread"))
    return [NewLine.cut(*line) for line in lines]


@require_GET
@desk
def daily(request: HttpRequest) -> HttpResponse:
    """Today's round by grid: homes, how many were asked, how many need something; and the switch."""
    context = {
        "rows": queries.asked_on(request.scope, request.community, clock.local_day(clock.now())),
        "daily": queries.asks_daily(request.scope, request.community),
        "kinds": queries.kinds_seen(request.scope, request.community),
    }  # fmt: skip
    return render(request, "orders/daily.html", context)


@require_POST
@desk
def set_daily(request: HttpRequest) -> HttpResponse:
    """Everybody is to be asked every day, or no more."""
    wanted = request.POST.get("daily") == "on"
    accepted(
        actions.set_daily(by=request.scope.actor, community=request.community, daily=wanted, at=clock.now(), ref=ref_of(request))
    )
    messages.success(request, text("orders.daily_on" if wanted else "orders.daily_off", request.lang))
    return redirect("orders:daily")

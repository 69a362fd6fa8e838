"""The list of orders: what is open, on its way, delivered, cancelled; a call typed; cancelling and taking up again."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.accounts import actions as accounts
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.ids import new_id
from zhegu.lib.texts import text
from zhegu.orders import actions, queries
from zhegu.orders.actions import NewLine, NewOrder, OneOrder
from zhegu.orders.homes import match_entries
from zhegu.orders.rules.catalogue import everyday
from zhegu.orders.rules.placing import typed_door, typed_lines
from zhegu.orders.rules.signup import Entry
from zhegu.orders.rules.states import OrderKind, Source, State
from zhegu.orders.views.money import phone_of
from zhegu.pages.doors import accepted, office_page, ref_of
from zhegu.places import queries as places

page = office_page("office", "order_desk", "medicine")
TO_A_PAGE = 50


@require_GET
@page
def orders(request: HttpRequest) -> HttpResponse:
    """Orders in one state, the newest first. Medicine that was on the screen is noted."""
    state = State(request.GET["state"]) if request.GET.get("state") in list(State) else State.OPEN
    kinds = queries.kinds_seen(request.scope, request.community)
    found = Paginator(queries.in_state(request.scope, request.community, state), TO_A_PAGE).get_page(request.GET.get("page"))
    if any(row.kind == OrderKind.MEDICINE for row in found):
        accounts.record_look(
            request.scope, community=request.community.code, screen="orders.orders", fields=["medicine"], people=[], at=clock.now()
        )
    context = {
        "page": found, "state": state, "states": list(State), "kinds": kinds, "grids": places.grids(request.scope, request.community),
        "things": sorted({thing.name for thing in everyday().by_word.values()}),
    }  # fmt: skip
    return render(request, "orders/orders.html", context)


@dataclass(frozen=True)
class _Typed:
    """What the desk typed while somebody called."""

    post: Any

    def said(self, name: str, longest: int) -> str:
        return self.post.get(name, "").strip()[:longest]

    @property
    def phone(self) -> str:
        return phone_of(self.said("phone", 20))

    @property
    def lines(self) -> tuple[NewLine, ...]:
        lines = typed_lines(self.said("wants", 400))
        if lines is None:
            raise RefusedError(Refused("orders.wants_unread"))
        return tuple(NewLine.cut(*line) for line in lines)


@require_POST
@page
def call(request: HttpRequest) -> HttpResponse:
    """One order, as somebody says it on the phone; the household is found by door, name or number."""
    told = _Typed(request.POST)
    kinds = queries.kinds_seen(request.scope, request.community)
    kind = OrderKind(told.said("kind", 8)) if told.said("kind", 8) in kinds else kinds[0]
    lines, phone = told.lines, told.phone
    entry = Entry(name=told.said("name", 60) or None, grid=told.said("grid", 3) or None, door=typed_door(told.said("door", 40)), phone=phone or None)
    match_entries(request.community, [entry])
    grids = {str(grid.no): grid.code for grid in places.grids(request.scope, request.community)}
    item = NewOrder(
        ref=ref_of(request), at=clock.now(), lines=lines, kind=kind, source=Source.CALL, household=UUID(entry.household) if entry.household else None,
        grid="" if entry.household else grids.get(entry.grid or "", ""), door=entry.door or "", asker=entry.name or "", phone=phone,
        note=told.said("note", 300), urgent=bool(request.POST.get("urgent")),
    )  # fmt: skip
    facts = accepted(actions.place_orders(by=request.scope.actor, community=request.community, items=[item])[0])
    messages.success(request, text("orders.placed", request.lang, no=facts["no"]))
    return redirect("orders:orders")


@require_POST
@page
def cancel(request: HttpRequest, order_id: object) -> HttpResponse:
    """Nobody brings it; the list of the cancelled takes it up again."""
    return _one(request, order_id, actions.cancel_orders, "orders.cancelled_now")


@require_POST
@page
def restore(request: HttpRequest, order_id: object) -> HttpResponse:
    """It stands on the list again."""
    return _one(request, order_id, actions.restore_orders, "orders.restored_now")


def _one(request: HttpRequest, order_id: object, act: Any, done: str) -> HttpResponse:
    row = queries.order(request.scope, request.community, order_id)
    accepted(act(by=request.scope.actor, community=request.community, items=[OneOrder(row.pk, new_id())], at=clock.now())[0])
    messages.success(request, text(done, request.lang, no=row.no))
    return redirect("orders:orders")

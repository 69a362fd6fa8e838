"""A shop lacks something: another thing is proposed for the line, and what the household says is written down."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.accounts.actions import record_look
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.orders import actions, queries
from zhegu.orders.actions import AnswerTo, NewLine, Propose, UndoSubstitute
from zhegu.orders.models import Order
from zhegu.orders.rules.states import Consent, OrderKind
from zhegu.orders.views.money import count, fen
from zhegu.pages.doors import accepted, office_page, ref_of

page = office_page("office", "order_desk", "medicine")
SHOWN = 100


@require_GET
@page
def substitutes(request: HttpRequest) -> HttpResponse:
    """Who is still to be asked; below, what was answered."""
    found = queries.substitutes(request.scope, request.community)
    waiting = found.filter(answered=None, order__cancelled=None, order__delivered=None)[:SHOWN]
    done = found.filter(answered__isnull=False)[:SHOWN]
    if any(row.order.kind == OrderKind.MEDICINE for rows in (waiting, done) for row in rows):
        _looked(request, "orders.substitutes")
    context = {
        "waiting": waiting, "done": done, "hows": list(Consent),
        "kinds": queries.kinds_seen(request.scope, request.community),
    }  # fmt: skip
    return render(request, "orders/substitutes.html", context)


def _looked(request: HttpRequest, screen: str) -> None:
    record_look(request.scope, community=request.community.code, screen=screen, fields=["medicine"], people=[], at=clock.now())


@require_http_methods(["GET", "HEAD", "POST"])
@page
def substitute(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The lines of one order; for the one that cannot be filled, what could be brought instead."""
    order = queries.order(request.scope, request.community, order_id)
    if request.method == "POST":
        item = Propose(order.pk, _number(request, "position"), _instead(request, order), ref_of(request))
        accepted(actions.propose_substitutes(by=request.scope.actor, community=request.community, items=[item], at=clock.now())[0])
        messages.success(request, text("orders.substitute_asked", request.lang, no=order.no))
        return redirect("orders:substitutes")
    exact = queries.medicine(request.scope, request.community).filter(order=order).first() if order.kind == OrderKind.MEDICINE else None
    if exact:
        _looked(request, "orders.substitute")
    context = {"order": order, "exact": exact, "kinds": queries.kinds_seen(request.scope, request.community)}
    return render(request, "orders/substitute.html", context)


def _number(request: HttpRequest, name: str) -> int:
    return count(request.POST.get(name, "")) or 0


def _instead(request: HttpRequest, order: Order) -> NewLine:
    """As the desk types it, “白菜 2斤”, with the price of one; of medicine another maker, everything else as it was."""
    words, yuan = request.POST.get("instead", "")[:80].strip(), request.POST.get("yuan", "").strip()
    price = fen(yuan) if yuan else None
    line = order.lines.filter(position=_number(request, "position")).first()
    if order.kind == OrderKind.MEDICINE and line:
        return NewLine(words, line.quantity, line.unit, line.spec, price)
    typed = NewLine.typed(words, price)
    if typed is None:
        raise RefusedError(Refused("orders.one_thing_instead"))
    return typed


@require_POST
@page
def answer(request: HttpRequest, substitute_id: UUID) -> HttpResponse:
    """Yes with who and how; no, or nobody reached, and the line is not filled."""
    row = queries.substitute(request.scope, request.community, substitute_id)
    said, how = request.POST.get("answer", ""), request.POST.get("how", "")
    if said not in ("yes", "no"):
        raise NotFound("answer")
    item = AnswerTo(row.order_id, row.pk, said == "yes", ref_of(request), request.POST.get("who", "")[:80], Consent(how) if how in list(Consent) else None)
    accepted(actions.answer_substitutes(by=request.scope.actor, community=request.community, items=[item], at=clock.now())[0])
    messages.success(request, text("orders.substitute_agreed" if item.agreed else "orders.substitute_declined", request.lang, no=row.order.no))
    return redirect("orders:substitutes")


@require_POST
@page
def undo_substitute(request: HttpRequest, order_id: UUID, substitute_id: UUID) -> HttpResponse:
    """The answer, or the question, was a mistake. A question that was withdrawn is gone: its order says whose it was, so that
    a double tap finds its answer."""
    order = queries.order(request.scope, request.community, order_id)
    item = UndoSubstitute(order.pk, substitute_id, ref_of(request))
    accepted(actions.undo_substitutes(by=request.scope.actor, community=request.community, items=[item], at=clock.now())[0])
    messages.success(request, text("orders.substitute_undone", request.lang, no=order.no))
    return redirect("orders:substitutes")

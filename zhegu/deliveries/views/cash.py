"""Cash of a run, for its team alone; each look is written down. Closing stands here too."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.accounts.actions import record_look
from zhegu.deliveries import actions, forms, queries
from zhegu.deliveries.models import ErrandRun
from zhegu.deliveries.rules.custody import CashKind, settle
from zhegu.deliveries.views.custody import stop_of
from zhegu.deliveries.views.runs import one, page
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, ref_of


def _mine(request: HttpRequest, run_id: UUID) -> ErrandRun:
    return queries.of_team(request.scope, one(request, run_id))


def _looked(request: HttpRequest, screen: str) -> None:
    record_look(request.scope, community=request.community.code, screen=screen, fields=["cash"], people=[], at=clock.now())


@require_GET
@page
def cash(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Door by door: due, counted, spent, change, and what differs; the whole run below."""
    run = _mine(request, run_id)
    money = queries.purses(request.scope, run)
    _looked(request, "deliveries.cash")
    came, went = queries.cash_total(request.scope, run)
    context = {
        "run": run, "came": came, "went": went, "open": came - went,
        "faults": queries.faults(request.scope, run) if run.begun and not run.closed else (),
        "rows": [
            (stop, held, held.moved.get(CashKind.SPENT, 0), held.moved.get(CashKind.CHANGE, 0), held.moved.get(CashKind.LENT, 0))
            for stop, held in money.items()
        ],
    }  # fmt: skip
    return render(request, "deliveries/cash.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def door_cash(request: HttpRequest, run_id: UUID, stop_id: UUID) -> HttpResponse:
    """The money of one door: a count, or money that came or went."""
    run = _mine(request, run_id)
    stop = stop_of(request, run, stop_id)
    if request.method == "POST":
        _written(request, run, stop)
        return redirect("deliveries:door_cash", run_id=run.pk, stop_id=stop.pk)
    _looked(request, "deliveries.door_cash")
    names = {m.staff.actor.key: m.staff.name for m in queries.team(request.scope, run)}
    held = queries.purse(request.scope, stop)
    context = {
        "run": run, "stop": stop, "held": held, "kinds": list(CashKind),
        "counts": [(names.get(who, ""), fen) for who, fen in held.counts],
        "entries": [(entry, names.get(entry.by, "")) for entry in stop.cash.filter(undone=None)],
    }  # fmt: skip
    return render(request, "deliveries/door_cash.html", context)


def _written(request: HttpRequest, run: ErrandRun, stop: Any) -> None:
    kind, by = request.POST.get("kind", ""), request.scope.actor
    said: dict[str, Any] = {"ref": ref_of(request), "at": clock.now(), "stop": stop.pk, "fen": forms.fen(request.POST.get("yuan", ""))}
    if kind in list(CashKind):
        item = actions.Cash(**said, kind=CashKind(kind), note=request.POST.get("note", "")[:200])
        accepted(actions.move_cash(by=by, run=run, items=[item])[0])
    else:
        agree = accepted(actions.count_cash(by=by, run=run, items=[actions.Count(**said)])[0])["agree"]
        if agree is False:
            messages.error(request, text("deliveries.counts_differ", request.lang))
            return
    messages.success(request, text("deliveries.cash_saved", request.lang))


@require_POST
@page
def settle_all(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Where the bag is counted and holds enough: the price is spent and the rest is change, door by door."""
    run, now = _mine(request, run_id), clock.now()
    items = [
        actions.Cash(ref=new_id(), at=now, stop=stop.pk, kind=kind, fen=fen)
        for stop, held in queries.purses(request.scope, run).items()
        for kind, fen in settle(held, queries.price(request.scope, stop)).items()
    ]
    for answer in actions.move_cash(by=request.scope.actor, run=run, items=items):
        accepted(answer)
    messages.success(request, text("deliveries.settled", request.lang, n=len({item.stop for item in items})))
    return redirect("deliveries:cash", run_id=run.pk)


@require_POST
@page
def undo(request: HttpRequest, run_id: UUID, entry_id: UUID) -> HttpResponse:
    """An entry by mistake."""
    run = _mine(request, run_id)
    item = actions.UndoCash(ref=ref_of(request), at=clock.now(), entry=entry_id)
    facts = accepted(actions.undo_cash(by=request.scope.actor, run=run, items=[item])[0])
    messages.success(request, text("deliveries.cash_undone", request.lang))
    return redirect("deliveries:door_cash", run_id=run.pk, stop_id=facts["stop"])


@require_POST
@page
def receipt(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """What the station or shop was paid."""
    run = _mine(request, run_id)
    fen = forms.fen(request.POST.get("yuan", ""))
    accepted(actions.note_receipt(by=request.scope.actor, run=run, fen=fen, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("deliveries.receipt_saved", request.lang))
    return redirect("deliveries:cash", run_id=run_id)


@require_POST
@page
def close(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Everything is where it belongs and every fen is explained; else the page says where it differs."""
    run = _mine(request, run_id)
    answer = actions.close_run(by=request.scope.actor, run=run, at=clock.now(), ref=ref_of(request))
    if answer.accepted:
        messages.success(request, text("deliveries.closed_now", request.lang))
    else:
        messages.error(request, text(answer.reason, request.lang))
    return redirect("deliveries:run", run_id=run.pk)

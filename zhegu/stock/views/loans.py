"""Equipment: who has what, since when, what is not back; lending, taking in, and undoing either."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.accounts import queries as accounts
from zhegu.lib import clock
from zhegu.lib.scope import Scope
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, here, id_of, ref_of
from zhegu.stock import actions, queries
from zhegu.stock.actions import Lend
from zhegu.stock.rules import read_amount, said_amount
from zhegu.stock.views.goods import choices, day, in_words, keeps, page

STAFF = Scope.everything("the keeper names who is lent something: names of those who work here, nothing else")


@require_GET
@page
def loans(request: HttpRequest) -> HttpResponse:
    """Who has what; below, what came back."""
    today = clock.local_day(clock.now())
    context = {
        "rows": queries.lent(request.scope, request.community, today),
        "over": queries.lent(request.scope, request.community, today, over=True),
        "staff": accounts.staff_at(STAFF, request.community.code), **choices(request),
    }  # fmt: skip
    return render(request, "stock/loans.html", context)


@require_POST
@keeps
@in_words
def lend(request: HttpRequest) -> HttpResponse:
    """Somebody takes it with them."""
    post = request.POST
    asked = Lend(
        id_of(post.get("out_of"), "stock.unknown_store"), id_of(post.get("item"), "stock.unknown_item"), read_amount(post.get("amount", "")),
        id_of(post["staff"], "stock.who_has_it") if post.get("staff") else None, post.get("holder", "")[:80], post.get("mark", "")[:60],
        day(post.get("due", "")),
    )  # fmt: skip
    facts = accepted(actions.lend(by=request.scope.actor, community=request.community, loan=asked, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("stock.lent_now", request.lang, no=facts["no"]))
    return redirect("stock:loans")


@require_POST
@keeps
@in_words
def take_in(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    """It is back in a store; or it is lost."""
    found, post = here(request, queries.loan(request.scope, loan_id)), request.POST
    store = None if "lost" in post else id_of(post.get("into"), "stock.unknown_store")
    facts = accepted(
        actions.take_in(
            by=request.scope.actor, community=found.community, loan=found.pk, amount=read_amount(post.get("amount", "")), store=store,
            note=post.get("note", "")[:200], at=clock.now(), ref=ref_of(request),
        )
    )  # fmt: skip
    key = "stock.loan_left" if facts["left"] else "stock.loan_over"
    messages.success(request, text(key, request.lang, **({"n": said_amount(facts["left"])} if facts["left"] else {})))
    return redirect("stock:loans")


@require_POST
@keeps
def undo_loan(request: HttpRequest, loan_id: UUID) -> HttpResponse:
    """It was not lent after all."""
    found = here(request, queries.loan(request.scope, loan_id))
    accepted(actions.undo_loan(by=request.scope.actor, community=found.community, loan=found.pk, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("stock.loan_undone", request.lang))
    return redirect("stock:loans")


@require_POST
@keeps
def undo_back(request: HttpRequest, back_id: UUID) -> HttpResponse:
    """It did not come back, or is not lost."""
    found = queries.loan_back(request.scope, back_id)
    here(request, found, found.loan)
    accepted(actions.undo_back(by=request.scope.actor, community=found.loan.community, back=found.pk, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("stock.loan_undone", request.lang))
    return redirect("stock:loans")

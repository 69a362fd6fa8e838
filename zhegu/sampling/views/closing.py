"""Closing a round: phones, the three sums, differences by name."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from zhegu.lib import clock
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, office_page, ref_of
from zhegu.sampling import actions, queries
from zhegu.sampling.models import Round
from zhegu.sampling.views.doors import about, the_round


@require_GET
@office_page("office", "leader")
def closing(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """What still stands between this round and its end."""
    return render(request, "sampling/closing.html", _context(request, the_round(request, round_id)))


def _context(request: HttpRequest, round_: Round) -> dict[str, Any]:
    books = queries.reconciliation(request.scope, round_)
    lines = queries.people_named(request.scope, round_, {UUID(d.person) for d in books.differences})
    labels = {str(tube.pk): tube.label for tube in queries.tubes(request.scope, round_)}
    waiting = queries.phones_to_report(request.scope, round_, clock.now()) if round_.is_open else []
    return {
        **about(request, round_, "closing"), "books": books,
        "differences": [(d, lines.get(UUID(d.person)), labels.get(d.tube, "")) for d in books.differences],
        "waiting": [(phone, _address_of(phone.pk)) for phone in waiting],
        "coverage": queries.coverage(request.scope, round_).whole,
    }  # fmt: skip


def _address_of(phone: UUID) -> str:
    """The phone's own page, where it is written off by name; "" where that room is not installed."""
    try:
        return reverse("sync:device", args=[phone])
    except NoReverseMatch:
        return ""


@require_POST
@office_page("office")
def close(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The round is closed, or the page says what is still in the way."""
    round_ = the_round(request, round_id)
    answer = actions.close_round(
        by=request.scope.actor, scope=request.scope, round_=round_, note=request.POST.get("note", ""),
        at=clock.now(), ref=ref_of(request),
    )  # fmt: skip
    if not answer.accepted:
        context = {**_context(request, round_), "refused": answer.reason, "note": request.POST.get("note", "")}
        return render(request, "sampling/closing.html", context, status=409)
    messages.success(request, text("sampling.closed_now", request.lang, no=round_.no))
    return redirect("sampling:round", round_.pk)


@require_POST
@office_page()
def settle(request: HttpRequest, round_id: UUID, conflict_id: UUID) -> HttpResponse:
    """Two people said different things about someone: a person has looked."""
    round_ = the_round(request, round_id)
    conflict = queries.conflict(request.scope, round_, conflict_id)
    accepted(
        actions.settle_conflict(
            by=request.scope.actor, scope=request.scope, conflict=conflict, at=clock.now(), ref=ref_of(request)
        )
    )
    return redirect("sampling:line", round_.pk, conflict.line_id)


@require_GET
@office_page()
def conflicts(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Where two people said different things without knowing of each other."""
    round_ = the_round(request, round_id)
    context = {**about(request, round_, "board"), "conflicts": queries.conflicts(request.scope, round_)}
    return render(request, "sampling/conflicts.html", context)

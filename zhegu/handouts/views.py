"""Office pages of distributions: what is handed out, how far it is, who has not come, and what is odd."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.cards.queries import printed_serial
from zhegu.handouts import actions, forms, queries
from zhegu.handouts.models import Given, Handout
from zhegu.handouts.queries import Progress
from zhegu.handouts.rules import SEES, WORKERS, Confirmed, How, Per
from zhegu.lib import clock
from zhegu.lib.scope import Scope
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, here, office_page, ref_of, room
from zhegu.places import queries as places
from zhegu.stock import queries as stock
from zhegu.stock.models import said_amount

ROWS_TO_A_PAGE = 50
page = room(*SEES)
"""Grid workers hold their role at a grid, so what a page shows is for its queries to say."""
office = office_page("office")


def _may(request: HttpRequest) -> dict[str, Any]:
    code = request.community.code
    may_look = request.scope.covers(code, *SEES)
    return {"may_set": request.scope.covers(code, "office"), "may_look": may_look, "may_give": request.scope.reaches(code, *WORKERS)}


def _numbers(part: Progress, unit: str) -> dict[str, Any]:
    return {"part": part, "unit": unit, "given": said_amount(part.given), "to_come": said_amount(part.to_come)}


@require_GET
@page
def handouts(request: HttpRequest) -> HttpResponse:
    """All distributions, each with how far it is."""
    found = list(queries.handouts(request.scope, request.community))
    known = queries.totals(request.scope, found)
    rows = [(one, _numbers(known.get(one.pk, Progress()), one.item.unit)) for one in found]
    return render(request, "handouts/handouts.html", {"rows": rows, **_may(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@office
def new(request: HttpRequest) -> HttpResponse:
    """What is handed out, to whom, from where."""
    if request.method != "POST":
        context = {
            "stores": stock.stores(request.scope, request.community), "items": stock.items(request.scope, request.community),
            "grids": places.grids(request.scope, request.community), "pers": list(Per), **_may(request),
        }  # fmt: skip
        return render(request, "handouts/new.html", context)
    facts = accepted(
        actions.open_handout(
            by=request.scope.actor, community=request.community, handout=forms.handout_of(request.POST), at=clock.now(),
            ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("handouts.opened", request.lang, n=facts["shares"]))
    return redirect("handouts:handout", facts["handout"])


@require_GET
@page
def handout(request: HttpRequest, handout_id: UUID) -> HttpResponse:
    """By grid: how many came, how much is still to come; what lies in the store; what is odd."""
    found = here(request, queries.handout(request.scope, handout_id))
    grids, may = queries.progress(request.scope, found), _may(request)
    total = sum((part for _, part in grids), Progress())
    context = {
        "handout": found, "grids": [(place, _numbers(part, found.item.unit)) for place, part in grids],
        "total": _numbers(total, found.item.unit), "flagged": queries.flagged(request.scope, found) if may["may_look"] else [], **may,
    }  # fmt: skip
    if may["may_look"]:
        held = stock.held_of(Scope.everything("what lies in the store a distribution is from"), found.store, found.item_id)
        context |= {"held": said_amount(held), "lacks": held < total.to_come}
    return render(request, "handouts/handout.html", context)


def _listed(request: HttpRequest, found: Handout) -> tuple[Any, dict[str, str]]:
    asked = {name: request.GET.get(name, "")[:60] for name in ("q", "came", "grid")}
    rows = queries.named(request.scope, queries.shares(request.scope, found), asked["q"])
    if asked["came"] in ("yes", "no"):
        rows = rows.filter(given__isnull=asked["came"] == "no")
    if asked["grid"]:
        rows = rows.filter(grid=None) if asked["grid"] == "none" else rows.filter(grid__code=asked["grid"])
    return rows, asked


@require_GET
@page
def shares(request: HttpRequest, handout_id: UUID) -> HttpResponse:
    """Who has not come, or everybody; each can be handed out here, and taken back."""
    found = here(request, queries.handout(request.scope, handout_id))
    rows, asked = _listed(request, found)
    query = request.GET.copy()
    query.pop("page", None)
    shown = Paginator(rows, ROWS_TO_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "handout": found, "page": shown, "asked": asked, "query": query.urlencode(),
        "rows": [(one, _card(one.given.card_serial) if one.given else "") for one in shown],
        "grids": places.grids(request.scope, request.community), "hows": list(How), "confirmeds": list(Confirmed), **_may(request),
    }  # fmt: skip
    return render(request, "handouts/shares.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office
def add(request: HttpRequest, handout_id: UUID) -> HttpResponse:
    """A home that was forgotten, or moved in: found by what is typed, put on the list by one button."""
    found = here(request, queries.handout(request.scope, handout_id))
    if request.method != "POST":
        words = request.GET.get("q", "")[:60]
        context = {"handout": found, "asked": words, "found": queries.not_listed(request.scope, found, words), **_may(request)}
        return render(request, "handouts/add.html", context)
    item = actions.AddShare(ref_of(request), **forms.whose(request.POST))
    facts = accepted(actions.add_shares(by=request.scope.actor, handout=found, items=[item], at=clock.now())[0])
    share = queries.share(request.scope, UUID(facts["share"]))
    messages.success(request, text("handouts.added_to_list", request.lang, name=share.label))
    answer = redirect("handouts:shares", found.pk)
    answer["Location"] += "?" + urlencode({"q": share.household.number or share.label if share.household else share.label})
    return answer


@require_POST
@office
def drop(request: HttpRequest, share_id: UUID) -> HttpResponse:
    """It was put on the list by mistake."""
    share = queries.share(request.scope, share_id)
    found = here(request, share.handout)
    item = actions.DropShare(ref_of(request), share.pk)
    accepted(actions.drop_shares(by=request.scope.actor, handout=found, items=[item], at=clock.now())[0])
    messages.success(request, text("handouts.off_the_list", request.lang, name=share.label))
    return redirect("handouts:shares", found.pk)


def _card(serial: int | None) -> str:
    return printed_serial(serial) if serial else ""


@require_POST
@page
def hand_out(request: HttpRequest, share_id: UUID) -> HttpResponse:
    """Handed out at the counter, or noted from paper."""
    found = queries.share(request.scope, share_id)
    here(request, found, found.handout)
    how, confirmed = forms.way_of(request.POST)
    item = actions.HandOut(ref=ref_of(request), at=clock.now(), share=found.pk, how=how, confirmed=confirmed)
    accepted(actions.hand_out(by=request.scope.actor, scope=request.scope, community=request.community, items=[item])[0])
    messages.success(request, text("handouts.given_to", request.lang, name=found.label))
    return _back(request, found.handout_id)


def _given(request: HttpRequest, given_id: UUID) -> Given:
    row = queries.one_given(request.scope, given_id)
    return here(request, row, row.share.handout)


def _back(request: HttpRequest, handout_id: UUID) -> HttpResponse:
    """To the list as it stood."""
    answer = redirect("handouts:shares", handout_id)
    asked = request.POST.get("query", "")[:200]
    answer["Location"] += f"?{asked}" if asked and asked.isprintable() else ""
    return answer


@require_POST
@page
def undo(request: HttpRequest, given_id: UUID) -> HttpResponse:
    """It was not handed out after all."""
    row = _given(request, given_id)
    item = actions.UndoGiven(ref=ref_of(request), at=clock.now(), given=row.pk)
    accepted(actions.undo_given(by=request.scope.actor, scope=request.scope, community=request.community, items=[item])[0])
    messages.success(request, text("handouts.undone", request.lang))
    return redirect("handouts:handout", row.share.handout_id)


@require_POST
@office
def look(request: HttpRequest, given_id: UUID) -> HttpResponse:
    """The office lets it stand."""
    row = _given(request, given_id)
    accepted(
        actions.look_at(by=request.scope.actor, community=request.community, given=row, at=clock.now(), ref=ref_of(request))
    )
    messages.success(request, text("handouts.looked", request.lang))
    return redirect("handouts:handout", row.share.handout_id)


@require_POST
@office
def close(request: HttpRequest, handout_id: UUID) -> HttpResponse:
    """It is over."""
    found = here(request, queries.handout(request.scope, handout_id))
    accepted(actions.close_handout(by=request.scope.actor, handout=found, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("handouts.is_closed", request.lang))
    return redirect("handouts:handout", found.pk)


@require_POST
@office
def reopen(request: HttpRequest, handout_id: UUID) -> HttpResponse:
    """Closing was a mistake."""
    found = here(request, queries.handout(request.scope, handout_id))
    accepted(actions.reopen_handout(by=request.scope.actor, handout=found, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("handouts.is_open", request.lang))
    return redirect("handouts:handout", found.pk)

"""Disinfection today: what is planned and done at each spot, writing down, taking back; the office says what is planned."""

from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.accounts import queries as accounts
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, here, office_page, ref_of
from zhegu.sanitation import actions, queries
from zhegu.sanitation.models import Disinfection
from zhegu.sanitation.rules import DISINFECTS, Agent, Method, Said, SpotKind, first_of, to_come

page = office_page(*DISINFECTS)
SHOWN_DAYS, ROWS = 7, 100
Word = TypeVar("Word", bound=StrEnum)


@require_GET
@page
def today(request: HttpRequest) -> HttpResponse:
    """Each spot with what is left to do today, and what was done in the last days."""
    now = clock.now()
    day = clock.local_day(now)
    done = queries.counted(request.scope, request.community, day, day, now)
    rows = queries.done(request.scope, request.community, first_of(SHOWN_DAYS, day), day, now)[:ROWS]
    names = {member.actor.key: member.name for member in accounts.staff_at(request.scope, request.community.code)}
    spots = [(spot, done.get((spot.pk, day), 0)) for spot in queries.spots(request.scope, request.community)]
    last = _last(rows)
    context = {
        "spots": sorted(((spot, n, n < spot.per_day, last.get(spot.pk)) for spot, n in spots), key=lambda one: not one[2]),
        "left": sum(max(0, spot.per_day - n) for spot, n in spots), "now": now,
        "whole": queries.amount(request.scope, request.community, day, day, now),
        "rows": [(row, names.get(row.by, "")) for row in rows],
        "kinds": list(SpotKind), "agents": list(Agent), "methods": list(Method),
        "may_plan": request.scope.covers(request.community.code, "office"),
    }  # fmt: skip
    return render(request, "sanitation/today.html", context)


def _last(rows: Any) -> dict[UUID, Disinfection]:
    """What was said last of each spot: the next is mostly the same."""
    found: dict[UUID, Disinfection] = {}
    for row in rows:
        found.setdefault(row.spot_id, row)
    return found


@require_POST
@office_page("office")
def new_spot(request: HttpRequest) -> HttpResponse:
    """Something that is to be disinfected from today on."""
    post = request.POST
    spot = actions.NewSpot(
        post.get("name", "")[:80], post.get("name_bo", "")[:120], _word(SpotKind, post, "kind"), _number(post, "area"),
        _number(post, "per_day"),
    )  # fmt: skip
    accepted(actions.add_spot(by=request.scope.actor, community=request.community, spot=spot, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("sanitation.saved", request.lang))
    return redirect("sanitation:today")


@require_POST
@office_page("office")
def close_spot(request: HttpRequest, spot_id: UUID) -> HttpResponse:
    """It is not to be disinfected any more."""
    spot = here(request, queries.spot(request.scope, spot_id))
    accepted(actions.close_spot(by=request.scope.actor, spot=spot, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("sanitation.closed", request.lang, name=spot.name))
    return redirect("sanitation:today")


@require_POST
@page
def record(request: HttpRequest, spot_id: UUID) -> HttpResponse:
    """It was disinfected, now or earlier."""
    spot, post, now = here(request, queries.spot(request.scope, spot_id)), request.POST, clock.now()
    said = Said(
        agent=_word(Agent, post, "agent"), method=_word(Method, post, "method"), minutes=_number(post, "minutes"),
        mg_per_litre=_number(post, "mg_per_litre") if post.get("mg_per_litre") else None, litres=_litres(post),
        area=_number(post, "area"),
    )  # fmt: skip
    item = actions.NewDisinfection(ref=ref_of(request), at=_moment(post, now), spot=spot.pk, said=said)
    accepted(actions.record(by=request.scope.actor, scope=request.scope, community=request.community, items=[item])[0])
    messages.success(request, text("sanitation.recorded", request.lang, name=spot.name))
    return redirect("sanitation:today")


@require_POST
@page
def undo(request: HttpRequest, disinfection_id: UUID) -> HttpResponse:
    """It was written down by mistake."""
    done = here(request, queries.disinfection(request.scope, disinfection_id))
    answer = actions.undo(
        by=request.scope.actor, scope=request.scope, community=request.community, done=done, at=clock.now(), ref=ref_of(request)
    )
    accepted(answer)
    messages.success(request, text("sanitation.undone", request.lang))
    return redirect("sanitation:today")


def _word(kinds: type[Word], post: QueryDict, name: str) -> Word:
    try:
        return kinds(post.get(name, ""))
    except ValueError:
        raise RefusedError(Refused(f"sanitation.wrong_{name}")) from None


def _number(post: QueryDict, name: str) -> int:
    try:
        return int(post.get(name, ""))
    except ValueError:
        raise RefusedError(Refused(f"sanitation.wrong_{name}")) from None


def _litres(post: QueryDict) -> Decimal:
    """To a tenth of a litre."""
    try:
        return Decimal(post.get("litres", "")).quantize(Decimal("0.1"))
    except InvalidOperation:
        raise RefusedError(Refused("sanitation.wrong_litres")) from None


def _moment(post: QueryDict, now: datetime) -> datetime:
    """When it was done; now where nothing is said. Refused: later than now."""
    said = post.get("at", "")
    try:
        at = datetime.fromisoformat(said).replace(tzinfo=clock.LOCAL) if said else now
    except ValueError:
        raise RefusedError(Refused("sanitation.wrong_at")) from None
    if to_come(at, now):
        raise RefusedError(Refused("sanitation.wrong_at"))
    return at

"""Office pages: looking at an outbreak again, and the risk of places elsewhere."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.outbreaks import actions, queries
from zhegu.outbreaks.actions import NewRisk
from zhegu.outbreaks.models import Outbreak
from zhegu.outbreaks.rules import Phase
from zhegu.pages.doors import accepted, day_said, office_page, ref_of


def found(request: HttpRequest, outbreak_id: UUID, *, to_change: bool = False) -> Outbreak:
    """The outbreak, for those of its community's office (or its leaders, who read); raises NotFound."""
    one = queries.outbreak(request.scope, outbreak_id)
    roles = ("office",) if to_change else ("office", "leader")
    if not request.scope.covers(one.community.code, *roles):
        raise NotFound("role")
    return one


def about(request: HttpRequest, outbreak: Outbreak) -> dict:
    """What every page of an outbreak says of it."""
    return {
        "outbreak": outbreak,
        "name": outbreak.rules.name(request.lang),
        "may_change": outbreak.is_open and request.scope.covers(outbreak.community.code, "office"),
    }


def a_day(said: str, *, needed: bool = True) -> date | None:
    """A day from a form; raises RefusedError where it cannot be read."""
    return day_said(said, RefusedError(Refused("outbreaks.bad_date")), needed=needed)


@require_POST
@office_page("office")
def review(request: HttpRequest, outbreak_id: UUID) -> HttpResponse:
    """Somebody has looked: that phase holds from now on."""
    outbreak = found(request, outbreak_id, to_change=True)
    said = request.POST.get("phase", "")
    if said not in list(Phase):
        raise RefusedError(Refused("outbreaks.unknown_phase"))
    accepted(
        actions.review(
            by=request.scope.actor, outbreak=outbreak, phase=Phase(said), why=request.POST.get("why", ""),
            at=clock.now(), ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("outbreaks.reviewed_now", request.lang))
    return redirect("outbreaks:outbreak", outbreak.id)


@require_GET
@office_page("office", "leader")
def risks(request: HttpRequest, outbreak_id: UUID) -> HttpResponse:
    """Which areas have a level today (or on a day asked for), what was said of them, and asking about a place."""
    outbreak = found(request, outbreak_id)
    day = a_day(request.GET.get("day", ""), needed=False) or clock.local_day(clock.now())
    place = request.GET.get("place", "").strip()[:120]
    book = queries.risk_book(request.scope, outbreak.community, outbreak)
    levels = [(level.code, queries.level_name(level.code, request.lang)) for level in outbreak.rules.risk_levels]
    said = queries.said_of_areas(request.scope, outbreak)
    context = {
        **about(request, outbreak), "day": day, "place": place, "levels": levels,
        "standing": [(one, _level(one.level, request.lang)) for one in book.on(day)],
        "said": [(one, _level(one.level, request.lang)) for one in said],
        "answer": book.found(place, day) if place else None,
        "perhaps": book.parts_of(place, day) if place else [],
    }  # fmt: skip
    if context["answer"]:
        context["answer_level"] = _level(context["answer"].level, request.lang)
    return render(request, "outbreaks/risks.html", context)


def _level(code: str, lang: str) -> str:
    return queries.level_name(code, lang) if code else text("outbreaks.lifted", lang)


@require_POST
@office_page("office")
def set_risk(request: HttpRequest, outbreak_id: UUID) -> HttpResponse:
    """One area has a level from a day on."""
    outbreak, post = found(request, outbreak_id, to_change=True), request.POST
    risk = NewRisk(
        post.get("name", ""), post.get("level", ""), a_day(post.get("since", "")), post.get("source", ""),
        clock.now(), ref_of(request), a_day(post.get("until", ""), needed=False), post.get("name_bo", ""),
        post.get("code", ""),
    )  # fmt: skip
    accepted(actions.set_risks(by=request.scope.actor, outbreak=outbreak, risks=[risk])[0])
    messages.success(request, text("outbreaks.risk_saved", request.lang))
    return redirect("outbreaks:risks", outbreak.id)


@require_POST
@office_page("office")
def take_back_risk(request: HttpRequest, risk_id: UUID) -> HttpResponse:
    """What was said of an area was a mistake."""
    risk = queries.risk_area(request.scope, risk_id)
    found(request, risk.outbreak_id, to_change=True)
    accepted(
        actions.take_back_risk(by=request.scope.actor, risk=risk, at=clock.now(), ref=ref_of(request))
    )
    messages.success(request, text("outbreaks.risk_taken_back", request.lang))
    return redirect("outbreaks:risks", risk.outbreak_id)

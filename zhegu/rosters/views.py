"""Office pages of the rosters: who is on now, planning, one shift, what was handed over."""

import re
from datetime import date, timedelta
from datetime import time as clock_time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.accounts import queries as accounts
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.paper import Page, print_table
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, here, office_page, ref_of
from zhegu.pages.paper import printed
from zhegu.places import queries as places
from zhegu.rosters import actions, queries
from zhegu.rosters.ledgers import meals_table
from zhegu.rosters.rules import PLANNERS, Counted, Pattern, PostKind

CREWS = 6
"""So many crews may take turns in one plan."""
SAID_FOR = timedelta(days=7)
page = office_page()
planners = office_page(*PLANNERS)


def _refuse(reason: str) -> RefusedError:
    return RefusedError(Refused(f"rosters.{reason}"))


def _common(request: HttpRequest) -> dict[str, Any]:
    return {"may_plan": request.scope.covers(request.community.code, *PLANNERS)}


def _day(said: str, otherwise: date | None = None) -> date:
    if not said and otherwise:
        return otherwise
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise _refuse("bad_day") from None


@require_GET
@page
def now(request: HttpRequest) -> HttpResponse:
    """Every post: who is on, who comes next, the last word; below it the shifts of one day."""
    at = clock.now()
    day = _day(request.GET.get("day", ""), clock.local_day(at))
    context = {
        "posts": queries.on_at(request.scope, request.community, at), "day": day, "before": day - timedelta(days=1),
        "after": day + timedelta(days=1), "shifts": queries.shifts_of_days(request.scope, request.community, day, day),
        **_common(request),
    }  # fmt: skip
    return render(request, "rosters/now.html", context)


def _staff(said: list[str]) -> tuple[UUID, ...]:
    try:
        return tuple(UUID(one) for one in said if one)
    except ValueError:
        raise _refuse("unknown_staff") from None


def _plan_of(post: QueryDict) -> actions.Plan:
    """A plan as the form describes it; the first one of each crew leads."""
    crews = (_staff([post.get(f"lead-{n}", ""), *post.getlist(f"crew-{n}")]) for n in range(CREWS))
    pattern, begins = post.get("pattern"), post.get("begins", "")
    if pattern not in list(Pattern) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", begins):
        raise _refuse("bad_hours")
    return actions.Plan(
        _day(post.get("since", "")), _day(post.get("until", "")), clock_time.fromisoformat(begins), Pattern(pattern),
        tuple(crew for crew in crews if crew),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@planners
def plan(request: HttpRequest) -> HttpResponse:
    """Shifts of some days at one post; crews take turns."""
    at = clock.now()
    posts = list(queries.posts(request.scope, request.community))
    if request.method == "POST":
        chosen = next((one for one in posts if str(one.pk) == request.POST.get("post")), None)
        if chosen is None:
            raise _refuse("unknown_post")
        wanted = _plan_of(request.POST)
        facts = accepted(
            actions.plan_shifts(by=request.scope.actor, post=chosen, plan=wanted, at=at, ref=ref_of(request))
        )
        messages.success(request, text("rosters.planned", request.lang, n=len(facts["shifts"]), post=chosen.name))
        shown = queries.shifts_of_days(request.scope, request.community, wanted.since, wanted.until).filter(post=chosen)
        return render(request, "rosters/planned.html", {"shifts": shown, "post": chosen, **_common(request)})
    today = clock.local_day(at)
    context = {
        "posts": posts, "kinds": list(PostKind), "patterns": list(Pattern), "crews": range(CREWS), "today": today,
        "week": today + timedelta(days=6), "staff": accounts.staff_at(request.scope, request.community.code),
        "grids": places.grids(request.scope, request.community), **_common(request),
    }  # fmt: skip
    return render(request, "rosters/plan.html", context)


@require_POST
@planners
def new_post(request: HttpRequest) -> HttpResponse:
    """One more post."""
    post = request.POST
    if post.get("kind") not in list(PostKind):
        raise _refuse("unknown_kind")
    grid = post.get("place", "")
    new = actions.NewPost(
        post.get("name", "")[:80], PostKind(post["kind"]), post.get("name_bo", "")[:120],
        places.grid(request.scope, grid) if grid else None,
    )  # fmt: skip
    accepted(actions.add_post(by=request.scope.actor, community=request.community, post=new, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("rosters.saved", request.lang))
    return redirect("rosters:plan")


@require_POST
@planners
def close_post(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Nobody stands there any more."""
    one = here(request, queries.post(request.scope, post_id))
    accepted(actions.close_post(by=request.scope.actor, post=one, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("rosters.closed", request.lang, name=one.name))
    return redirect("rosters:now")


@require_http_methods(["GET", "HEAD", "POST"])
@page
def shift(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """One shift: its crew, changed by those who plan; handing over."""
    one = here(request, queries.shift(request.scope, shift_id))
    if request.method == "POST":
        if not request.scope.covers(one.post.place.code, *PLANNERS):
            raise queries.NotFound("role")
        crew = _staff([request.POST.get("lead", ""), *request.POST.getlist("crew")])
        accepted(actions.set_crew(by=request.scope.actor, shift=one, crew=crew, at=clock.now(), ref=ref_of(request)))
        messages.success(request, text("rosters.saved", request.lang))
        return redirect("rosters:shift", shift_id)
    said = queries.named(request.scope, request.community, one.handovers.filter(undone=None))
    context = {
        "shift": one, "staff": accounts.staff_at(request.scope, request.community.code), "counted": list(Counted),
        "crew": {duty.staff_id for duty in one.duties.all()}, "said": said[0] if said else None,
        "lead": next((duty.staff_id for duty in one.duties.all() if duty.leads), None), **_common(request),
    }  # fmt: skip
    return render(request, "rosters/shift.html", context)


@require_POST
@planners
def cancel(request: HttpRequest) -> HttpResponse:
    """One shift, or all of a plan that was just made, taken back."""
    shifts = _staff(request.POST.getlist("shift"))
    facts = accepted(
        actions.cancel_shifts(
            by=request.scope.actor, community=request.community, shifts=shifts, at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("rosters.cancelled", request.lang, n=facts["n"]))
    return redirect("rosters:now")


def _counts(post: QueryDict) -> dict[str, int]:
    said = {code.value: post.get(f"count-{code}", "").strip() for code in Counted}
    if any(n and not re.fullmatch(r"\d{1,5}", n) for n in said.values()):
        raise _refuse("bad_count")
    return {code: int(n) for code, n in said.items() if n}


@require_POST
@page
def hand_over(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """What this shift leaves to the next."""
    one = here(request, queries.shift(request.scope, shift_id))
    item = actions.HandOver(
        ref=ref_of(request), at=clock.now(), shift=one.pk, notes=request.POST.get("notes", "")[:1000], counts=_counts(request.POST)
    )
    accepted(actions.hand_over(by=request.scope.actor, scope=request.scope, community=one.community, items=[item])[0])
    messages.success(request, text("rosters.handed_over", request.lang))
    return redirect("rosters:shift", shift_id)


@require_GET
@page
def handovers(request: HttpRequest) -> HttpResponse:
    """What was handed over in the last days, newest first."""
    at = clock.now()
    rows = queries.handovers(request.scope, request.community, at - SAID_FOR, at + timedelta(seconds=1))
    context = {"rows": queries.named(request.scope, request.community, rows), **_common(request)}
    return render(request, "rosters/handovers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def meals(request: HttpRequest) -> HttpResponse:
    """For how many to cook at each shift of a day, where they stand, and who cooks; planners say who."""
    if request.method == "POST":
        return _cook(request)
    day = _day(request.GET.get("day", ""), clock.local_day(clock.now()))
    context = {
        "day": day, "before": day - timedelta(days=1), "after": day + timedelta(days=1),
        "meals": queries.meals(request.scope, request.community, day), **_common(request),
    }  # fmt: skip
    return render(request, "rosters/meals.html", context)


def _cook(request: HttpRequest) -> HttpResponse:
    if not request.scope.covers(request.community.code, *PLANNERS):
        raise NotFound("cook")
    post = request.POST
    cook = actions.NewCook(_day(post.get("day", "")), post.get("word", ""), post.get("cook", ""), post.get("note", ""))
    accepted(actions.set_cook(by=request.scope.actor, community=request.community, cook=cook, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("rosters.saved", request.lang))
    answer = redirect("rosters:meals")
    answer["Location"] += f"?day={cook.day.isoformat()}"
    return answer


@require_GET
@page
def meals_pdf(request: HttpRequest) -> HttpResponse:
    """The same on paper, for the kitchen."""
    day = _day(request.GET.get("day", ""), clock.local_day(clock.now()))
    table = meals_table(request.scope, request.community, day)
    return printed(request, lambda imprint: print_table(table, imprint, Page(landscape=False)))


@require_POST
@page
def take_over(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """It has been read."""
    return _about(request, handover_id, actions.take_over, "taken_over")


@require_POST
@page
def undo_hand_over(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    """It was not handed over yet."""
    return _about(request, handover_id, actions.undo_hand_over, "undone")


def _about(request: HttpRequest, handover_id: UUID, act: Any, said: str) -> HttpResponse:
    one = here(request, queries.handover(request.scope, handover_id))
    item = actions.OfHandover(ref=ref_of(request), at=clock.now(), handover=one.pk)
    accepted(act(by=request.scope.actor, scope=request.scope, community=one.community, items=[item])[0])
    messages.success(request, text(f"rosters.{said}", request.lang))
    return redirect("rosters:handovers")

"""Office pages: who answers for which place and household, now or on a day, and putting somebody in charge."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.accounts import actions as accounts
from zhegu.accounts import queries as staff
from zhegu.accounts.models import Staff
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, office_page, ref_of
from zhegu.places import queries as places
from zhegu.places.models import Kind, Place
from zhegu.registers import queries as registers
from zhegu.responsibility import actions, queries

HOUSES_TO_A_PAGE = 50


def _day(request: HttpRequest) -> date:
    said = request.GET.get("day", "")
    try:
        return date.fromisoformat(said) if said else clock.local_day(clock.now())
    except ValueError:
        raise RefusedError(Refused("responsibility.bad_date")) from None


def _about(request: HttpRequest, day: date) -> dict[str, Any]:
    today = clock.local_day(clock.now())
    when = queries.When.just(clock.now()) if day == today else queries.When.all_day(day)
    may_change = day == today and request.scope.covers(request.community.code, "office")
    workers = staff.staff_at(request.scope, request.community.code) if may_change else []
    return {"day": day, "when": when, "is_today": day == today, "may_change": may_change, "staff": workers}


@require_GET
@office_page(*queries.SEES)
def board(request: HttpRequest) -> HttpResponse:
    """Every grid and unit with who answered for it on that day."""
    about = _about(request, _day(request))
    context = {
        **about, "rows": queries.board(request.scope, request.community, about["when"]),
        "gaps": queries.gaps(request.scope, request.community, clock.now()),
    }  # fmt: skip
    return render(request, "responsibility/board.html", context)


@require_GET
@office_page(*queries.SEES)
def households(request: HttpRequest) -> HttpResponse:
    """Households by number, door, address or head, with who answered for each on that day."""
    about, words = _about(request, _day(request)), request.GET.get("q", "").strip()[:80]
    found = registers.households(request.scope, request.community, words=words, roles=queries.SEES)
    page = Paginator(found.select_related("grid", "unit", "community"), HOUSES_TO_A_PAGE).get_page(request.GET.get("page"))
    homes = queries.for_households(request.scope, request.community, list(page), about["when"])
    context = {**about, "homes": homes, "page": page, "q": words}
    return render(request, "responsibility/households.html", context)


def _worker(request: HttpRequest) -> Staff:
    try:
        wanted = UUID(request.POST.get("staff", ""))
    except ValueError:
        raise RefusedError(Refused("responsibility.nobody_chosen")) from None
    return staff.staff_member(request.scope, request.community.code, wanted)


def _place(request: HttpRequest, code: str) -> Place:
    here = [*places.grids(request.scope, request.community), *places.units(request.scope, request.community)]
    found = next((one for one in here if one.code == code), None)
    if found is None:
        raise NotFound(code)
    return found


@require_POST
@office_page("office")
def change_place(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody answers for that grid or unit from now on, or no longer does."""
    place, who = _place(request, code), {"by": request.scope.actor, "at": clock.now(), "ref": ref_of(request)}
    role = queries.ROLES[Kind(place.kind)]
    if taken := request.POST.get("take", ""):
        held = staff.grants_in(request.scope, request.community.code).filter(place=place, role=role)
        grant = held.filter(pk=int(taken)).first() if taken.isdecimal() else None
        if grant is None:
            raise NotFound("grant")
        accepted(accounts.take_role(**who, grant=grant))
    else:
        accepted(accounts.give_role(**who, staff=_worker(request), role=role, place=place))
    messages.success(request, text("responsibility.saved", request.lang))
    return redirect("responsibility:board")


@require_POST
@office_page("office")
def change_household(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Somebody answers for that household from now on, or no longer does."""
    household = registers.household(request.scope, household_id, roles=("office",))
    who = {"by": request.scope.actor, "at": clock.now(), "ref": ref_of(request)}
    if taken := request.POST.get("take", ""):
        try:
            keeper = queries.keeper(request.scope, household, UUID(taken))
        except ValueError:
            raise NotFound("keeper") from None
        accepted(actions.end_keeper(**who, keeper=keeper))
    else:
        accepted(actions.put_in_charge(**who, household=household, staff=_worker(request)))
    messages.success(request, text("responsibility.saved", request.lang))
    return redirect("responsibility:households")

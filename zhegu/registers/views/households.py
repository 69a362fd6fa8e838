"""Households: the list, one household, adding, correcting, splitting."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.lib import clock
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, ref_of, room
from zhegu.places import queries as places
from zhegu.registers import actions, queries
from zhegu.registers.forms import HouseholdForm, page_in
from zhegu.registers.models import Household
from zhegu.registers.rules.rights import CHANGES, KEEPS, READS
from zhegu.registers.views.doors import may, today
from zhegu.registers.views.people import rows

PAGE = 50


@require_GET
@room(*READS)
def households(request: HttpRequest) -> HttpResponse:
    """Households by grid, with how many live there."""
    scope, community = request.scope, request.community
    words, grid = request.GET.get("q", "").strip(), request.GET.get("grid", "")
    found = queries.households(scope, community, grid=grid, words=words)
    total = found.count()
    last = max(1, -(-total // PAGE))
    page = min(page_in(request.GET), last)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "houses": found[(page - 1) * PAGE : page * PAGE], "total": total, "page": page, "last": last,
        "next": page + 1 if page < last else 0, "previous": page - 1, "words": words, "grid": grid,
        "grids": places.grids(scope, community), "units": places.units(scope, community),
        "query": asked.urlencode(), **may(request),
    }  # fmt: skip
    template = "registers/_households.html" if request.htmx else "registers/households.html"
    return render(request, template, context)


@require_GET
@room(*READS)
def household(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """One household: who lives there, where it stands, what happened."""
    found = queries.household(request.scope, household_id)
    mine = found.grid.code if found.grid else found.community.code
    whole = request.scope.covers(found.community.code)
    context = {
        "household": found, "rows": rows(queries.members(request.scope, found), today()),
        "units": places.units(request.scope, found.community).filter(within=found.grid) if found.grid else [],
        "grids": places.grids(request.scope, found.community),
        "history": queries.history(request.scope, found.community, found.pk) if whole else [],
        "may_change": request.scope.covers(mine, *CHANGES), "may_keep": request.scope.covers(mine, *KEEPS),
    }  # fmt: skip
    return render(request, "registers/household.html", context)


def _facts(form: HouseholdForm) -> actions.HouseholdFacts:
    said = dict(form.cleaned_data)
    return actions.HouseholdFacts(note=said.pop("household_note"), **said)


@require_http_methods(["GET", "HEAD", "POST"])
@room(*CHANGES)
def add(request: HttpRequest) -> HttpResponse:
    """A new household."""
    form = HouseholdForm(request.POST or None, lang=request.lang)
    grids = places.grids(request.scope, request.community)
    if request.method != "POST" or not form.is_valid():
        whole = request.scope.covers(request.community.code, *CHANGES)
        context = {"form": form, "grids": grids, "may_place_nowhere": whole}
        return render(request, "registers/household_form.html", context)
    grid = places.grid(request.scope, request.POST["grid"]) if request.POST.get("grid") else None
    if not request.scope.covers(grid.code if grid else request.community.code, *CHANGES):
        raise NotFound("grid")
    facts = accepted(
        actions.add_household(
            by=request.scope.actor, community=request.community, facts=_facts(form), grid=grid, at=clock.now(),
            ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("registers.household_added_now", request.lang))
    return redirect("registers:household", facts["household"])


@require_http_methods(["GET", "HEAD", "POST"])
@room(*CHANGES)
def change(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Corrects what is written about the household itself."""
    found = queries.household(request.scope, household_id, roles=CHANGES)
    shown = {name: getattr(found, name) for name in ("no", "head_name", "address", "door")}
    form = HouseholdForm(request.POST or None, lang=request.lang, initial={**shown, "household_note": found.note})
    if request.method != "POST" or not form.is_valid():
        return render(request, "registers/household_form.html", {"form": form, "household": found})
    accepted(
        actions.change_household(
            by=request.scope.actor, household=found, facts=_facts(form), at=clock.now(), ref=ref_of(request)
        )
    )  # fmt: skip
    messages.success(request, text("registers.household_changed_now", request.lang))
    return redirect("registers:household", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@room(*CHANGES)
def split(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Some of its members become a household of their own."""
    found = queries.household(request.scope, household_id, roles=CHANGES)
    form = HouseholdForm(request.POST or None, lang=request.lang, initial={"address": found.address})
    members = list(queries.members(request.scope, found))
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "household": found, "rows": rows(members, today())}
        return render(request, "registers/split.html", context)
    ticked = set(request.POST.getlist("person"))
    facts = accepted(
        actions.split_household(
            by=request.scope.actor, household=found, people=[one for one in members if str(one.pk) in ticked],
            facts=_facts(form), at=clock.now(), ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("registers.split_now", request.lang, n=len(facts["people"])))
    return redirect("registers:household", facts["household"])


@require_POST
@room(*KEEPS)
def assign(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """The household goes to a grid with everyone in it, or joins a unit."""
    found = queries.household(request.scope, household_id, roles=KEEPS)
    answer = _to_grid(request, found) if request.POST.get("grid") else _to_unit(request, found)
    accepted(answer)
    messages.success(request, text("registers.household_changed_now", request.lang))
    return redirect("registers:household", found.pk)


def _to_grid(request: HttpRequest, found: Household) -> Any:
    grid = places.grid(request.scope, request.POST["grid"])
    act = actions.AssignGrid(grid, clock.now(), ref_of(request), households=(found,))
    return actions.assign_grid(by=request.scope.actor, community=found.community, items=[act])[0]


def _to_unit(request: HttpRequest, found: Household) -> Any:
    code = request.POST.get("unit", "")
    unit = places.units(request.scope, found.community).filter(code=code).first() if code else None
    if code and unit is None:
        raise NotFound("unit")
    act = actions.AssignUnit((found,), unit, clock.now(), ref_of(request))
    return actions.assign_unit(by=request.scope.actor, community=found.community, items=[act])[0]

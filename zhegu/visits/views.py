"""Office pages of campaigns: what is covered, who is missing, one door, paper, and where people disagree."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.accounts import actions as accounts
from zhegu.accounts import queries as staff
from zhegu.care.actions import Category
from zhegu.lib import clock
from zhegu.lib.paper import Imprint, Page, print_table
from zhegu.lib.scope import NotFound, Scope
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, here, office_page, ref_of
from zhegu.places import queries as places
from zhegu.visits import actions, forms, queries
from zhegu.visits.ledgers import walk_list
from zhegu.visits.models import Campaign, Door, Said
from zhegu.visits.rules import MOST_QUESTIONS, SAID, WORKERS, Kind, Standing, What

ROWS_TO_A_PAGE = 50
FIRST_QUESTIONS = 8
page = office_page()
"""Workers hold their role at a grid or a unit, so what a page shows is for its queries to say."""
office = office_page("office")


def _may(request: HttpRequest) -> dict[str, Any]:
    may_run = request.scope.covers(request.community.code, "office")
    waiting = queries.clashes(request.scope, request.community).count() if may_run else 0
    return {"may_run": may_run, "may_visit": bool(request.scope.places(*WORKERS)), "waiting": waiting}


@require_GET
@page
def campaigns(request: HttpRequest) -> HttpResponse:
    """All campaigns, each with how far it is."""
    found = list(queries.campaigns(request.scope, request.community))
    rows = [(one, queries.total(request.scope, queries.coverage(request.scope, one))) for one in found]
    return render(request, "visits/campaigns.html", {"rows": rows, **_may(request)})


@require_http_methods(["GET", "HEAD", "POST"])
@office
def new(request: HttpRequest) -> HttpResponse:
    """A campaign with its questions."""
    if request.method != "POST":
        today = clock.local_day(clock.now())
        context = {"kinds": list(Kind), "rows": range(FIRST_QUESTIONS), "most": MOST_QUESTIONS, "today": today}
        return render(request, "visits/new.html", {**context, **_may(request)})
    facts = accepted(
        actions.open_campaign(
            by=request.scope.actor, community=request.community, campaign=forms.campaign_of(request.POST), at=clock.now(),
            ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("visits.opened", request.lang, n=facts["doors"]))
    return redirect("visits:campaign", facts["campaign"])


@require_http_methods(["GET", "HEAD", "POST"])
@office
def questions(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """What is asked from now on; what was answered before stays."""
    found = here(request, queries.campaign(request.scope, campaign_id))
    if request.method != "POST":
        asked = len(found.asked)
        blank = range(min(max(1, FIRST_QUESTIONS - asked), MOST_QUESTIONS - asked))
        context = {"campaign": found, "kinds": list(Kind), "rows": [*found.asked, *blank], "most": MOST_QUESTIONS}
        return render(request, "visits/questions.html", {**context, **_may(request)})
    facts = accepted(
        actions.change_questions(
            by=request.scope.actor, campaign=found, questions=forms.questions_of(request.POST), at=clock.now(),
            ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("visits.questions_now", request.lang, n=facts["version"]))
    return redirect("visits:campaign", found.pk)


@require_GET
@page
def campaign(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Coverage by grid and by unit, and what was answered, in numbers."""
    found = here(request, queries.campaign(request.scope, campaign_id))
    grids = queries.coverage(request.scope, found)
    context = {
        "campaign": found, "grids": grids, "total": queries.total(request.scope, grids),
        "units": [row for row in queries.coverage(request.scope, found, "unit") if row[0]],
        "results": queries.results(request.scope, found), **_may(request),
    }  # fmt: skip
    return render(request, "visits/campaign.html", context)


def _listed(request: HttpRequest, found: Campaign) -> tuple[Any, dict[str, str]]:
    """The doors of the list as it stands on the screen, and what was asked for."""
    asked = {name: request.GET.get(name, "")[:60] for name in ("q", "standing", "grid", "unit")}
    rows = queries.named(request.scope, queries.doors(request.scope, found), asked["q"])
    if asked["standing"] in list(Standing):
        rows = rows.filter(standing=asked["standing"])
    if asked["grid"]:
        rows = rows.filter(grid=None) if asked["grid"] == "none" else rows.filter(grid__code=asked["grid"])
    return (rows.filter(unit__code=asked["unit"]) if asked["unit"] else rows), asked


@require_GET
@page
def doors(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The doors of a campaign: the missing ones, those of a grid or a unit, one found by name."""
    found = here(request, queries.campaign(request.scope, campaign_id))
    rows, asked = _listed(request, found)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "campaign": found, "page": Paginator(rows, ROWS_TO_A_PAGE).get_page(request.GET.get("page")), "asked": asked,
        "query": query.urlencode(), "standings": list(Standing), "grids": places.grids(request.scope, request.community),
        **_may(request),
    }  # fmt: skip
    return render(request, "visits/doors.html", context)


@require_GET
@office
def walk(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The list as it stands on the screen, on paper with codes and room for a pen."""
    found = here(request, queries.campaign(request.scope, campaign_id))
    rows, _ = _listed(request, found)
    langs = ("en",) if request.lang == "en" else ("zh", "bo") if request.lang == "zh" else ("bo", "zh")
    imprint = Imprint(request.community.name or request.community.code, request.user.name, clock.now(), langs)
    table = walk_list(request.scope, found, rows)
    accounts.record_look(
        request.scope, community=request.community.code, screen="visits.walk", fields=["code"], people=[], at=clock.now()
    )
    answer = HttpResponse(print_table(table, imprint, Page(band="grid", signatures=("visits.walked_by",))), content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(text('visits.walk_list', request.lang))}.pdf"
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@page
def add(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """A place without an address, from paper."""
    found, post = here(request, queries.campaign(request.scope, campaign_id)), request.POST
    grid = places.grid(request.scope, post.get("grid", "")) if post.get("grid") else None
    people = post.get("people", "0") or "0"
    item = actions.NewDoor(
        ref=ref_of(request), at=clock.now(), campaign=found.pk, name=post.get("name", "")[:120], where=post.get("where", "")[:200],
        grid=grid.no if grid else 0, people=int(people) if people.isdecimal() and len(people) < 5 else 0,
    )  # fmt: skip
    facts = accepted(actions.add_doors(by=request.scope.actor, scope=request.scope, community=found.community, items=[item])[0])
    messages.success(request, text("visits.door_is_added", request.lang, name=item.name))
    return redirect("visits:door", facts["door"])


@require_POST
@office
def close(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """The campaign is over."""
    found = here(request, queries.campaign(request.scope, campaign_id))
    accepted(actions.close_campaign(by=request.scope.actor, campaign=found, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("visits.is_closed", request.lang))
    return redirect("visits:campaign", found.pk)


@require_POST
@office
def reopen(request: HttpRequest, campaign_id: UUID) -> HttpResponse:
    """Closing was a mistake."""
    found = here(request, queries.campaign(request.scope, campaign_id))
    accepted(actions.reopen_campaign(by=request.scope.actor, campaign=found, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("visits.is_open", request.lang))
    return redirect("visits:campaign", found.pk)


# --- one door


def _door(request: HttpRequest, door_id: UUID, *roles: str) -> Door:
    found = queries.door(request.scope, door_id, *roles)
    return here(request, found, found.campaign)


def _one_said(request: HttpRequest, said_id: UUID) -> Said:
    row = queries.one_said(request.scope, said_id)
    return here(request, row, row.door.campaign)


def _heard(request: HttpRequest, at: Door) -> list[dict[str, Any]]:
    """Everything said of a door in the order it happened, with what was answered and who said so."""
    everyone = staff.staff_at(Scope.everything("names beside what they said"), request.community.code)
    names = {f"staff:{one.pk}": one.name for one in everyone}
    return [
        {
            "said": one, "by": names.get(one.by, ""), "counts": one.pk in (at.visit, at.word),
            "answers": queries.answers_of(request.scope, one) if one.what == What.VISIT else [],
        }
        for one in queries.said(request.scope, at)
    ]  # fmt: skip


def _looked(request: HttpRequest, screen: str, at: list[Door]) -> None:
    """Answers may tell of health: one row for the screen; of households their members."""
    people = [door.person_id for door in at if door.person_id]
    people += [one.pk for door in at if door.household for one in door.household.members.all()]
    accounts.record_look(
        request.scope, community=request.community.code, screen=screen, fields=["answers"], people=people, at=clock.now()
    )


@require_GET
@page
def door(request: HttpRequest, door_id: UUID) -> HttpResponse:
    """What was said of a door, and the form for what somebody brings on paper."""
    found = _door(request, door_id)
    heard = _heard(request, found)
    if heard:
        _looked(request, "visits.door", [found])
    context = {
        "door": found, "campaign": found.campaign, "heard": heard, "questions": found.campaign.asked,
        "words": [(what.value, list(codes)) for what, codes in SAID.items()], "categories": list(Category),
        "now": clock.local(clock.now()), "may_say": request.scope.covers(found.place.code, *WORKERS), **_may(request),
    }  # fmt: skip
    return render(request, "visits/door.html", context)


def _say(request: HttpRequest, door_id: UUID, action: Any, read: Any) -> HttpResponse:
    found = _door(request, door_id, *WORKERS)
    item = read(request.POST, found, ref_of(request), clock.now())
    accepted(action(by=request.scope.actor, scope=request.scope, community=request.community, items=[item])[0])
    messages.success(request, text("visits.saved", request.lang))
    return redirect("visits:door", found.pk)


@require_POST
@page
def visit(request: HttpRequest, door_id: UUID) -> HttpResponse:
    """A visit from paper, at the time it happened."""
    return _say(request, door_id, actions.visit, forms.visit_of)


@require_POST
@page
def word(request: HttpRequest, door_id: UUID) -> HttpResponse:
    """A word about the door."""
    return _say(request, door_id, actions.say_words, forms.word_of)


@require_POST
@page
def undo(request: HttpRequest, said_id: UUID) -> HttpResponse:
    """What was said was a mistake."""
    row = _one_said(request, said_id)
    item = actions.UndoSaid(ref=ref_of(request), at=clock.now(), said_id=row.pk)
    accepted(
        actions.undo_said(by=request.scope.actor, scope=request.scope, community=row.door.campaign.community, items=[item])[0]
    )
    messages.success(request, text("visits.undone", request.lang))
    return redirect("visits:door", row.door_id)


@require_GET
@office
def clashes(request: HttpRequest) -> HttpResponse:
    """Doors of which people said different things without knowing of each other."""
    found = list(queries.clashes(request.scope, request.community)[:ROWS_TO_A_PAGE])
    if found:
        _looked(request, "visits.clashes", found)
    rows = [(at, _between(at, _heard(request, at))) for at in found]
    return render(request, "visits/clashes.html", {"rows": rows, **_may(request)})


def _between(at: Door, heard: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is to be chosen between: visits where there was one, else words."""
    visits = at.visit is not None
    return [one for one in heard if (one["said"].what == What.VISIT) == visits and one["said"].what != What.MISSING and not one["said"].aside]


@require_POST
@office
def choose(request: HttpRequest, said_id: UUID) -> HttpResponse:
    """This counts of what was said."""
    row = _one_said(request, said_id)
    if row.what == What.MISSING:
        raise NotFound(str(said_id))
    item = actions.Choose(ref=ref_of(request), at=clock.now(), said_id=row.pk)
    accepted(
        actions.choose(by=request.scope.actor, scope=request.scope, community=row.door.campaign.community, items=[item])[0]
    )
    messages.success(request, text("visits.chosen", request.lang))
    return redirect("visits:clashes")

"""Office pages of care: who needs it, who may need it, one person's entry, who asked after them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.accounts import actions as accounts
from zhegu.care import actions, forms, queries
from zhegu.care.ledgers import together
from zhegu.care.models import CareNeed, Hint
from zhegu.care.rules import EVERY, Category, How, Source, categories_in, days_left, weeks_of
from zhegu.lib import clock
from zhegu.lib.scope import NotFound
from zhegu.lib.tables import say
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, here, office_page, ref_of
from zhegu.registers.ledgers import age_of

ROWS_TO_A_PAGE = 50
page = office_page()
"""Carers hold their role at a grid, so what a page shows is for its queries to say."""
office = office_page("office")


def _tabs(request: HttpRequest) -> dict[str, Any]:
    may_find = request.scope.covers(request.community.code, *queries.FINDS)
    return {"may_find": may_find, "may_keep": bool(request.scope.places(*queries.KEEPS))}


def _looked(request: HttpRequest, screen: str, rows: Iterable[Any]) -> None:
    """One row for the screen, with everyone whose need stood on it."""
    people = [row.person.pk for row in rows if row.person]
    if people:
        accounts.record_look(
            request.scope, community=request.community.code, screen=screen, fields=["care"], people=people, at=clock.now()
        )


def _said(request: HttpRequest, row: Any) -> str:
    words = together(row.categories)
    return say(words, request.lang) if words else ""


@require_GET
@page
def people(request: HttpRequest) -> HttpResponse:
    """Who needs care: found by name, by why, by who is to be asked; the ended ones apart."""
    today = clock.local_day(clock.now())
    asked, category, show = request.GET.get("q", "")[:60], request.GET.get("category", ""), request.GET.get("show", "")
    found = queries.cared_for(request.scope, request.community, ended=show == "ended")
    rows: Any = [
        row for row in queries.named(request.scope, request.community, asked, found)
        if not category or category in row.categories
    ]  # fmt: skip
    if show == "to_ask":
        rows = queries.late(request.scope, rows, today)
    shown = Paginator(rows, ROWS_TO_A_PAGE).get_page(request.GET.get("page"))
    _looked(request, "care.people", shown)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": shown, "asked": asked, "category": category, "show": show, "query": query.urlencode(),
        "rows": [(row, _said(request, row), days_left(row.medicine_until, today), row.next_on and row.next_on < today) for row in shown],
        "categories": list(Category), "counts": queries.counts(request.scope, request.community, today),
        "unhelped": queries.helpers_load(request.scope, request.community).get(None, 0), **_tabs(request),
    }  # fmt: skip
    return render(request, "care/people.html", context)


@require_GET
@office
def found(request: HttpRequest) -> HttpResponse:
    """Who may need care, as surveys and remarks of the register say."""
    shown = Paginator(queries.found(request.scope, request.community), ROWS_TO_A_PAGE).get_page(request.GET.get("page"))
    _looked(request, "care.found", shown)
    rows = [(row, _said(request, row)) for row in shown]
    return render(request, "care/found.html", {"page": shown, "rows": rows, **_tabs(request)})


@require_POST
@office
def settle(request: HttpRequest, hint_id: UUID) -> HttpResponse:
    """Somebody looked at what a survey said; no entry is needed."""
    hint = here(request, queries.hint(request.scope, hint_id))
    accepted(actions.settle_hint(by=request.scope.actor, hint=hint, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("care.settled", request.lang))
    return redirect("care:found")


@require_POST
@office
def skip(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The remark speaks of no care."""
    person = here(request, queries.person_to_care_for(request.scope, person_id))
    accepted(actions.skip_note(by=request.scope.actor, person=person, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("care.settled", request.lang))
    return redirect("care:found")


@require_GET
@page
def pick(request: HttpRequest) -> HttpResponse:
    """Whom a new entry is about."""
    if not request.scope.places(*queries.KEEPS):
        raise NotFound("role")
    asked = request.GET.get("q", "")[:60]
    hits = queries.people_named(request.scope, request.community, asked)
    return render(request, "care/pick.html", {"asked": asked, "hits": hits, **_tabs(request)})


def _form(request: HttpRequest, row: CareNeed | None, person: Any, chosen: Iterable[str]) -> HttpResponse:
    context = {
        "care": row, "person": person, "chosen": list(chosen), "categories": list(Category), "every": [*EVERY, 0],
        "helpers": queries.helpers(request.scope, request.community), **_tabs(request),
    }  # fmt: skip
    return render(request, "care/form.html", context)


def _hint(request: HttpRequest) -> Hint | None:
    """What brought somebody here, where a survey did."""
    try:
        return queries.hint(request.scope, UUID(request.GET["hint"])) if request.GET.get("hint") else None
    except ValueError:
        raise NotFound("hint") from None


@require_http_methods(["GET", "HEAD", "POST"])
@page
def new(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One more person on the ledger; what brought them there is ticked already."""
    person = here(request, queries.person_to_care_for(request.scope, person_id))
    hint = _hint(request)
    if request.method != "POST":
        return _form(request, None, person, hint.categories if hint else categories_in(person.note))
    source = Source.SURVEY if hint else Source.NOTE if request.GET.get("note") else Source.OFFICE
    facts = accepted(
        actions.begin_care(
            by=request.scope.actor, person=person, facts=forms.facts_of(request.POST), source=source, at=clock.now(),
            ref=ref_of(request), hint=hint,
        )
    )  # fmt: skip
    messages.success(request, text("care.saved", request.lang))
    return redirect("care:one", facts["care"])


@require_GET
@page
def one(request: HttpRequest, care_id: UUID) -> HttpResponse:
    """What is known of somebody's need, and who asked after them."""
    row, today = here(request, queries.care(request.scope, care_id)), clock.local_day(clock.now())
    _looked(request, "care.one", [row])
    place = row.person.grid or row.person.community
    context = {
        "care": row, "person": row.person, "age": age_of(row.person, today), "said": _said(request, row),
        "contacts": queries.contacts(request.scope, row), "days_left": days_left(row.medicine_until, today),
        "weeks": weeks_of(row.due_on, today), "is_late": row.next_on and row.next_on < today, "hows": list(How),
        "may_keep": request.scope.covers(place.code, *queries.KEEPS), "now": clock.local(clock.now()),
        "may_find": request.scope.covers(request.community.code, *queries.FINDS),
    }  # fmt: skip
    return render(request, "care/one.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def change(request: HttpRequest, care_id: UUID) -> HttpResponse:
    """What is known is said anew."""
    row = here(request, queries.care(request.scope, care_id, *queries.KEEPS))
    if request.method != "POST":
        _looked(request, "care.change", [row])
        return _form(request, row, row.person, row.categories)
    accepted(
        actions.change_care(
            by=request.scope.actor, care=row, facts=forms.facts_of(request.POST), at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("care.saved", request.lang))
    return redirect("care:one", row.pk)


@require_POST
@page
def contact(request: HttpRequest, care_id: UUID) -> HttpResponse:
    """Somebody asked after them, now or earlier."""
    row, post, now = here(request, queries.care(request.scope, care_id, *queries.KEEPS)), request.POST, clock.now()
    item = actions.NewContact(
        ref=ref_of(request), at=forms.moment(post.get("at", ""), now), care=row.pk,
        how=How(post["how"]) if post.get("how") in list(How) else How.PHONE, reached=post.get("reached") != "no",
        need=post.get("need", "")[:300], result=post.get("result", "")[:300],
        medicine_until=forms.day(post.get("medicine_until", "")),
    )  # fmt: skip
    accepted(actions.note_contacts(by=request.scope.actor, scope=request.scope, community=row.community, items=[item])[0])
    messages.success(request, text("care.contact_saved", request.lang))
    return redirect("care:one", row.pk)


@require_POST
@page
def undo(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """The contact was noted by mistake."""
    row = queries.contact(request.scope, contact_id)
    here(request, row, row.care)
    item = actions.UndoContact(ref=ref_of(request), at=clock.now(), contact=row.pk)
    accepted(
        actions.undo_contacts(by=request.scope.actor, scope=request.scope, community=row.care.community, items=[item])[0]
    )
    messages.success(request, text("care.contact_undone", request.lang))
    return redirect("care:one", row.care_id)


@require_POST
@page
def end(request: HttpRequest, care_id: UUID) -> HttpResponse:
    """They no longer need it."""
    row, why = here(request, queries.care(request.scope, care_id, *queries.KEEPS)), request.POST.get("why", "")[:200]
    accepted(actions.end_care(by=request.scope.actor, care=row, why=why, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("care.ended_now", request.lang))
    return redirect("care:one", row.pk)


@require_POST
@page
def reopen(request: HttpRequest, care_id: UUID) -> HttpResponse:
    """Ending it was a mistake."""
    row = here(request, queries.care(request.scope, care_id, *queries.KEEPS))
    accepted(actions.reopen_care(by=request.scope.actor, care=row, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("care.reopened", request.lang))
    return redirect("care:one", row.pk)

"""The people behind the numbers: lists, one person in a round, and what is said about them."""

from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.accounts import queries as accounts
from zhegu.accounts.actions import record_look
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.paper import Page
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, office_page, ref_of
from zhegu.places import queries as places
from zhegu.registers import queries as registers
from zhegu.registers.ledgers import age_of
from zhegu.sampling import actions, queries
from zhegu.sampling.ledgers import people_table, walk_list
from zhegu.sampling.models import Line, Round
from zhegu.sampling.queries.coverage import NAMES
from zhegu.sampling.rules import WORKERS, AddReason, Excuse, Gone, MissingReason, Standing
from zhegu.sampling.views.doors import (
    REVEALS_PHONE,
    about,
    file_name,
    only,
    printed,
    reaches,
    the_round,
    workbook,
)

ON_A_PAGE = 100
TO_CALL = 50
"""Rows of the call list on one page: as many as one person calls in an hour."""


def _asked(request: HttpRequest) -> dict[str, str]:
    """The filters of the list as they were asked for; unknown words are left out."""
    known = {"standing": set(Standing), "excuse": set(Excuse), "reason": {*MissingReason, "unknown"}}
    asked = {name: request.GET.get(name, "") for name in known if request.GET.get(name, "") in known[name]}
    return {**asked, "grid": request.GET.get("grid", "")}


def _rows(lines: Any) -> list[dict[str, Any]]:
    today = clock.local_day(clock.now())
    return [{"line": line, "person": line.person, "age": age_of(line.person, today)} for line in lines]


@require_GET
@office_page()
def people(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Everyone behind one number of the board, or of the whole roster."""
    only(request, *NAMES)
    round_ = the_round(request, round_id)
    asked = _asked(request)
    found = queries.lines(request.scope, round_, **asked)
    if request.GET.get("as") == "xlsx":
        return workbook(request, people_table(round_, found), file_name(request, round_, "sampling.people"))
    if request.GET.get("as") == "pdf":
        name = file_name(request, round_, "sampling.people")
        return printed(request, people_table(round_, found), Page(), name, request.path)
    pages = Paginator(queries.by_grid(request.scope, round_, found), ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        **about(request, round_, "people"), "asked": asked, "page": page, "rows": _rows(page), "n": pages.count,
        "grids": places.grids(request.scope, request.community), "standings": list(Standing),
        "query": "&".join(f"{name}={value}" for name, value in asked.items() if value),
    }  # fmt: skip
    return render(request, "sampling/people.html", context)


@require_GET
@office_page()
def missing(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """The call list: who is still due, grid by grid, with what is known of each."""
    only(request, *NAMES)
    round_ = the_round(request, round_id)
    grid = request.GET.get("grid", "")
    found = queries.missing(request.scope, round_, grid)
    if request.GET.get("as") == "pdf":
        name = file_name(request, round_, "sampling.walk_list")
        return printed(request, walk_list(round_, found), Page(band="grid"), name, request.path)
    if request.GET.get("as") == "xlsx":
        return workbook(request, people_table(round_, found), file_name(request, round_, "sampling.missing_list"))
    pages = Paginator(queries.by_grid(request.scope, round_, found), TO_CALL)
    page = pages.get_page(request.GET.get("page"))
    by_grid = [(place, list(rows)) for place, rows in groupby(_rows(page), key=lambda row: row["line"].grid)]
    context = {
        **about(request, round_, "missing"), **_lists(request), "by_grid": by_grid, "grid": grid, "n": pages.count,
        "page": page, "grids": places.grids(request.scope, request.community), "grid_query": f"grid={grid}",
    }  # fmt: skip
    return render(request, "sampling/missing.html", context)


@require_POST
@office_page()
def reveal(request: HttpRequest, round_id: UUID, line_id: UUID) -> HttpResponse:
    """One whole phone number, to call someone to the sampling; the look is recorded before it is shown."""
    round_ = the_round(request, round_id)
    line = queries.line(request.scope, round_, line_id)
    if not request.scope.covers(line.grid.code if line.grid else round_.community.code, *REVEALS_PHONE):
        raise NotFound("role")
    record_look(
        request.scope, community=round_.community.code, screen="sampling.missing", fields=["phone"],
        people=[line.person_id], at=clock.now(), reason="sampling.call_to_sampling",
    )  # fmt: skip
    shown = {"line": line, "phone": line.person.phone}
    if request.htmx:
        return render(request, "sampling/_phone.html", shown)
    return render(request, "sampling/line.html", {**_about_line(request, round_, line), **shown})


@require_GET
@office_page()
def line(request: HttpRequest, round_id: UUID, line_id: UUID) -> HttpResponse:
    """One person in this round: how they stand, who said so, and what may be said now."""
    only(request, *NAMES)
    round_ = the_round(request, round_id)
    return render(request, "sampling/line.html", _about_line(request, round_, queries.line(request.scope, round_, line_id)))


def _about_line(request: HttpRequest, round_: Round, line: Line) -> dict[str, Any]:
    place = line.grid.code if line.grid else round_.community.code
    whole = request.scope.covers(round_.community.code)
    names = {m.actor.key: m.name for m in accounts.staff_at(request.scope, round_.community.code)} if whole else {}
    return {
        **about(request, round_, "people"), **_rows([line])[0],
        "swabs": [(swab, names.get(swab.taken_by, "")) for swab in queries.swabs_of(request.scope, line)],
        "excused_by": names.get(line.excused_by, ""), "noted_by": names.get(line.noted_by, ""),
        "gone_by": names.get(line.gone_by, ""), "added_by": names.get(line.added_by, ""),
        "may_change": request.scope.covers(place, *WORKERS) and round_.is_open,
        "may_reveal": request.scope.covers(place, *REVEALS_PHONE),
        "excuses": list(Excuse), "reasons": list(MissingReason), "gones": list(Gone),
        "conflicts": [c for c in queries.conflicts(request.scope, round_) if c.line_id == line.pk],
    }  # fmt: skip


@require_POST
@office_page()
def say(request: HttpRequest, round_id: UUID, line_id: UUID) -> HttpResponse:
    """A word about someone: excused, why they have not come, gone, put back, or a swab taken back."""
    round_ = the_round(request, round_id)
    line = queries.line(request.scope, round_, line_id)
    verb = SAID.get(request.POST.get("say", ""))
    if verb is None:
        raise NotFound("verb")
    accepted(verb(request, round_, line))
    if request.htmx:
        row = {**_rows([queries.line(request.scope, round_, line_id)])[0], "saved": True}
        context = {**about(request, round_, "missing"), **_lists(request), "row": row}
        return render(request, "sampling/_missing_row.html", context)
    messages.success(request, text("sampling.noted_now", request.lang, name=line.person.name))
    return redirect("sampling:line", round_.pk, line.pk)


def _lists(request: HttpRequest) -> dict[str, Any]:
    """What every row of the call list offers, said once."""
    reasons = [(str(reason), text(f"sampling.missing_{reason}", request.lang)) for reason in MissingReason]
    return {"reasons": reasons, "may_reveal": reaches(request, *REVEALS_PHONE)}


def _word(request: HttpRequest, round_: Round, line: Line) -> dict[str, Any]:
    return {
        "ref": ref_of(request), "at": clock.now(), "community": round_.community.code, "round": round_.pk,
        "person": line.person_id, "seen": str(line.version or ""),
    }  # fmt: skip


def _coded(request: HttpRequest, words: type) -> Any:
    try:
        return words(request.POST.get("reason", ""))
    except ValueError as wrong:
        raise RefusedError(Refused("sampling.reason_needed")) from wrong


def _comes_at(request: HttpRequest, now: datetime) -> datetime | None:
    """The hour they said, today; past midnight if it is gone already."""
    said = request.POST.get("comes_at", "").strip()
    if not said:
        return None
    try:
        hour = time.fromisoformat(said)
    except ValueError as wrong:
        raise RefusedError(Refused("sampling.time_unreadable")) from wrong
    when = datetime.combine(clock.local_day(now), hour, tzinfo=clock.LOCAL)
    return when if when > now - timedelta(hours=1) else when + timedelta(days=1)


def _say_excuse(request: HttpRequest, round_: Round, line: Line):
    reason, note = _coded(request, Excuse), request.POST.get("note", "").strip()[:200]
    item = actions.Excused(**_word(request, round_, line), reason=reason, note=note)
    return actions.excuse(by=request.scope.actor, scope=request.scope, items=[item])[0]


def _say_missing(request: HttpRequest, round_: Round, line: Line):
    item = actions.Noted(
        **_word(request, round_, line), reason=_coded(request, MissingReason), called="called" in request.POST,
        comes_at=_comes_at(request, clock.now()), note=request.POST.get("note", "").strip()[:200],
    )  # fmt: skip
    return actions.note_missing(by=request.scope.actor, scope=request.scope, items=[item])[0]


def _say_gone(request: HttpRequest, round_: Round, line: Line):
    item = actions.MarkedGone(**_word(request, round_, line), how=_coded(request, Gone))
    return actions.mark_gone(by=request.scope.actor, scope=request.scope, items=[item])[0]


def _say_back(request: HttpRequest, round_: Round, line: Line):
    item = actions.Word(**_word(request, round_, line))
    return actions.put_back(by=request.scope.actor, scope=request.scope, items=[item])[0]


def _say_undo(request: HttpRequest, round_: Round, line: Line):
    swabs = {str(swab.pk): swab for swab in queries.swabs_of(request.scope, line)}
    swab = swabs.get(request.POST.get("sample", ""))
    if swab is None:
        raise NotFound("sample")
    undo = actions.UndoSample(ref=ref_of(request), at=clock.now(), community=round_.community.code, sample=swab.pk)
    return actions.undo_samples(by=request.scope.actor, scope=request.scope, undos=[undo])[0]


@require_http_methods(["GET", "HEAD", "POST"])
@office_page()
def add(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Someone of the register joins the roster: found by name, added with a reason."""
    only(request, *WORKERS)
    round_ = the_round(request, round_id)
    if request.method == "POST":
        person = registers.person(request.scope, _chosen(request), roles=WORKERS)
        item = actions.Addition(
            ref=ref_of(request), at=clock.now(), community=round_.community.code, round=round_.pk, person=person.pk,
            reason=_coded(request, AddReason),
        )  # fmt: skip
        facts = accepted(actions.add_to_roster(by=request.scope.actor, scope=request.scope, items=[item])[0])
        messages.success(request, text("sampling.added_now", request.lang, name=person.name))
        return redirect("sampling:line", round_.pk, facts["line"])
    words = request.GET.get("q", "").strip()
    hits = [hit.person for hit in registers.search(request.scope, request.community, words)] if words else []
    there = set(queries.people_named(request.scope, round_, [person.pk for person in hits]))
    context = {
        **about(request, round_, "people"), "words": words, "reasons": list(AddReason),
        "hits": [(person, person.pk in there) for person in hits],
    }  # fmt: skip
    return render(request, "sampling/add.html", context)


def _chosen(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("person", ""))
    except ValueError as wrong:
        raise NotFound("person") from wrong


SAID = {"excuse": _say_excuse, "missing": _say_missing, "gone": _say_gone, "back": _say_back, "undo": _say_undo}

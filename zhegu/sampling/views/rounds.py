"""Rounds of a community: the list, opening one, its calling times."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.accounts import queries as accounts
from zhegu.accounts.models import Staff
from zhegu.lib import clock
from zhegu.lib.paper import Page
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, office_page, ref_of
from zhegu.sampling import actions, queries
from zhegu.sampling.forms import Opening, first_words, opening_for, read_crew, read_opening
from zhegu.sampling.ledgers import schedule_table
from zhegu.sampling.models import Round, Table
from zhegu.sampling.rules import SiteDuty, share_out, tables_needed
from zhegu.sampling.views.doors import about, file_name, printed, the_round


@require_GET
@office_page()
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds, newest first, each with how far it is."""
    found = queries.rounds(request.scope, request.community)[:60]
    rows = [(row, queries.coverage(request.scope, row).whole) for row in found]
    context = {"rows": rows, "may_keep": request.scope.covers(request.community.code, "office")}
    return render(request, "sampling/rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("office")
def open_round(request: HttpRequest) -> HttpResponse:
    """Say when, how and at which tables; look at who would be on the roster; open."""
    opening = _asked(request)
    if request.method != "POST":
        opening.words = first_words(clock.now(), opening)
        return render(request, "sampling/open.html", _context(request, opening))
    read_opening(request, opening)
    if opening.plan is None or request.POST.get("step") != "open":
        return render(request, "sampling/open.html", _context(request, opening))
    answer = actions.open_round(
        by=request.scope.actor, scope=request.scope, community=request.community, plan=opening.plan,
        at=clock.now(), ref=ref_of(request),
    )  # fmt: skip
    if not answer.accepted:
        opening.complaints.append(answer.reason)
        return render(request, "sampling/open.html", _context(request, opening), status=409)
    messages.success(request, text("sampling.opened_now", request.lang, no=answer.facts["no"], n=answer.facts["roster"]))
    return redirect("sampling:round", answer.facts["round"])


def _asked(request: HttpRequest) -> Opening:
    """The form, for everyone or for those of another round who must be sampled again."""
    asked = request.POST.get("recheck_of") or request.GET.get("recheck_of")
    if not asked:
        return opening_for(request, None, [])
    try:
        round_ = the_round(request, UUID(asked))
    except ValueError as wrong:
        raise NotFound(asked) from wrong
    people = sorted({swab.person_id for swab in queries.to_recheck(request.scope, round_)})
    return opening_for(request, round_, people)


def _context(request: HttpRequest, opening: Opening) -> dict[str, Any]:
    context: dict[str, Any] = {
        "opening": opening, "words": opening.words, "grids": [], "recheck_of": opening.recheck_of,
        "outbreaks": [(one, one.rules.name(request.lang)) for one in opening.outbreaks],
        "ratios": [(ratio, str(ratio) == opening.words.get("ratio")) for ratio in opening.ratios],
    }  # fmt: skip
    if opening.plan is None:
        return context
    preview = queries.preview(request.scope, request.community, opening.plan)
    count, staff = len(opening.plan.tables), list(accounts.staff_at(request.scope, request.community.code))
    shares = share_out({no: due for no, due in preview.due_by_grid.items() if no}, count)
    suggested = {grid: str(table) for table, share in enumerate(shares, 1) for grid in share}
    hours = (opening.plan.ends_at - opening.plan.starts_at).total_seconds() / 3600
    per_hour = preview.due / hours if hours > 0 else 0
    return {
        **context, "preview": preview, "excused": sorted(preview.excused.items()), "per_hour": round(per_hour),
        "tables_needed": tables_needed(per_hour, opening.plan.minutes_each) if 0 < per_hour < 5000 else None,
        "grids": [(g, preview.due_by_grid.get(g.no, 0), opening.table_of(g) or suggested.get(g.no, "1")) for g in opening.grids],
        "tables": [(table.no, seats(staff, table.crew), table.device and table.device.pk) for table in opening.plan.tables],
        "duties": list(SiteDuty),
        "phones": accounts.devices(request.scope, request.community),
    }  # fmt: skip


def seats(staff: Sequence[Staff], crew: actions.Crew) -> list[tuple[Staff, str]]:
    """Everyone who could work at a table, with what they do there ("" for nothing); who is there comes first."""
    doing = {member.pk: str(duty) for member, duty in crew}
    return sorted(((member, doing.get(member.pk, "")) for member in staff), key=lambda one: not one[1])


@require_GET
@office_page()
def schedule(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Which grid is called to which table when; printable for the loudspeaker and the door."""
    round_ = the_round(request, round_id)
    found = list(queries.slots(request.scope, round_))
    if request.GET.get("as") == "pdf":
        name = file_name(request, round_, "sampling.schedule")
        return printed(request, schedule_table(round_, found), Page(landscape=False), name, request.path)
    now = clock.now()
    rows = [(slot, slot.starts_at <= now and slot.called_at is None) for slot in found]
    context = {**about(request, round_, "schedule"), "rows": rows, "duties": list(SiteDuty)}
    tables = queries.tables(request.scope, round_)
    staff = list(accounts.staff_at(request.scope, request.community.code)) if context["may_keep"] and round_.is_open else []
    context["tables"] = [(table, seats(staff, crew_of(table))) for table in tables]
    return render(request, "sampling/schedule.html", context)


def crew_of(table: Table) -> actions.Crew:
    return [(seat.staff, SiteDuty(seat.duty)) for seat in table.seats.all()]


@require_POST
@office_page("office")
def seat_table(request: HttpRequest, round_id: UUID, no: int) -> HttpResponse:
    """Who works at this table from now on, as what."""
    round_ = the_round(request, round_id)
    table = next((one for one in queries.tables(request.scope, round_) if one.no == no), None)
    if table is None:
        raise NotFound(str(no))
    try:
        crew = read_crew(request.POST, no, list(accounts.staff_at(request.scope, request.community.code)))
    except ValueError as wrong:
        raise NotFound("duty") from wrong
    facts = accepted(
        actions.seat_table(
            by=request.scope.actor, scope=request.scope, table=table, crew=crew, at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("sampling.seated_now", request.lang, no=no, n=facts["people"]))
    return redirect("sampling:schedule", round_.pk)


@require_POST
@office_page()
def call(request: HttpRequest, round_id: UUID, slot_id: UUID) -> HttpResponse:
    """The grid has been called."""
    round_: Round = the_round(request, round_id)
    slot = queries.slots(request.scope, round_).filter(pk=slot_id).first()
    if slot is None:
        raise NotFound(str(slot_id))
    accepted(actions.call_grid(by=request.scope.actor, scope=request.scope, slot=slot, at=clock.now(), ref=ref_of(request)))
    return redirect("sampling:schedule", round_.pk)

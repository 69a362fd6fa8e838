"""Office pages: what is due for which period, handing it in, approving it level by level, correcting it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.scope import SPEAKS_ABOVE, NotFound
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, office_page, ref_of
from zhegu.reports import actions, queries
from zhegu.reports.models import PeriodReport
from zhegu.reports.outside.blanks import BlankForm, open_blank, understood
from zhegu.reports.outside.word import WordForm, is_word, open_word
from zhegu.reports.rules.blanks.changes import changes
from zhegu.reports.rules.periods import Stand, since_of
from zhegu.reports.views.blanks import label_of, place_of
from zhegu.reports.views.rounds import _download

page = office_page("office", "leader")
also_above = office_page("office", "leader", SPEAKS_ABOVE)
SHOWN = 40
WORKS = ("office", "leader")
TO_DO = (Stand.LATE, Stand.RETURNED, Stand.DUE)


@require_GET
@also_above
def periods(request: HttpRequest) -> HttpResponse:
    """What is to be handed in here, what waits for whoever looks, and who is late in the communities they lead."""
    now = clock.now()
    here = request.scope.covers(request.community.code, *WORKS)
    lines = queries.period_lines(request.scope, request.community, now) if here else []
    context = {
        "here": here,
        "todo": sorted((one for one in lines if one.stands in TO_DO), key=lambda one: one.period.last)[:SHOWN],
        "others": [one for one in lines if one.stands not in TO_DO][:SHOWN],
        "waiting": queries.waiting(request.scope, now)[:SHOWN],
        "late": queries.late(request.scope, now)[:SHOWN] if not here or len(queries.led(request.scope)) > 1 else [],
        "asked": bool(lines),
    }
    return render(request, "reports/periods.html", context)


def _line_here(request: HttpRequest, blank_id: UUID, first: str, now: datetime) -> queries.PeriodLine:
    """For those who work in its community; raises NotFound for those above."""
    line = _line(request, blank_id, first, now)
    if not request.scope.covers(line.community.code, *WORKS):
        raise NotFound("role")
    return line


def _line(request: HttpRequest, blank_id: UUID, first: str, now: datetime) -> queries.PeriodLine:
    kept = queries.blank_below(request.scope, blank_id)
    try:
        day = date.fromisoformat(first)
    except ValueError as bad:
        raise NotFound(first) from bad
    return queries.period_line(request.scope, kept.community, kept, day, now)


def _form(request: HttpRequest, line: queries.PeriodLine) -> BlankForm | WordForm:
    content = bytes(line.blank.content)
    if is_word(content):
        return open_word(content)
    return understood(open_blank(bytes(line.blank.content)), queries.meanings(request.scope, line.community))


@require_GET
@also_above
def period(request: HttpRequest, blank_id: UUID, first: str) -> HttpResponse:
    """One period: what it lacks, its versions with their steps, what changed, and the next thing to do. From above one
    sees what was handed in, and not what it was made from."""
    now = clock.now()
    line = _line(request, blank_id, first, now)
    as_of = line.moment(now)
    newest = line.versions[0] if line.versions else None
    level = line.waits_for
    here = request.scope.covers(line.community.code, *WORKS)
    form = _form(request, line) if here else None
    context = {
        "line": line,
        "here": here,
        "as_of": as_of,
        "complete": queries.lacking(request.scope, line.community, form, as_of, request.lang) if form else None,
        "versions": [(one, one == line.approved) for one in line.versions],
        "newest": newest,
        "level": level,
        "may_decide": bool(level) and queries.may_speak_for(request.scope, line.community, level),
        "own": newest is not None and newest.by == request.scope.actor.key,
        "changes": _changes(request, line),
        "figures": _figures(request, line.approved),
    }
    return render(request, "reports/period.html", context)


def _changes(request: HttpRequest, line: queries.PeriodLine) -> list[tuple[Any, str, str]]:
    """What the newest version says otherwise than the version before it, else than what went out before."""
    if not line.versions:
        return []
    new = line.versions[0].made
    old = line.versions[1].made if len(line.versions) > 1 else queries.before(request.scope, new)
    if old is None:
        return []
    every = {**old.cells, **new.cells}
    return [
        (one, label_of(request, every[one.cell]), place_of(request, every[one.cell], line.community))
        for one in changes(old.cells, new.cells)
    ]


def _figures(request: HttpRequest, approved: PeriodReport | None) -> list[tuple[str, dict[str, Any], str, str]]:
    """The figures of the period: those of the version that was approved, and no other."""
    if approved is None:
        return []
    cells = approved.made.cells.items()
    return [(cell, said, label_of(request, said), place_of(request, said, approved.community)) for cell, said in cells]


@require_POST
@page
def hand_in(request: HttpRequest, blank_id: UUID, first: str) -> HttpResponse:
    """The form is filled for the period's end and handed in; nothing is handed in where a table does not fit."""
    now = clock.now()
    line = _line_here(request, blank_id, first, now)
    reason = request.POST.get("reason", "").strip()
    if line.versions and not reason:
        raise RefusedError(Refused("reports.period_say_why"))
    made = _filled(request, line, line.moment(now), now)
    if made is None:
        return redirect("reports:blank", line.blank.pk)
    handing = actions.HandingIn(line.blank, line.period, UUID(accepted(made.answer)["submission"]), reason)
    answer = actions.hand_in(
        by=request.scope.actor, community=line.community, handing=handing, at=now, ref=ref_of(request)
    )
    accepted(answer)
    messages.success(request, text("reports.period_handed", request.lang))
    return redirect("reports:period", line.blank.pk, line.period.first.isoformat())


def _filled(
    request: HttpRequest, line: queries.PeriodLine, as_of: datetime, now: datetime
) -> actions.Filled | actions.FilledWord | None:
    """The filled form on record; None (and messages) where a table does not fit."""
    filling = actions.Filling(
        line.blank.name, line.blank.pk, request.user.name, only_whole=True, since=since_of(line.blank.every, line.period.first)
    )
    form, ref = _form(request, line), uuid5(ref_of(request), "file")
    if isinstance(form, WordForm):
        return actions.fill_word(request.scope, line.community, form, filling, as_of=as_of, at=now, ref=ref)
    done = actions.fill_blank(request.scope, line.community, form, filling, as_of=as_of, at=now, ref=ref)
    if done.answer is not None:
        return done
    for problem in (problem for _, one in done.placed for problem in one.problems):
        messages.error(request, text(f"reports.problem_{problem.code}", request.lang, sheet=problem.sheet, **problem.facts))
    return None


@require_POST
@page
def file(request: HttpRequest, blank_id: UUID, first: str) -> HttpResponse:
    """The file of the period as it was handed in, made again from the same moment; that is on record too."""
    now = clock.now()
    line = _line_here(request, blank_id, first, now)
    chosen = line.approved or (line.versions[0] if line.versions else None)
    made = _filled(request, line, chosen.made.as_of if chosen else line.moment(now), now)
    if made is None:
        return redirect("reports:blank", line.blank.pk)
    accepted(made.answer)
    kind = "docx" if isinstance(made, actions.FilledWord) else "xlsx"
    return _download(made.content, f"{line.period.first:%Y%m%d}.{kind}", kind)


@require_POST
@office_page("leader", SPEAKS_ABOVE)
def decide(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """A version is approved at the level it waits for, or sent back with the reason."""
    now = clock.now()
    row = queries.version(request.scope, report_id)
    line = queries.period_line(request.scope, row.community, row.blank, row.first, now)
    level = line.waits_for
    if level is None:
        raise RefusedError(Refused("reports.period_not_its_turn"))
    if not queries.may_speak_for(request.scope, row.community, level):
        raise NotFound("level")
    back = bool(request.POST.get("back"))
    word = actions.Word(row, level, line.through, back, request.POST.get("words", ""))
    answer = actions.decide(by=request.scope.actor, community=row.community, word=word, at=now, ref=ref_of(request))
    accepted(answer)
    messages.success(request, text("reports.period_sent_back" if back else "reports.period_approved", request.lang))
    return redirect("reports:period", row.blank_id, row.first.isoformat())

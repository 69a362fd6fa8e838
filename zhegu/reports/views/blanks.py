"""Office pages for upper offices' blanks: keep one, settle its headers once, fill it, and what went to whom."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.lib import clock
from zhegu.lib.scope import NotFound
from zhegu.lib.tables import as_html, say
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, office_page, ref_of
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.reports import actions, queries
from zhegu.reports.models import Blank
from zhegu.reports.outside.blanks import BlankForm, open_blank, understood
from zhegu.reports.outside.catalogue import catalogue
from zhegu.reports.outside.word import is_word, open_word, placeholders_of
from zhegu.reports.outside.xlsx import Broken
from zhegu.reports.rules.blanks.changes import changes
from zhegu.reports.rules.blanks.confirming import NOTHING, Known, Question, questions, sheet_key
from zhegu.reports.rules.blanks.dictionary import HEAD, SURE
from zhegu.reports.rules.blanks.naming import Meant
from zhegu.reports.rules.blanks.picture import picture
from zhegu.reports.rules.blanks.proposals import Reading
from zhegu.reports.rules.periods import since_of
from zhegu.reports.rules.telling import place_words
from zhegu.reports.views.rounds import SHOWN_SUBMISSIONS, _day, _download

page = office_page("office", "leader")
ROWS_SHOWN = 500


@require_http_methods(["GET", "HEAD", "POST"])
@page
def blanks(request: HttpRequest) -> HttpResponse:
    """Blanks that are kept, a new one to bring in, and what was filled."""
    problem = ""
    file = request.FILES.get("file")
    if request.method == "POST" and file is None:
        problem = text("reports.blank_choose", request.lang)
    elif file is not None:
        content = file.read()
        try:
            open_word(content) if is_word(content) else open_blank(content)
        except Broken as broken:
            problem = f"{file.name}: {text(broken.reason, request.lang, **broken.values)}"
        else:
            new = actions.NewBlank(file.name or "", content, request.POST.get("asked_by", "").strip())
            answer = actions.keep_blank(
                by=request.scope.actor, community=request.community, blank=new, at=clock.now(), ref=ref_of(request)
            )
            return redirect("reports:blank", accepted(answer)["blank"])
    made = queries.submissions(request.scope, request.community).exclude(blank=None).select_related("blank")
    context = {
        "problem": problem,
        "requests": queries.requests(request.scope, request.community, clock.local_day(clock.now())),
        "made": made[:SHOWN_SUBMISSIONS],
    }
    return render(request, "reports/blanks.html", context, status=422 if problem else 200)


def _opened(request: HttpRequest, kept: Blank) -> tuple[BlankForm, BlankForm, Known]:
    """The blank as guessed, as settled by people, and what they said."""
    known = queries.meanings(request.scope, request.community)
    guessed = open_blank(bytes(kept.content))
    return guessed, understood(guessed, known), known


@require_http_methods(["GET", "HEAD", "POST"])
@page
def blank(request: HttpRequest, blank_id: UUID) -> HttpResponse:
    """A blank as a picture with what each header is taken for; saying what they mean settles it for good."""
    kept = queries.blank(request.scope, request.community, blank_id)
    if is_word(bytes(kept.content)):
        return _word(request, kept)
    guessed, form, known = _opened(request, kept)
    if request.method == "POST":
        said = _said(request, guessed, form, known)
        answer = actions.settle_headers(
            by=request.scope.actor, community=request.community, said=said, at=clock.now(), ref=ref_of(request)
        )
        accepted(answer)
        messages.success(request, text("reports.headers_settled", request.lang))
        return redirect("reports:blank", kept.pk)
    now = clock.now()
    sheets = [_sheet(request, no, part.blank, reading, known, now) for no, (part, reading) in enumerate(form.visible())]
    context = {
        "kept": kept,
        "sheets": sheets,
        "open": sum(one["open"] for one in sheets),
        "made": kept.filled.all()[:SHOWN_SUBMISSIONS],
        "now": now,
        "every": Blank.Every.values,
    }
    return render(request, "reports/blank.html", context)


def _word(request: HttpRequest, kept: Blank) -> HttpResponse:
    """A Word form's placeholders with what each is filled with."""
    names = placeholders_of(open_word(bytes(kept.content)))
    context = {
        "kept": kept,
        "names": [(one, _said_as(request, one), one.field is not None and one.confidence >= SURE) for _, one in names],
        "made": kept.filled.all()[:SHOWN_SUBMISSIONS],
        "every": Blank.Every.values,
    }
    return render(request, "reports/word.html", context)


def _said_as(request: HttpRequest, one: Meant) -> str:
    """The words for what a placeholder stands for."""
    if one.form == HEAD and one.field in queries.HEAD_FIELDS:
        return text(f"reports.head_{one.field}", request.lang)
    return label_of(request, {"form": one.form, "field": one.field})


def _sheet(request: HttpRequest, no: int, sheet: Any, reading: Reading, known: Known, now: datetime) -> dict[str, Any]:
    asked = questions(reading, known)
    options = queries.choices(request.scope, request.community, reading.form, now)
    offered = {means for means, _ in options}
    rows = [(f"{no}-{place}", one, one.means if one.means in offered else NOTHING) for place, one in enumerate(asked)]
    marks = {(one.proposal.row, one.proposal.column): _mark(one, offered) for one in asked}
    return {
        "name": reading.sheet,
        "no": no,
        "form": reading.form,
        "forms": list(catalogue().values()),
        "known_form": reading.form in catalogue(),
        "rows": rows,
        "options": [(means, say(words, request.lang)) for means, words in options],
        "open": sum(not one.sure for one in asked),
        "lines": picture(sheet, reading, marks),
    }


def _mark(one: Question, offered: set[str]) -> str:
    if not one.sure:
        return "ask"
    return "known" if one.means in offered else "nothing"


def _said(request: HttpRequest, guessed: BlankForm, form: BlankForm, known: Known) -> dict[tuple[str, str], str]:
    """What the person said of each header; a sheet said to be another form is read again before its headers are asked."""
    said: dict[tuple[str, str], str] = {}
    now = clock.now()
    for no, (first, reading) in enumerate(zip(guessed.readings, form.readings, strict=True)):
        wanted = request.POST.get(f"form-{no}", reading.form)
        if wanted != reading.form and wanted in catalogue():
            said[sheet_key(first)] = wanted
            continue
        offered = {means for means, _ in queries.choices(request.scope, request.community, reading.form, now)}
        for place, one in enumerate(questions(reading, known)):
            means = request.POST.get(f"{no}-{place}")
            if means is not None and (means in offered or means == NOTHING):
                said[reading.form, one.key] = means
    return said


@require_POST
@page
def fill(request: HttpRequest, blank_id: UUID) -> HttpResponse:
    """The blank filled with what is known now, as a file on record; nothing where a table does not fit."""
    kept = queries.blank(request.scope, request.community, blank_id)
    now = clock.now()
    filling = actions.Filling(
        kept.name, kept.pk, request.user.name, only_whole=True, since=since_of(kept.every, clock.local_day(now))
    )
    if is_word(bytes(kept.content)):
        return _filled_word(request, kept, filling, now)
    _, form, _ = _opened(request, kept)
    done = actions.fill_blank(
        request.scope, request.community, form, filling, as_of=now, at=now, ref=ref_of(request)
    )
    if done.answer is None:
        for problem in (problem for _, one in done.placed for problem in one.problems):
            messages.error(request, text(f"reports.problem_{problem.code}", request.lang, sheet=problem.sheet, **problem.facts))
        return redirect("reports:blank", kept.pk)
    accepted(done.answer)
    return _download(done.content, f"{clock.local(now):%m%d-%H%M}.xlsx", "xlsx")


def _filled_word(request: HttpRequest, kept: Blank, filling: actions.Filling, now: datetime) -> HttpResponse:
    try:
        done = actions.fill_word(
            request.scope, request.community, open_word(bytes(kept.content)), filling, as_of=now, at=now, ref=ref_of(request)
        )
    except Broken as broken:
        messages.error(request, text(broken.reason, request.lang, **broken.values))
        return redirect("reports:blank", kept.pk)
    accepted(done.answer)
    return _download(done.content, f"{clock.local(now):%m%d-%H%M}.docx", "docx")


@require_POST
@page
def register(request: HttpRequest, blank_id: UUID) -> HttpResponse:
    """Who asks for the form, on what ground, how often and until when."""
    kept = queries.blank(request.scope, request.community, blank_id)
    said = {name: request.POST.get(name, "").strip() for name in ("asked_by", "ground", "every")}
    asked = actions.Asked(said["asked_by"], said["ground"], said["every"], _day(request.POST.get("until", "")))
    answer = actions.register_request(
        by=request.scope.actor, community=request.community, blank=kept, asked=asked, at=clock.now(), ref=ref_of(request)
    )
    accepted(answer)
    messages.success(request, text("reports.request_noted", request.lang))
    return redirect("reports:blank", kept.pk)


@require_POST
@page
def drop(request: HttpRequest, blank_id: UUID) -> HttpResponse:
    """A blank nobody asks for any more goes from the list; it can be taken back."""
    kept = queries.blank(request.scope, request.community, blank_id)
    answer = actions.drop_blank(
        by=request.scope.actor, community=request.community, blank=kept, at=clock.now(), ref=ref_of(request)
    )
    accepted(answer)
    messages.success(request, text("reports.blank_dropped", request.lang, name=kept.name))
    return redirect("reports:blank", kept.pk)


@require_POST
@page
def take_back(request: HttpRequest, blank_id: UUID) -> HttpResponse:
    """A dropped blank stands on the list again."""
    kept = queries.blank(request.scope, request.community, blank_id)
    answer = actions.take_back(
        by=request.scope.actor, community=request.community, blank=kept, at=clock.now(), ref=ref_of(request)
    )
    accepted(answer)
    return redirect("reports:blank", kept.pk)


@require_GET
@page
def made(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """What stood in a filled file, what changed since the last one, and to whom it went."""
    one = queries.submission(request.scope, request.community, submission_id)
    earlier = queries.before(request.scope, one)
    differs = changes(earlier.cells, one.cells) if earlier else []
    every = {**(earlier.cells if earlier else {}), **one.cells}
    words = {cell: (label_of(request, said), place_of(request, said)) for cell, said in every.items()}
    context = {
        "made": one,
        "earlier": earlier,
        "changes": [(change, *words[change.cell]) for change in differs],
        "cells": [(cell, said, *words[cell]) for cell, said in one.cells.items()],
    }
    return render(request, "reports/made.html", context)


def label_of(request: HttpRequest, said: dict[str, Any]) -> str:
    """The words for a figure's field."""
    form = catalogue().get(said["form"])
    ours = form.outer.get(said["field"], said["field"]) if form else ""
    column = next((column for column in form.columns if column.field == ours), None) if form else None
    return say(column.label, request.lang) if column else said["field"]


def place_of(request: HttpRequest, said: dict[str, Any], community: Place | None = None) -> str:
    """The name of the grid a figure belongs to; empty for all together."""
    if not hasattr(request, "grids_here"):
        grids = places.grids(request.scope, community or request.community)
        request.grids_here = {grid.code: say(place_words(grid, request.lang), request.lang) for grid in grids}
    return request.grids_here.get(said["place"], said["place"])


@require_POST
@page
def sent(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """To whom the file went."""
    one = queries.submission(request.scope, request.community, submission_id)
    answer = actions.mark_sent(
        by=request.scope.actor, community=request.community, made=one, to=request.POST.get("to", ""), at=clock.now(),
        ref=ref_of(request),
    )  # fmt: skip
    accepted(answer)
    messages.success(request, text("reports.sent_noted", request.lang))
    return redirect("reports:made", one.pk)


@require_GET
@page
def rows(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """The rows that make up a figure of a filled file, as far as the reader may see them."""
    one = queries.submission(request.scope, request.community, submission_id)
    cell = request.GET.get("cell") or next(iter(one.cells), "")
    if cell not in one.cells:
        raise NotFound(cell)
    table = queries.behind(request.scope, one, cell)
    shown = ""
    if table is not None:
        shown = mark_safe(as_html(replace(table, rows=list(table.rows)[:ROWS_SHOWN]), request.lang))  # noqa: S308
    said = one.cells[cell]
    context = {"made": one, "cell": cell, "said": said, "label": label_of(request, said), "place": place_of(request, said), "table": shown}
    return render(request, "reports/rows.html", context)

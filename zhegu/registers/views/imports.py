"""A roster comes in: upload, columns, check, confirm. Nothing stands in the register before the last step."""

from collections import Counter
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhegu.lib import clock
from zhegu.lib.sheets import limits
from zhegu.lib.sheets.workbook import UnreadableWorkbook
from zhegu.lib.tables import Column, Kind, Table, plain_xlsx
from zhegu.lib.texts import text
from zhegu.pages.doors import ref_of, room
from zhegu.registers import importing
from zhegu.registers.actions import drafts as acts
from zhegu.registers.models import ImportDraft
from zhegu.registers.outside import progress
from zhegu.registers.queries import drafts as queries
from zhegu.registers.rules.headers import Role
from zhegu.registers.rules.rights import KEEPS
from zhegu.registers.views.said import corrections_in, decisions_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_FILES, MOST_SHOWN = 20, 200
CHOICES = [role for role in Role if role not in (Role.UNKNOWN, Role.ORIGIN, Role.ARRIVED)]
PROBLEM_COLUMNS = tuple(
    Column(part, f"registers.import_{part}", Kind.COUNT if part == "row" else Kind.TEXT)
    for part in ("workbook", "sheet", "row", "column", "value", "reason")
)
Step = ImportDraft.Step


@require_http_methods(["GET", "HEAD", "POST"])
@room(*KEEPS)
def upload(request: HttpRequest) -> HttpResponse:
    """Which workbooks; and drafts that wait to be confirmed."""
    files = request.FILES.getlist("files")[:MOST_FILES] if request.method == "POST" else []
    problem = text("registers.import_choose_file", request.lang) if request.method == "POST" and not files else ""
    if files and not problem:
        problem = _too_large(request, files)
    if files and not problem:
        named = [(file.name or "", file.read()) for file in files]
        try:
            draft = importing.keep_upload(request.scope, request.community, named, ref_of(request))
            return redirect("registers:import_draft", draft.pk)
        except UnreadableWorkbook as no:
            problem = f"{no.name}: {text(no.reason, request.lang, **no.values)}"
    waiting = queries.drafts(request.scope, request.community).prefetch_related("files")
    context = {"problem": problem, "drafts": waiting, "megabytes": limits.FILE_BYTES // 1024**2}
    return render(request, "registers/import_upload.html", context, status=422 if problem else 200)


def _too_large(request: HttpRequest, files: list[Any]) -> str:
    if any(file.size > limits.FILE_BYTES for file in files):
        return text(limits.TOO_LARGE, request.lang, **limits.shown())
    return ""


def _page(request: HttpRequest, draft: ImportDraft, template: str, **more: Any) -> HttpResponse:
    """The page of a draft that has been read; else how far the reading is."""
    if draft.step in (Step.READING, Step.WRITING) or draft.step == Step.FAILED:
        return render(request, "registers/import_wait.html", _waiting(draft))
    found = queries.found_in(request.scope, draft)
    if draft.step == Step.WRITTEN:
        return render(request, "registers/import_done.html", {"draft": draft, "facts": found.get("written", {})})
    return render(request, template, {"draft": draft, "found": found, **more})


def _waiting(draft: ImportDraft) -> dict[str, Any]:
    seen = progress.seen(draft.pk, clock.now().timestamp())
    return {
        "draft": draft, "lost": importing.is_lost(draft), "failed": draft.step == Step.FAILED,
        "done": seen.done if seen else 0, "total": seen.total if seen else 0,
    }  # fmt: skip


@require_GET
@room(*KEEPS)
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """How each sheet and column was understood, to be confirmed or corrected."""
    found = queries.draft(request.scope, draft_id)
    return _page(request, found, "registers/import_columns.html", roles=CHOICES)


@require_GET
@room(*KEEPS)
def wait(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """How far the work is, for a page that asks again and again; turns to the result when it is done."""
    found = queries.draft(request.scope, draft_id)
    if found.step in (Step.READING, Step.WRITING) and not importing.is_lost(found):
        return render(request, "registers/_import_progress.html", _waiting(found))
    answer = HttpResponse()
    answer["HX-Refresh"] = "true"
    return answer


@require_POST
@room(*KEEPS)
def columns(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Columns and sheets as a person corrected them; everything is read again."""
    found = queries.draft(request.scope, draft_id)
    shown = queries.found_in(request.scope, found)
    if found.step == Step.READ:
        said = corrections_in(request.POST, shown.get("sheets", []), found.said.get("sheets", {}))
        onward = "registers:import_check" if request.POST.get("onward") else "registers:import_draft"
        if said != found.said.get("sheets", {}):
            acts.correct(found, {"sheets": said})
            importing.carry_on(request.scope, found, Step.READING)
        return redirect(onward, found.pk)
    return redirect("registers:import_draft", found.pk)


@require_GET
@room(*KEEPS)
def check(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The dry run: counts, every problem with its place, doubts to decide, and the button that confirms."""
    found = queries.draft(request.scope, draft_id)
    problems = queries.found_in(request.scope, found).get("problems", [])
    reason = request.GET.get("reason", "")
    listed = [one for one in problems if not reason or one["reason"] == reason]
    return _page(
        request, found, "registers/import_check.html", problems=listed[:MOST_SHOWN], listed=len(listed), reason=reason,
        reasons=sorted(Counter(one["reason"] for one in problems).items()), apart=found.said.get("apart", []),
        same=found.said.get("same", {}),
    )  # fmt: skip


@require_POST
@room(*KEEPS)
def decide(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Who is whom, as a person said; everything is compared again."""
    found = queries.draft(request.scope, draft_id)
    if found.step == Step.READ:
        shown = queries.found_in(request.scope, found)
        said = decisions_in(request.POST, shown, found.said)
        if any(said[name] != found.said.get(name) for name in said):
            acts.correct(found, said)
            importing.carry_on(request.scope, found, Step.READING)
    return redirect("registers:import_check", found.pk)


@require_POST
@room(*KEEPS)
def confirm(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The draft is written into the register; a second press writes nothing more."""
    found = queries.draft(request.scope, draft_id)
    if found.step in (Step.READ, Step.FAILED) or importing.is_lost(found):
        importing.carry_on(request.scope, found, Step.WRITING)
    return redirect("registers:import_draft", found.pk)


@require_POST
@room(*KEEPS)
def again(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Work that died with its process, or failed, begins again from the kept files."""
    found = queries.draft(request.scope, draft_id)
    if found.step == Step.FAILED or importing.is_lost(found):
        importing.carry_on(request.scope, found, Step.WRITING if found.step == Step.WRITING else Step.READING)
    return redirect("registers:import_draft", found.pk)


@require_POST
@room(*KEEPS)
def drop(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The draft and its files are gone; the register stays as it is."""
    acts.drop(queries.draft(request.scope, draft_id))
    messages.success(request, text("registers.import_dropped", request.lang))
    return redirect("registers:import")


@require_GET
@room(*KEEPS)
def problems_excel(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Every problem of the dry run as a workbook, numbers masked, to be mended in the original."""
    found = queries.draft(request.scope, draft_id)
    problems = queries.found_in(request.scope, found).get("problems", [])
    rows = [one | {"reason": text(f"registers.{one['reason']}", request.lang)} for one in problems]
    table = Table(PROBLEM_COLUMNS, rows, "registers.import_problems")
    body = plain_xlsx(table, request.lang)
    answer = HttpResponse(body, content_type=XLSX)
    name = f"{text('registers.import_problems', request.lang)}.xlsx"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "no-store"
    return answer



"""What every page of this room starts with: the round, what the reader may do, and how files leave."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from zhegu.lib import clock
from zhegu.lib.paper import FontMissing, Imprint, Page, print_table
from zhegu.lib.scope import NotFound
from zhegu.lib.tables import Sheet, Table, as_xlsx
from zhegu.lib.texts import text
from zhegu.pages.doors import here
from zhegu.sampling import queries
from zhegu.sampling.models import Round
from zhegu.sampling.queries.coverage import NAMES
from zhegu.sampling.rules import WORKERS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REVEALS_PHONE = ("office", "leader", "grid_worker")
"""Whoever has to call sees a number, one at a time and on record (privacy P4, P7)."""


def reaches(request: HttpRequest, *roles: str) -> bool:
    """Whether one of these roles is held for the community, within it or above it."""
    return request.scope.reaches(request.community.code, *roles)


def the_round(request: HttpRequest, round_id: UUID) -> Round:
    """The round, of the community the reader has turned to; NotFound for any other."""
    return here(request, queries.round_for(request.scope, round_id))


def about(request: HttpRequest, round_: Round, here: str) -> dict[str, Any]:
    """What every page of a round shows: the round, its rooms, what the reader may do."""
    code = round_.community.code
    return {
        "round": round_, "here": here, "may_keep": request.scope.covers(code, "office"),
        "may_name": reaches(request, *NAMES), "may_act": reaches(request, *WORKERS),
        "may_tubes": request.scope.covers(code, "office", "lab", "leader"),
        "may_results": request.scope.covers(code, "office", "lab"),
    }  # fmt: skip


def only(request: HttpRequest, *roles: str) -> None:
    """Readers without one of these roles somewhere in the community find nothing here."""
    if not reaches(request, *roles):
        raise NotFound("role")


def file(body: bytes, kind: str, name: str) -> HttpResponse:
    """A file that is never kept by a browser's cache; prints open in the window."""
    answer = HttpResponse(body, content_type=kind)
    how = "inline" if kind == "application/pdf" else "attachment"
    answer["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "no-store"
    return answer


def imprint(request: HttpRequest) -> Imprint:
    """Who prints, where, when, in which languages."""
    langs = {"zh": ("zh", "bo"), "bo": ("bo", "zh"), "en": ("en",)}[request.lang]
    return Imprint(request.community.name or request.community.code, request.user.name, clock.now(), langs)


def printed(request: HttpRequest, table: Table, page: Page, name: str, back: str) -> HttpResponse:
    """The table as a print; a missing font is said on the page one came from."""
    try:
        return file(print_table(table, imprint(request), page), "application/pdf", f"{name}.pdf")
    except FontMissing as missing:
        messages.error(request, str(missing))
        return redirect(back)


def workbook(request: HttpRequest, table: Table, name: str) -> HttpResponse:
    """The table as a workbook, sensitive columns masked."""
    return file(as_xlsx((table, Sheet()), lang=request.lang), XLSX, f"{name}.xlsx")


def file_name(request: HttpRequest, round_: Round, key: str) -> str:
    """`第12轮 未采名单 0913-1045`."""
    now = clock.local(clock.now())
    return f"{text('sampling.round_no', request.lang, no=round_.no)} {text(key, request.lang)} {now:%m%d-%H%M}"

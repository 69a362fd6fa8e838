"""Lists on paper and as workbooks, and the sheets of personal codes."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.accounts.actions import record_look
from zhegu.lib import clock
from zhegu.lib.paper import CodeHousehold, CodeSlip, FontMissing, Imprint, Page, print_codes, print_table
from zhegu.lib.tables import Mask, Sheet, as_xlsx, masked, plain_xlsx, say
from zhegu.lib.texts import text
from zhegu.pages.doors import room
from zhegu.places import queries as places
from zhegu.registers import queries
from zhegu.registers.forms import REASONS, wanted_in
from zhegu.registers.ledgers import grids_ledger, house_words, people_table, place_words
from zhegu.registers.models import Household, Person
from zhegu.registers.rules.rights import KEEPS, READS
from zhegu.registers.views.doors import today

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LAID_OUT = 3000
"""Up to so many rows a workbook is laid out for print; more are written plain, which is ten times faster."""
NAMES = {"whole": Mask.OPEN, "first": Mask.NAME, "none": None}


def _download(body: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    how = "inline" if kind == "application/pdf" else "attachment"
    answer["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "no-store"
    return answer


def _imprint(request: HttpRequest) -> Imprint:
    langs = ("en",) if request.lang == "en" else ("zh", "bo") if request.lang == "zh" else ("bo", "zh")
    return Imprint(request.community.name or request.community.code, request.user.name, clock.now(), langs)


def _listed(request: HttpRequest, asked: Any) -> list[Person]:
    """The people of the list as it stands on the screen, all its pages."""
    wanted = wanted_in(asked, list(places.grids(request.scope, request.community)))
    if words := asked.get("q", "").strip():
        found = queries.search(request.scope, request.community, words, 50, wanted)
        return [hit.person for hit in found]
    return list(queries.people(request.scope, request.community, wanted))


def _file_name(request: HttpRequest, ending: str, key: str = "registers.people_list") -> str:
    return f"{text(key, request.lang)} {today():%Y-%m-%d}.{ending}"


@require_GET
@room(*READS)
def people_excel(request: HttpRequest) -> HttpResponse:
    """The list as a workbook, phones masked."""
    people = _listed(request, request.GET)
    return _download(_workbook(request, people, mask=True), XLSX, _file_name(request, "xlsx"))


def _workbook(request: HttpRequest, people: list[Person], mask: bool) -> bytes:
    table = people_table(people, today())
    if len(people) > LAID_OUT:
        return plain_xlsx(table, request.lang, mask)
    return as_xlsx((table, Sheet()), lang=request.lang, mask=mask)


@require_POST
@room(*KEEPS)
def call_list(request: HttpRequest) -> HttpResponse:
    """The list with whole phone numbers: a reason is asked, and everyone on it can see who took it."""
    reason = request.POST.get("reason", "")
    if reason not in REASONS:
        messages.warning(request, text("registers.say_why", request.lang))
        return redirect("registers:people")
    people = _listed(request, request.POST)
    said = request.POST.get("said", "").strip()[:180]
    record_look(
        request.scope, community=request.community.code, screen="registers.call_list", fields=["phone"],
        people=[one.pk for one in people], at=clock.now(), reason=said or reason,
    )  # fmt: skip
    return _download(_workbook(request, people, mask=False), XLSX, _file_name(request, "xlsx", "registers.call_list"))


@require_GET
@room(*READS)
def people_print(request: HttpRequest) -> HttpResponse:
    """The list on A4, grid by grid, phones masked."""
    table = people_table(_listed(request, request.GET), today())
    try:
        pdf = print_table(table, _imprint(request), Page(band="grid"))
    except FontMissing as missing:
        return _no_font(request, missing)
    return _download(pdf, "application/pdf", _file_name(request, "pdf"))


@require_GET
@room(*READS)
def grids_excel(request: HttpRequest) -> HttpResponse:
    """The counts of the grids as a workbook."""
    table = grids_ledger(request.scope, as_of=clock.now(), community=request.community).table()
    body = as_xlsx((table, Sheet(landscape=False)), lang=request.lang)
    return _download(body, XLSX, _file_name(request, "xlsx", "registers.grids_title"))


def _no_font(request: HttpRequest, missing: FontMissing) -> HttpResponse:
    messages.error(request, text("paper.font_missing", request.lang, family=missing.family, package=missing.package))
    return redirect("registers:people")


@require_GET
@room(*KEEPS)
def codes(request: HttpRequest) -> HttpResponse:
    """Personal codes by household: choose whose and how, then print."""
    grids = list(places.grids(request.scope, request.community))
    if "print" not in request.GET:
        return render(request, "registers/codes.html", {"grids": grids, "names": list(NAMES)})
    grid = next((one for one in grids if one.code == request.GET.get("grid")), None)
    how = NAMES.get(request.GET.get("names", "first"), Mask.NAME)
    found = queries.codes_by_household(request.scope, request.community, grid)
    if not found:
        messages.warning(request, text("registers.codes_nobody", request.lang))
        return redirect("registers:codes")
    sheets = [_code_household(house, people, how, request.lang) for house, people in found]
    try:
        pdf = print_codes(sheets, _imprint(request))
    except FontMissing as missing:
        return _no_font(request, missing)
    return _download(pdf, "application/pdf", _file_name(request, "pdf", "registers.codes_title"))


def _code_household(household: Household | None, people: list[Person], how: Mask | None, lang: str) -> CodeHousehold:
    first = people[0]
    grid = str(first.grid.no) if first.grid else say(place_words(None), lang)
    label = house_words(first) or (household.head_name if household else "") or text("registers.no_household", lang)
    slips = tuple(
        CodeSlip(one.code, masked(one.name, how) if how else "", str(one.birth_year or "") if how else "")
        for one in people
    )
    return CodeHousehold(label, grid, slips)

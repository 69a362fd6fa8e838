"""Office pages: the forms of a round, the chat text, the time-line, and what was handed on."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_POST

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.ids import new_id, read_id
from zhegu.lib.paper import FontMissing, Imprint
from zhegu.lib.scope import NotFound
from zhegu.lib.tables import Table, as_html, say
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, office_page
from zhegu.reports import actions, queries
from zhegu.reports.outside.catalogue import catalogue
from zhegu.reports.outside.catalogue import form as form_named
from zhegu.reports.outside.files import CONTENT_TYPES
from zhegu.reports.outside.ledgers import offer
from zhegu.reports.rules import Form
from zhegu.reports.rules.telling import place_words
from zhegu.sampling import queries as sampling
from zhegu.sampling.models import Round

LANGUAGES = {"zh": ("zh", "bo"), "bo": ("bo", "zh"), "en": ("en",)}
SHOWN_SUBMISSIONS = 30
ROWS_TO_A_PAGE = 200
NONE_APPROVED = "reports.none_approved"


@require_GET
@office_page("office", "leader")
def reports(request: HttpRequest) -> HttpResponse:
    """The newest round's forms and chat text; older rounds a link away; what was handed on below."""
    newest = sampling.current_round(request.scope, request.community)
    if newest is None:
        return render(request, "reports/reports.html", {"rounds": [], **_other_forms(request)})
    return _round_page(request, newest)


@require_GET
@office_page("office", "leader")
def round_forms(request: HttpRequest, no: int) -> HttpResponse:
    """The same for one round."""
    return _round_page(request, queries.round_no(request.scope, request.community, no))


def _round_page(request: HttpRequest, one: Round) -> HttpResponse:
    chat, refused = _chat(request, one, clock.now())
    context = {
        "rounds": sampling.rounds(request.scope, request.community),
        "round": one,
        "forms": [form for form in catalogue().values() if form.granularity == "round"],
        **_other_forms(request),
        "chat": chat,
        "chat_refused": refused,
        "submissions": queries.submissions(request.scope, request.community)[:SHOWN_SUBMISSIONS],
    }
    return render(request, "reports/reports.html", context)


def _chat(request: HttpRequest, one: Round, now: datetime) -> tuple[str, list[str]]:
    """The chat text, or the reasons why it may not go out."""
    try:
        return queries.chat_text(request.scope, request.community, one, as_of=now, lang=request.lang), []
    except RefusedError as stopped:
        return "", stopped.refused.facts["faults"]


@require_GET
@office_page("office", "leader")
def form(request: HttpRequest, no: int, form_id: str) -> HttpResponse:
    """A filled form on the screen, sensitive columns masked, with the buttons that hand it on."""
    now = clock.now()
    one = queries.round_no(request.scope, request.community, no)
    context = _shown(request, _form(form_id, "round"), queries.About(round=one, approved=_approved(request.GET)), now)
    context["file_url"] = reverse("reports:form_file", args=[no, form_id])
    return render(request, "reports/form.html", {**context, "round": one})


def _other_forms(request: HttpRequest) -> dict[str, Any]:
    """Forms of some days that whoever looks may read."""
    forms = [form for form in catalogue().values() if form.granularity == "period"]
    return {"period_forms": [form for form in forms if _may_read(request, form)]}


def _may_read(request: HttpRequest, one: Form) -> bool:
    roles = offer(one.source).roles
    return not roles or request.scope.reaches(request.community.code, *roles)


def _form(form_id: str, *granularities: str) -> Form:
    chosen = form_named(form_id)
    if chosen.granularity not in granularities:
        raise NotFound(form_id)
    return chosen


def _shown(request: HttpRequest, chosen: Form, about: queries.About, now: datetime) -> dict[str, Any]:
    page, shown = None, None
    try:
        page, shown = _page(request, queries.asked_table(request.scope, request.community, chosen, about, now))
    except RefusedError as none:
        if none.refused.reason != NONE_APPROVED:
            raise
    return {
        "form": chosen,
        "page": page,
        "table": shown,
        "as_of": now,
        "approved": about.approved,
        "may_be_approved": not chosen.has_sensitive and chosen.granularity != "person",
        "may_arrange": request.scope.covers(request.community.code, "office"),
        "may_reveal": chosen.has_sensitive and request.scope.covers(request.community.code, "office"),
    }


@require_GET
@office_page()
def period_form(request: HttpRequest) -> HttpResponse:
    """The form `?form=F8` of the days since…until, `&person=…` where it is about one; who may see it is for its
    ledger to say. Whoever opens a form about a person is on record."""
    if not request.GET.get("form"):
        return redirect("reports:reports")
    now = clock.now()
    chosen = _form(request.GET["form"], "period", "person")
    about = _days(request, request.GET, now, chosen)
    context = _shown(request, chosen, about, now)
    if about.person:
        actions.record_person_look(request.scope, request.community, chosen, about.person, now)
    context["file_url"] = reverse("reports:period_form_file")
    days = {"since": about.since, "until": about.until, "person": about.person}
    return render(request, "reports/form.html", {**context, **days})


def _days(request: HttpRequest, given: QueryDict, now: datetime, chosen: Form) -> queries.About:
    """From which day until which; where nothing else is said today, or the whole outbreak for a form that reaches so
    far; turned round where they stand so. A form about a person wants one: raises NotFound."""
    since, until = (_day(given.get(name, "")) for name in ("since", "until"))
    if since is None and until is None and chosen.reach == "outbreak":
        since, until = queries.whole(request.scope, request.community, now)
    today = clock.local_day(now)
    since, until = since or until or today, until or since or today
    person = read_id(given.get("person", "")) if chosen.granularity == "person" else None
    since, until = min(since, until), max(since, until)
    if chosen.most_days and (until - since).days >= chosen.most_days:
        raise RefusedError(Refused("reports.too_many_days", {"most": chosen.most_days}))
    return queries.About(since=since, until=until, person=person, approved=_approved(given))


def _approved(given: QueryDict) -> bool:
    return bool(given.get("approved"))


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


@require_POST
@office_page()
def period_form_file(request: HttpRequest) -> HttpResponse:
    """A form of some days as a file, on record with its hash."""
    now = clock.now()
    chosen = _form(request.POST.get("form", ""), "period", "person")
    return _file(request, chosen, _days(request, request.POST, now, chosen), now)


@require_POST
@office_page("office", "leader")
def form_file(request: HttpRequest, no: int, form_id: str) -> HttpResponse:
    """The form as a file, on record with its hash."""
    now = clock.now()
    one = queries.round_no(request.scope, request.community, no)
    return _file(request, _form(form_id, "round"), queries.About(round=one, approved=_approved(request.POST)), now)


def _file(request: HttpRequest, chosen: Form, about: queries.About, now: datetime) -> HttpResponse:
    reveal = bool(request.POST.get("reveal"))
    if reveal and not request.scope.covers(request.community.code, "office"):
        raise NotFound("role")
    wanted = actions.Wanted(
        chosen, about, request.POST.get("format", "xlsx"), reveal, request.POST.get("reason", "").strip()
    )
    try:
        made = actions.make_form(
            request.scope, request.community, wanted, imprint=_imprint(request, now), as_of=now, ref=new_id()
        )
    except FontMissing as missing:
        return _no_font(request, missing)
    accepted(made.answer)
    return _download(made.content, made.name, wanted.format)


@require_GET
@office_page("office", "leader")
def history(request: HttpRequest, no: int) -> HttpResponse:
    """The round's time-line."""
    one = queries.round_no(request.scope, request.community, no)
    table = queries.history(request.scope, request.community, one, lang=request.lang)
    page, shown = _page(request, table)
    context = {"round": one, "page": page, "table": shown}
    return render(request, "reports/history.html", context)


def _page(request: HttpRequest, table: Table) -> tuple[Page, SafeString]:
    """The asked-for rows of a table as markup; `as_html` escapes every cell."""
    page = Paginator(table.rows, ROWS_TO_A_PAGE).get_page(request.GET.get("page"))
    return page, mark_safe(as_html(replace(table, rows=page.object_list), request.lang))  # noqa: S308


@require_POST
@office_page("office", "leader")
def history_file(request: HttpRequest, no: int) -> HttpResponse:
    """The whole time-line as a file, on record with its hash."""
    now = clock.now()
    one = queries.round_no(request.scope, request.community, no)
    kind = request.POST.get("format", "xlsx")
    try:
        made = actions.make_history(
            request.scope, request.community, one, kind, imprint=_imprint(request, now), ref=new_id()
        )
    except FontMissing as missing:
        return _no_font(request, missing)
    accepted(made.answer)
    return _download(made.content, made.name, kind)


def _imprint(request: HttpRequest, now: datetime) -> Imprint:
    office = say(place_words(request.community, request.lang), request.lang)
    return Imprint(office, request.user.name, now, LANGUAGES[request.lang])


def _no_font(request: HttpRequest, missing: FontMissing) -> HttpResponse:
    words: dict[str, Any] = {"family": missing.family, "package": missing.package}
    messages.error(request, text("paper.font_missing", request.lang, **words))
    return redirect("reports:reports")


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer

"""Office pages: the leading group with its phone tree, and bulletins."""

from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.accounts.actions import record_look
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.paper import FontMissing, Imprint, Page, print_table
from zhegu.lib.tables import Column, Kind, Mask, Table
from zhegu.lib.texts import text
from zhegu.outbreaks import actions, queries
from zhegu.outbreaks.actions import NewBulletin, NewMember
from zhegu.outbreaks.models import Outbreak
from zhegu.outbreaks.rules import BadLine, Post, read_areas, read_counts
from zhegu.outbreaks.views.steering import a_day, about, found
from zhegu.pages.doors import accepted, office_page, ref_of

INDENT = "　"
TREE = (
    Column("name", "outbreaks.member_name", width=20),
    Column("post", "outbreaks.post", Kind.CHOICE, words="outbreaks.post_", width=10),
    Column("duty", "outbreaks.duty", width=24),
    Column("phone", "outbreaks.phone", Kind.PHONE, Mask.PHONE, width=14),
    Column("caller", "outbreaks.called_by", width=14),
    Column("reached", "outbreaks.reached", Kind.TICK),
)


@require_GET
@office_page("office", "leader")
def group(request: HttpRequest, outbreak_id: UUID) -> HttpResponse:
    """Who leads, with which duty, and who calls whom."""
    outbreak = found(request, outbreak_id)
    rows = [(one, place, INDENT * (place.depth - 1)) for one, place in queries.group(request.scope, outbreak)]
    context = {**about(request, outbreak), "rows": rows, "posts": list(Post)}
    return render(request, "outbreaks/group.html", context)


def _member_id(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError:
        raise RefusedError(Refused("outbreaks.not_in_group")) from None


@require_POST
@office_page("office")
def add_member(request: HttpRequest, outbreak_id: UUID) -> HttpResponse:
    """One more in the group."""
    outbreak, post = found(request, outbreak_id, to_change=True), request.POST
    where = post.get("post", "")
    member = NewMember(
        Post(where) if where in list(Post) else Post.MEMBER, post.get("name", ""), post.get("duty", ""),
        post.get("phone", ""), _member_id(post.get("called_by", "")),
    )  # fmt: skip
    accepted(
        actions.add_member(
            by=request.scope.actor, outbreak=outbreak, member=member, at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("outbreaks.member_added", request.lang))
    return redirect("outbreaks:group", outbreak.id)


@require_POST
@office_page("office")
def change_member(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """Another calls them, or they leave the group."""
    member, now = queries.member(request.scope, member_id), clock.now()
    found(request, member.outbreak_id, to_change=True)
    who = {"by": request.scope.actor, "member": member, "at": now, "ref": ref_of(request)}
    if request.POST.get("leave"):
        accepted(actions.end_member(**who))
    else:
        accepted(actions.set_caller(**who, caller=_member_id(request.POST.get("called_by", ""))))
    messages.success(request, text("outbreaks.group_changed", request.lang))
    return redirect("outbreaks:group", member.outbreak_id)


@require_POST
@office_page("office", "leader")
def print_group(request: HttpRequest, outbreak_id: UUID) -> HttpResponse:
    """The phone tree on paper, with whole numbers: it is there to be called. Written down as a look."""
    outbreak, now = found(request, outbreak_id), clock.now()
    rows = queries.group(request.scope, outbreak)
    names = {one.pk: one.name for one, _ in rows}
    table = Table(
        TREE,
        [
            {
                "name": INDENT * place.depth + one.name, "post": one.post, "duty": one.duty, "phone": one.phone,
                "caller": names.get(one.called_by_id, ""),
            }
            for one, place in rows
        ],
        "outbreaks.phone_tree",
    )  # fmt: skip
    record_look(
        request.scope, community=outbreak.community.code, screen="outbreaks.phone_tree", fields=["phone"], people=[], at=now
    )
    try:
        pdf = print_table(table, _imprint(request, now), Page(landscape=False), mask=False)
    except FontMissing as gone:
        messages.error(request, text("paper.font_missing", request.lang, family=gone.family, package=gone.package))
        return redirect("outbreaks:group", outbreak.id)
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = quote(f"{text('outbreaks.phone_tree', request.lang)}.pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "no-store"
    return answer


def _imprint(request: HttpRequest, at: datetime) -> Imprint:
    langs = ("en",) if request.lang == "en" else ("zh", "bo") if request.lang == "zh" else ("bo", "zh")
    return Imprint(request.community.name or request.community.code, request.user.name, at, langs)


# --- bulletins


@require_GET
@office_page("office", "leader")
def bulletins(request: HttpRequest, outbreak_id: UUID) -> HttpResponse:
    """What was said from above, newest first."""
    outbreak = found(request, outbreak_id)
    rows = []
    for one in queries.bulletins(request.scope, outbreak):
        counts = list(one.counts.all())
        new = sum(c.new_confirmed for c in counts), sum(c.new_asymptomatic for c in counts)
        areas = [(a, queries.level_name(a.level, request.lang) if a.level else "") for a in one.areas.all() if not a.undone]
        rows.append((one, counts, new, areas))
    context = {**about(request, outbreak), "rows": rows, "today": clock.local_day(clock.now())}
    return render(request, "outbreaks/bulletins.html", context)


def _levels(outbreak: Outbreak) -> dict[str, str]:
    """Words of a level in any language, with or without 风险 → its code."""
    found = {}
    for level in outbreak.rules.risk_levels:
        for lang in ("zh", "bo", "en"):
            words = queries.level_name(level.code, lang).casefold().replace(" ", "")
            found |= {words: level.code, words.removesuffix("风险"): level.code, words.removesuffix("risk"): level.code}
        found[level.code.casefold()] = level.code
    lifted = {text("outbreaks.lifted", lang).casefold(): "" for lang in ("zh", "bo", "en")}
    return found | lifted


@require_POST
@office_page("office")
def write_bulletin(request: HttpRequest, outbreak_id: UUID) -> HttpResponse:
    """One bulletin, its numbers and areas as lines that were pasted."""
    outbreak, post = found(request, outbreak_id, to_change=True), request.POST
    try:
        counts = read_counts(post.get("counts", ""))
        areas = read_areas(post.get("areas", ""), _levels(outbreak))
    except BadLine as bad:
        messages.error(request, text("outbreaks.bad_line", request.lang, no=bad.no, line=bad.line[:60]))
        return redirect("outbreaks:bulletins", outbreak.id)
    bulletin = NewBulletin(
        post.get("issuer", ""), a_day(post.get("day", "")), tuple(counts), tuple(areas),
        a_day(post.get("areas_since", ""), needed=False), post.get("number", ""), post.get("words", ""),
    )  # fmt: skip
    accepted(
        actions.write_bulletin(
            by=request.scope.actor, outbreak=outbreak, bulletin=bulletin, at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("outbreaks.bulletin_saved", request.lang, n=len(areas)))
    return redirect("outbreaks:bulletins", outbreak.id)


@require_POST
@office_page("office")
def take_back_bulletin(request: HttpRequest, bulletin_id: UUID) -> HttpResponse:
    """It does not count, nor do its areas."""
    bulletin = queries.bulletin(request.scope, bulletin_id)
    found(request, bulletin.outbreak_id, to_change=True)
    accepted(
        actions.take_back_bulletin(
            by=request.scope.actor, bulletin=bulletin, at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("outbreaks.bulletin_taken_back", request.lang))
    return redirect("outbreaks:bulletins", bulletin.outbreak_id)

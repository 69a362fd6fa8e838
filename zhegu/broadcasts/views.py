"""Announcements: writing, approving, reading them out, writing down that they went out."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.accounts import queries as accounts
from zhegu.broadcasts import actions, queries
from zhegu.broadcasts.rules import APPROVES, LONGEST, TELLS, WRITES, Channel, Spoken
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, here, office_page, ref_of

page = office_page(*TELLS)
SHOWN_DAYS, ROWS = 7, 100
AHEAD = timedelta(minutes=10)
"""How far a clock may be off before a moment counts as one to come."""


@require_GET
@page
def today(request: HttpRequest) -> HttpResponse:
    """What may go out, what waits for a leader, and what went out in the last days."""
    now = clock.now()
    day = clock.local_day(now)
    names = {member.actor.key: member.name for member in accounts.staff_at(request.scope, request.community.code)}
    rows = queries.plays(request.scope, request.community, day - timedelta(days=SHOWN_DAYS - 1), day, now)[:ROWS]
    code = request.community.code
    context = {
        "announcements": [(one, names.get(one.approved_by, "")) for one in queries.announcements(request.scope, request.community)],
        "heard": queries.heard(request.scope, request.community, day, day, now), "now": now, "longest": LONGEST,
        "rows": [(row, names.get(row.by, "")) for row in rows], "channels": list(Channel), "tongues": list(Spoken),
        "may_write": request.scope.covers(code, *WRITES), "may_approve": request.scope.covers(code, *APPROVES),
    }  # fmt: skip
    return render(request, "broadcasts/today.html", context)


@require_POST
@office_page(*WRITES)
def write(request: HttpRequest) -> HttpResponse:
    """Words that wait for a leader."""
    said = {name: request.POST.get(name, "") for name in ("title", "zh", "bo")}
    answer = actions.write(
        by=request.scope.actor, scope=request.scope, community=request.community, **said, at=clock.now(), ref=ref_of(request)
    )
    accepted(answer)
    return _back(request, "written")


@require_POST
@office_page(*APPROVES)
def approve(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """They may go out."""
    one = here(request, queries.announcement(request.scope, announcement_id))
    accepted(actions.approve(by=request.scope.actor, scope=request.scope, announcement=one, at=clock.now(), ref=ref_of(request)))
    return _back(request, "is_approved")


@require_POST
@office_page(*WRITES)
def end(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """They go out no more."""
    one = here(request, queries.announcement(request.scope, announcement_id))
    accepted(actions.end(by=request.scope.actor, scope=request.scope, announcement=one, at=clock.now(), ref=ref_of(request)))
    return _back(request, "is_over")


@require_POST
@page
def announced(request: HttpRequest, announcement_id: UUID) -> HttpResponse:
    """It went out, now or earlier."""
    one, post = here(request, queries.announcement(request.scope, announcement_id)), request.POST
    try:
        channel, spoken = Channel(post.get("channel", "")), Spoken(post.get("spoken", ""))
    except ValueError:
        raise RefusedError(Refused("broadcasts.which_channel")) from None
    play = actions.NewPlay(
        channel=channel, place=post.get("place", "")[:80], spoken=spoken, minutes=_number(post, "minutes"),
        leaflets=_number(post, "leaflets"),
    )  # fmt: skip
    at = _moment(post, clock.now())
    accepted(actions.announce(by=request.scope.actor, scope=request.scope, announcement=one, play=play, at=at, ref=ref_of(request)))
    return _back(request, "recorded")


@require_POST
@page
def undo(request: HttpRequest, play_id: UUID) -> HttpResponse:
    """It was written down by mistake."""
    play = queries.play(request.scope, play_id)
    here(request, play, play.announcement)
    accepted(actions.undo(by=request.scope.actor, scope=request.scope, play=play, at=clock.now(), ref=ref_of(request)))
    return _back(request, "undone")


def _back(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, text(f"broadcasts.{said}", request.lang))
    return redirect("broadcasts:today")


def _number(post: QueryDict, name: str) -> int:
    try:
        return int(post.get(name) or 0)
    except ValueError:
        raise RefusedError(Refused("broadcasts.wrong_number")) from None


def _moment(post: QueryDict, now: datetime) -> datetime:
    """When it went out; now where nothing is said. Refused: later than now."""
    try:
        at = datetime.fromisoformat(post["at"]).replace(tzinfo=clock.LOCAL) if post.get("at") else now
    except ValueError:
        raise RefusedError(Refused("broadcasts.wrong_at")) from None
    if at > now + AHEAD:
        raise RefusedError(Refused("broadcasts.wrong_at"))
    return at

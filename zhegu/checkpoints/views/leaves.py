"""Who may go out when: the rules in force, and one more of them."""

import re
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhegu.checkpoints import actions, forms, queries
from zhegu.checkpoints.views.gates import office, page, tabs
from zhegu.lib import clock
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, here, ref_of
from zhegu.places import queries as places

WEEK = range(1, 8)
OLDEST_CARD = 720
"""Hours; an older card says nothing about today."""


def _numbers(said: list[str], most: int) -> tuple[int, ...]:
    return tuple(sorted({int(one) for one in said if re.fullmatch(r"[1-9]\d{0,2}", one) and int(one) <= most}))


def _leave_of(post: QueryDict, at: object) -> actions.NewLeave:
    hours = post.get("card_hours", "").strip()
    if hours and not (re.fullmatch(r"[1-9]\d{0,2}", hours) and int(hours) <= OLDEST_CARD):
        raise forms.refuse("bad_card_hours")
    return actions.NewLeave(
        post.get("name", "")[:80], forms.moment(post.get("since", ""), at), forms.moment(post.get("until", "")),  # type: ignore[arg-type]
        _numbers(post.getlist("grids"), 255), _numbers(post.getlist("weekdays"), 7), forms.hour(post.get("opens", "")),
        forms.hour(post.get("closes", "")), int(hours) if hours else None,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@page
def leaves(request: HttpRequest) -> HttpResponse:
    """The rules in force or to come; the office gives more."""
    now = clock.now()
    if request.method == "POST":
        if not request.scope.covers(request.community.code, "office"):
            raise queries.NotFound("role")
        leave = _leave_of(request.POST, now)
        accepted(
            actions.give_leave(by=request.scope.actor, community=request.community, leave=leave, at=now, ref=ref_of(request))
        )
        messages.success(request, text("checkpoints.leave_saved", request.lang, name=leave.name))
        return redirect("checkpoints:leaves")
    context = {
        "rows": queries.leaves(request.scope, request.community, now), "week": WEEK, "now": clock.local(now),
        "grids": places.grids(request.scope, request.community), **tabs(request),
    }  # fmt: skip
    return render(request, "checkpoints/leaves.html", context)


@require_POST
@office
def end_leave(request: HttpRequest, leave_id: UUID) -> HttpResponse:
    """It counts no more."""
    leave = here(request, queries.leave(request.scope, leave_id))
    accepted(actions.end_leave(by=request.scope.actor, leave=leave, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("checkpoints.leave_ended", request.lang, name=leave.name))
    return redirect("checkpoints:leaves")

"""Whoever has just come registers themselves by the code of a notice. Asks the least, shows nothing back."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from zhegu.arrivals import actions, queries
from zhegu.arrivals.models import Notice
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.scope import Actor, Scope
from zhegu.pages.doors import ref_of
from zhegu.residents.forms import day_of, moment
from zhegu.residents.rules import may_send, window_began

EVERYTHING = Scope.everything("a notice's code is all that whoever registers themselves has")
COMPANIONS = range(4)


@require_http_methods(["GET", "HEAD", "POST"])
def arriving(request: HttpRequest, notice_token: str) -> HttpResponse:
    """The page behind a notice: a short form, then thanks. A code that counts no more leads nowhere."""
    now = clock.now()
    notice = queries.notice_with_token(EVERYTHING, notice_token, now)
    context: dict[str, Any] = {"notice": notice, "now": clock.local(now), "empty": COMPANIONS, "said": request.POST}
    if request.method != "POST":
        return render(request, "residents/arriving.html", context)
    address = request.META.get("REMOTE_ADDR", "")
    if not may_send(*queries.tries_from(EVERYTHING, notice, address, window_began(now))):
        return render(request, "residents/too_many.html", context, status=429)
    actions.note_try(notice, address, now)
    refused = _send(request, notice)
    if refused is None:
        return render(request, "residents/thanks.html", context)
    return render(request, "residents/arriving.html", {**context, "refused": refused}, status=409)


def _send(request: HttpRequest, notice: Notice) -> Refused | None:
    """The entry is written down, or why it is not."""
    try:
        item = _entry(request.POST, notice, ref_of(request))
    except RefusedError as wrong:
        return wrong.refused
    by = Actor("resident", f"notice-{notice.pk}")
    answer = actions.register_arrivals(by=by, scope=EVERYTHING, community=notice.community, items=[item])[0]
    return None if answer.accepted else Refused(answer.reason, answer.facts)


def _entry(post: QueryDict, notice: Notice, ref: Any) -> actions.NewArrival:
    now = clock.now()
    others = [name.strip()[:120] for name in post.getlist("companion-name") if name.strip()]
    kind = actions.Kind.RETURNEE if post.get("kind") == actions.Kind.RETURNEE else actions.Kind.INCOMER
    return actions.NewArrival(
        ref=ref, at=now, way=actions.Way.SELF, kind=kind,
        who=actions.Traveller(post.get("name", "")[:120], phone=post.get("phone", "").strip()[:20]),
        companions=tuple(actions.Traveller(name) for name in others), grid=notice.grid.no if notice.grid else None,
        came_from=post.get("came_from", "")[:80], via=post.get("via", "")[:200], left=day_of(post.get("left", ""), "left"),
        arrived=moment(post.get("arrived", ""), now), address=post.get("address", "")[:200],
    )  # fmt: skip

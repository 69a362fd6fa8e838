"""Patrols: routes, and what was found in the last days, in numbers."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from zhegu.accounts import queries as accounts
from zhegu.checkpoints import actions, queries
from zhegu.checkpoints.views.gates import office, tabs
from zhegu.lib import clock
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, here, office_page, ref_of

SHOWN_FOR = timedelta(days=7)
ROWS = 100
page = office_page("office", "leader", "patrol")


@require_http_methods(["GET", "HEAD", "POST"])
@page
def patrols(request: HttpRequest) -> HttpResponse:
    """Routes with how often they were gone, what was found; the office adds a route."""
    now = clock.now()
    if request.method == "POST":
        return _added(request)
    found = queries.findings(request.scope, request.community, now - SHOWN_FOR, now + timedelta(seconds=1))
    names = {member.actor.key: member.name for member in accounts.staff_at(request.scope, request.community.code)}
    sums = found.order_by().values("found").annotate(times=Count("pk"), people=Sum("people")).order_by("found")
    context = {
        "routes": queries.routes(request.scope, request.community), "sums": sums,
        "rows": [(one, names.get(one.by, "")) for one in found[:ROWS]], **tabs(request),
    }  # fmt: skip
    return render(request, "checkpoints/patrols.html", context)


def _added(request: HttpRequest) -> HttpResponse:
    if not request.scope.covers(request.community.code, "office"):
        raise queries.NotFound("role")
    post = request.POST
    accepted(
        actions.add_route(
            by=request.scope.actor, community=request.community, name=post.get("name", "")[:80],
            name_bo=post.get("name_bo", "")[:120], points=[one[:60] for one in post.get("points", "").splitlines()[:60]],
            at=clock.now(), ref=ref_of(request),
        )
    )  # fmt: skip
    messages.success(request, text("checkpoints.saved", request.lang))
    return redirect("checkpoints:patrols")


@require_POST
@office
def close_route(request: HttpRequest, route_id: UUID) -> HttpResponse:
    """Nobody goes it any more."""
    route = here(request, queries.route(request.scope, route_id))
    accepted(actions.close_route(by=request.scope.actor, route=route, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("checkpoints.closed", request.lang, name=route.name))
    return redirect("checkpoints:patrols")


@require_POST
@page
def undo_finding(request: HttpRequest, finding_id: UUID) -> HttpResponse:
    """It was written down by mistake."""
    found = queries.finding(request.scope, request.community, finding_id)
    item = actions.UndoFinding(ref=ref_of(request), at=clock.now(), finding=found.pk)
    accepted(actions.undo_findings(by=request.scope.actor, scope=request.scope, community=request.community, items=[item])[0])
    messages.success(request, text("checkpoints.undone", request.lang))
    return redirect("checkpoints:patrols")

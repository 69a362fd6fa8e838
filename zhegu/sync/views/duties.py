"""What is to do in each grid, who answers for it, and which phones have not been heard of; nobody is named."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhegu.accounts import queries as accounts
from zhegu.accounts.models import Role
from zhegu.lib import clock
from zhegu.pages.doors import office_page
from zhegu.places import queries as places
from zhegu.sync import offers, queries

SILENT = timedelta(hours=12)
"""A phone that has not been heard of for half a day may hold work nobody knows of."""


@require_GET
@office_page("office", "leader")
def behind(request: HttpRequest) -> HttpResponse:
    """Grids by how much is late; grids without anybody; phones by how long they are silent."""
    now = clock.now()
    counted = queries.duties_by_grid(request.scope, request.community, now)
    seen = {code for one in counted for code in one.by_rule}
    rules = [rule for rule in offers.duties() if rule.code in seen]
    grids = {grid.no: grid for grid in places.grids(request.scope, request.community)}
    workers = _workers(request)
    rows = [
        (grids.get(one.grid), workers.get(one.grid, []), one, [one.by_rule.get(rule.code, (0, 0)) for rule in rules])
        for one in counted
    ]  # fmt: skip
    alone = [grid for no, grid in grids.items() if not workers.get(no)]
    context = {"rules": rules, "rows": rows, "alone": alone, "phones": _phones(request, now), "now": now}
    return render(request, "sync/duties.html", context)


def _workers(request: HttpRequest) -> dict[int, list[str]]:
    """Grid's number → who works there."""
    found: dict[int, list[str]] = {}
    grants = accounts.grants_in(request.scope, request.community.code).filter(role=Role.GRID_WORKER)
    for grant in grants.select_related("staff", "place"):
        found.setdefault(grant.place.no or 0, []).append(grant.staff.name)
    return found


def _phones(request: HttpRequest, now: datetime) -> list[dict[str, Any]]:
    """Phones in use, the longest silent first."""
    in_use = [one for one in accounts.devices(request.scope, request.community) if one.standing(now) == "active"]
    longest = sorted(in_use, key=lambda one: one.last_seen or one.enrolled_at)
    return [
        {
            "device": one, "silent": (one.last_seen or one.enrolled_at) < now - SILENT,
            "people": [key.staff.name for key in accounts.people_on(request.scope, one) if key.revoked is None],
        }
        for one in longest
    ]  # fmt: skip

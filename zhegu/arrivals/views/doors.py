"""Who comes into this room, and the record of who looked at whom."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from zhegu.accounts import actions as accounts
from zhegu.arrivals import queries
from zhegu.arrivals.models import Arrival
from zhegu.arrivals.rules import OFFICE, REGISTERS, SEES
from zhegu.lib import clock
from zhegu.lib.paper import Imprint


def may(request: HttpRequest) -> dict[str, Any]:
    """What the reader may do in this room, for the templates to offer."""
    scope, community = request.scope, request.community
    sees = scope.reaches(community.code, *SEES)
    return {
        "may_run": scope.covers(community.code, OFFICE),
        "may_register": scope.reaches(community.code, *REGISTERS),
        "may_see": sees,
        "to_decide": queries.waiting(scope, community).count() if sees else 0,
    }


def looked(request: HttpRequest, screen: str, fields: Iterable[str], rows: Iterable[Arrival], reason: str = "") -> None:
    """One row for the screen, with those of the register whose whereabouts or health stood on it."""
    rows = list(rows)
    if rows:
        accounts.record_look(
            request.scope, community=request.community.code, screen=screen, fields=fields, reason=reason,
            people={row.person_id for row in rows if row.person_id}, at=clock.now(),
        )  # fmt: skip


def imprint(request: HttpRequest) -> Imprint:
    """Who prints, in which languages: the reader's own first, and the community's other one."""
    langs = ("zh", "bo") if request.lang == "zh" else (request.lang, "zh")
    return Imprint(request.community.name or request.community.code, request.user.name, clock.now(), langs)


def pdf(content: bytes, name: str) -> HttpResponse:
    """A sheet to print; browsers keep none."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response

"""Who comes into this room: roles reach it from a grid, the community, or above."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from zhegu.lib import clock
from zhegu.lib.scope import NotFound, Scope
from zhegu.pages.doors import View, office_page
from zhegu.places.models import Place
from zhegu.registers.rules.rights import CHANGES, KEEPS


def reaches(scope: Scope, community: Place, roles: tuple[str, ...]) -> bool:
    """Whether one of these roles is held for the community, for something in it, or above it."""
    places = scope.places(*roles)
    return scope.whole or any(p.startswith(community.code) or community.code.startswith(p) for p in places)


def register_page(*roles: str) -> Callable[[View], View]:
    """A page for these roles; what they see on it is for the queries to say."""

    def guard(view: View) -> View:
        @office_page()
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not reaches(request.scope, request.community, roles):
                raise NotFound("role")
            return view(request, *args, **kwargs)

        return guarded

    return guard


def may(request: HttpRequest) -> dict[str, bool]:
    """What the reader may do in this room, for the templates to offer."""
    return {
        "may_change": reaches(request.scope, request.community, CHANGES),
        "may_keep": request.scope.covers(request.community.code, *KEEPS),
    }


def today() -> date:
    """The day people here live now."""
    return clock.local_day(clock.now())

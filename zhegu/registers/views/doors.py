"""Who comes into this room: roles reach it from a grid, the community, or above."""

from datetime import date

from django.http import HttpRequest

from zhegu.lib import clock
from zhegu.registers.rules.rights import CHANGES, KEEPS


def may(request: HttpRequest) -> dict[str, bool]:
    """What the reader may do in this room, for the templates to offer."""
    return {
        "may_change": request.scope.reaches(request.community.code, *CHANGES),
        "may_keep": request.scope.covers(request.community.code, *KEEPS),
    }


def today() -> date:
    """The day people here live now."""
    return clock.local_day(clock.now())

"""What the pages of this room share: whose they are, their tabs, the record of who looked."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from zhegu.accounts import actions as accounts
from zhegu.lib import clock
from zhegu.monitoring import queries
from zhegu.monitoring.rules import APPROVES, CHECKS, CLINIC, DECIDES, SEES
from zhegu.outbreaks import queries as outbreaks
from zhegu.pages.doors import room

ROWS_TO_A_PAGE = 50
sees, decides, asks, looks_after = room(*SEES), room(*DECIDES), room(*CHECKS, "leader"), room(*CLINIC)


def tabs(request: HttpRequest) -> dict[str, Any]:
    """Which pages this visitor may open, and what waits there."""
    scope, community = request.scope, request.community
    return {
        "may_decide": scope.covers(community.code, *DECIDES),
        "may_approve": scope.covers(community.code, *APPROVES),
        "may_heal": scope.covers(community.code, *CLINIC),
        "may_ask": bool(scope.places(*CHECKS)),
        "n_waiting": queries.waiting(scope, community).values("laid").distinct().count(),
        "n_contested": queries.contested(scope, community).count(),
        "n_abnormal": queries.abnormal(scope, community).count(),
    }


def looked(request: HttpRequest, screen: str, fields: Iterable[str], people: Iterable[UUID]) -> None:
    """One row for the screen, with everybody whose health or whereabouts were on it."""
    subjects = {one for one in people if one}
    if subjects:
        accounts.record_look(
            request.scope, community=request.community.code, screen=f"monitoring.{screen}", fields=list(fields),
            people=subjects, at=clock.now(),
        )  # fmt: skip


def said(course: queries.Course, lang: str) -> dict[str, Any]:
    """A measure on a day, in words for a line of the list."""
    stage, running = course.running.stage, course.running
    return {
        "row": course.measure,
        "course": course,
        "name": outbreaks.measure_name(course.rule, lang),
        "stage_key": f"outbreaks.stage_{stage.kind}",
        "of_days": stage.days,
        "last_day": running.last_day,
        "overdue_tests": len(course.overdue_tests),
    }

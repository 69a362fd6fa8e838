"""Office pages of figures: the day with what each number means, its chat text, and the wall board."""

from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.accounts import queries as accounts
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.tables import say
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, day_said, office_page, ref_of
from zhegu.reports import actions, queries
from zhegu.reports.rules.figures import Told
from zhegu.reports.rules.notes import LONGEST_NOTE
from zhegu.reports.rules.periods import FIRST_OF, Period
from zhegu.reports.rules.telling import figure_words
from zhegu.sampling import queries as sampling

page = office_page("office", "leader")
ON_THE_WALL = (
    "sampling_done", "sampling_missing", "sampling_rate", "arrivals_new", "checkpoint_persons", "checkpoint_turned_back",
    "care_to_ask", "isolation_current", "requests_open", "days_protective", "days_disinfectant",
)  # fmt: skip
THREE_PARTS = ("staff_party", "staff_on_duty", "staff_volunteer")
"""Who leads, the grids, who helps: the three parts by which a community's work is shown (inventory 41)."""
MOST_OWED = 6
OVER = ("day", "week", "month")


@require_GET
@page
def day(request: HttpRequest) -> HttpResponse:
    """The figures of the day, its week or its month, as known now or at an earlier moment, with what each means; and the
    text for the chat group."""
    now = clock.now()
    as_of = _moment(request.GET.get("as_of", ""), now)
    over = request.GET.get("over") if request.GET.get("over") in OVER else "day"
    until = clock.local_day(as_of)
    since = FIRST_OF[over](until)
    told = queries.figures(request.scope, request.community, as_of, since=since)
    chat, refused = "", []
    try:
        chat = queries.day_words(request.scope, request.community, as_of, request.lang, told, since)
    except RefusedError as stopped:
        refused = stopped.refused.facts["faults"]
    context = {
        "as_of": as_of,
        "over": over,
        "choices": OVER,
        "since": since,
        "until": until,
        "days": Period(since, until),
        "by_room": [
            (room, [(one, figure_words(one, request.lang)) for one in of_room])
            for room, of_room in groupby(told, key=lambda one: one.room)
        ],
        "chat": chat,
        "chat_refused": refused,
        **_notes(request, until, now),
    }
    return render(request, "reports/day.html", context)


def _notes(request: HttpRequest, day: date, now: datetime) -> dict[str, Any]:
    """What was typed of the day, with who wrote each version."""
    versions = queries.notes(request.scope, request.community, day, now)
    names = {member.actor.key: member.name for member in accounts.staff_at(request.scope, request.community.code)}
    return {
        "notes": [(one, names.get(one.by, "")) for one in versions],
        "note": versions[0] if versions else None,
        "names_somebody": bool(versions) and queries.names_somebody(request.scope, request.community, versions[0]),
        "longest": LONGEST_NOTE,
    }


@require_POST
@page
def note_day(request: HttpRequest) -> HttpResponse:
    """What went wrong and what is planned, said of a day once; again as a correction."""
    day = day_said(request.POST.get("day", ""), RefusedError(Refused("reports.note_which_day")), needed=True)
    said = {name: request.POST.get(name, "") for name in ("problems", "plan")}
    answer = actions.note_day(
        by=request.scope.actor, community=request.community, day=day, **said, at=clock.now(), ref=ref_of(request)
    )
    accepted(answer)
    messages.success(request, text("reports.note_kept", request.lang))
    back = redirect("reports:day")
    back["Location"] += f"?as_of={day}T23:59#note"
    return back


def _moment(said: str, now: datetime) -> datetime:
    """The moment asked for, never one to come; now where none is named."""
    try:
        asked = datetime.fromisoformat(said)
    except ValueError:
        return now
    return min(asked if asked.tzinfo else asked.replace(tzinfo=clock.LOCAL), now)


@require_GET
@page
def wall(request: HttpRequest) -> HttpResponse:
    """For the committee's wall: few numbers, large, and each grid's sampling; no names."""
    now = clock.now()
    told = queries.some_figures(request.scope, request.community, now, {*ON_THE_WALL, *THREE_PARTS})
    one = sampling.current_round(request.scope, request.community)
    grids = _grids(request, one, now) if one else []
    context = {
        "as_of": now,
        "parts": {name: figure_words(told[name], request.lang) for name in THREE_PARTS if _known(told, name)},
        "grids_done": sum(bool(row["code"]) and not row["left"] for row in grids),
        "grids_all": sum(bool(row["code"]) for row in grids),
        "told": [(told[name], figure_words(told[name], request.lang)) for name in ON_THE_WALL if _known(told, name)],
        "owed": queries.owed_now(request.scope, request.community, now)[:MOST_OWED],
        "round": one,
        "grids": grids,
    }
    return render(request, "reports/wall.html", context)


def _known(told: dict[str, Told], name: str) -> bool:
    return name in told and told[name].value is not None


def _grids(request: HttpRequest, one: Any, now: datetime) -> list[dict[str, Any]]:
    """Each grid of the round, those with most to do first."""
    rows = queries.coverage(request.scope, one, now).rows
    found = [
        {"grid": say(row["grid"], request.lang), "due": row["due"], "done": row["sampled"], "left": row["missing"], "code": row["code"]}
        for row in rows
        if row["due"]
    ]
    return sorted(found, key=lambda row: -row["left"])

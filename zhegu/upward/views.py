"""The boards of town, county and prefecture; how sending stands; and the door through which others' parcels come."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from zhegu.lib import clock
from zhegu.lib.scope import Actor, NotFound, Scope
from zhegu.lib.texts import text
from zhegu.pages.doors import office_page, ref_of
from zhegu.upward import actions, queries
from zhegu.upward.outside.keys import is_signed, name_of, public_key
from zhegu.upward.outside.measures import measures
from zhegu.upward.outside.post import SEAL
from zhegu.upward.queries import Shown
from zhegu.upward.rules import (
    COMMUNITY,
    HIDDEN,
    SMALL,
    BadParcel,
    Measure,
    level,
    path_of,
    read_parcel,
    sender_of,
)
from zhegu.upward.sending import push

FIRST = "sampling_rate"
"""The measure a board opens with."""
WIDE, HIGH = 640, 160
MOST_BYTES = 2**20


def _with_figures(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For whoever reads figures of any place: a county's observer works in no community."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.scope.places(*queries.ROLES):
            raise NotFound("role")
        return view(request, *args, **kwargs)

    return guarded


def _day(said: str, today: date) -> date:
    """The day asked for, never one to come; today where none is named."""
    try:
        return min(date.fromisoformat(said), today)
    except ValueError:
        return today


@require_GET
@_with_figures
def board(request: HttpRequest) -> HttpResponse:
    """A place on a day: its figures, the places below, who is late, and a measure over two weeks; never a name."""
    day = _day(request.GET.get("day", ""), clock.local_day(clock.now()))
    known = measures()
    one = known.get(request.GET.get("measure", ""), known[FIRST])
    found = queries.board(request.scope, request.GET.get("place") or queries.widest(request.scope), day, one)
    inside = len(found.code) == COMMUNITY
    figures: Mapping[str, Shown] = queries.own(request.scope, found.code, day) if inside else found.figures
    path = path_of(list(found.line.values()), WIDE, HIGH)
    context = {
        "board": found,
        "name": _name(found.names, request.lang),
        "above": [(code, _name(names, request.lang)) for code, names in found.above],
        "level": level(found.code),
        "inside": inside,
        "one": one,
        "figures": [(each, words_of(each, figures.get(each.name), request.lang)) for each in known.values()],
        "parts": [] if inside else [_part(part, one, request.lang) for part in found.parts],
        "versions": queries.versions(request.scope, found.code, day) if inside else [],
        "days": [(on, words_of(one, value, request.lang)) for on, value in found.line.items()],
        "lines": [" ".join(f"{x},{y}" for x, y in line) for line in path],
        "dots": [dot for line in path for dot in line],
        "wide": WIDE,
        "high": HIGH,
        "small": SMALL,
    }
    return render(request, "upward/board.html", context)


def _name(names: tuple[str, str], lang: str) -> str:
    return names[1] if lang == "bo" and names[1] else names[0]


def _part(part: queries.Part, one: Measure, lang: str) -> dict[str, Any]:
    value = part.figures.get(one.name)
    return {"part": part, "name": _name(part.names, lang), "value": value, "words": words_of(one, value, lang)}


def words_of(one: Measure, value: Shown, lang: str) -> str:
    """A value as people read it, with its unit; a dash where nobody knows."""
    if value is None:
        return "—"
    if value == HIDDEN:
        return text("upward.small", lang, most=SMALL)
    number: Any = f"{value * 100:.1f}" if one.unit == "share" else value
    return text(f"reports.unit_{one.unit}", lang, n=number)


@require_GET
@office_page("office", "leader")
def sending(request: HttpRequest) -> HttpResponse:
    """Where figures go from here, what waits, what went wrong, and who states figures here."""
    way = queries.way(request.scope)
    context = {
        "way": way, "waiting": way.given - way.taken if way.address else 0, "key": public_key(),
        "senders": queries.senders(request.scope),
        "elsewhere": queries.comes_from_elsewhere(request.scope, request.community.code),
    }  # fmt: skip
    return render(request, "upward/sending.html", context)


@require_POST
@office_page("office")
def send(request: HttpRequest) -> HttpResponse:
    """The community's day is stated as known now, and what waits is sent."""
    now = clock.now()
    said = actions.state(
        by=request.scope.actor, scope=request.scope, community=request.community, day=clock.local_day(now), at=now,
        ref=ref_of(request),
    )  # fmt: skip
    way = push(now)
    messages.info(request, text("upward.stated_done" if said.accepted else said.reason, request.lang))
    if way.address:
        messages.info(request, text(way.problem or "upward.all_sent", request.lang))
    return redirect("upward:sending")


def _answer(status: int, last: int = 0, reason: str = "") -> JsonResponse:
    return JsonResponse({"last": last, "reason": reason}, status=status)


STATUS = {"": 200, "upward.gap": 409, "upward.forked": 409, "upward.wrong_place": 403, "upward.sender_unknown": 403}


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> JsonResponse:
    """A parcel of another installation: no log-in and no cookie, the seal of an admitted key over these very bytes."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _answer(413, reason="upward.bad_parcel")
    body, now = request.body, clock.now()
    scope = Scope.everything("a parcel shows the seal of its sender")
    try:
        sender = queries.sender(scope, sender_of(body))
        if not is_signed(sender.key, body, request.headers.get(SEAL, "")):
            return _answer(401, reason="upward.bad_seal")
        parcel = read_parcel(body, now)
    except NotFound:
        return _answer(401, reason="upward.sender_unknown")
    except BadParcel:
        return _answer(400, reason="upward.bad_parcel")
    taken = actions.take(by=Actor.system(f"sender {name_of(sender.key)}"), sender=sender, items=parcel.items, at=now)
    return _answer(STATUS[taken.reason], taken.last, taken.reason)

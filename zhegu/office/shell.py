"""What surrounds every office page: languages, the community, the rooms one may enter."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from zhegu.lib import clock
from zhegu.lib.scope import SPEAKS_ABOVE, NotFound
from zhegu.outbreaks import queries as outbreaks
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.responsibility import queries as responsibility

LANGUAGES = [("zh", "zh-CN", "中文"), ("bo", "bo", "བོད་ཡིག"), ("en", "en", "English")]
HTML_LANG = {"zh": "zh-CN", "bo": "bo", "en": "en"}

ROOMS = [
    ("office:home", "office.nav_today", ()),
    ("registers:people", "office.nav_people", ("office", "leader", "grid_worker")),
    ("sampling:rounds", "office.nav_sampling", ()),
    ("checkpoints:today", "checkpoints.nav", ("office", "leader", "gate_keeper")),
    ("checkpoints:patrols", "checkpoints.patrols_nav", ("patrol",)),
    ("sanitation:today", "sanitation.nav", ("office", "leader", "patrol")),
    ("broadcasts:today", "broadcasts.nav", ("office", "leader", "patrol")),
    ("arrivals:arrivals", "arrivals.nav", ("office", "leader", "grid_worker")),
    ("arrivals:register", "arrivals.register", ("gate_keeper",)),
    ("visits:campaigns", "visits.nav", ("office", "leader", "grid_worker", "unit_head")),
    ("care:people", "care.nav", ("office", "leader", "carer")),
    ("monitoring:measures", "monitoring.nav", ("office", "leader", "clinic", "grid_worker")),
    ("residents:links", "residents.nav", ("office",)),
    ("orders:orders", "orders.nav", ("office", "order_desk", "medicine")),
    ("rosters:now", "rosters.nav", ()),
    ("cards:cards", "office.nav_cards", ("office", "leader")),
    ("deliveries:runs", "deliveries.nav", ("office", "order_desk", "courier", "medicine")),
    ("stock:stock", "stock.nav", ("office", "leader", "store_keeper")),
    ("handouts:handouts", "handouts.nav", ("office", "leader", "store_keeper", "grid_worker")),
    ("reports:reports", "office.nav_reports", ("office", "leader")),
    ("reports:periods", "reports.periods", (SPEAKS_ABOVE,)),
    ("reports:free", "reports.free_below", (SPEAKS_ABOVE,)),
    ("upward:board", "upward.nav", ("office", "leader", "observer")),
    ("upward:sending", "upward.sending_nav", ("office", "leader")),
    ("outbreaks:outbreaks", "office.nav_outbreaks", ("office", "leader")),
    ("outbreaks:my_directives", "outbreaks.my_directives", ()),
    ("responsibility:board", "responsibility.title", ("office", "leader")),
    ("accounts:team", "office.nav_team", ("office",)),
    ("sync:duties", "sync.duties_nav", ("office", "leader")),
    ("sync:devices", "office.nav_phones", ("office",)),
    ("upkeep:upkeep", "upkeep.nav", ("office", "leader")),
    ("office:first_hour", "setup.nav", ("office",)),
]
GROUPS = (
    ("", ("office:home",)),
    ("office.group_people", ("registers", "care", "responsibility", "residents", "visits", "sync:duties")),
    ("office.group_outbreak", ("outbreaks", "arrivals", "monitoring", "checkpoints", "sanitation", "broadcasts", "rosters")),
    ("office.group_sampling", ("sampling", "cards")),
    ("office.group_goods", ("orders", "deliveries", "stock", "handouts")),
    ("office.group_reports", ("reports", "upward")),
    ("office.group_house", ("accounts", "sync", "upkeep", "office")),
)
"""What rooms stand under which heading: by their name, else by their app."""
IN_PARTS = {"registers:people", "arrivals:arrivals", "arrivals:register", "care:people", "visits:campaigns", "handouts:handouts"}
"""Rooms that also open to a role held in a part of the community."""

ABOVE = {"upward:board"}
"""Rooms for which no community is needed: a county looks at them also where none stands in this installation."""


def _works_here(request: HttpRequest) -> bool:
    """Whether somebody holds anything in the community itself, not only above it."""
    code = request.community.code if request.community else ""
    return bool(code) and any(place.startswith(code) for place in request.scope.places())


def _may_enter(request: HttpRequest, name: str, roles: tuple[str, ...]) -> bool:
    if not roles:
        return name == "office:home" or _works_here(request)
    if name in ABOVE and not request.community:
        return bool(request.scope.places(*roles))
    code = request.community.code if request.community else ""
    if not code:
        return False
    in_part = name in IN_PARTS and any(place.startswith(code) for place in request.scope.places(*roles))
    return in_part or request.scope.covers(code, *roles)


def _rooms(request: HttpRequest) -> list[dict[str, Any]]:
    rooms = []
    for name, key, roles in ROOMS:
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue  # a room that is not built yet has no door
        if not _may_enter(request, name, roles):
            continue
        rooms.append({"name": name, "url": address, "key": key, "here": False})
    around = [room for room in rooms if request.path.startswith(room["url"])]
    nearest = max(around, key=lambda room: len(room["url"]), default=None)
    if nearest and (nearest["url"] != "/" or request.path == "/"):
        nearest["here"] = True
    return rooms


def _group_of(name: str) -> str:
    """The heading a room stands under; none for the first page."""
    app = name.split(":")[0]
    exact = (key for key, members in GROUPS if name in members)
    return next(exact, None) or next((key for key, members in GROUPS if app in members and name != "office:home"), "")


def _grouped(rooms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rooms under their headings; a heading without a room is left out."""
    found = [{"key": key, "rooms": [room for room in rooms if _group_of(room["name"]) == key]} for key, _ in GROUPS]
    return [group for group in found if group["rooms"]]


def _unwatched(request: HttpRequest) -> list[tuple]:
    """Outbreaks nobody has looked at for long, for those who steer them; pages that show it ask for it."""
    if not request.scope.covers(request.community.code, "office", "leader"):
        return []
    found = outbreaks.unwatched(request.scope, request.community, clock.now())
    return [(one, one.rules.name(request.lang), how) for one, how in found]


def _gaps(request: HttpRequest) -> int:
    """Places and households nobody answers for today, for those who can put somebody in charge."""
    if not request.scope.covers(request.community.code, *responsibility.SEES):
        return 0
    return responsibility.gaps(request.scope, request.community, clock.now()).number


def _asked_of_me(request: HttpRequest) -> tuple[int, int]:
    """How many directives wait for whoever looks, and how many of them are overdue."""
    rows = outbreaks.my_directives(request.scope, request.community)
    return outbreaks.left_to_do(rows, clock.local_day(clock.now()))


def _where(request: HttpRequest) -> Place | None:
    """The place whose work this is: the community, or the town, county or prefecture of those who work above."""
    code = request.scope.only_above
    try:
        return places.above(request.scope, code) if code else request.community
    except NotFound:
        return None


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the base template."""
    lang = getattr(request, "lang", "zh")
    known = getattr(request, "user", None) is not None and request.user.is_authenticated
    return {
        "lang": lang,
        "html_lang": HTML_LANG[lang],
        "languages": LANGUAGES,
        "community": request.community if known else None,
        "works_at": _where(request) if known else None,
        "rooms": _grouped(_rooms(request)) if known else [],
        "unwatched": lambda: _unwatched(request) if known and request.community else [],
        "responsibility_gaps": lambda: _gaps(request) if known and request.community else 0,
        "asked_of_me": lambda: _asked_of_me(request) if known and request.community else (0, 0),
    }

"""What the pages of this room post, read into plain values; what cannot be read is refused in words."""

import unicodedata
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from django.http import QueryDict

from zhegu.arrivals.actions import NewArrival, NewLeg, NewSite, Traveller
from zhegu.arrivals.rules import HealthCode, Kind, Test, Transport, Way
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.pages.doors import day_said
from zhegu.places.models import Place

Word = TypeVar("Word", bound=StrEnum)
EARLIEST_BIRTH = 1900


def refuse(reason: str, field: str = "") -> RefusedError:
    """A refusal of this room, to be raised."""
    return RefusedError(Refused(f"arrivals.{reason}", {"field": field} if field else {}))


def word(kinds: type[Word], said: str | None, otherwise: Word) -> Word:
    """One of a closed list."""
    return kinds(said) if said in list(kinds) else otherwise


def day_of(said: str, field: str) -> date | None:
    """A day as the browser sends it; None where none was given."""
    return day_said(said, refuse("bad_day", field))


def moment(said: str, otherwise: datetime) -> datetime:
    """A local date and time as the browser sends it."""
    try:
        return datetime.fromisoformat(said).replace(tzinfo=clock.LOCAL) if said else otherwise
    except ValueError:
        raise refuse("bad_day", "arrived") from None


def number(said: str, field: str, least: int, most: int) -> int | None:
    """A whole number within bounds; None where none was given."""
    tidy = unicodedata.normalize("NFKC", said).strip()
    if not tidy:
        return None
    if not tidy.isdecimal() or not least <= int(tidy) <= most:
        raise refuse("bad_number", field)
    return int(tidy)


def _traveller(name: str, sex: str, born: str, paper: str, phone: str, now: datetime) -> Traveller:
    year = number(born, "birth_year", EARLIEST_BIRTH, clock.local(now).year)
    return Traveller(name.strip()[:120], sex if sex in ("m", "f") else "", year, paper.strip()[:20], phone.strip()[:20])


def companions_of(post: QueryDict, now: datetime) -> tuple[Traveller, ...]:
    """Those who travel along: the rows of the form in which something stands."""
    columns = [post.getlist(f"companion-{name}") for name in ("name", "sex", "birth_year", "id_number", "phone")]
    rows = [row for row in zip(*columns, strict=False) if any(cell.strip() for cell in row)]
    return tuple(_traveller(*row, now) for row in rows)


def arrival_of(post: QueryDict, way: Way, ref: object, now: datetime) -> NewArrival:
    """An arrival as the form describes it."""
    get = post.get
    who = _traveller(
        get("name", ""), get("sex", ""), get("birth_year", ""), get("id_number", ""), get("phone", ""), now
    )
    return NewArrival(
        ref=ref, at=now, way=way, who=who, companions=companions_of(post, now), kind=word(Kind, get("kind"), Kind.INCOMER),
        grid=number(get("grid", ""), "grid", 1, 255), came_from=get("came_from", "")[:80], via=get("via", "")[:200],
        left=day_of(get("left", ""), "left"), arrived=moment(get("arrived", ""), now),
        transport=word(Transport, get("transport"), Transport.OTHER), transport_no=get("transport_no", "")[:40],
        hukou=get("hukou", "")[:80], address=get("address", "")[:200],
        health_code=get("health_code", "") if get("health_code") in list(HealthCode) else "",
        test=get("test", "") if get("test") in list(Test) else "", doses=number(get("doses", ""), "doses", 0, 9),
        risk=get("risk", "")[:20], note=get("note", "")[:200],
    )  # fmt: skip


def leg_of(post: QueryDict) -> NewLeg:
    """A day and a place."""
    day = day_of(post.get("day", ""), "day")
    if day is None:
        raise refuse("bad_day", "day")
    return NewLeg(day, post.get("place", ""), post.get("what", ""))


def site_of(post: QueryDict, grids: list[Place], known_phone: str = "") -> NewSite:
    """A site as the form describes it; the number of whom to call is never drawn, so an empty one leaves it."""
    grid = next((one for one in grids if one.code == post.get("grid")), None)
    return NewSite(
        post.get("name", "")[:80], post.get("contractor", "")[:120], post.get("contact", "")[:80],
        post.get("contact_phone", "")[:20] or known_phone, bool(post.get("leave_ban")), grid,
    )  # fmt: skip

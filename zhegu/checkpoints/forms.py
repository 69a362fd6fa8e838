"""What the gates' pages post, read into plain values; what cannot be read is refused in words."""

import re
import unicodedata
from datetime import datetime, time
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest, QueryDict

from zhegu.checkpoints.actions import NewAllowed, NewCrossing, NewGate
from zhegu.checkpoints.models import Gate
from zhegu.checkpoints.rules import FITTING, Check, Direction, Errand, Outcome, Shown, Vehicle, Why
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.pages.doors import id_of
from zhegu.places import queries as places

Word = TypeVar("Word", bound=StrEnum)


def refuse(reason: str) -> RefusedError:
    """A refusal of this room, to be raised."""
    return RefusedError(Refused(f"checkpoints.{reason}"))


def word(kinds: type[Word], said: str | None, otherwise: Word) -> Word:
    """One of a closed list."""
    return kinds(said) if said in list(kinds) else otherwise


def moment(said: str, otherwise: datetime | None = None) -> datetime:
    """A local date and time as the browser sends it."""
    if not said and otherwise:
        return otherwise
    try:
        return datetime.fromisoformat(said).replace(tzinfo=clock.LOCAL)
    except ValueError:
        raise refuse("bad_time") from None


def hour(said: str) -> time | None:
    """A time of day, or none."""
    try:
        return time.fromisoformat(said) if said else None
    except ValueError:
        raise refuse("bad_time") from None


def gate_of(request: HttpRequest) -> NewGate:
    """A gate as the form describes it."""
    post = request.POST
    grid = post.get("place", "")
    return NewGate(
        post.get("name", "")[:80], post.get("name_bo", "")[:120], post.get("road", "")[:120],
        hour(post.get("opens", "")), hour(post.get("closes", "")),
        tuple(code for code in Check if code in post.getlist("checks")),
        places.grid(request.scope, grid) if grid else None, post.get("plate_prefix", "")[:4],
    )  # fmt: skip


def allowed_of(post: QueryDict, now: datetime) -> NewAllowed:
    """A vehicle to be let through."""
    return NewAllowed(
        post.get("plate", "")[:20], word(Errand, post.get("errand"), Errand.SUPPLY), moment(post.get("since", ""), now),
        moment(post.get("until", "")), id_of(post["gate"], "checkpoints.unknown_gate") if post.get("gate") else None, post.get("whose", "")[:120],
    )  # fmt: skip


def tenths(said: str) -> int | None:
    """`36.6` → 366; '' → None; refused outside 30 to 45 degrees."""
    tidy = unicodedata.normalize("NFKC", said).strip()
    if not tidy:
        return None
    if not re.fullmatch(r"\d{2}(\.\d)?", tidy) or not 300 <= round(float(tidy) * 10) <= 450:
        raise refuse("bad_temperature")
    return round(float(tidy) * 10)


def crossing_of(post: QueryDict, of: Gate, ref: UUID, now: datetime) -> NewCrossing:
    """A crossing typed in the office, from paper or told by phone; it may be of an earlier moment."""
    at = moment(post.get("at", ""), now)
    if at > now:
        raise refuse("in_future")
    people = post.get("people", "1")
    if not re.fullmatch(r"[1-9]\d?", people):
        raise refuse("bad_people")
    outcome = word(Outcome, post.get("outcome"), Outcome.PASS)
    checks = {code: said for code in Check if (said := post.get(f"check-{code}")) in list(Shown)}
    return NewCrossing(
        ref=ref, at=at, gate=of.pk, direction=word(Direction, post.get("direction"), Direction.IN), outcome=outcome,
        why=word(Why, post.get("why"), FITTING[outcome][0]), vehicle=word(Vehicle, post.get("vehicle"), Vehicle.NONE),
        errand=word(Errand, post.get("errand"), Errand.OTHER), people=int(people), plate=post.get("plate", "")[:20],
        name=post.get("name", "")[:120], id_number=post.get("id_number", "")[:20], phone=post.get("phone", "")[:20],
        coming_from=post.get("coming_from", "")[:80], going_to=post.get("going_to", "")[:80], checks=checks,
        temperature=tenths(post.get("temperature", "")), permit_no=post.get("permit_no", "")[:40],
        note=post.get("note", "")[:200],
    )  # fmt: skip

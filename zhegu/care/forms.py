"""What the pages of care post, read into plain values; what cannot be read is refused in words."""

from datetime import date, datetime
from uuid import UUID

from django.http import QueryDict

from zhegu.care.actions import Facts
from zhegu.care.rules import Category
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.pages.doors import day_said


def refuse(reason: str) -> RefusedError:
    """A refusal of this room, to be raised."""
    return RefusedError(Refused(f"care.{reason}"))


def day(said: str) -> date | None:
    """A day as the browser sends it; '' is none."""
    return day_said(said, refuse("bad_date"))


def moment(said: str, now: datetime) -> datetime:
    """A local date and time, now where nothing is said; never later than now."""
    try:
        at = datetime.fromisoformat(said).replace(tzinfo=clock.LOCAL) if said else now
    except ValueError:
        raise refuse("bad_date") from None
    if at > now:
        raise refuse("in_future")
    return at


def _helper(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError:
        raise refuse("unknown_helper") from None


def facts_of(post: QueryDict) -> Facts:
    """What the form says of a need; an emergency number that is left empty stays as it was."""
    every = post.get("every_days", "7")
    if not every.isdecimal() or len(every) > 3:
        raise refuse("bad_frequency")
    phone = post.get("contact_phone", "").strip()
    if post.get("no_contact_phone"):
        phone = ""
    elif not phone:
        phone = None
    return Facts(
        tuple(one for one in Category if one in post.getlist("categories")), int(every), _helper(post.get("helper", "")),
        post.get("illness", "")[:300], post.get("medicine", "")[:300], day(post.get("medicine_until", "")),
        day(post.get("due_on", "")), post.get("contact_name", "")[:120], phone[:20] if phone else phone,
        post.get("need", "")[:300],
    )  # fmt: skip

"""What residents' pages post, read into plain values; what cannot be read is refused in words."""

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from django.http import QueryDict

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.monitoring.models import How, Slot
from zhegu.pages.doors import day_said

NOON = 12


def refuse(reason: str, field: str) -> RefusedError:
    """A refusal of these pages, to be raised."""
    return RefusedError(Refused(f"residents.{reason}", {"field": field}))


def day_of(said: str, field: str) -> date | None:
    """A day as the browser sends it; None where none was given."""
    return day_said(said, refuse("bad_day", field))


def moment(said: str, otherwise: datetime) -> datetime:
    """A local date and time as the browser sends it."""
    try:
        return datetime.fromisoformat(said).replace(tzinfo=clock.LOCAL) if said else otherwise
    except ValueError:
        raise refuse("bad_day", "arrived") from None


def check_of(post: QueryDict, at: datetime) -> dict[str, Any]:
    """A temperature and symptoms of the morning or the evening it is now."""
    local = clock.local(at)
    tenths = _tenths(post.get("temperature", ""))
    symptoms = tuple(post.getlist("symptoms"))[:20]
    if tenths is None and not symptoms and not post.get("well"):
        raise refuse("say_how_you_are", "temperature")
    return {
        "day": local.date(), "slot": Slot.MORNING if local.hour < NOON else Slot.EVENING, "how": How.LINK,
        "temperature": tenths, "symptoms": symptoms, "note": post.get("note", "")[:200],
    }  # fmt: skip


def _tenths(said: str) -> int | None:
    """`36.6` → 366; '' → None; which numbers a thermometer may show is for the rules to say."""
    tidy = unicodedata.normalize("NFKC", said).replace("。", ".").replace(",", ".").strip()
    if not tidy:
        return None
    if not re.fullmatch(r"\d{2}(\.\d)?", tidy):
        raise refuse("bad_temperature", "temperature")
    return round(float(tidy) * 10)

"""What this room's pages post, read into plain values; what cannot be read is refused in words."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from uuid import UUID, uuid5

from django.http import HttpRequest, QueryDict

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.monitoring.actions import NewCheck, NewMeasure
from zhegu.monitoring.rules import DECIDES, Ended, Ground, How, Reached, Slot
from zhegu.outbreaks.models import Outbreak
from zhegu.pages.doors import ref_of
from zhegu.places import queries as places
from zhegu.registers import queries as registers
from zhegu.registers.models import Person

Word = TypeVar("Word", bound=StrEnum)


def refuse(reason: str) -> RefusedError:
    """A refusal of this room, to be raised."""
    return RefusedError(Refused(f"monitoring.{reason}"))


def word(kinds: type[Word], said: str | None, otherwise: Word) -> Word:
    """One of a closed list."""
    return kinds(said) if said in list(kinds) else otherwise


def words(post: QueryDict) -> str:
    """Free words of a form."""
    return post.get("words", "")[:500].strip()


def ended(post: QueryDict) -> Ended:
    """How it ended; what is no way to end is for the action to refuse."""
    return word(Ended, post.get("how"), Ended.RELEASED)


def one_id(said: str) -> UUID:
    """Somebody's id."""
    try:
        return UUID(said)
    except ValueError:
        raise refuse("nobody") from None


def ids(said: Iterable[str]) -> list[UUID]:
    """Everybody who was ticked."""
    return [one_id(one) for one in said]


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise refuse("bad_date") from None


def _moment(said: str) -> datetime | None:
    if not said:
        return None
    try:
        return datetime.fromisoformat(said).replace(tzinfo=clock.LOCAL)
    except ValueError:
        raise refuse("bad_date") from None


def people_of(request: HttpRequest, outbreak: Outbreak, now: datetime) -> NewMeasure:
    """A measure on the people who were ticked, or on the household of the one who was."""
    post = request.POST
    chosen = tuple(ids(post.getlist("person")))
    household = None
    if post.get("household") and len(chosen) == 1:
        person = registers.person(request.scope, chosen[0], roles=DECIDES)
        if person.household is None:
            raise refuse("no_household")
        household, chosen = person.household, ()
    exposed = _moment(post.get("exposed", ""))
    day0 = _day(post["day0"]) if post.get("day0") else clock.local_day(exposed or now)
    return NewMeasure(
        ref=ref_of(request), at=now, code=post.get("code", "")[:40], day0=day0,
        ground=word(Ground, post.get("ground"), Ground.OTHER), evidence=post.get("evidence", "")[:500],
        people=chosen, household=household, exposure_place=post.get("exposure_place", "")[:200], exposed=exposed,
        risk=post.get("risk", "")[:20],
    )  # fmt: skip


def together_of(request: HttpRequest, code: str, household: Iterable[Person], now: datetime) -> list[NewMeasure]:
    """What the profile proposes for each of the household who was ticked, with the words said of them."""
    post, ref = request.POST, ref_of(request)
    chosen = set(ids(post.getlist("person")))
    people = [one for one in household if one.pk in chosen]
    if not people or len(people) != len(chosen):
        raise refuse("nobody")
    if not all(post.get(f"evidence-{one.pk}", "").strip() for one in people):
        raise refuse("say_why_each")
    exposed = _moment(post.get("exposed", ""))
    return [
        NewMeasure(
            ref=uuid5(ref, str(one.pk)), at=now, code=code, day0=clock.local_day(exposed or now),
            ground=Ground.EXPOSURE, evidence=post.get(f"evidence-{one.pk}", "")[:500], people=(one.pk,),
            exposure_place=post.get("exposure_place", "")[:200], exposed=exposed,
        )
        for one in people
    ]  # fmt: skip


def place_of(request: HttpRequest, outbreak: Outbreak, now: datetime) -> NewMeasure:
    """A measure on a grid or the whole community from its first day on."""
    post = request.POST
    place = places.grid(request.scope, post["place"]) if post.get("place") else request.community
    rule = outbreak.rules.measures.get(post.get("code", ""))
    counted = timedelta(days=rule.count_from if rule else 0)
    return NewMeasure(
        ref=ref_of(request), at=now, code=post.get("code", "")[:40], day0=_day(post.get("first_day", "")) - counted,
        ground=Ground.DIRECTIVE, evidence=post.get("evidence", "")[:500], place=place,
    )  # fmt: skip


def tenths(said: str) -> int | None:
    """`36.6` → 366; '' → None; refused where it is no number of degrees."""
    tidy = unicodedata.normalize("NFKC", said).strip()
    if not tidy:
        return None
    if not re.fullmatch(r"\d{2}(\.\d)?", tidy):
        raise refuse("bad_temperature")
    return round(float(tidy) * 10)


def check_of(post: QueryDict, ref: UUID, now: datetime) -> NewCheck:
    """How somebody was today."""
    mood = post.get("mood", "")
    return NewCheck(
        ref=ref, at=now, person=one_id(post.get("person", "")), day=clock.local_day(now),
        slot=word(Slot, post.get("slot"), Slot.MORNING), how=word(How, post.get("how"), How.PHONE),
        reached=word(Reached, post.get("reached"), Reached.YES), temperature=tenths(post.get("temperature", "")),
        symptoms=tuple(code[:40] for code in post.getlist("symptom")), mood=int(mood) if mood in set("12345") else None,
        note=post.get("note", "")[:200],
    )  # fmt: skip

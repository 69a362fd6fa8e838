"""What the runs' pages post, read into plain values; what cannot be read is refused in words."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.http import QueryDict

from zhegu.deliveries.actions import Hand, Missing, NewRun, NewTruck
from zhegu.deliveries.models import Parcel, RunStop
from zhegu.deliveries.rules.custody import DOOR, PLACES, Witness
from zhegu.deliveries.rules.problem import RunKind
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.orders.actions import NewLine
from zhegu.orders.models import Consent, OrderKind

MOST_TRUCKS = 6
TRUCK_ROWS = range(1, MOST_TRUCKS + 1)


def refuse(reason: str) -> RefusedError:
    """A refusal of this room, to be raised."""
    return RefusedError(Refused(f"deliveries.{reason}"))


def fen(said: str) -> int:
    """`115`, `115.5`, `115.50` → 11550 fen; refused for anything else."""
    tidy = unicodedata.normalize("NFKC", said).strip().lstrip("¥￥")
    found = re.fullmatch(r"(\d{1,7})(?:\.(\d{1,2}))?", tidy)
    if not found:
        raise refuse("bad_amount")
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0") or 0)


def whole(said: str, least: int = 0, most: int = 9999) -> int:
    """A whole number within bounds; refused otherwise."""
    tidy = unicodedata.normalize("NFKC", said).strip()
    if not re.fullmatch(r"\d{1,6}", tidy) or not least <= int(tidy) <= most:
        raise refuse("not_a_number")
    return int(tidy)


def metres(said: str) -> int:
    """Kilometres as people write them (`18`, `2.4`) → metres."""
    tidy = unicodedata.normalize("NFKC", said).strip()
    if not re.fullmatch(r"\d{1,4}(\.\d{1,3})?", tidy):
        raise refuse("not_a_number")
    return round(float(tidy) * 1000)


def ids(said: Iterable[str]) -> tuple[UUID, ...]:
    """Ids as a page sends them back."""
    try:
        return tuple(UUID(one) for one in said)
    except ValueError:
        raise refuse("unknown_parcel") from None


def run_of(post: QueryDict) -> NewRun:
    """A run as the form describes it: trucks that have a name, each with its people."""
    trucks = tuple(
        NewTruck(
            post.get(f"truck-{n}", "")[:60], whole(post.get(f"capacity-{n}", ""), 1), whole(post.get(f"hours-{n}", ""), 1, 24) * 60,
            ids(one for one in post.getlist(f"team-{n}") if one),
        )
        for n in TRUCK_ROWS if post.get(f"truck-{n}", "").strip()
    )  # fmt: skip
    kind = post.get("kind")
    if kind not in list(RunKind):
        raise refuse("bad_kind")
    (batch,) = ids([post.get("batch", "")])
    far = post.get("station_km", "").strip()
    return NewRun(
        batch, RunKind(kind), trucks, post.get("name", "")[:80], post.get("depot", "")[:80], post.get("station", "")[:80],
        metres(far) if far else 0, ids(one for one in post.getlist("counters") if one),
    )  # fmt: skip


def moment(said: str, now: datetime) -> datetime:
    """A local date and time as the browser sends it; now where nothing was said."""
    if not said:
        return now
    try:
        at = datetime.fromisoformat(said).replace(tzinfo=clock.LOCAL)
    except ValueError:
        raise refuse("bad_time") from None
    if at > now:
        raise refuse("in_future")
    return at


def hand_of(post: QueryDict, things: list[Parcel], ref: UUID, now: datetime, stop: RunStop | None = None) -> Hand:
    """A hand-over that was written on paper."""
    giver, taker = post.get("giver", "")[:80], post.get("taker", "")[:80]
    at = moment(post.get("at", ""), now)
    door = DOOR in (giver, taker)
    people = [who for who in (giver, taker) if who not in PLACES]
    witness = Witness.DOOR if door else Witness.BOTH if len(people) == 2 else Witness.PAPER
    marks = {p.pk: said for p in things if (said := post.get(f"mark-{p.no}", "").strip())}
    return Hand(
        ref=ref, at=at, parcels=tuple(p.pk for p in things), giver=giver, taker=taker, witness=witness,
        stop=stop.pk if stop else None, knocked=at if door else None, called="called" in post,
        note=post.get("note", "")[:200], marks=marks,
    )  # fmt: skip


def missing_of(post: QueryDict, stop: RunStop, ref: UUID, now: datetime) -> Missing:
    """Which line of which parcel is missing, and what the household takes instead: “菠菜 3斤” with the price of one; of
    medicine another maker, everything else as it was."""
    (pk,), position = ids([post.get("line", "").partition(":")[0]]), whole(post.get("line", "").partition(":")[2], 1)
    said = {"ref": ref, "at": now, "parcel": pk, "position": position}
    if post.get("answer") != "yes":
        return Missing(**said)
    how, who = post.get("how", ""), post.get("who", "")[:80]
    words, price = post.get("instead", "")[:80].strip(), fen(post["yuan"]) if post.get("yuan", "").strip() else None
    line = next((x for p in stop.parcels.all() if p.pk == pk and p.order for x in p.order.lines.all() if x.position == position), None)
    if line and line.order.kind == OrderKind.MEDICINE:
        other = NewLine(words, line.quantity, line.unit, line.spec, price)
    else:
        other = NewLine.typed(words, price)
    if other is None:
        raise RefusedError(Refused("orders.one_thing_instead"))
    return Missing(**said, instead=other, who=who, how=Consent(how) if how in list(Consent) else None)

"""Destroying what has had its time; holding what must stay; other periods than the house's."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.clock import local_day
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place
from zhegu.upkeep import queries, rules
from zhegu.upkeep.models import Hold, Night, Period
from zhegu.upkeep.outside import offers
from zhegu.upkeep.queries import Expired

PURPOSE = "upkeep"
CHUNK = 500
EVERYWHERE = "-"
"""Stands for the community where something belongs to the whole installation."""


class Happened(StrEnum):
    """Journal kinds of this app."""

    DESTROYED = "upkeep.expired_destroyed"
    HELD = "upkeep.hold_placed"
    LIFTED = "upkeep.hold_lifted"
    PERIOD_SET = "upkeep.period_set"


def destroy_expired(
    *, by: Actor, scope: Scope, community: Place | None, at: datetime, ref: UUID
) -> dict[str, int]:
    """What had its time is gone, with the words the journal kept of it; how many rows of each thing.

    One entry (its ref made of `ref` and the thing's name) and one transaction a thing; nothing is journalled where nothing had expired. What is under
    a hold stays. A thing that fails is undone whole and raised.
    """
    gone: dict[str, int] = {}
    for one in queries.expired(scope, community, at):
        if not one.rows.exists():
            continue
        body = {"kept": one.kept.name, "before": one.before.isoformat(), "days": one.days}
        code = community.code if community else EVERYWHERE
        command = Command(uuid5(ref, one.kept.name), Happened.DESTROYED, code, by, at, body, purpose=PURPOSE)

        def do(fresh: list[Command], one: Expired = one) -> list[Outcome]:
            rows, bodies = _destroy(one)
            return [Accepted({"kept": one.kept.name, "rows": rows, "bodies": bodies})]

        gone[one.kept.name] = journal.once([command], do)[0].facts["rows"]
    return gone


def _destroy(one: Expired) -> tuple[int, int]:
    """Rows and bodies destroyed, piece by piece."""
    keys = list(one.rows.values_list("pk", flat=True))
    bodies = 0
    for start in range(0, len(keys), CHUNK):
        rows = one.rows.model._default_manager.filter(pk__in=keys[start : start + CHUNK])
        if one.kept.refs:
            bodies += journal.destroy_bodies(one.kept.refs(rows))
        if one.kept.destroy:
            one.kept.destroy(rows)
        else:
            rows.delete()
    return len(keys), bodies


def place_hold(
    *, by: Actor, community: Place, purpose: str, outbreak: UUID | None, weighed: dict[str, str], until: date,
    at: datetime, ref: UUID,
) -> Answer:
    """Nothing of the purpose ("" for all) or outbreak is destroyed until that day, or until it is lifted.

    `weighed` holds the three points a person put in writing: legality, necessity, security. Refused: one
    of them is empty, the purpose is none of the house's, or the day is past or more than a year away.
    """
    points = {key: weighed.get(key, "").strip()[:400] for key in ("legality", "necessity", "security")}

    def do(fresh: list[Command]) -> list[Outcome]:
        if not all(points.values()):
            return [Refused("upkeep.not_weighed")]
        if purpose and purpose not in {one.purpose for one in offers.kept().values()}:
            return [Refused("upkeep.no_such_purpose")]
        if until < local_day(at) or rules.hold_is_long(at, until):
            return [Refused("upkeep.hold_too_long")]
        made = Hold.objects.create(
            community=community, purpose=purpose, outbreak=outbreak, since=at, until=until, by=by.key, **points
        )
        return [Accepted({"hold": str(made.id)})]

    body: dict[str, Any] = {"purpose": purpose, "until": until.isoformat(), **points}
    command = Command(ref, Happened.HELD, community.code, by, at, body, purpose=PURPOSE, outbreak=outbreak)
    return journal.once([command], do)[0]


def lift_hold(*, by: Actor, hold: Hold, at: datetime, ref: UUID) -> Answer:
    """What it held may go from the next night on. Refused: it was lifted before."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not Hold.objects.filter(pk=hold.pk, lifted=None).update(lifted=at, lifted_by=by.key):
            return [Refused("upkeep.already_lifted")]
        return [Accepted({"hold": str(hold.id)})]

    body = {"hold": str(hold.id)}
    return journal.once([Command(ref, Happened.LIFTED, hold.community.code, by, at, body, purpose=PURPOSE)], do)[0]


def set_period(
    *, by: Actor, community: Place, kept: str, days: int, reason: str, at: datetime, ref: UUID
) -> Answer:
    """The community keeps this so many days from now on. Refused: unknown, out of 0..3650, or no reason."""

    def do(fresh: list[Command]) -> list[Outcome]:
        known = offers.kept().get(kept)
        if known is None or known.whole:
            return [Refused("upkeep.no_such_thing")]
        if not 0 <= days <= rules.DAYS_MAX:
            return [Refused("upkeep.days_out_of_range")]
        if not reason.strip():
            return [Refused("upkeep.reason_needed")]
        values = {"days": days, "reason": reason.strip()[:400], "by": by.key, "at": at}
        Period.objects.update_or_create(community=community, kept=kept, defaults=values)
        return [Accepted({"kept": kept, "days": days})]

    body = {"kept": kept, "days": days, "reason": reason}
    return journal.once([Command(ref, Happened.PERIOD_SET, community.code, by, at, body, purpose=PURPOSE)], do)[0]


# --- the night itself: bookkeeping, no act of anybody's


def begin_night(*, day: date, at: datetime) -> Night | None:
    """The night's row, for whoever asks first; None where it was begun before."""
    night, fresh = Night.objects.get_or_create(day=day, defaults={"began": at})
    return night if fresh else None


def end_night(night: Night, *, did: dict, trouble: list[str], at: datetime) -> None:
    """What it did and what failed is kept, for people to see."""
    destroyed = sum(did.get("destroyed", {}).values())
    Night.objects.filter(pk=night.pk).update(ended=at, did=did, trouble=trouble, destroyed=destroyed)

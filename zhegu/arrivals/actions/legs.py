"""Where somebody under a measure was before they came: the least that is needed, and not for long."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhegu.arrivals.actions.kinds import PURPOSE, Happened
from zhegu.arrivals.models import Arrival, Leg
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib import clock
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor


@dataclass(frozen=True)
class NewLeg:
    """On that day they were there, and did that."""

    day: date
    place: str
    what: str = ""


def record_leg(*, by: Actor, arrival: Arrival, leg: NewLeg, at: datetime, ref: UUID) -> Answer:
    """It is known where they were that day. Refused: they are under no measure, no place, a day to come."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not Arrival.objects.filter(pk=arrival.pk, undone=None).exclude(measure="").exists():
            return [Refused("arrivals.only_under_a_measure")]
        if not leg.place.strip():
            return [Refused("arrivals.place_needed", {"field": "place"})]
        if leg.day > clock.local_day(at):
            return [Refused("arrivals.in_future", {"field": "day"})]
        Leg.objects.create(
            id=ref, arrival=arrival, day=leg.day, place=leg.place.strip()[:120], what=leg.what.strip()[:200], by=by.key, at=at
        )
        return [Accepted({"leg": str(ref)})]

    # What was said stands in the sealed row alone: the journal tells that a leg was written down, not where to.
    body = {"arrival": str(arrival.pk), "day": leg.day.isoformat()}
    command = Command(ref, Happened.LEG_RECORDED, arrival.community.code, by, at, body, PURPOSE, arrival.outbreak_id)
    return journal.once([command], do)[0]


def remove_leg(*, by: Actor, arrival: Arrival, leg: UUID, at: datetime, ref: UUID) -> Answer:
    """It is known no more. Refused: it was not known."""

    def do(fresh: list[Command]) -> list[Outcome]:
        gone, _ = Leg.objects.filter(arrival=arrival, pk=leg).delete()
        return [Accepted({"leg": str(leg)}) if gone else Refused("arrivals.unknown_leg")]

    body = {"arrival": str(arrival.pk), "leg": str(leg)}
    command = Command(ref, Happened.LEG_REMOVED, arrival.community.code, by, at, body, PURPOSE, arrival.outbreak_id)
    return journal.once([command], do)[0]

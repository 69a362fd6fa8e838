"""A person of the register is found or added for an arrival; somebody decides what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from zhegu.arrivals import queries
from zhegu.arrivals.actions.kinds import PURPOSE, Happened
from zhegu.arrivals.models import Arrival
from zhegu.arrivals.rules import Kind
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib import clock
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.monitoring import actions as monitoring
from zhegu.monitoring import queries as courses
from zhegu.monitoring.models import Ground
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak
from zhegu.registers import actions as registers
from zhegu.registers.models import Person

SCOPE = Scope.everything("risk areas and the profile count for everybody who arrives")


def _command(kind: Happened, by: Actor, of: Arrival, at: datetime, ref: UUID, body: dict) -> Command:
    return Command(ref, kind, of.community.code, by, at, body, PURPOSE, of.outbreak_id)


def link_person(*, by: Actor, arrival: Arrival, person: Person | None, at: datetime, ref: UUID) -> Answer:
    """The arrival tells of this person of the register, or of one who is added (None); facts: `person`.

    Refused: it was decided already, a person of another community, or what the register refuses about a new one.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        row = Arrival.objects.select_for_update(of=("self",)).select_related("community", "grid").get(pk=arrival.pk)
        if row.decided:
            return [Refused("arrivals.decided_before")]
        if person and person.community_id != row.community_id:
            return [Refused("registers.other_community")]
        if person is None:
            added = _added(by, row, at, ref)
            if not added.accepted:
                return [Refused(added.reason, added.facts)]
        found = str(person.pk) if person else added.facts["person"]
        Arrival.objects.filter(pk=row.pk).update(person=found)
        return [Accepted({"arrival": str(row.pk), "person": found})]

    body = {"arrival": str(arrival.pk), "person": str(person.pk) if person else ""}
    return journal.once([_command(Happened.LINKED, by, arrival, at, ref, body)], do)[0]


def _added(by: Actor, row: Arrival, at: datetime, ref: UUID) -> Answer:
    facts = {
        "name": row.name, "sex": row.sex, "birth_year": row.birth_year, "id_number": row.id_number, "phone": row.phone,
        "residence": "incomer" if row.kind == Kind.INCOMER else "resident",
    }  # fmt: skip
    return registers.add_person(
        by=by, community=row.community, facts={name: value for name, value in facts.items() if value},
        grid=row.grid, reason="arrival", at=at, ref=uuid5(ref, "person"),
    )  # fmt: skip


@dataclass(frozen=True)
class Decision:
    """This measure of the open outbreak's profile for this arrival, or none ('')."""

    arrival: Arrival
    measure: str
    why: str
    ref: UUID
    at: datetime


def decide(*, by: Actor, scope: Scope, outbreak: Outbreak | None, items: Sequence[Decision]) -> list[Answer]:
    """Somebody has decided, and the measure begins; facts: `arrival`, `measure` (its id), `waits` (for a second
    approver).

    Refused: decided already; a measure while nobody of the register is known or no outbreak is open; something
    else than the profile proposes, without a word why; or what speaks against the measure itself.
    """
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_decide(by, scope, outbreak, by_ref[command.ref]) for command in fresh]

    commands = [
        _command(Happened.DECIDED, by, i.arrival, i.at, i.ref, {"arrival": str(i.arrival.pk), "measure": i.measure, "why": i.why})
        for i in items
    ]
    return journal.once(commands, do)


def _decide(by: Actor, scope: Scope, outbreak: Outbreak | None, item: Decision) -> Outcome:
    locked = Arrival.objects.select_for_update(of=("self",)).select_related("person", "community", "outbreak")
    row = locked.get(pk=item.arrival.pk)
    proposed = queries.proposal(SCOPE, row, outbreak)
    if row.decided:
        return Refused("arrivals.decided_before")
    if proposed.code != item.measure and not item.why.strip():
        return Refused("arrivals.say_why", {"field": "why"})
    laid: Accepted | Refused = Accepted({"measure": "", "waits": False})
    if item.measure:
        laid = _begin(by, scope, outbreak, row, item, proposed)
        if isinstance(laid, Refused):
            return laid
    row.measure, row.decided, row.decided_by, row.decided_why = item.measure, item.at, by.key, item.why.strip()[:200]
    row.outbreak, row.laid_id = outbreak or row.outbreak, laid.facts["measure"] or None
    row.save(update_fields=["measure", "decided", "decided_by", "decided_why", "outbreak", "laid"])
    return Accepted({"arrival": str(row.pk), **laid.facts})


def _begin(
    by: Actor, scope: Scope, outbreak: Outbreak | None, row: Arrival, item: Decision, proposed: queries.Proposed
) -> Accepted | Refused:
    """The measure is laid on the person; whoever is under it already stays so."""
    if outbreak is None:
        return Refused("arrivals.no_outbreak")
    if row.person is None:
        return Refused("arrivals.link_first")
    act = monitoring.NewMeasure(
        ref=uuid5(item.ref, "measure"), at=item.at, code=item.measure, day0=_day0(outbreak, row, item),
        ground=Ground.ARRIVAL, evidence=_evidence(row, item.why), people=(row.person.pk,),
        risk=proposed.been.risk if proposed.been else "",
    )  # fmt: skip
    answer = monitoring.begin_measures(by=by, scope=scope, outbreak=outbreak, acts=[act])[0]
    if answer.accepted:
        return Accepted({"measure": answer.facts["measures"][0], "waits": answer.facts["waits"]})
    if answer.reason != "monitoring.already_under":
        return Refused(answer.reason, answer.facts)
    under = courses.of_person(SCOPE, row.person.pk, row.community)
    same = next(one for one in under if one.code == item.measure and one.ended is None and one.outbreak_id == outbreak.pk)
    return Accepted({"measure": str(same.pk), "waits": same.waits})


def _day0(outbreak: Outbreak, row: Arrival, item: Decision) -> date:
    """The fact the measure counts from, as far as an arrival knows it."""
    rule, arrived = outbreak.rules.measures.get(item.measure), clock.local_day(row.arrived)
    if rule and rule.day0 == outbreaks.Day0.LEFT_AREA:
        return row.left or arrived
    return arrived if rule and rule.day0 == outbreaks.Day0.ARRIVAL else clock.local_day(item.at)


def _evidence(row: Arrival, why: str) -> str:
    left = f" ({row.left.isoformat()})" if row.left else ""
    way = " → ".join(part for part in (row.came_from + left, row.via, clock.local_day(row.arrived).isoformat()) if part)
    return " · ".join(part for part in (way, why.strip()) if part)


def reopen(*, by: Actor, arrival: Arrival, at: datetime, ref: UUID) -> Answer:
    """The arrival waits for a decision again. Refused: nobody had decided; a measure has begun, which ends
    only as measures do."""

    def do(fresh: list[Command]) -> list[Outcome]:
        changed = Arrival.objects.filter(pk=arrival.pk, measure="").exclude(decided=None).update(
            decided=None, decided_by="", decided_why=""
        )
        if changed:
            return [Accepted({"arrival": str(arrival.pk)})]
        return [Refused("arrivals.measure_begun" if arrival.measure else "arrivals.not_decided")]

    body = {"arrival": str(arrival.pk)}
    return journal.once([_command(Happened.REOPENED, by, arrival, at, ref, body)], do)[0]

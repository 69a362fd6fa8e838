"""A person of the register is found or added for an arrival; somebody decides what follows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from zhegu.arrivals import queries
from zhegu.arrivals.actions.kinds import PURPOSE, Happened
from zhegu.arrivals.models import Arrival
from zhegu.arrivals.rules import Kind
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak
from zhegu.registers import actions as registers
from zhegu.registers.models import Person

SCOPE = Scope.everything("what an open outbreak's profile knows decides which measures there are")


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


def decide(
    *, by: Actor, arrivals: Sequence[Arrival], outbreak: Outbreak | None, measure: str, why: str, at: datetime, ref: UUID
) -> Answer:
    """Somebody has decided: this measure of the open outbreak's profile for all of them, or none (''); facts:
    `arrivals`.

    Refused: one of them was decided already; a measure while nobody of the register is known, without an
    outbreak, or one its profile does not have; something else than the profile proposes, without a word why.
    """
    first = arrivals[0]

    def do(fresh: list[Command]) -> list[Outcome]:
        ids = [one.pk for one in arrivals]
        rows = list(Arrival.objects.select_for_update(of=("self",)).select_related("person").filter(pk__in=ids))
        if refused := _undecidable(rows, outbreak, measure) or _unexplained(rows, outbreak, measure, why):
            return [refused]
        Arrival.objects.filter(pk__in=ids).update(
            measure=measure, decided=at, decided_by=by.key, decided_why=why.strip()[:200], outbreak=outbreak or first.outbreak
        )
        return [Accepted({"arrivals": sorted(map(str, ids))})]

    body = {"arrivals": sorted(str(one.pk) for one in arrivals), "measure": measure, "why": why}
    return journal.once([_command(Happened.DECIDED, by, first, at, ref, body)], do)[0]


def _undecidable(rows: Sequence[Arrival], outbreak: Outbreak | None, measure: str) -> Refused | None:
    if any(row.decided for row in rows):
        return Refused("arrivals.decided_before")
    if not measure:
        return None
    if outbreak is None:
        return Refused("arrivals.no_outbreak")
    if any(row.person_id is None for row in rows):
        return Refused("arrivals.link_first")
    try:
        outbreak.rules.measure(measure)
    except outbreaks.NoMeasure:
        return Refused("arrivals.unknown_measure")
    return None


def _unexplained(rows: Sequence[Arrival], outbreak: Outbreak | None, measure: str, why: str) -> Refused | None:
    """Whoever decides otherwise than the profile proposes says why."""
    proposals = queries.Proposals(SCOPE, outbreak)
    other = any(proposals.of(row).code != measure for row in rows)
    return Refused("arrivals.say_why", {"field": "why"}) if other and not why.strip() else None


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

"""How people are, morning and evening; what was not normal goes to the clinic's list at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib import clock
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.said import Said
from zhegu.lib.scope import Actor, NotFound, Scope
from zhegu.monitoring import queries
from zhegu.monitoring.actions.kinds import TEMPERATURE, Happened
from zhegu.monitoring.models import Check
from zhegu.monitoring.rules import CHECKS, CLINIC, OTHER, TENTHS, How, Reached, Slot, is_abnormal
from zhegu.outbreaks.models import Outbreak
from zhegu.registers import queries as registers
from zhegu.registers.actions import came_late
from zhegu.registers.models import Person

UNKNOWN = Refused("monitoring.unknown_person")


@dataclass(frozen=True, kw_only=True)
class NewCheck(Said):
    """Somebody was asked. `temperature` is tenths of a degree; `day` the one it is for."""

    person: UUID
    day: date
    slot: Slot
    how: How
    reached: Reached = Reached.YES
    temperature: int | None = None
    symptoms: tuple[str, ...] = ()
    mood: int | None = None
    note: str = ""

    @property
    def body(self) -> dict:
        if self.words:
            return dict(self.words)
        return {
            "person": str(self.person), "day": self.day.isoformat(), "slot": self.slot, "how": self.how,
            "reached": self.reached, "temperature": self.temperature, "symptoms": list(self.symptoms),
            "mood": self.mood, "note": self.note,
        }  # fmt: skip


def record_checks(*, by: Actor, scope: Scope, outbreak: Outbreak, items: Sequence[NewCheck]) -> list[Answer]:
    """Each is written down; facts: `check`, `abnormal`. A later one of the same slot counts instead of the earlier.

    Said of a row that was merged meanwhile, it is written for the one that is shown. Refused: somebody who is not
    asked every day or not theirs to ask; a temperature nobody has; a symptom the profile does not know; nothing
    said; a day that has not come.
    """
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        people = _spoken_of(scope, outbreak, {by_ref[one.ref].person for one in fresh})
        wanted = {person.pk for person in people.values()}
        under = {
            day: set(queries.under_checks(scope, outbreak, day).people.filter(pk__in=wanted).values_list("pk", flat=True))
            for day in {by_ref[one.ref].day for one in fresh if by_ref[one.ref].person in people}
        }
        answers, rows = [], []
        for one in fresh:
            item = by_ref[one.ref]
            person = people.get(item.person)
            refused = _refusal(outbreak, person, item, under.get(item.day, set()))
            if person is not None and refused is None:
                rows.append(_row(by, outbreak, item, person))
                answers.append(Accepted({"check": str(item.ref), "abnormal": rows[-1].abnormal}))
            else:
                answers.append(refused or UNKNOWN)
        Check.objects.bulk_create(rows, batch_size=200)
        said_of = {row.pk: by_ref[row.pk].person for row in rows}
        came_late(Check._meta.label, {row.pk: said_of[row.pk] for row in rows if said_of[row.pk] != row.person_id})
        return answers

    code = outbreak.community.code
    commands = [Command(i.ref, Happened.CHECKED, code, by, i.at, i.body, TEMPERATURE, outbreak.pk, i.said) for i in items]
    return journal.once(commands, do)


def _asked(scope: Scope, outbreak: Outbreak, wanted: set[UUID]) -> dict[UUID, Person]:
    everybody = registers.Wanted(presence=registers.ANY)
    try:
        found = registers.people(scope, outbreak.community, everybody, roles=CHECKS).filter(pk__in=wanted)
    except NotFound:
        return {}
    return {person.pk: person for person in found}


def _spoken_of(scope: Scope, outbreak: Outbreak, said: set[UUID]) -> dict[UUID, Person]:
    """Those people by the id that was said: of a row merged meanwhile, the one that is shown."""
    found = _asked(scope, outbreak, said)
    instead = registers.shown_instead(scope, said - found.keys())
    shown = _asked(scope, outbreak, set(instead.values())) if instead else {}
    return found | {who: shown[now] for who, now in instead.items() if now in shown}


def _refusal(outbreak: Outbreak, person: Person | None, item: NewCheck, under: set[UUID]) -> Refused | None:
    if person is None:
        return UNKNOWN
    if person.pk not in under:
        return Refused("monitoring.not_asked_daily")
    if item.day > clock.local_day(item.at):
        return Refused("monitoring.in_future")
    if item.temperature is not None and item.temperature not in TENTHS:
        return Refused("monitoring.bad_temperature")
    known = {symptom.code for symptom in outbreak.rules.symptoms} | {OTHER}
    if not set(item.symptoms) <= known:
        return Refused("monitoring.unknown_symptom")
    return None


def _row(by: Actor, outbreak: Outbreak, item: NewCheck, person: Person) -> Check:
    told = item.reached == Reached.YES
    fever = outbreak.rules.fever_threshold_c
    limit = round(fever * 10) if fever else None
    return Check(
        id=item.ref, community=outbreak.community, outbreak=outbreak, person=person, at=item.at, day=item.day,
        slot=item.slot, by=by.key, how=item.how, reached=item.reached, temperature=item.temperature if told else None,
        symptoms=sorted(set(item.symptoms)) if told else [], mood=item.mood, note=item.note.strip(),
        abnormal=told and is_abnormal(item.temperature, limit, item.symptoms),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class UndoCheck(Said):
    """This check was written down by mistake."""

    check: UUID


def undo_checks(*, by: Actor, scope: Scope, outbreak: Outbreak, items: Sequence[UndoCheck]) -> list[Answer]:
    """They count no more. Refused: not there, of somebody not theirs to ask, or taken back before."""
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_undo(scope, outbreak, by_ref[one.ref]) for one in fresh]

    code = outbreak.community.code
    commands = [
        Command(i.ref, Happened.CHECK_UNDONE, code, by, i.at, dict(i.words) or {"check": str(i.check)}, TEMPERATURE, outbreak.pk, i.said)
        for i in items
    ]  # fmt: skip
    return journal.once(commands, do)


def _undo(scope: Scope, outbreak: Outbreak, item: UndoCheck) -> Outcome:
    row = Check.objects.filter(outbreak=outbreak, pk=item.check).first()
    if row is None or not _asked(scope, outbreak, {row.person_id}):
        return Refused("monitoring.unknown_check")
    if not Check.objects.filter(pk=row.pk, undone=None).update(undone=item.at):
        return Refused("monitoring.undone_before")
    return Accepted({"check": str(row.pk)})


@dataclass(frozen=True)
class Handle:
    """Somebody of the clinic looked after it: what was done."""

    check: Check
    words: str
    ref: UUID
    at: datetime


def handle_checks(*, by: Actor, scope: Scope, acts: Sequence[Handle]) -> list[Answer]:
    """Each stands on the clinic's list no more. Refused: not on it, nothing said, not the clinic's."""
    by_ref = {act.ref: act for act in acts}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_handle(by, scope, by_ref[one.ref]) for one in fresh]

    commands = [
        Command(a.ref, Happened.HANDLED, a.check.community.code, by, a.at, {"check": str(a.check.pk), "words": a.words},
                TEMPERATURE, a.check.outbreak_id)
        for a in acts
    ]  # fmt: skip
    return journal.once(commands, do)


def _handle(by: Actor, scope: Scope, act: Handle) -> Outcome:
    row = queries.abnormal(scope, act.check.community).filter(pk=act.check.pk).first()
    where = row and (row.person.grid or row.community)
    if row is None or not scope.covers(where.code, *CLINIC):
        return Refused("monitoring.unknown_check")
    if not act.words.strip():
        return Refused("monitoring.say_why")
    row.handled, row.handled_by, row.handling = act.at, by.key, act.words.strip()
    row.save(update_fields=["handled", "handled_by", "handling"])
    return Accepted({"check": str(row.pk)})

"""Somebody is taken into care, cared for otherwise, asked after, and no longer needs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Max

from zhegu.accounts import queries as accounts
from zhegu.care.models import CareNeed, Contact, Hint
from zhegu.care.queries import SEES
from zhegu.care.rules import Category as Category
from zhegu.care.rules import How, Source, known
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.said import Said
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place
from zhegu.registers.models import Household, Person

PURPOSE = "care"
MOST_DAYS = 366


class Happened(StrEnum):
    """Journal kinds of this app."""

    BEGUN = "care.care_begun"
    CHANGED = "care.care_changed"
    ENDED = "care.care_ended"
    REOPENED = "care.care_reopened"
    CONTACTED = "care.contact_noted"
    CONTACT_UNDONE = "care.contact_taken_back"
    HINTED = "care.hint_given"
    HINT_SETTLED = "care.hint_settled"


@dataclass(frozen=True)
class Facts:
    """What is known of somebody's need. `contact_phone` None: as it was."""

    categories: tuple[str, ...]
    every_days: int = 7
    helper: UUID | None = None
    illness: str = ""
    medicine: str = ""
    medicine_until: date | None = None
    due_on: date | None = None
    contact_name: str = ""
    contact_phone: str | None = None
    need: str = ""

    @property
    def body(self) -> dict[str, Any]:
        """As it is journalled."""
        said = {name: getattr(self, name) for name in self.__dataclass_fields__ if getattr(self, name) is not None}
        return said | {
            "categories": list(self.categories), "helper": str(self.helper or ""),
            "medicine_until": self.medicine_until.isoformat() if self.medicine_until else "",
            "due_on": self.due_on.isoformat() if self.due_on else "",
        }  # fmt: skip


STAFF = Scope.everything("whoever works here may look after somebody")


def _wrong(community: Place, facts: Facts) -> Refused | None:
    if not known(facts.categories):
        return Refused("care.category_needed")
    if not 0 <= facts.every_days <= MOST_DAYS:
        return Refused("care.bad_frequency")
    if facts.helper and not accounts.staff_at(STAFF, community.code).filter(pk=facts.helper).exists():
        return Refused("care.unknown_helper")
    return None


def _set(row: CareNeed, facts: Facts) -> None:
    row.categories, row.every_days, row.helper_id = known(facts.categories), facts.every_days, facts.helper
    row.illness, row.medicine, row.medicine_until = facts.illness.strip(), facts.medicine.strip(), facts.medicine_until
    row.due_on, row.contact_name, row.need = facts.due_on, facts.contact_name.strip(), facts.need.strip()
    if facts.contact_phone is not None:
        row.contact_phone = facts.contact_phone.strip()
    row.save()


def begin_care(
    *, by: Actor, person: Person, facts: Facts, source: Source, at: datetime, ref: UUID, hint: Hint | None = None
) -> Answer:
    """They stand on the ledger; facts: `care`. Refused: no category, an odd frequency, an unknown helper, or
    they stand there already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if refused := _wrong(person.community, facts):
            return [refused]
        if CareNeed.objects.filter(person=person, ended=None).exists():
            return [Refused("care.already")]
        _set(CareNeed(id=ref, community=person.community, person=person, source=source, since=at, by=by.key), facts)
        if hint:
            Hint.objects.filter(pk=hint.pk, settled=None).update(settled=at)
        return [Accepted({"care": str(ref)})]

    body = {"person": str(person.pk), "source": source.value, **facts.body}
    return _once(Happened.BEGUN, person.community, by, at, ref, body, do)


def change_care(*, by: Actor, care: CareNeed, facts: Facts, at: datetime, ref: UUID) -> Answer:
    """It is as said now. Refused: as at the beginning; it has ended."""

    def do(fresh: list[Command]) -> list[Outcome]:
        row = CareNeed.objects.select_for_update().get(pk=care.pk)
        if row.ended:
            return [Refused("care.ended_already")]
        if refused := _wrong(care.community, facts):
            return [refused]
        _set(row, facts)
        return [Accepted({"care": str(row.pk)})]

    return _once(Happened.CHANGED, care.community, by, at, ref, {"care": str(care.pk), **facts.body}, do)


def end_care(*, by: Actor, care: CareNeed, why: str, at: datetime, ref: UUID) -> Answer:
    """They no longer need it. Refused: no reason given; it has ended."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not why.strip():
            return [Refused("care.why_needed")]
        row = CareNeed.objects.select_for_update().get(pk=care.pk)
        if row.ended:
            return [Refused("care.ended_already")]
        row.ended, row.ended_why = at, why.strip()
        row.save()
        return [Accepted({"care": str(row.pk)})]

    return _once(Happened.ENDED, care.community, by, at, ref, {"care": str(care.pk), "why": why.strip()}, do)


def reopen_care(*, by: Actor, care: CareNeed, at: datetime, ref: UUID) -> Answer:
    """Ending it was a mistake: it stands as before. Refused: it has not ended; a newer entry stands."""

    def do(fresh: list[Command]) -> list[Outcome]:
        row = CareNeed.objects.select_for_update().get(pk=care.pk)
        if row.ended is None:
            return [Refused("care.not_ended")]
        if CareNeed.objects.filter(person=row.person_id, ended=None).exists():
            return [Refused("care.already")]
        row.ended, row.ended_why = None, ""
        row.save()
        return [Accepted({"care": str(row.pk)})]

    return _once(Happened.REOPENED, care.community, by, at, ref, {"care": str(care.pk)}, do)


def _once(kind: Happened, community: Place, by: Actor, at: datetime, ref: UUID, body: dict, do: journal.Do) -> Answer:
    return journal.once([Command(ref, kind, community.code, by, at, body, PURPOSE)], do)[0]


# --- asking after them


@dataclass(frozen=True, kw_only=True)
class NewContact(Said):
    """Somebody asked after them. `medicine_until` None: nothing was said about it."""

    care: UUID
    how: How
    reached: bool = True
    need: str = ""
    result: str = ""
    medicine_until: date | None = None

    @property
    def body(self) -> dict[str, Any]:
        """As it is journalled: a phone's own words, else the same facts."""
        until = self.medicine_until.isoformat() if self.medicine_until else ""
        return dict(self.words) or {
            "care": str(self.care), "how": self.how, "reached": self.reached, "need": self.need, "result": self.result,
            "medicine_until": until,
        }  # fmt: skip


def note_contacts(*, by: Actor, scope: Scope, community: Place, items: Sequence[NewContact]) -> list[Answer]:
    """Each is written down; whoever was reached counts as asked. Facts: `contact`.

    Refused: nobody of theirs on the ledger. An entry that ended meanwhile still takes what was noted before.
    """
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_note(by, scope, community, by_ref[command.ref]) for command in fresh]

    commands = [Command(i.ref, Happened.CONTACTED, community.code, by, i.at, i.body, PURPOSE, None, i.said) for i in items]
    return journal.once(commands, do)


def _theirs(by: Actor, scope: Scope, row: CareNeed) -> bool:
    """Whoever cares for the place, and the named helper."""
    place = row.person.grid or row.person.community
    return scope.covers(place.code, *SEES) or by.key == f"staff:{row.helper_id}"


def _note(by: Actor, scope: Scope, community: Place, item: NewContact) -> Outcome:
    rows = CareNeed.objects.select_for_update(of=("self",)).select_related("person__grid", "person__community")
    row = rows.filter(community=community, pk=item.care).first()
    if row is None or not _theirs(by, scope, row):
        return Refused("care.unknown")
    if row.ended and row.ended < item.at:
        return Refused("care.ended_already")
    Contact.objects.create(
        id=item.ref, care=row, at=item.at, by=by.key, how=item.how, reached=item.reached, need=item.need.strip(),
        result=item.result.strip(),
    )  # fmt: skip
    if item.medicine_until:
        row.medicine_until = item.medicine_until
    _count_contacts(row)
    return Accepted({"contact": str(item.ref)})


def _count_contacts(row: CareNeed) -> None:
    reached = row.contacts.filter(undone=None, reached=True)
    row.last_contact = reached.aggregate(last=Max("at"))["last"]
    row.save()


@dataclass(frozen=True, kw_only=True)
class UndoContact(Said):
    """This contact was noted by mistake."""

    contact: UUID


def undo_contacts(*, by: Actor, scope: Scope, community: Place, items: Sequence[UndoContact]) -> list[Answer]:
    """They count no more. Refused: not there, not theirs, or taken back before."""
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_undo(by, scope, community, by_ref[command.ref]) for command in fresh]

    commands = [
        Command(i.ref, Happened.CONTACT_UNDONE, community.code, by, i.at, dict(i.words) or {"contact": str(i.contact)},
                PURPOSE, None, i.said)
        for i in items
    ]  # fmt: skip
    return journal.once(commands, do)


def _undo(by: Actor, scope: Scope, community: Place, item: UndoContact) -> Outcome:
    found = Contact.objects.filter(care__community=community, pk=item.contact).first()
    row = found and CareNeed.objects.select_for_update(of=("self",)).select_related("person__grid", "person__community").get(pk=found.care_id)
    if found is None or row is None or not _theirs(by, scope, row):
        return Refused("care.unknown_contact")
    if not Contact.objects.filter(pk=found.pk, undone=None).update(undone=item.at):
        return Refused("care.undone_before")
    _count_contacts(row)
    return Accepted({"contact": str(found.pk)})


# --- hints


def give_hint(
    *, by: Actor, whose: Person | Household, categories: Sequence[str], words: str, source: Source, at: datetime, ref: UUID
) -> Answer:
    """The office will look whether care is needed; facts: `hint`. Refused: nothing is said."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not words.strip() and not known(categories):
            return [Refused("care.category_needed")]
        Hint.objects.create(
            id=ref, community=whose.community, categories=known(categories), words=words.strip(), source=source, at=at,
            by=by.key, **{"person" if isinstance(whose, Person) else "household": whose},
        )  # fmt: skip
        return [Accepted({"hint": str(ref)})]

    body = {"whose": str(whose.pk), "categories": known(categories), "words": words.strip(), "source": source.value}
    return _once(Happened.HINTED, whose.community, by, at, ref, body, do)


def settle_hint(*, by: Actor, hint: Hint, at: datetime, ref: UUID) -> Answer:
    """Somebody looked; it stands on the list no more. Refused: that was so already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        done = Hint.objects.filter(pk=hint.pk, settled=None).update(settled=at)
        return [Accepted({"hint": str(hint.pk)}) if done else Refused("care.settled_already")]

    return _once(Happened.HINT_SETTLED, hint.community, by, at, ref, {"hint": str(hint.pk)}, do)


def skip_note(*, by: Actor, person: Person, at: datetime, ref: UUID) -> Answer:
    """The remark in the register speaks of no care; it is not brought up again. Refused: that was so already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if Hint.objects.filter(person=person, source=Source.NOTE).exclude(settled=None).exists():
            return [Refused("care.settled_already")]
        Hint.objects.create(
            id=ref, community=person.community, person=person, source=Source.NOTE, at=at, by=by.key, settled=at
        )
        return [Accepted({"hint": str(ref)})]

    return _once(Happened.HINT_SETTLED, person.community, by, at, ref, {"person": str(person.pk)}, do)

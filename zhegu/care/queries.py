"""Reading who needs care: for carers of the place, the office and leaders, and for nobody else (privacy P7)."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from zhegu.accounts import queries as accounts
from zhegu.accounts.models import Staff
from zhegu.care.models import CareNeed, Contact, Hint
from zhegu.care.rules import SOON, Source, categories_in
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.registers.models import Household, Person

SEES = ("office", "leader", "carer")
KEEPS = ("office", "carer")
FINDS = ("office",)
"""Remarks of the register and of surveys are gone through by the office alone."""


MOST_HITS, MOST_SHOWN = 500, 30


def _here(scope: Scope, community: Place) -> None:
    reach = scope.covers(community.code, *SEES)
    if not reach and not any(place.startswith(community.code) for place in scope.places(*SEES)):
        raise NotFound(community.code)


def cared_for(scope: Scope, community: Place, *, ended: bool = False) -> QuerySet[CareNeed]:
    """Who needs care (or did) in the places of the scope's carers, by grid and house; raises NotFound for others."""
    _here(scope, community)
    mine = registers.within_reach(scope, community, "person__", SEES)
    rows = CareNeed.objects.filter(mine, community=community, ended__isnull=not ended)
    by_grid = F("person__grid__no").asc(nulls_last=True)
    return rows.select_related("person__grid", "person__household", "helper").order_by(
        by_grid, "person__household__order", "pk"
    )


def named(scope: Scope, community: Place, words: str, rows: QuerySet[CareNeed]) -> QuerySet[CareNeed]:
    """Of these, those whose name is found by what was typed."""
    if not words.strip():
        return rows
    return rows.filter(Q(person__name__icontains=words.strip()) | Q(person__in=_hits(community, words)))


def _hits(community: Place, words: str) -> list[UUID]:
    scope = Scope.everything("finds names; whoever asks gets those of their own places")
    return [hit.person.pk for hit in registers.search(scope, community, words, MOST_HITS)]


def people_named(scope: Scope, community: Place, words: str) -> list[Person]:
    """People of the register for whom whoever keeps the ledger may begin an entry, found by what was typed."""
    if not words.strip():
        return []
    mine = registers.people(scope, community, roles=KEEPS)
    return list(mine.filter(Q(name__icontains=words.strip()) | Q(pk__in=_hits(community, words)))[:MOST_SHOWN])


def late(scope: Scope, rows: QuerySet[CareNeed], today: date) -> list[CareNeed]:
    """Of these, those whom somebody should have asked by today."""
    if not scope.places(*SEES) and not scope.whole:
        raise NotFound("care")
    return [row for row in rows if row.next_on and row.next_on <= today]


def care(scope: Scope, care_id: UUID, *roles: str) -> CareNeed:
    """One of them, ended ones too; raises NotFound outside the places of these roles."""
    found = CareNeed.objects.filter(pk=care_id).select_related("community", "person__grid", "person__household", "helper").first()
    if found is None or not scope.covers(_place(found.person).code, *(roles or SEES)):
        raise NotFound(str(care_id))
    return found


def _place(person: Person) -> Place:
    return person.grid or person.community


def contact(scope: Scope, contact_id: UUID) -> Contact:
    """One contact, for those who keep the ledger; raises NotFound."""
    found = Contact.objects.filter(pk=contact_id).select_related("care__person__grid", "care__community").first()
    if found is None or not scope.covers(_place(found.care.person).code, *KEEPS):
        raise NotFound(str(contact_id))
    return found


def contacts(scope: Scope, of: CareNeed) -> QuerySet[Contact]:
    """Who asked after them, newest first."""
    care(scope, of.pk)
    return of.contacts.filter(undone=None)


def helpers(scope: Scope, community: Place) -> QuerySet[Staff]:
    """Who may be named as helper: everyone who works here."""
    _here(scope, community)
    return accounts.staff_at(Scope.everything("names of those who may look after somebody"), community.code)


def person_to_care_for(scope: Scope, person_id: UUID) -> Person:
    """Somebody of the register within the places of whoever keeps the ledger; raises NotFound."""
    return registers.person(scope, person_id, roles=KEEPS)


@dataclass(frozen=True)
class Counts:
    """How many need care, are to be asked today, and run out of medicine within days."""

    people: int
    to_ask: int
    medicine: int


def counts(scope: Scope, community: Place, today: date) -> Counts:
    """Numbers without names."""
    rows = cared_for(scope, community)
    runs_out = rows.filter(medicine_until__lte=today + timedelta(days=SOON)).count()
    return Counts(rows.count(), len(late(scope, rows, today)), runs_out)


def helpers_load(scope: Scope, community: Place) -> dict[UUID | None, int]:
    """Helper → how many people look to them; None for those whom nobody looks after."""
    rows = cared_for(scope, community).order_by().values_list("helper").annotate(n=Count("pk"))
    return dict(rows)


# --- who may need care


@dataclass(frozen=True)
class Found:
    """Somebody who may need care, and why one thinks so; `hint` where a survey said it."""

    person: Person | None
    household: Household | None
    categories: tuple[str, ...]
    words: str
    hint: Hint | None = None


def found(scope: Scope, community: Place) -> list[Found]:
    """What surveys and the register's remarks speak of and nobody has looked at; for the office."""
    if not scope.covers(community.code, *FINDS):
        raise NotFound(community.code)
    cared = set(CareNeed.objects.filter(community=community, ended=None).values_list("person", flat=True))
    hints = Hint.objects.filter(community=community, settled=None).select_related("person__grid", "household__grid")
    from_surveys = [
        Found(hint.person, hint.household, tuple(hint.categories), hint.words, hint)
        for hint in hints.order_by("at") if hint.person_id not in cared
    ]  # fmt: skip
    settled = Hint.objects.filter(community=community, source=Source.NOTE).exclude(settled=None)
    skipped = cared | set(settled.values_list("person", flat=True))
    noted = registers.people(scope, community).exclude(note="")
    from_notes = [
        Found(person, person.household, categories, person.note)
        for person in noted if person.pk not in skipped and (categories := categories_in(person.note))
    ]  # fmt: skip
    return from_surveys + from_notes


def hint(scope: Scope, hint_id: UUID) -> Hint:
    """One hint, for the office; raises NotFound."""
    mine = places.within(scope, "community__code", *FINDS)
    return known(Hint.objects.filter(mine, pk=hint_id).select_related("community", "person__grid", "household").first(), hint_id)

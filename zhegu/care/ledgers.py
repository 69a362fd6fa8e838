"""The ledger of people who need care (F4), of it the women who are pregnant or have given birth (F17), and its numbers."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from zhegu.care import queries
from zhegu.care.models import CareNeed
from zhegu.care.rules import Category, days_left, weeks_of
from zhegu.lib import clock
from zhegu.lib.ledger import Figure, FigureOffer, Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind, Mask, Phrase
from zhegu.places.models import Place
from zhegu.registers.ledgers import age_of, place_words

PEOPLE = (
    Column("no", "care.no", Kind.COUNT),
    Column("name", "care.name", mask=Mask.NAME),
    Column("sex", "care.sex", Kind.CHOICE, words="registers.sex_"),
    Column("age", "care.age", Kind.COUNT),
    Column("id_number", "care.id_number", Kind.ID, Mask.ID),
    Column("grid", "care.grid"),
    Column("address", "care.address", mask=Mask.WHOLE),
    Column("category", "care.categories"),
    Column("weeks", "care.weeks", Kind.COUNT),
    Column("due_on", "care.due_on", Kind.DATE),
    Column("illness", "care.illness", mask=Mask.WHOLE),
    Column("medicine", "care.medicine", mask=Mask.WHOLE),
    Column("days_left", "care.days_left", Kind.COUNT),
    Column("contact_name", "care.contact_name", mask=Mask.WHOLE),
    Column("contact_phone", "care.contact_phone", Kind.PHONE, Mask.PHONE),
    Column("responsible", "care.helper"),
    Column("frequency", "care.frequency"),
    Column("last_contact", "care.last_contact", Kind.TIME),
    Column("need", "care.need", mask=Mask.WHOLE),
    Column("result", "care.result", mask=Mask.WHOLE),
)


OF_WOMEN = (
    "no", "name", "age", "grid", "address", "category", "weeks", "due_on", "contact_name", "contact_phone", "responsible",
    "last_contact", "need", "result",
)  # fmt: skip
MATERNAL = (
    *(column for column in PEOPLE if column.field in OF_WOMEN),
    Column("phone", "care.own_phone", Kind.PHONE, Mask.PHONE),
)


def together(categories: Iterable[str]) -> Phrase | None:
    """Several categories in one cell."""
    said: Phrase | None = None
    for one in categories:
        word = Phrase.of(f"care.category_{one}")
        said = word if said is None else Phrase.of("care.and", one=said, other=word)
    return said


def frequency(every_days: int) -> Phrase:
    """How often somebody asks, in words."""
    return Phrase.of("care.every_days", n=every_days) if every_days > 1 else Phrase.of(f"care.every_{every_days}")


def people(scope: Scope, *, as_of: datetime, community: Place) -> Ledger:
    """F4: everyone on the ledger within the scope, as known now; ended entries are left out."""
    today = clock.local_day(as_of)
    found = queries.cared_for(scope, community).filter(since__lte=as_of).prefetch_related("contacts")
    rows = tuple(_row(no, one, today) for no, one in enumerate(found, 1))
    return Ledger("care.people", "care.ledger", PEOPLE, rows, as_of, community.code, None, {})


def maternal(scope: Scope, *, as_of: datetime, community: Place) -> Ledger:
    """F17: who is pregnant or has just given birth, within the scope, as known now; who is due first stands first."""
    today = clock.local_day(as_of)
    found = queries.cared_for(scope, community).filter(since__lte=as_of).prefetch_related("contacts")
    women = [one for one in found if {Category.PREGNANT, Category.POSTPARTUM} & set(one.categories)]
    women.sort(key=lambda one: (one.due_on is None, one.due_on or today))
    rows = tuple({**_row(no, one, today), "phone": one.person.phone} for no, one in enumerate(women, 1))
    return Ledger("care.maternal", "care.f17_title", MATERNAL, rows, as_of, community.code, None, {})


def _row(no: int, one: CareNeed, today: date) -> dict[str, Any]:
    person = one.person
    last = next((contact for contact in one.contacts.all() if not contact.undone and contact.reached), None)
    return {
        "person": person.pk, "no": no, "name": person.name, "sex": person.sex, "age": age_of(person, today),
        "id_number": person.id_number, "grid": place_words(person.grid),
        "address": person.household.address if person.household else "", "category": together(one.categories),
        "weeks": weeks_of(one.due_on, today), "due_on": one.due_on, "illness": one.illness, "medicine": one.medicine,
        "days_left": days_left(one.medicine_until, today), "contact_name": one.contact_name,
        "contact_phone": one.contact_phone, "responsible": one.helper.name if one.helper else "",
        "frequency": frequency(one.every_days), "last_contact": one.last_contact,
        "need": (last and last.need) or one.need, "result": last.result if last else "",
    }  # fmt: skip


def today(scope: Scope, *, as_of: datetime, community: Place) -> Iterable[Figure]:
    """How many need care, are to be asked, and run out of medicine."""
    counted = queries.counts(scope, community, clock.local_day(as_of))
    for name, value in (("people", counted.people), ("to_ask", counted.to_ask), ("medicine", counted.medicine)):
        yield Figure(f"care.{name}", "care.unit_people", f"care.{name}_what", value, as_of, community.code)


LEDGERS = (
    LedgerOffer("care.people", people, needs=("community",)),
    LedgerOffer("care.maternal", maternal, needs=("community",)),
)
FIGURES = (FigureOffer("care.today", today, needs=("community",)),)

"""What care offers to phones: whom carers and helpers look after, and that somebody asked after them."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import StringConstraints
from typing_extensions import TypedDict

from zhegu.care import actions, queries
from zhegu.care.rules import How
from zhegu.lib.phone import ClosedBody, PhoneCommand, told_to, with_body
from zhegu.lib.scope import Scope
from zhegu.places.models import Place


class CareRow(TypedDict):
    """Somebody who needs care, in the places of a carer. `helper`: the staff id of who looks after them, or '';
    `house`: the household's id; `next_on` '' where nobody needs to ask; days as `2022-09-13`."""

    id: str
    person: str
    name: str
    name_bo: str
    grid: int
    house: str
    house_no: str
    address: str
    categories: list[str]
    helper: str
    every_days: int
    next_on: str
    last_contact: str
    medicine: str
    medicine_until: str
    need: str
    phone_tail: str


ROWS: dict[str, type] = {"care": CareRow}


def care_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Open entries that a carer on this phone may see; leaders and the office read them in the office."""
    if scope.whole:
        mine = scope
    else:
        mine = Scope(scope.actor, frozenset(g for g in scope.grants if g.role in ("carer", "office")), scope.purpose)
    for row in queries.cared_for(mine, community):
        person, house = row.person, row.person.household
        yield {
            "id": str(row.pk), "person": str(person.pk), "name": person.name, "name_bo": person.name_bo,
            "grid": person.grid.no if person.grid else 0, "house": str(house.pk) if house else "",
            "house_no": (house.no or house.door) if house else "", "address": house.address if house else "",
            "categories": row.categories, "helper": str(row.helper_id or ""), "every_days": row.every_days,
            "next_on": row.next_on.isoformat() if row.next_on else "",
            "last_contact": row.last_contact.isoformat() if row.last_contact else "", "medicine": row.medicine,
            "medicine_until": row.medicine_until.isoformat() if row.medicine_until else "", "need": row.need,
            "phone_tail": person.phone[-4:] if len(person.phone) >= 8 else "",
        }  # fmt: skip


TABLES = {"care": care_rows}
SENSITIVE = {"care"}

Words = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True)]


class NoteContact(ClosedBody):
    """Somebody asked after them; `medicine_until` null where nothing was said about it."""

    care: UUID
    how: How
    reached: bool = True
    need: Words = ""
    result: Words = ""
    medicine_until: date | None = None


class UndoContact(ClosedBody):
    """The contact with this ref was noted by mistake."""

    contact: UUID


COMMANDS = {
    "care.note_contact": PhoneCommand(NoteContact, told_to(actions.note_contacts, with_body(actions.NewContact)), lambda body: [str(body.care)]),
    "care.undo_contact": PhoneCommand(UndoContact, told_to(actions.undo_contacts, with_body(actions.UndoContact))),
}

"""What orders offer to phones: the homes of one's own grids, what is mostly asked for, and asking at a home."""

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Count
from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from zhegu.lib import clock
from zhegu.lib.phone import ClosedBody, ParsedCommand, PhoneCommand, carried, told_to, with_body
from zhegu.lib.pictures import MOST_LETTERS
from zhegu.lib.scope import NotFound, Scope
from zhegu.orders import actions, queries
from zhegu.places.models import Place


class HomeRow(TypedDict):
    """A household to be asked; `house` is its id again, `asked` the ref of the last asking or '', `asked_at` its
    moment, `daily` whether every home is asked every day."""

    id: str
    house: str
    name: str
    house_no: str
    address: str
    grid: int
    order: int
    people: int
    asked: str
    asked_at: str
    daily: bool


class WantRow(TypedDict):
    """A thing that is on today's boards or was mostly asked for; `price` fen for one, null where nobody knows it;
    lower `rank` stands first."""

    id: str
    item: str
    unit: str
    spec: str
    price: int | None
    shop: str
    rank: int


class MedicineRow(TypedDict):
    """Medicine that is to be bought or brought; `brand`: no other will do; `photos`: how many pictures of the box are kept."""

    id: str
    no: int
    drug: str
    strength: str
    maker: str
    boxes: int
    brand: bool
    prescription: bool
    urgent: bool
    grid: int
    door: str
    bought: bool
    photos: int


ROWS: dict[str, type] = {"home": HomeRow, "want": WantRow, "medicine": MedicineRow}


def home_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Homes in the places of those who ask."""
    try:
        found = queries.homes(scope, community)
    except NotFound:
        return
    daily = queries.asks_daily(scope, community)
    for one in found:
        yield {
            "id": str(one.pk), "house": str(one.pk), "name": one.label,
            "house_no": one.number, "address": one.address, "grid": one.grid.no if one.grid else 0,
            "order": one.order, "people": one.size, "asked": str(one.asked or ""),
            "asked_at": one.asked_at.isoformat() if one.asked_at else "", "daily": daily,
        }  # fmt: skip


def want_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """What may be tapped; in this table the clock counts, since a board is of a day."""
    try:
        found = queries.wants(scope, community, clock.now())
    except NotFound:
        return
    for rank, one in enumerate(found):
        yield {
            "id": one.key, "item": one.item, "unit": one.unit, "spec": one.spec, "price": one.price, "shop": one.shop,
            "rank": rank,
        }  # fmt: skip


def medicine_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """What the medicine team has still to bring."""
    try:
        found = queries.medicine(scope, community).filter(order__delivered=None).annotate(photos=Count("order__box_photos"))
    except NotFound:
        return
    for one in found:
        yield {
            "id": str(one.order_id), "no": one.order.no, "drug": one.drug, "strength": one.strength, "maker": one.maker, "boxes": one.boxes,
            "brand": one.only_this_brand, "prescription": one.prescription, "urgent": one.order.urgent,
            "grid": one.order.grid.no if one.order.grid else 0, "door": one.order.door, "bought": one.bought is not None, "photos": one.photos,
        }  # fmt: skip


TABLES = {"home": home_rows, "want": want_rows, "medicine": medicine_rows}
SENSITIVE = {"medicine"}


def _text(most: int, least: int = 0) -> Any:
    return Annotated[str, StringConstraints(max_length=most, min_length=least, strip_whitespace=True)]


class NeededLine(ClosedBody):
    """So many of a thing."""

    item: _text(80, 1)  # type: ignore[valid-type]
    quantity: Annotated[int, Field(ge=1, le=999)] = 1
    unit: _text(20) = ""  # type: ignore[valid-type]
    spec: _text(40) = ""  # type: ignore[valid-type]


class AskHome(ClosedBody):
    """Somebody asked at a home; without lines and medicine it needs nothing."""

    home: UUID
    lines: Annotated[tuple[NeededLine, ...], Field(max_length=20)] = ()
    medicine: bool = False
    urgent: bool = False
    note: _text(200) = ""  # type: ignore[valid-type]


class UndoAsked(ClosedBody):
    """The asking with this ref was a mistake."""

    asked: UUID


class KeepBoxPhoto(ClosedBody):
    """A picture of the box for this request: a JPEG in base64, made small on the phone."""

    order: UUID
    picture: Annotated[str, StringConstraints(max_length=MOST_LETTERS, pattern=r"^[A-Za-z0-9+/]*={0,2}$")]


def _box_photo(command: ParsedCommand) -> actions.KeepBoxPhoto:
    """The journal keeps what is told of the picture, not the picture: the phone's own words stay out of it."""
    return actions.KeepBoxPhoto(ref=command.ref, at=command.at, said=command.said, order=command.body.order, picture=command.body.picture)


def _asked(command: ParsedCommand) -> actions.AskHome:
    body: AskHome = command.body
    lines = tuple(actions.Needed(one.item, one.quantity, one.unit, one.spec) for one in body.lines)
    return actions.AskHome(
        **carried(command), home=body.home, lines=lines, medicine=body.medicine, urgent=body.urgent, note=body.note
    )


COMMANDS = {
    "orders.ask_home": PhoneCommand(AskHome, told_to(actions.ask_homes, _asked), lambda body: [str(body.home)]),
    "orders.keep_box_photo": PhoneCommand(KeepBoxPhoto, told_to(actions.keep_box_photos, _box_photo), lambda body: [str(body.order)]),
    "orders.undo_asked": PhoneCommand(UndoAsked, told_to(actions.undo_asked, with_body(actions.UndoAsked))),
}

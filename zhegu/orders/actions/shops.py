"""Shops of a community and their daily boards: offers put up, taken off, repeated from the day before."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.db.models import Count, Q

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.orders.actions.kinds import ERRAND, Happened
from zhegu.orders.actions.placing import SCOPE, place_orders
from zhegu.orders.actions.wanted import NewLine, NewOrder
from zhegu.orders.homes import match_entries
from zhegu.orders.models import Offer, Order, Shop
from zhegu.orders.rules.placing import typed_door
from zhegu.orders.rules.shelves import MOST_A_DAY, PER_SHOP_AND_HOUR
from zhegu.orders.rules.signup import Entry
from zhegu.orders.rules.states import Source
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.vault.tokens import hashed, row_token

TOKEN = "shop-menu"  # noqa: S105
MENU_WINDOW = timedelta(hours=1)


def menu_token(shop: Shop) -> str:
    """What stands in the address of its menu."""
    return row_token(TOKEN, shop.pk)


def add_shop(*, by: Actor, community: Place, name: str, phone: str, at: datetime, ref: UUID) -> Answer:
    """It may put up boards and has a menu; facts: `shop`. Refused: no name, or the name is taken."""
    name = name.strip()[:80]

    def do(fresh: list[Command]) -> list[Outcome]:
        if not name:
            return [Refused("orders.shop_name_needed", {"field": "name"})]
        if Shop.objects.filter(community=community, name=name).exists():
            return [Refused("orders.shop_name_taken", {"field": "name"})]
        made = Shop(id=ref, community=community, name=name, phone=phone.strip()[:20])
        made.token_hash = hashed(menu_token(made))
        made.save(force_insert=True)
        return [Accepted({"shop": str(ref)})]

    body = {"name": name, "phone": phone}
    return journal.once([Command(ref, Happened.SHOP_ADDED, community.code, by, at, body, ERRAND)], do)[0]


@dataclass(frozen=True)
class NewOffer:
    """A thing of the day: fen for one, how many there are (None: not counted), how many one home gets (None: any)."""

    ref: UUID
    item: str
    price: int
    unit: str = ""
    spec: str = ""
    stock: int | None = None
    per_home: int | None = None


def put_offers(*, by: Actor, shop: Shop, day: date, items: Sequence[NewOffer], at: datetime) -> list[Answer]:
    """Each stands on the day's board; the same thing put up again has the new price and numbers. Facts: `offer`.

    Refused: no name, a price below nought, a number that is none.
    """
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_put(shop, day, by_ref[one.ref]) for one in fresh]

    commands = [
        Command(i.ref, Happened.OFFERED, shop.community.code, by, at, {**asdict(i), "ref": "", "shop": str(shop.pk), "day": day.isoformat()}, ERRAND)
        for i in items
    ]
    return journal.once(commands, do)


def _put(shop: Shop, day: date, item: NewOffer) -> Outcome:
    if not item.item.strip():
        return Refused("orders.nothing_asked", {"field": "item"})
    if item.price < 0 or any(number is not None and number < 0 for number in (item.stock, item.per_home)):
        return Refused("orders.bad_number")
    told = {"unit": item.unit.strip()[:20], "price": item.price, "stock": item.stock, "per_home": item.per_home, "off": None}
    same = {"shop": shop, "day": day, "item": item.item.strip()[:80], "spec": item.spec.strip()[:40]}
    row, _ = Offer.objects.update_or_create(**same, defaults=told, create_defaults={"id": item.ref, **told})
    return Accepted({"offer": str(row.pk)})


def set_offer_off(*, by: Actor, offer: Offer, off: bool, at: datetime, ref: UUID) -> Answer:
    """It is taken off the board, or back on it; what was ordered stays ordered. Refused: that was so already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        changed = Offer.objects.filter(pk=offer.pk, off__isnull=off).update(off=at if off else None)
        return [Accepted({"offer": str(offer.pk)}) if changed else Refused("orders.off_the_board")]

    body = {"offer": str(offer.pk), "off": off}
    return journal.once([Command(ref, Happened.OFFER_OFF, offer.shop.community.code, by, at, body, ERRAND)], do)[0]


def repeat_board(*, by: Actor, shop: Shop, day: date, at: datetime, ref: UUID) -> list[Answer]:
    """The last board before this day stands on it again, with its prices and numbers, without what was taken off."""
    last = Offer.objects.filter(shop=shop, day__lt=day).order_by("-day").values_list("day", flat=True).first()
    rows = Offer.objects.filter(shop=shop, day=last, off=None) if last else ()
    items = [NewOffer(uuid5(ref, str(row.pk)), row.item, row.price, row.unit, row.spec, row.stock, row.per_home) for row in rows]
    return put_offers(by=by, shop=shop, day=day, items=items, at=at) if items else []


@dataclass(frozen=True, kw_only=True)
class FromMenu:
    """What a resident asked for on the menu page."""

    lines: tuple[NewLine, ...]
    door: str
    grid: str = ""
    asker: str = ""
    phone: str = ""


def order_from_menu(*, by: Actor, shop: Shop, said: FromMenu, at: datetime, ref: UUID) -> Answer | Refused:
    """It stands on the list as any other order; facts: `order`, `no`. The home is found by door, name or phone.

    Refused: as any order; too many from this home in a day, or from the menu within the hour.
    """
    entry = Entry(name=said.asker or None, grid=said.grid or None, door=typed_door(said.door), phone=said.phone or None)
    match_entries(shop.community, [entry])
    grids = {str(one.no): one.code for one in places.grids(SCOPE, shop.community)}
    grid = "" if entry.household else grids.get(said.grid, "")
    home = {"household": entry.household} if entry.household else {"household": None, "grid__code": grid or None, "door": entry.door or ""}
    seen = Order.objects.filter(lines__offer__shop=shop, source=Source.MENU).aggregate(
        lately=Count("pk", filter=Q(at__gt=at - MENU_WINDOW), distinct=True),
        today=Count("pk", filter=Q(at__gt=at - timedelta(days=1), cancelled=None, **home), distinct=True),
    )  # fmt: skip
    if seen["lately"] >= PER_SHOP_AND_HOUR or seen["today"] >= MOST_A_DAY:
        return Refused("orders.menu_too_many")
    item = NewOrder(
        ref=ref, at=at, lines=said.lines, source=Source.MENU, household=UUID(entry.household) if entry.household else None,
        grid=grid, door=entry.door or "", asker=said.asker, phone=said.phone,
    )  # fmt: skip
    return place_orders(by=by, community=shop.community, items=[item])[0]



"""Which stores there are, and which sorts of things."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.stock.actions.moving import Happened, command
from zhegu.stock.models import Item, Store
from zhegu.stock.rules import Gear, ItemKind, StoreKind, gear_named


def add_store(
    *, by: Actor, community: Place, name: str, name_bo: str, kind: StoreKind, at: datetime, ref: UUID
) -> Answer:
    """Goods may lie there; facts: `store`. Refused: no name, or the name is taken."""
    name = name.strip()

    def do(fresh: list[Command]) -> list[Outcome]:
        if not name:
            return [Refused("stock.name_needed")]
        if Store.objects.filter(community=community, name=name).exists():
            return [Refused("stock.name_taken")]
        made = Store.objects.create(id=ref, community=community, name=name, name_bo=name_bo.strip(), kind=kind)
        return [Accepted({"store": str(made.id)})]

    body = {"name": name, "name_bo": name_bo, "kind": kind}
    return journal.once([command(ref, Happened.STORE_ADDED, community, by, at, body)], do)[0]


@dataclass(frozen=True)
class NewItem:
    """A sort of thing; `code` is what stands under its bars, for scanners that type; what it counts as is guessed from
    its names where nobody says (None)."""

    name: str
    unit: str
    kind: ItemKind = ItemKind.OTHER
    spec: str = ""
    name_bo: str = ""
    eat_now: bool = False
    code: str = ""
    gear: Gear | None = None


def add_item(*, by: Actor, community: Place, item: NewItem, at: datetime, ref: UUID) -> Answer:
    """The thing may be moved; facts: `item`. Refused: no name or unit, or it is there already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not item.name.strip() or not item.unit.strip():
            return [Refused("stock.name_needed")]
        same = {"name": item.name.strip(), "spec": item.spec.strip(), "unit": item.unit.strip()}
        if Item.objects.filter(community=community, **same).exists():
            return [Refused("stock.item_taken")]
        gear = gear_named(item.name, item.name_bo) if item.gear is None else item.gear
        made = Item.objects.create(
            id=ref, community=community, name_bo=item.name_bo, kind=item.kind, eat_now=item.eat_now,
            code=item.code.strip(), gear=gear, **same,
        )  # fmt: skip
        return [Accepted({"item": str(made.id)})]

    body = asdict(item)
    return journal.once([command(ref, Happened.ITEM_ADDED, community, by, at, body)], do)[0]


def set_gear(*, by: Actor, community: Place, item: UUID, gear: Gear, at: datetime, ref: UUID) -> Answer:
    """The thing counts as a mask, a protective suit or neither. Refused: no such thing here."""

    def do(fresh: list[Command]) -> list[Outcome]:
        changed = Item.objects.filter(community=community, pk=item).update(gear=gear)
        return [Accepted({"item": str(item)}) if changed else Refused("stock.unknown_item")]

    return journal.once([command(ref, Happened.GEAR_SET, community, by, at, {"item": str(item), "gear": gear})], do)[0]

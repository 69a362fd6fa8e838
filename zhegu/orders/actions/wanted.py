"""What somebody asks for, as the actions on orders take it."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from zhegu.orders.rules.placing import kind_of_thing, typed_lines
from zhegu.orders.rules.states import OrderKind, Source


@dataclass(frozen=True)
class NewLine:
    """So many of a thing; `price` is fen for one, None where nobody knows it yet."""

    item: str
    quantity: int = 1
    unit: str = ""
    spec: str = ""
    price: int | None = None
    offer: UUID | None = None
    """Of which board it was taken."""

    @classmethod
    def cut(cls, item: str, quantity: int, unit: str = "", spec: str = "", price: int | None = None) -> "NewLine":
        """As much of the words as there is room for."""
        return cls(item[:80], quantity, unit[:20], spec[:40], price)

    @classmethod
    def typed(cls, words: str, price: int | None = None) -> "NewLine | None":
        """One thing as the desk types it, “白菜 2斤”; None where it is not exactly one."""
        lines = typed_lines(words)
        return cls.cut(*lines[0], price=price) if lines and len(lines) == 1 else None


@dataclass(frozen=True)
class NewMedicine:
    """Exactly what to buy. `person`: of the household; `lasts_until`: when what they have is used up."""

    drug: str
    strength: str
    boxes: int = 1
    maker: str = ""
    only_this_brand: bool = False
    prescription: bool = False
    person: UUID | None = None
    lasts_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class NewOrder:
    """What somebody asked for. Its id is `ref`. A household says grid and door by itself."""

    ref: UUID
    at: datetime
    lines: tuple[NewLine, ...]
    kind: OrderKind = OrderKind.GOODS
    source: Source = Source.CALL
    household: UUID | None = None
    grid: str = ""
    door: str = ""
    asker: str = ""
    phone: str = ""
    note: str = ""
    urgent: bool = False
    medicine: NewMedicine | None = None
    on_behalf: str = ""
    """Who wrote a slip for them."""

    @property
    def body(self) -> dict[str, Any]:
        """As it is journalled."""
        return {
            "lines": [asdict(line) | {"offer": str(line.offer or "")} for line in self.lines], "kind": self.kind, "source": self.source,
            "household": str(self.household or ""), "grid": self.grid, "door": self.door, "asker": self.asker,
            "phone": self.phone, "note": self.note, "urgent": self.urgent, **self._exactly,
            **({"on_behalf": self.on_behalf} if self.on_behalf else {}),
        }  # fmt: skip

    @property
    def _exactly(self) -> dict[str, Any]:
        if self.medicine is None:
            return {}
        until = self.medicine.lasts_until
        plain = {"person": str(self.medicine.person or ""), "lasts_until": until.isoformat() if until else ""}
        return {"medicine": asdict(self.medicine) | plain}


@dataclass(frozen=True)
class ChangeOrder:
    """The order is as described in `to`, whose `ref` is that of the change; number, kind and way stay."""

    order: UUID
    to: NewOrder


@dataclass(frozen=True)
class OneOrder:
    """Something happens to this order under a ref of its own."""

    order: UUID
    ref: UUID


def by_kind(whole: NewOrder) -> list[NewOrder]:
    """What somebody asked for at once, an order a kind: gas goes out on runs of its own. Their refs follow from its own."""
    lines: dict[OrderKind, list[NewLine]] = {}
    for line in whole.lines:
        lines.setdefault(kind_of_thing(line.item), []).append(line)
    return [replace(whole, ref=uuid5(whole.ref, kind), kind=kind, lines=tuple(some)) for kind, some in lines.items()]

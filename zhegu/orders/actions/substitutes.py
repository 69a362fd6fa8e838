"""A shop lacks what a line asks for: another thing is proposed, the household says yes or no, then the line changes."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhegu.journal.actions import Answer
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.orders.actions.kinds import Happened
from zhegu.orders.actions.placing import each, still_open
from zhegu.orders.actions.shelves import Shelves, Taken, home_key
from zhegu.orders.actions.wanted import NewLine
from zhegu.orders.models import Batch, Medicine, Order, OrderLine, Substitute
from zhegu.orders.rules.states import Consent, OrderKind
from zhegu.places.models import Place

PARTS = ("item", "quantity", "unit", "spec", "price")


@dataclass(frozen=True)
class Propose:
    """Instead of the line at this position, this; for medicine `instead.item` is another maker of the same drug."""

    order: UUID
    position: int
    instead: NewLine
    ref: UUID


@dataclass(frozen=True)
class AnswerTo:
    """Who of the household said whether it will do, and how; nobody reached is a no without a name."""

    order: UUID
    substitute: UUID
    agreed: bool
    ref: UUID
    who: str = ""
    how: Consent | None = None


@dataclass(frozen=True)
class UndoSubstitute:
    """The answer was written by mistake; without an answer, the question was."""

    order: UUID
    substitute: UUID
    ref: UUID


def propose_substitutes(*, by: Actor, community: Place, items: Sequence[Propose], at: datetime) -> list[Answer]:
    """The household is asked; the line stays as it is. Facts: `substitute`.

    Refused: no such order or line, an order on its way or over, medicine of which no other brand will do, is not said
    exactly yet or was bought, a line that is asked about already, a number or price that cannot be.
    """

    def propose(row: Order, item: Propose) -> Outcome:
        line = row.lines.filter(position=item.position).first()
        if refused := still_open(row) or wrong(row, line, item.instead):
            return refused
        question(row, line, item.instead, item.ref, by, at).save(force_insert=True)
        return Accepted({"substitute": str(item.ref)})

    return each(
        by, community, items, at, Happened.SUBSTITUTE_PROPOSED, propose,
        lambda i: {"position": i.position, "instead": asdict(i.instead) | {"offer": ""}},
    )  # fmt: skip


def question(row: Order, line: OrderLine, instead: NewLine, ref: UUID, by: Actor, at: datetime) -> Substitute:
    """What the household is asked, with the line as it was asked for."""
    exact = Medicine.objects.filter(order=row).first() if row.kind == OrderKind.MEDICINE else None
    was = {f"was_{part}": getattr(line, part) for part in PARTS} | ({"was_item": exact.maker} if exact else {})
    new = {part: getattr(instead, part) for part in PARTS}
    return Substitute(id=ref, order=row, position=line.position, was_offer_id=line.offer_id, at=at, by=by.key, **was, **new)


def wrong(row: Order, line: OrderLine | None, instead: NewLine) -> Refused | None:
    """Why this cannot be asked about that line; None where it can."""
    if line is None:
        return Refused("orders.unknown_line")
    if row.kind == OrderKind.MEDICINE:
        exact = Medicine.objects.filter(order=row).first()
        if exact is None or row.lines.count() > 1:
            return Refused("orders.say_which_medicine")
        if exact.bought:
            return Refused("orders.done_before")
        if exact.only_this_brand:
            return Refused("orders.no_other_brand")
    if row.substitutes.filter(position=line.position, answered=None).exists():
        return Refused("orders.asked_already")
    if not instead.item.strip():
        return Refused("orders.nothing_asked")
    if instead.quantity < 1 or (instead.price is not None and instead.price < 0):
        return Refused("orders.bad_number")
    return None


def answer_substitutes(*, by: Actor, community: Place, items: Sequence[AnswerTo], at: datetime) -> list[Answer]:
    """A yes changes the line; without one it is not filled, and an order with no line left is cancelled. Facts: `order`.

    Refused: no such question, answered before, a yes of nobody or in no way, an order on its way or over.
    """

    def answer(row: Order, item: AnswerTo) -> Outcome:
        asked = row.substitutes.filter(pk=item.substitute).first()
        if asked is None or asked.answered:
            return Refused("orders.answered_before" if asked else "orders.unknown_substitute")
        if item.agreed and not (item.who.strip() and item.how):
            return Refused("orders.who_agreed")
        if refused := still_open(row):
            return refused
        answered(row, asked, item, by, at)
        return Accepted({"order": str(row.pk)})

    return each(
        by, community, items, at, Happened.SUBSTITUTE_ANSWERED, answer,
        lambda i: {"substitute": str(i.substitute), "agreed": i.agreed, "who": i.who, "how": i.how or ""},
    )  # fmt: skip


def answered(row: Order, asked: Substitute, item: AnswerTo, by: Actor, at: datetime) -> None:
    """The answer stands, and the line is as it says."""
    asked.agreed, asked.answered, asked.answered_by = item.agreed, at, by.key
    asked.who, asked.how = item.who.strip()[:80], item.how or ""
    asked.save()
    if item.agreed:
        _filled(row, asked)
    else:
        _not_filled(row, asked, at)


def _filled(row: Order, asked: Substitute) -> None:
    new: dict[str, Any] = {part: getattr(asked, part) for part in PARTS} | {"offer": None}
    if row.kind == OrderKind.MEDICINE:
        Medicine.objects.filter(order=row).update(maker=asked.item)
        new = {"price": asked.price}
    row.lines.filter(position=asked.position).update(**new)


def _not_filled(row: Order, asked: Substitute, at: datetime) -> None:
    """The last line stays on an order that is cancelled: it says what was asked for."""
    if row.lines.count() > 1:
        row.lines.filter(position=asked.position).delete()
    else:
        row.cancelled, row.batch = at, None
        row.save(update_fields=["cancelled", "batch"])


def undo_substitutes(*, by: Actor, community: Place, items: Sequence[UndoSubstitute], at: datetime) -> list[Answer]:
    """The line is as it was asked for, and the household is asked again; an unanswered question is withdrawn.

    Refused: no such question, an order on its way, changed or over since, or its shop has not so much any more.
    """

    def undo(row: Order, item: UndoSubstitute) -> Outcome:
        asked = row.substitutes.filter(pk=item.substitute).first()
        if asked is None:
            return Refused("orders.unknown_substitute")
        if asked.answered is None:
            asked.delete()
            return Accepted({"order": str(row.pk)})
        if refused := restored(community, row, asked, still_open):
            return refused
        asked.agreed, asked.answered, asked.answered_by, asked.who, asked.how = None, None, "", "", ""
        asked.save(update_fields=["agreed", "answered", "answered_by", "who", "how"])
        return Accepted({"order": str(row.pk)})

    return each(by, community, items, at, Happened.SUBSTITUTE_UNDONE, undo, lambda i: {"substitute": str(i.substitute)})


def restored(community: Place, row: Order, asked: Substitute, shut: Callable[[Order], Refused | None]) -> Refused | None:
    """The line is as it was asked for; `shut` says why nothing of the order may change any more."""
    ended = row.cancelled is not None and row.cancelled == asked.answered and not asked.agreed
    line = row.lines.filter(position=asked.position).first()
    stands = ended or (line is not None if asked.agreed else line is None)
    later = row.substitutes.filter(position=asked.position, at__gt=asked.at).exists()
    if refused := None if ended else shut(row):
        return refused
    if not stands or later or (asked.agreed and line is not None and not _is_as_agreed(row, line, asked)):
        return Refused("orders.changed_since")
    if asked.was_offer_id:
        taken = [Taken(asked.was_offer_id, asked.was_quantity, asked.was_price)]
        home = home_key(row.household_id, row.grid.code if row.grid else "", row.door)
        if refused := Shelves(community, [asked.was_offer_id]).take(taken, home):
            return refused
    was: dict[str, Any] = {part: getattr(asked, f"was_{part}") for part in PARTS} | {"offer_id": asked.was_offer_id}
    if row.kind == OrderKind.MEDICINE and asked.agreed:
        Medicine.objects.filter(order=row).update(maker=asked.was_item)
        was = {"price": asked.was_price}
    if ended:
        row.cancelled = None
        row.save(update_fields=["cancelled"])
    else:
        OrderLine.objects.update_or_create(order=row, position=asked.position, defaults=was)
    return None


def _is_as_agreed(row: Order, line: OrderLine, asked: Substitute) -> bool:
    if row.kind == OrderKind.MEDICINE:
        return Medicine.objects.filter(order=row, maker=asked.item, bought=None).exists()
    return all(getattr(line, part) == getattr(asked, part) for part in PARTS)


def waits_for_an_answer(batch: Batch) -> bool:
    """Whether somebody of this batch was asked and has not said yes or no."""
    return Substitute.objects.filter(order__batch=batch, answered=None, order__cancelled=None).exists()

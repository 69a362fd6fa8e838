"""Insurance cards are taken and given back, medicine is bought: each by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from zhegu.journal.actions import Answer
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.orders.actions.kinds import Happened
from zhegu.orders.actions.placing import each
from zhegu.orders.models import Medicine, Order
from zhegu.places.models import Place


class MedicineStep(StrEnum):
    """What is done for a request."""

    CARD_TAKEN = "card_taken"
    BOUGHT = "bought"
    CARD_BACK = "card_back"


@dataclass(frozen=True)
class TakeMedicineStep:
    """This was done for this order. Bought: where, for how many fen, and that the box was held against the request."""

    order: UUID
    step: MedicineStep
    ref: UUID
    where: str = ""
    cost: int | None = None
    compared: bool = False


def take_medicine_steps(*, by: Actor, community: Place, items: Sequence[TakeMedicineStep], at: datetime) -> list[Answer]:
    """It is written down with who did it.

    Refused: no such request, done before, a card that was never taken, bought without comparing the box
    with the request, or at a price that cannot be; a cancelled order.
    """

    def act(row: Order, item: TakeMedicineStep) -> Outcome:
        found = Medicine.objects.filter(order=row).first()
        if reason := "unknown_order" if found is None or row.cancelled else _wrong(found, item):
            return Refused(f"orders.{reason}")
        changes: dict[str, object] = {str(item.step): at}
        if item.step == MedicineStep.BOUGHT:
            changes |= {"bought_at": item.where.strip()[:80], "cost": item.cost}
        else:
            changes[f"{item.step}_by"] = by.key
        Medicine.objects.filter(order=row).update(**changes)
        return Accepted({"order": str(row.pk)})

    return each(
        by, community, items, at, Happened.MEDICINE_STEP, act,
        lambda item: {"step": item.step, "where": item.where, "cost": item.cost, "compared": item.compared},
    )  # fmt: skip


def _wrong(found: Medicine, item: TakeMedicineStep) -> str:
    if getattr(found, item.step) is not None:
        return "done_before"
    if item.step == MedicineStep.CARD_BACK and found.card_taken is None:
        return "no_card_here"
    if item.step != MedicineStep.BOUGHT:
        return ""
    if not item.compared:
        return "compare_first"
    return "bad_number" if item.cost is None or item.cost < 0 else ""

"""What the journal calls things that happen on a run."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhegu.deliveries.models import ErrandRun
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.orders.actions import ERRAND, MEDICINE
from zhegu.orders.models import OrderKind


class Happened(StrEnum):
    """Journal kinds of this app."""

    DRAFTED = "deliveries.run_drafted"
    DROPPED = "deliveries.run_dropped"
    PLANNED = "deliveries.run_planned"
    BEGUN = "deliveries.run_begun"
    TRUCK_OUT = "deliveries.truck_taken_out"
    CLOSED = "deliveries.run_closed"
    HANDED_OVER = "deliveries.things_handed_over"
    TAKEN_BACK = "deliveries.hand_over_taken_back"
    CONFIRMED = "deliveries.hand_over_confirmed"
    STEP_TAKEN = "deliveries.step_taken"
    SKIPPED = "deliveries.door_skipped"
    DOOR_PHOTO = "deliveries.door_photo_kept"
    DOOR_PHOTO_DROPPED = "deliveries.door_photo_dropped"
    MISSING = "deliveries.thing_missing"
    MISSING_UNDONE = "deliveries.thing_missing_undone"
    COUNTED = "deliveries.cash_counted"
    CASH = "deliveries.cash_moved"
    CASH_UNDONE = "deliveries.cash_undone"
    PAID = "deliveries.receipt_noted"
    DRIVEN = "deliveries.way_driven"
    WAY_SET = "deliveries.way_set"


def kept(run: ErrandRun) -> tuple[str, UUID | None]:
    """What is written of this run is kept as long as what was asked for: purpose and outbreak."""
    return MEDICINE if run.batch.kind == OrderKind.MEDICINE else ERRAND, run.outbreak_id


def each(
    by: Actor, run: ErrandRun, items: Sequence[Any], kind: Happened, act: Callable[[Any], Outcome], only_begun: bool = True
) -> list[Answer]:
    """The same act for each item, under its own ref, while the run is on its way."""
    by_ref: dict[UUID, Any] = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        row = ErrandRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if row.closed or (only_begun and not row.begun):
            return [Refused("deliveries.run_closed" if row.closed else "deliveries.not_begun") for _ in fresh]
        return [act(by_ref[one.ref]) for one in fresh]

    commands = [
        Command(i.ref, kind, run.community.code, by, i.at, i.body, *kept(run), getattr(i, "said", b"")) for i in items
    ]
    return journal.once(commands, do)

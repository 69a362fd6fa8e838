"""Everything that changes orders and batches."""

from zhegu.orders.actions.batches import (
    BackOrder,
    NewBatch,
    at_their_doors,
    gather_batch,
    mark_delivered,
    on_its_way,
    put_back,
)
from zhegu.orders.actions.kinds import ERRAND, MEDICINE, Happened
from zhegu.orders.actions.placing import (
    ChangeOrder,
    NewLine,
    NewOrder,
    OneOrder,
    cancel_orders,
    change_orders,
    place_orders,
    restore_orders,
)

__all__ = [
    "ERRAND",
    "MEDICINE",
    "BackOrder",
    "ChangeOrder",
    "Happened",
    "NewBatch",
    "NewLine",
    "NewOrder",
    "OneOrder",
    "at_their_doors",
    "cancel_orders",
    "change_orders",
    "gather_batch",
    "mark_delivered",
    "on_its_way",
    "place_orders",
    "put_back",
    "restore_orders",
]

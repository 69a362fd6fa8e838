"""Everything that changes orders and batches."""

from zhegu.orders.actions.batches import (
    BackOrder,
    NewBatch,
    at_their_doors,
    gather_batch,
    mark_delivered,
    not_at_their_doors,
    on_its_way,
    put_back,
    take_back,
)
from zhegu.orders.actions.kinds import ERRAND, MEDICINE, Happened
from zhegu.orders.actions.medicine import MedicineStep, TakeMedicineStep, take_medicine_steps
from zhegu.orders.actions.placing import (
    ChangeOrder,
    NewLine,
    NewMedicine,
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
    "MedicineStep",
    "NewBatch",
    "NewLine",
    "NewMedicine",
    "NewOrder",
    "OneOrder",
    "TakeMedicineStep",
    "at_their_doors",
    "cancel_orders",
    "change_orders",
    "gather_batch",
    "mark_delivered",
    "not_at_their_doors",
    "on_its_way",
    "place_orders",
    "put_back",
    "restore_orders",
    "take_back",
    "take_medicine_steps",
]

"""Everything that changes orders and batches."""

from zhegu.orders.actions.asking import AskHome, Needed, UndoAsked, ask_homes, set_daily, undo_asked
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
from zhegu.orders.actions.placing import cancel_orders, change_orders, place_orders, restore_orders
from zhegu.orders.actions.shops import (
    FromMenu,
    NewOffer,
    add_shop,
    menu_token,
    order_from_menu,
    put_offers,
    repeat_board,
    set_offer_off,
)
from zhegu.orders.actions.wanted import ChangeOrder, NewLine, NewMedicine, NewOrder, OneOrder, by_kind

__all__ = [
    "ERRAND",
    "MEDICINE",
    "AskHome",
    "BackOrder",
    "ChangeOrder",
    "FromMenu",
    "Happened",
    "MedicineStep",
    "Needed",
    "NewBatch",
    "NewLine",
    "NewMedicine",
    "NewOffer",
    "NewOrder",
    "OneOrder",
    "TakeMedicineStep",
    "UndoAsked",
    "add_shop",
    "ask_homes",
    "at_their_doors",
    "by_kind",
    "cancel_orders",
    "change_orders",
    "gather_batch",
    "mark_delivered",
    "menu_token",
    "not_at_their_doors",
    "on_its_way",
    "order_from_menu",
    "place_orders",
    "put_back",
    "put_offers",
    "repeat_board",
    "restore_orders",
    "set_daily",
    "set_offer_off",
    "take_back",
    "take_medicine_steps",
    "undo_asked",
]

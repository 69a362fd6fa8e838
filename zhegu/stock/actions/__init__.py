"""Goods and gifts: each act once, all of it or nothing."""

from zhegu.stock.actions.boxing import NewBox, hand_box, open_box, pack_box, undo_opening, unpack_box
from zhegu.stock.actions.gifts import NewGift, receive_gift, spend_gift
from zhegu.stock.actions.handing import Issue, issue_goods
from zhegu.stock.actions.lending import LOANS, Lend, lend, take_in, undo_back, undo_loan
from zhegu.stock.actions.moving import (
    Happened,
    Line,
    NewSlip,
    carry_back,
    count_store,
    move_goods,
    next_no,
    pack_kits,
    undo_slip,
)
from zhegu.stock.actions.picking import Wanted, drop_pick, move_pick, write_pick
from zhegu.stock.actions.things import NewItem, add_item, add_store, set_gear
from zhegu.stock.rules import BadNumber, read_amount

__all__ = [
    "LOANS", "BadNumber", "Happened", "Issue", "Lend", "Line", "NewBox", "NewGift", "NewItem", "NewSlip", "Wanted", "add_item", "add_store", "carry_back", "count_store",
    "drop_pick", "hand_box", "issue_goods", "lend", "move_goods", "move_pick", "next_no", "open_box", "pack_box", "pack_kits",
    "read_amount", "receive_gift", "set_gear", "spend_gift", "take_in", "undo_back", "undo_loan", "undo_opening", "undo_slip", "unpack_box", "write_pick",
]  # fmt: skip

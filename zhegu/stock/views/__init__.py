"""Office pages of the stores."""

from zhegu.stock.views.boxing import box, box_label, boxes, hand_box, open_box, undo_box
from zhegu.stock.views.goods import (
    add_item,
    add_store,
    bring_in,
    count,
    gifts,
    give_out,
    set_gear,
    slips,
    spend,
    stock,
    undo,
)
from zhegu.stock.views.loans import lend, loans, take_in, undo_back, undo_loan
from zhegu.stock.views.picking import drop_pick, move_pick, pick, pick_pdf, picks

__all__ = [
    "add_item", "add_store", "box", "box_label", "boxes", "bring_in", "count", "drop_pick", "gifts", "give_out", "hand_box", "lend", "loans", "move_pick", "open_box", "pick", "pick_pdf", "picks", "set_gear", "slips", "spend", "stock", "take_in",
    "undo", "undo_back", "undo_box", "undo_loan",
]  # fmt: skip

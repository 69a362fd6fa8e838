"""Office pages of the stores."""

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
    "add_item", "add_store", "bring_in", "count", "drop_pick", "gifts", "give_out", "lend", "loans", "move_pick", "pick", "pick_pdf", "picks", "set_gear", "slips", "spend", "stock", "take_in",
    "undo", "undo_back", "undo_loan",
]  # fmt: skip

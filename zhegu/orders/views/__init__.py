"""Office pages of the order desk."""

from zhegu.orders.views.asking import caller, daily, set_daily
from zhegu.orders.views.desk import call, cancel, orders, restore
from zhegu.orders.views.medicine import box_photo, drop_box_photo, medicine, medicine_step
from zhegu.orders.views.shops import add_shop, offer_off, put_offer, repeat_board, shop, shops
from zhegu.orders.views.signups import signups, undo
from zhegu.orders.views.slips import slips, slips_pdf
from zhegu.orders.views.substitutes import answer, substitute, substitutes, undo_substitute

__all__ = [
    "add_shop", "answer", "box_photo", "call", "caller", "cancel", "daily", "drop_box_photo", "medicine", "medicine_step", "offer_off", "orders", "put_offer", "repeat_board", "restore", "set_daily", "shop",
    "shops", "signups", "slips", "slips_pdf", "substitute", "substitutes", "undo", "undo_substitute",
]  # fmt: skip

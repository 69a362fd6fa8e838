"""Office pages of the order desk."""

from zhegu.orders.views.desk import call, cancel, orders, restore
from zhegu.orders.views.medicine import medicine, medicine_step
from zhegu.orders.views.signups import signups, undo

__all__ = ["call", "cancel", "medicine", "medicine_step", "orders", "restore", "signups", "undo"]

"""Office pages of the order desk."""

from zhegu.orders.views.desk import call, cancel, orders, restore
from zhegu.orders.views.signups import signups, undo

__all__ = ["call", "cancel", "orders", "restore", "signups", "undo"]

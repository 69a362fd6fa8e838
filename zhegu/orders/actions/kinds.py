"""What the journal calls things that happen to orders."""

from enum import StrEnum

from zhegu.orders.rules.states import OrderKind

ERRAND, MEDICINE = "errand", "medicine"
"""Purposes: what is asked for is kept 90 days, what tells of an illness ends with the outbreak (privacy P9)."""


class Happened(StrEnum):
    """Journal kinds of this app."""

    PLACED = "orders.order_placed"
    CHANGED = "orders.order_changed"
    CANCELLED = "orders.order_cancelled"
    RESTORED = "orders.order_restored"
    GATHERED = "orders.batch_gathered"
    DELIVERED = "orders.order_delivered"
    ASKED = "orders.home_asked"
    ASKED_UNDONE = "orders.asking_undone"
    DAILY_SET = "orders.daily_set"
    PUT_BACK = "orders.order_put_back"
    SHOP_ADDED = "orders.shop_added"
    OFFERED = "orders.offer_put_up"
    OFFER_OFF = "orders.offer_taken_off"
    SUBSTITUTE_PROPOSED = "orders.substitute_proposed"
    SUBSTITUTE_ANSWERED = "orders.substitute_answered"
    SUBSTITUTE_UNDONE = "orders.substitute_undone"
    BOX_PHOTO = "orders.box_photo_kept"
    BOX_PHOTO_DROPPED = "orders.box_photo_dropped"
    MEDICINE_STEP = "orders.medicine_step_taken"


def purpose(kind: str) -> str:
    """What an order of this kind is kept for."""
    return MEDICINE if kind == OrderKind.MEDICINE else ERRAND

"""How long is kept what people asked for (privacy P9): errands 90 days, medicine 14 days after the outbreak."""

from typing import Any

from django.db.models import Q

from zhegu.journal import queries as journal
from zhegu.lib.scope import Scope
from zhegu.lib.upkeep import Due, Kept
from zhegu.orders.actions import ERRAND, MEDICINE
from zhegu.orders.models import Asked, BoxPhoto, Order
from zhegu.orders.rules.states import OrderKind
from zhegu.outbreaks import queries as outbreaks

SCOPE = Scope.everything("retention looks at everything that was asked for")
P9_ERRAND, P9_MEDICINE = "privacy P9: errands and cash 90 days", "privacy P9: medicine, end of the outbreak and 14 days"


def _errands(due: Due) -> Any:
    return Order.objects.filter(community=due.community, at__lt=due.before).exclude(kind=OrderKind.MEDICINE)


def _asked(due: Due) -> Any:
    """That a home was asked; what it asked for goes with its orders, which are as old."""
    return Asked.objects.filter(community=due.community, at__lt=due.before, orders=None)


def _medicine(due: Due) -> Any:
    over = Q(outbreak__closed__lt=due.before) | Q(outbreak=None, at__lt=due.before)
    return Order.objects.filter(over, community=due.community, kind=OrderKind.MEDICINE)


def _box_photos(due: Due) -> Any:
    """Once it is brought, nobody compares any more."""
    return BoxPhoto.objects.filter(order__community=due.community, order__delivered__lt=due.before)


def _medicine_words(due: Due) -> Any:
    closed = outbreaks.closed_before(SCOPE, due.community, due.before)
    return journal.bodies_kept(SCOPE, due.community.code, MEDICINE, outbreaks=closed)


KEPT = (
    Kept("orders.errands", ERRAND, 90, "happened", P9_ERRAND, _errands, "outbreak_id"),
    Kept("orders.asked", ERRAND, 90, "happened", P9_ERRAND, _asked),
    Kept("orders.errand_words", ERRAND, 90, "happened", P9_ERRAND, journal.old_words(SCOPE, ERRAND), "outbreak"),
    Kept("orders.box_photos", MEDICINE, 14, "happened", "a picture of a box: 14 days after it was brought, if it is not gone with its request before", _box_photos, "order__outbreak_id"),
    Kept("orders.medicine", MEDICINE, 14, "outbreak_closed", P9_MEDICINE, _medicine, "outbreak_id"),
    Kept("orders.medicine_words", MEDICINE, 14, "outbreak_closed", P9_MEDICINE, _medicine_words, "outbreak"),
)

"""How long is kept who held what and paid how much (privacy P9): errands 90 days, medicine with its outbreak.

The words of the journal go with those of the orders, since they have the same purposes."""

from typing import Any

from django.db.models import Q

from zhegu.deliveries.models import DoorPhoto, ErrandRun
from zhegu.lib.upkeep import Due, Kept
from zhegu.orders.actions import ERRAND, MEDICINE
from zhegu.orders.models import OrderKind

P9_ERRAND, P9_MEDICINE = "privacy P9: errands and cash 90 days", "privacy P9: medicine, end of the outbreak and 14 days"


def _errands(due: Due) -> Any:
    return ErrandRun.objects.filter(community=due.community, at__lt=due.before).exclude(batch__kind=OrderKind.MEDICINE)


def _medicine(due: Due) -> Any:
    over = Q(outbreak__closed__lt=due.before) | Q(outbreak=None, at__lt=due.before)
    return ErrandRun.objects.filter(over, community=due.community, batch__kind=OrderKind.MEDICINE)


def _door_photos(due: Due) -> Any:
    """Who says that nothing lay there says so within days."""
    return DoorPhoto.objects.filter(stop__run__community=due.community, at__lt=due.before)


KEPT = (
    Kept("deliveries.door_photos", ERRAND, 14, "happened", "a picture of a door: 14 days, as long as whereabouts (privacy P9)", _door_photos, "stop__run__outbreak_id"),
    Kept("deliveries.runs", ERRAND, 90, "happened", P9_ERRAND, _errands, "outbreak_id"),
    Kept("deliveries.medicine_runs", MEDICINE, 14, "outbreak_closed", P9_MEDICINE, _medicine, "outbreak_id"),
)

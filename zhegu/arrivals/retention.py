"""How long arrivals are kept (privacy P9): end of the outbreak and 30 days; whereabouts 14 days."""

from typing import Any

from django.db.models import Q

from zhegu.arrivals.actions import PURPOSE
from zhegu.arrivals.models import Arrival, Leg, Notice, Try, Worker
from zhegu.journal import queries as journal
from zhegu.lib import clock
from zhegu.lib.scope import Scope
from zhegu.lib.upkeep import Due, Kept
from zhegu.outbreaks.queries import closed_before

SCOPE = Scope.everything("retention looks at every outbreak that is over")
P9 = "privacy P9: arrivals, end of the outbreak and 30 days"
LEGS = "privacy P9 and inventory 139: whereabouts, no longer than an incubation of 14 days"


def _arrivals(due: Due) -> Any:
    over = Q(outbreak__closed__lt=due.before) | Q(outbreak=None, at__lt=due.before)
    return Arrival.objects.filter(over, community=due.community)


def _legs(due: Due) -> Any:
    return Leg.objects.filter(arrival__community=due.community, at__lt=due.before)


def _workers(due: Due) -> Any:
    return Worker.objects.filter(site__community=due.community, left__lt=clock.local_day(due.before))


def _notices(due: Due) -> Any:
    return Notice.objects.filter(community=due.community, expires__lt=due.before)


def _words(due: Due) -> Any:
    closed = closed_before(SCOPE, due.community, due.before)
    return journal.bodies_kept(SCOPE, due.community.code, PURPOSE, outbreaks=closed)


KEPT = (
    Kept("arrivals.legs", PURPOSE, 14, "happened", LEGS, _legs, "arrival__outbreak_id", lambda rows: rows.values_list("id", flat=True)),
    Kept("arrivals.arrivals", PURPOSE, 30, "outbreak_closed", P9, _arrivals, "outbreak_id", lambda rows: rows.values_list("id", flat=True)),
    Kept("arrivals.workers", PURPOSE, 30, "left", P9, _workers, refs=lambda rows: rows.values_list("id", flat=True)),
    Kept("arrivals.notices", "operation", 30, "ended", "house: long enough to ask who made a notice", _notices),
    Kept("arrivals.tries", "audit", 1, "happened", "house: only the last hour counts", lambda due: Try.objects.filter(at__lt=due.before), whole=True),
    Kept("arrivals.words", PURPOSE, 30, "outbreak_closed", P9, _words, "outbreak"),
)  # fmt: skip

"""Reading what is to be disinfected and what was, as known at any moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from zhegu.lib import clock
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.places.models import Place
from zhegu.sanitation.models import Disinfection, Spot
from zhegu.sanitation.rules import DISINFECTS, LOOKED_BACK, Planned, days_kept, first_of


def _reached(scope: Scope, community: Place) -> None:
    if not scope.covers(community.code, *DISINFECTS):
        raise NotFound(community.code)


def spots(scope: Scope, community: Place) -> QuerySet[Spot]:
    """What is to be disinfected now; raises NotFound outside the scope."""
    _reached(scope, community)
    return Spot.objects.filter(community=community, closed=None).select_related("community")


def spot(scope: Scope, spot_id: UUID) -> Spot:
    """One of them, closed ones too; raises NotFound."""
    found = known(Spot.objects.filter(pk=spot_id).select_related("community").first(), spot_id)
    _reached(scope, found.community)
    return found


def done(scope: Scope, community: Place, since: date, until: date, as_of: datetime) -> QuerySet[Disinfection]:
    """What was disinfected on these days and not taken back by that moment, the newest first; raises NotFound."""
    _reached(scope, community)
    return (
        Disinfection.objects.filter(community=community, at__gte=clock.begins(since), at__lte=clock.ends(until, as_of))
        .filter(Q(undone=None) | Q(undone__gt=as_of))
        .select_related("spot")
    )


def disinfection(scope: Scope, disinfection_id: UUID) -> Disinfection:
    """One of them; raises NotFound."""
    found = known(Disinfection.objects.filter(pk=disinfection_id).select_related("community", "spot").first(), disinfection_id)
    _reached(scope, found.community)
    return found


@dataclass(frozen=True)
class Amount:
    """How often, on how many square metres, with how many litres."""

    times: int
    m2: int
    litres: Decimal


def amount(scope: Scope, community: Place, since: date, until: date, as_of: datetime) -> Amount:
    """All that was done on these days together."""
    sums = done(scope, community, since, until, as_of).order_by().aggregate(times=Count("pk"), m2=Sum("area"), litres=Sum("litres"))
    return Amount(sums["times"], sums["m2"] or 0, sums["litres"] or Decimal())


def counted(scope: Scope, community: Place, since: date, until: date, as_of: datetime) -> Mapping[tuple[UUID, date], int]:
    """How often each spot was disinfected on each day."""
    rows = done(scope, community, since, until, as_of).order_by()
    found = rows.values("spot", day=TruncDate("at", tzinfo=clock.LOCAL)).annotate(times=Count("pk"))
    return {(row["spot"], row["day"]): row["times"] for row in found}


def unbroken(scope: Scope, community: Place, last: date, as_of: datetime) -> int | None:
    """On how many days in a row up to `last` everything was disinfected as often as planned; None where nothing was."""
    _reached(scope, community)
    planned = Spot.objects.filter(community=community, per_day__gt=0, since__lte=as_of)
    plan = [
        Planned(one.pk, one.per_day, clock.local_day(one.since), clock.local_day(one.closed) if one.closed and one.closed <= as_of else None)
        for one in planned
    ]
    return days_kept(plan, counted(scope, community, first_of(LOOKED_BACK, last), last, as_of), last)

"""What is kept how long, what of it has had its time, what is held, how the nights went."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zhegu.lib.clock import local_day
from zhegu.lib.scope import NotFound, Scope
from zhegu.lib.upkeep import Due, Kept
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.upkeep import rules
from zhegu.upkeep.models import Hold, Night, Period
from zhegu.upkeep.outside import offers

READS = ("office", "leader")


def _may_read(scope: Scope, community: Place) -> None:
    if not scope.covers(community.code, *READS):
        raise NotFound(community.code)


def holds(scope: Scope, community: Place, at: datetime) -> QuerySet[Hold]:
    """Holds that stand at that moment; raises NotFound for who neither keeps nor leads the community."""
    _may_read(scope, community)
    return Hold.objects.filter(community=community, lifted=None, until__gte=local_day(at))


def hold(scope: Scope, hold_id: UUID) -> Hold:
    """One hold; raises NotFound outside the scope."""
    found = Hold.objects.select_related("community").filter(pk=hold_id).first()
    if found is None:
        raise NotFound(str(hold_id))
    _may_read(scope, found.community)
    return found


def _holdings(holds_: QuerySet[Hold]) -> list[rules.Holding]:
    return [rules.Holding(h.purpose, str(h.outbreak or "")) for h in holds_]


@dataclass(frozen=True)
class Expired:
    """One thing that is kept, as it stands: its days here, the limit, and the rows that had their time.

    `rows` leaves out what is held; `all_rows` does not. Both are querysets, not yet asked.
    """

    kept: Kept
    days: int
    before: datetime
    rows: Any
    all_rows: Any
    changed: Period | None = None


def expired(scope: Scope, community: Place | None, at: datetime) -> list[Expired]:
    """Everything kept of a community (None: of the whole installation), in the order in which it goes."""
    if community is None:
        if not scope.whole:
            raise NotFound("the whole installation")
        return [_expired(one, None, at, {}, []) for one in offers.kept().values() if one.whole]
    _may_read(scope, community)
    own = {p.kept: p for p in Period.objects.filter(community=community)}
    held = _holdings(holds(scope, community, at))
    return [_expired(one, community, at, own, held) for one in offers.kept().values() if not one.whole]


def periods(scope: Scope, community: Place) -> list[tuple[Kept, int]]:
    """Everything kept of the people of a community and for how many days here; it counts nothing."""
    _may_read(scope, community)
    own = {p.kept: p.days for p in Period.objects.filter(community=community)}
    return [(one, own.get(one.name, one.days)) for one in offers.kept().values() if not one.whole]


def _expired(
    one: Kept, community: Place | None, at: datetime, own: dict[str, Period], held: list[rules.Holding]
) -> Expired:
    days = own[one.name].days if one.name in own else one.days
    before = rules.limit(at, days)
    every = one.expired(Due(community, before))
    rows = every
    if rules.held_whole(held, one.purpose, bool(one.outbreak)):
        rows = every.none()
    elif spared := rules.held_outbreaks(held, one.purpose):
        rows = every.filter(~Q(**{f"{one.outbreak}__in": spared}) | Q(**{one.outbreak: None}))
    return Expired(one, days, before, rows, every, own.get(one.name))


def communities(scope: Scope) -> list[Place]:
    """Those whose nights are looked after."""
    return list(places.communities(scope))


def nights(scope: Scope) -> QuerySet[Night]:
    """The nights, newest first; they tell figures only, and are for those who keep or lead a community."""
    if not scope.whole and not scope.places(*READS):
        raise NotFound("nights")
    return Night.objects.all()


def purposes(scope: Scope) -> list[str]:
    """Every purpose something is kept for."""
    return sorted({one.purpose for one in offers.kept().values() if not one.whole})

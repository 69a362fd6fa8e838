"""Orders and batches within a scope; medicine is seen by its team only, everything else by the desk."""

from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from zhegu.lib.scope import NotFound, Scope
from zhegu.orders.models import Batch, Medicine, Offer, Order, Shop
from zhegu.orders.rules.states import OrderKind, State
from zhegu.places.models import Place
from zhegu.vault.tokens import hashed

DESK = ("office", "order_desk")
MEDICINE_TEAM = ("medicine",)


def kinds_seen(scope: Scope, community: Place) -> tuple[OrderKind, ...]:
    """The kinds of orders this scope may see there; raises NotFound where there are none."""
    desk = scope.covers(community.code, *DESK)
    team = scope.covers(community.code, *MEDICINE_TEAM)
    seen = tuple(kind for kind in OrderKind if (team if kind == OrderKind.MEDICINE else desk))
    if not seen:
        raise NotFound(community.code)
    return seen


def orders(scope: Scope, community: Place) -> QuerySet[Order]:
    """Orders of a community, the newest first, with lines, household and batch."""
    found = Order.objects.filter(community=community, kind__in=kinds_seen(scope, community))
    return found.select_related("household", "grid", "batch").prefetch_related("lines").order_by("-no")


def order(scope: Scope, community: Place, order_id: object) -> Order:
    """One of them; raises NotFound."""
    found = orders(scope, community).filter(pk=order_id).first()
    if found is None:
        raise NotFound(str(order_id))
    return found


def in_state(scope: Scope, community: Place, wanted: State) -> QuerySet[Order]:
    """Those that stand there."""
    facts = {
        State.OPEN: Q(cancelled=None, delivered=None, batch=None),
        State.GATHERED: Q(cancelled=None, delivered=None, batch__isnull=False),
        State.DELIVERED: Q(delivered__isnull=False),
        State.CANCELLED: Q(cancelled__isnull=False),
    }
    return orders(scope, community).filter(facts[wanted])


def batches(scope: Scope, community: Place) -> QuerySet[Batch]:
    """Batches with how many orders are in them (`size`) and at their doors (`done`), the newest first."""
    found = Batch.objects.filter(community=community, kind__in=kinds_seen(scope, community))
    return found.select_related("community").annotate(
        size=Count("orders"), done=Count("orders", filter=Q(orders__delivered__isnull=False))
    ).order_by("-no")


def batch(scope: Scope, community: Place, batch_id: object) -> Batch:
    """One of them; raises NotFound."""
    found = batches(scope, community).filter(pk=batch_id).first()
    if found is None:
        raise NotFound(str(batch_id))
    return found


def open_with_phone(scope: Scope, community: Place, kind: OrderKind) -> dict[str, list[UUID]]:
    """Phone number → orders of this kind that nobody has brought yet: who asks twice is seen."""
    found: dict[str, list[UUID]] = {}
    for row in in_state(scope, community, State.OPEN).filter(kind=kind):
        if row.phone:
            found.setdefault(row.phone, []).append(row.pk)
    return found


def medicine(scope: Scope, community: Place) -> QuerySet[Medicine]:
    """Requests for medicine, what runs out first at the top, for the medicine team only; raises NotFound."""
    if not scope.covers(community.code, *MEDICINE_TEAM):
        raise NotFound(community.code)
    found = Medicine.objects.filter(order__community=community, order__cancelled=None)
    first = F("lasts_until").asc(nulls_last=True)
    return found.select_related("order__household", "order__grid", "person").order_by(
        F("order__delivered").desc(nulls_first=True), "-order__urgent", first, "order__no"
    )


def medicine_not_exact(scope: Scope, community: Place) -> QuerySet[Order]:
    """Open orders for medicine of which nobody has said exactly what: from a sign-up; for the team alone."""
    medicine(scope, community)  # raises for everybody else
    return in_state(scope, community, State.OPEN).filter(kind=OrderKind.MEDICINE, medicine=None)


def shops(scope: Scope, community: Place) -> QuerySet[Shop]:
    """The shops of a community, for the desk; raises NotFound for others."""
    if not scope.covers(community.code, *DESK):
        raise NotFound(community.code)
    return Shop.objects.filter(community=community).select_related("community")


def shop(scope: Scope, community: Place, shop_id: object) -> Shop:
    """One of them; raises NotFound."""
    found = shops(scope, community).filter(pk=shop_id).first()
    if found is None:
        raise NotFound(str(shop_id))
    return found


def shop_with_token(scope: Scope, shown: str) -> Shop:
    """The shop whose menu this token opens; raises NotFound. For the menu page alone."""
    found = Shop.objects.filter(token_hash=hashed(shown)).select_related("community").first() if scope.whole else None
    if found is None:
        raise NotFound("menu")
    return found


def board(scope: Scope, shop: Shop, day: date) -> QuerySet[Offer]:
    """What a shop offers on a day, with how many are `asked` for in orders that hold."""
    if not scope.covers(shop.community.code, *DESK):
        raise NotFound(str(shop.pk))
    asked = Sum("lines__quantity", filter=Q(lines__order__cancelled=None), default=0)
    return Offer.objects.filter(shop=shop, day=day).select_related("shop__community").annotate(asked=asked)


def offer(scope: Scope, community: Place, offer_id: object) -> Offer:
    """One offer of a shop of this community; raises NotFound."""
    found = Offer.objects.filter(pk=offer_id, shop__in=shops(scope, community)).select_related("shop__community").first()
    if found is None:
        raise NotFound(str(offer_id))
    return found

"""Orders and batches within a scope; medicine is seen by its team only, everything else by the desk."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum

from zhegu.lib import clock
from zhegu.lib.scope import LEADS, NotFound, Scope, known
from zhegu.orders.models import (
    Asked,
    Batch,
    BoxPhoto,
    Desk,
    Medicine,
    Offer,
    Order,
    OrderLine,
    Shop,
    Substitute,
)
from zhegu.orders.rules.states import ASKS, MEDICINE_TEAM, OrderKind, State
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.registers.models import Household
from zhegu.vault.tokens import hashed

DESK = ("office", "order_desk")


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
    return known(orders(scope, community).filter(pk=order_id).first(), order_id)


def in_state(scope: Scope, community: Place, wanted: State) -> QuerySet[Order]:
    """Those that stand there."""
    facts = {
        State.OPEN: Q(cancelled=None, delivered=None, batch=None),
        State.GATHERED: Q(cancelled=None, delivered=None, batch__isnull=False),
        State.DELIVERED: Q(delivered__isnull=False),
        State.CANCELLED: Q(cancelled__isnull=False),
    }
    return orders(scope, community).filter(facts[wanted])


@dataclass(frozen=True)
class Counts:
    """Orders in numbers: asked for on a day, at their doors that day, still to be brought, medicine brought that day."""

    new: int
    done: int
    open: int
    medicine_done: int


def counts(scope: Scope, community: Place, at: datetime) -> Counts:
    """Of every kind, on the day of that moment and until then, as it was then: what is cancelled later still counts.
    Medicine too, as a number alone. For the desk and leaders; raises NotFound for others."""
    if not scope.covers(community.code, *DESK, LEADS):
        raise NotFound(community.code)
    begin = clock.begins(clock.local_day(at))
    done = Q(delivered__gte=begin, delivered__lte=at)
    known = Order.objects.filter(Q(cancelled=None) | Q(cancelled__gt=at), community=community, at__lte=at)
    return Counts(**known.order_by().aggregate(
        new=Count("pk", filter=Q(at__gte=begin)), done=Count("pk", filter=done),
        open=Count("pk", filter=Q(delivered=None) | Q(delivered__gt=at)),
        medicine_done=Count("pk", filter=done & Q(kind=OrderKind.MEDICINE)),
    ))  # fmt: skip


def batches(scope: Scope, community: Place) -> QuerySet[Batch]:
    """Batches with how many orders are in them (`size`) and at their doors (`done`), the newest first."""
    found = Batch.objects.filter(community=community, kind__in=kinds_seen(scope, community))
    return found.select_related("community").annotate(
        size=Count("orders"), done=Count("orders", filter=Q(orders__delivered__isnull=False))
    ).order_by("-no")


def batch(scope: Scope, community: Place, batch_id: object) -> Batch:
    """One of them; raises NotFound."""
    return known(batches(scope, community).filter(pk=batch_id).first(), batch_id)


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


def with_photos(rows: QuerySet[Medicine]) -> QuerySet[Medicine]:
    """Of what `medicine` gave, with the pictures of each box beside it, not what is on them."""
    return rows.prefetch_related(Prefetch("order__box_photos", BoxPhoto.objects.defer("content")))


def box_photo(scope: Scope, community: Place, photo_id: object) -> BoxPhoto:
    """One picture of a box, for the medicine team alone; raises NotFound."""
    medicine(scope, community)  # raises for everybody else
    found = BoxPhoto.objects.filter(pk=photo_id, order__community=community).select_related("order__medicine")
    return known(found.first(), photo_id)


def medicine_not_exact(scope: Scope, community: Place) -> QuerySet[Order]:
    """Open orders for medicine of which nobody has said exactly what: from a sign-up; for the team alone."""
    medicine(scope, community)  # raises for everybody else
    return in_state(scope, community, State.OPEN).filter(kind=OrderKind.MEDICINE, medicine=None)


def substitutes(scope: Scope, community: Place) -> QuerySet[Substitute]:
    """What was asked instead of what a shop lacks, unanswered ones first, of the kinds this scope sees."""
    found = Substitute.objects.filter(order__community=community, order__kind__in=kinds_seen(scope, community))
    unanswered = F("answered").desc(nulls_first=True)
    return found.select_related("order__grid", "order__household", "order__batch").order_by(unanswered, "at", "id")


def substitute(scope: Scope, community: Place, substitute_id: object) -> Substitute:
    """One of them; raises NotFound."""
    return known(substitutes(scope, community).filter(pk=substitute_id).first(), substitute_id)


def questions_of_home(scope: Scope, household: Household) -> QuerySet[Substitute]:
    """What a home was ever asked, answered or not, never about medicine. For their own page."""
    if not scope.whole:
        raise NotFound(str(household.pk))
    found = Substitute.objects.filter(order__household=household).exclude(order__kind=OrderKind.MEDICINE)
    return found.select_related("order")


def asked_of_home(scope: Scope, household: Household) -> QuerySet[Substitute]:
    """Of these, what it has not answered and still can."""
    found = questions_of_home(scope, household).filter(answered=None, order__cancelled=None, order__delivered=None)
    return found.filter(order__batch__closed=None)


def shops(scope: Scope, community: Place) -> QuerySet[Shop]:
    """The shops of a community, for the desk; raises NotFound for others."""
    if not scope.covers(community.code, *DESK):
        raise NotFound(community.code)
    return Shop.objects.filter(community=community).select_related("community")


def shop(scope: Scope, community: Place, shop_id: object) -> Shop:
    """One of them; raises NotFound."""
    return known(shops(scope, community).filter(pk=shop_id).first(), shop_id)


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
    return known(Offer.objects.filter(pk=offer_id, shop__in=shops(scope, community)).select_related("shop__community").first(), offer_id)


# --- what is asked at homes


@dataclass(frozen=True)
class Want:
    """A thing that may be tapped instead of typed: of a board of today, or asked for before."""

    key: str
    item: str
    unit: str
    spec: str
    price: int | None = None
    shop: str = ""
    offer: UUID | None = None


LATELY = timedelta(days=14)
MOSTLY = 12
"""So many things that were mostly asked for stand beside the boards."""


def homes(scope: Scope, community: Place) -> QuerySet[Household]:
    """Homes in the places of those who ask, in the order in which one walks, with the last asking (`asked`, `asked_at`)."""
    if not scope.reaches(community.code, *ASKS):
        raise NotFound(community.code)
    last = Asked.objects.filter(household=OuterRef("pk"), undone=None).order_by("-at")
    found = registers.households(scope, community, roles=ASKS).filter(size__gt=0)
    return found.annotate(asked=Subquery(last.values("pk")[:1]), asked_at=Subquery(last.values("at")[:1]))


def asks_daily(scope: Scope, community: Place) -> bool:
    """Whether every home is to be asked every day."""
    if not scope.reaches(community.code, *ASKS, *DESK):
        raise NotFound(community.code)
    return Desk.objects.filter(community=community, asks_daily=True).exists()


def wants(scope: Scope, community: Place, at: datetime, home: UUID | None = None) -> list[Want]:
    """What stands on today's boards, then what was mostly asked for lately: by this home first where one is named."""
    if not scope.reaches(community.code, *ASKS, *DESK):
        raise NotFound(community.code)
    board = Offer.objects.filter(shop__community=community, day=clock.local_day(at), off=None).select_related("shop")
    found = [Want(f"o-{one.pk}", one.item, one.unit, one.spec, one.price, one.shop.name, one.pk) for one in board.order_by("shop", "item")]
    seen = {(one.item, one.spec) for one in found}
    mine = _mostly(community, at, home) if home else []
    for item, unit, spec in [*mine, *_mostly(community, at)]:
        if (item, spec) not in seen:
            seen.add((item, spec))
            found.append(Want(f"i-{item}-{spec}", item, unit, spec))
    return found


def _mostly(community: Place, at: datetime, home: UUID | None = None) -> list[tuple[str, str, str]]:
    lines = OrderLine.objects.filter(order__community=community, order__cancelled=None, order__at__gt=at - LATELY)
    lines = lines.exclude(order__kind=OrderKind.MEDICINE)
    lines = lines.filter(order__household=home) if home else lines
    counted = lines.order_by().values_list("item", "unit", "spec").annotate(n=Count("pk")).order_by("-n", "item", "spec")
    return [(item, unit, spec) for item, unit, spec, _ in counted[:MOSTLY]]


@dataclass(frozen=True)
class Asking:
    """A grid's homes on a day: how many there are, how many were asked, how many of those need something."""

    grid: Place | None
    homes: int
    asked: int
    need: int


def asked_on(scope: Scope, community: Place, day: date) -> list[Asking]:
    """By grid, in their order; for the desk."""
    kinds_seen(scope, community)
    begin = datetime.combine(day, time(), clock.LOCAL)
    rows = Asked.objects.filter(community=community, undone=None, at__gte=begin, at__lt=begin + timedelta(days=1))
    asked = dict(rows.order_by().values_list("household__grid").annotate(n=Count("household", distinct=True)))
    need = dict(
        rows.filter(orders__isnull=False).order_by().values_list("household__grid").annotate(n=Count("household", distinct=True))
    )
    everywhere = Scope.everything("numbers of homes by grid, for the desk")
    lived = registers.households(everywhere, community).filter(size__gt=0).order_by()
    homes_in = dict(lived.values_list("grid").annotate(n=Count("pk")))
    grids: list[Place | None] = [*places.grids(everywhere, community), None]
    of = [(grid, grid.pk if grid else None) for grid in grids]
    return [Asking(grid, homes_in[pk], asked.get(pk, 0), need.get(pk, 0)) for grid, pk in of if homes_in.get(pk)]


def of_home(scope: Scope, household: Household, since: datetime) -> QuerySet[Order]:
    """What a home asked for, the newest first; never medicine, which is one person's. For their own page."""
    if not scope.whole:
        raise NotFound(str(household.pk))
    found = Order.objects.filter(household=household, at__gte=since).exclude(kind=OrderKind.MEDICINE)
    return found.prefetch_related("lines", "backs").order_by("-no")

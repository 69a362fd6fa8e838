"""What orders take from the boards of shops: never more than is there, never more than a home gets in a day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from zhegu.lib.answers import Refused
from zhegu.orders.models import Offer, OrderLine
from zhegu.orders.rules.shelves import refuse
from zhegu.places.models import Place


@dataclass(frozen=True)
class Taken:
    """So many of an offer at the price that was seen."""

    offer: UUID
    quantity: int
    price: int | None


class Shelves:
    """The offers that some orders name, held until the transaction ends, and what is already asked of them."""

    def __init__(self, community: Place, offers: Iterable[UUID]):
        asked = set(offers)
        self.offers: dict[UUID, Offer] = {}
        self.taken: Counter[UUID] = Counter()
        self.by_home: Counter[tuple[UUID, str]] = Counter()
        if not asked:
            return
        held = Offer.objects.select_for_update().filter(pk__in=asked, shop__community=community).order_by("pk")
        self.offers = {one.pk: one for one in held}
        lines = OrderLine.objects.filter(offer__in=asked, order__cancelled=None).order_by()
        sums = lines.values_list("offer", "order__household", "order__grid__code", "order__door").annotate(Sum("quantity"))
        for offer, household, grid, door, many in sums:
            self.taken[offer] += many
            self.by_home[offer, home_key(household, grid, door)] += many

    def take(self, wanted: Iterable[Taken], home: str) -> Refused | None:
        """All of it, or nothing and why."""
        asked: Counter[UUID] = Counter()
        for one in wanted:
            offer = self.offers.get(one.offer)
            if offer is None or offer.off:
                return Refused("orders.off_the_board")
            if one.price != offer.price:
                return Refused("orders.price_changed", {"item": offer.item})
            asked[one.offer] += one.quantity
        for pk, many in asked.items():
            offer = self.offers[pk]
            if wrong := refuse(many, offer.stock, self.taken[pk], offer.per_home, self.by_home[pk, home]):
                return Refused(wrong.reason, {**wrong.facts, "item": offer.item})
        for pk, many in asked.items():
            self.taken[pk] += many
            self.by_home[pk, home] += many
        return None


def home_key(household: object, grid: str | None, door: str) -> str:
    """One home: its household, or where nobody knows it, grid and door."""
    return str(household) if household else f"{grid or ''} {door.strip()}"

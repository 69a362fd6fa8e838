"""What this app offers to reports: medicine that was asked for (F16), for the medicine team; the day's orders in numbers."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, time

from zhegu.lib import clock
from zhegu.lib.ledger import Figure, FigureOffer, Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind, Mask, Phrase
from zhegu.orders import queries
from zhegu.places.models import Place

MEDICINE = (
    Column("at", "orders.asked_at", Kind.TIME), Column("person", "orders.patient", Kind.TEXT, Mask.NAME),
    Column("door", "orders.door_label"), Column("drug", "orders.drug"), Column("strength", "orders.strength"),
    Column("maker", "orders.maker"), Column("boxes", "orders.boxes", Kind.COUNT),
    Column("prescription", "orders.prescription", Kind.YES), Column("urgent", "deliveries.urgent", Kind.YES),
    Column("bought_at", "orders.bought_at"), Column("cost", "orders.cost", Kind.MONEY),
    Column("card_taken", "orders.step_card_taken", Kind.TIME), Column("card_back", "orders.step_card_back", Kind.TIME),
    Column("delivered", "orders.delivered_at", Kind.TIME),
)  # fmt: skip


def medicine(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F16: a row a request of these days."""
    begin, end = datetime.combine(since, time.min, clock.LOCAL), datetime.combine(until, time.max, clock.LOCAL)
    found = queries.medicine(scope, community).filter(order__at__gte=begin, order__at__lte=min(end, as_of))
    rows = tuple(
        {
            "at": row.order.at, "person": row.person.name if row.person else row.order.asker, "door": row.order.door,
            "drug": row.drug, "strength": row.strength, "maker": row.maker, "boxes": row.boxes,
            "prescription": row.prescription, "urgent": row.order.urgent, "bought_at": row.bought_at,
            "cost": None if row.cost is None else row.cost / 100, "card_taken": row.card_taken, "card_back": row.card_back,
            "delivered": row.order.delivered,
        }
        for row in found.order_by("order__at", "order__no")
    )  # fmt: skip
    totals = {"boxes": sum(row["boxes"] for row in rows), "cost": sum(row["cost"] or 0 for row in rows)}
    period = Phrase.of("stock.period", since=since.isoformat(), until=until.isoformat())
    return Ledger("orders.medicine", "orders.f16_title", MEDICINE, rows, as_of, community.code, period, totals)


def today(scope: Scope, *, as_of: datetime, community: Place) -> Iterable[Figure]:
    """What was asked for and brought that day, what is open; medicine as a number alone."""
    for name, n in asdict(queries.counts(scope, community, as_of)).items():
        yield Figure(f"orders.{name}", "orders.unit_requests", f"orders.{name}_what", n, as_of, community.code)


LEDGERS = (
    LedgerOffer("orders.medicine", medicine, needs=("community", "since", "until"), roles=queries.MEDICINE_TEAM),
)
FIGURES = (FigureOffer("orders.today", today, needs=("community",)),)

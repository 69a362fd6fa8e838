"""The table distributions offer to reports: who was handed what (F9)."""

from datetime import date, datetime, time
from typing import Any

from zhegu.accounts import queries as accounts
from zhegu.cards.queries import printed_serial
from zhegu.handouts import queries
from zhegu.handouts.models import Given
from zhegu.lib import clock
from zhegu.lib.ledger import Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind, Mask, Phrase
from zhegu.places.models import Place
from zhegu.registers.ledgers import place_words
from zhegu.stock.ledgers import units

GIVEN = (
    Column("grid", "handouts.grid"), Column("head", "handouts.head", mask=Mask.NAME),
    Column("people", "handouts.people", Kind.COUNT), Column("item", "stock.item"),
    Column("quantity", "stock.amount", Kind.NUMBER), Column("unit", "stock.unit"), Column("card_no", "handouts.card_no"),
    Column("how", "handouts.how", Kind.CHOICE, words="handouts.how_"), Column("at", "handouts.at", Kind.TIME),
    Column("by", "handouts.by"), Column("confirmed", "handouts.confirmed", Kind.CHOICE, words="handouts.confirmed_"),
)  # fmt: skip


def given(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F9: a row a handing out in the order it happened; what was taken back is not there."""
    begin, end = (datetime.combine(since, time.min, clock.LOCAL), datetime.combine(until, time.max, clock.LOCAL))
    names = {member.actor.key: member.name for member in accounts.staff_at(scope, community.code)}
    found = queries.given_in(scope, community, begin, min(end, as_of)).order_by("at", "id")
    rows = tuple(_row(one, names) for one in found)
    totals = {"people": sum(row["people"] for row in rows)}
    period = Phrase.of("stock.period", since=since.isoformat(), until=until.isoformat())
    return Ledger("handouts.given", "handouts.given", GIVEN, rows, as_of, community.code, period, totals)


def _row(one: Given, names: dict[str, str]) -> dict[str, Any]:
    share = one.share
    return {
        "grid": place_words(share.grid), "head": share.label, "people": share.people, "item": str(share.handout.item),
        "quantity": units(one.amount), "unit": share.handout.item.unit,
        "card_no": printed_serial(one.card_serial) if one.card_serial else "", "how": one.how, "at": one.at,
        "by": names.get(one.by, ""), "confirmed": one.confirmed,
    }  # fmt: skip


LEDGERS = (LedgerOffer("handouts.given", given, needs=("community", "since", "until")),)

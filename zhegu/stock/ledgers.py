"""The tables this app offers to reports: moves (F8) and gifts (F10); and how long stock lasts."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from zhegu.accounts import queries as accounts
from zhegu.lib import clock
from zhegu.lib.ledger import Figure, FigureOffer, Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind, Mask, Phrase, Plain, Table
from zhegu.places.models import Place
from zhegu.stock import queries
from zhegu.stock.models import Move, PickList, Slip
from zhegu.stock.rules import THOUSANDTHS, Gear, ItemKind

MOVES = (
    Column("date", "stock.date", Kind.TIME), Column("doc_no", "stock.doc_no", Kind.COUNT),
    Column("type", "stock.type", Kind.CHOICE, words="stock.kind_"), Column("item", "stock.item"),
    Column("spec", "stock.spec"), Column("unit", "stock.unit"), Column("lot", "stock.lot"),
    Column("expiry", "stock.expiry", Kind.DATE), Column("qty_in", "stock.qty_in", Kind.NUMBER),
    Column("qty_out", "stock.qty_out", Kind.NUMBER), Column("balance", "stock.balance", Kind.NUMBER),
    Column("price", "stock.price", Kind.MONEY), Column("amount", "stock.money", Kind.MONEY),
    Column("warehouse", "stock.store"), Column("bin", "stock.bin"), Column("counterpart", "stock.counterpart"),
    Column("handler", "stock.handler"), Column("receiver", "stock.receiver"), Column("note", "stock.note"),
)  # fmt: skip
GIFTS = (
    Column("receipt_no", "stock.receipt_no", Kind.COUNT), Column("date", "stock.date", Kind.DATE),
    Column("donor", "stock.donor"), Column("type", "stock.donor_kind", Kind.CHOICE, words="stock.donor_"),
    Column("contact", "stock.contact", Kind.PHONE, Mask.PHONE), Column("cash", "stock.cash", Kind.MONEY),
    Column("goods", "stock.goods"), Column("value", "stock.value", Kind.MONEY), Column("receiver", "stock.received_by"),
    Column("doc_no", "stock.doc_no", Kind.COUNT), Column("purpose", "stock.purpose"),
    Column("used_for", "stock.used_for"), Column("public", "stock.public", Kind.YES),
)  # fmt: skip


PICK = (
    Column("destination", "stock.destination"), Column("item", "stock.item"), Column("spec", "stock.spec"), Column("lot", "stock.lot"),
    Column("expiry", "stock.expiry", Kind.DATE), Column("bin", "stock.bin"), Column("amount", "stock.amount", Kind.NUMBER),
    Column("unit", "stock.unit"), Column("picked", "stock.picked", Kind.TICK), Column("note", "stock.note", Kind.CHOICE, words="stock.pick_note_"),
)  # fmt: skip


def _within(since: date, until: date) -> tuple[datetime, datetime]:
    return (
        datetime.combine(since, time.min, clock.LOCAL), datetime.combine(until, time.max, clock.LOCAL)
    )  # fmt: skip


def _names(scope: Scope, community: Place) -> dict[str, str]:
    return {member.actor.key: member.name for member in accounts.staff_at(scope, community.code)}


def moves_ledger(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F8: a row a move and store in the order it happened; the balance is that of the item in the store."""
    begin, end = _within(since, until)
    slips = [s for s in queries.slips(scope, community).order_by("at", "no") if s.at <= min(end, as_of)]
    names, balance = _names(scope, community), {}
    rows: list[dict[str, Any]] = []
    for slip in slips:
        for row in _slip_rows(slip, names, balance):
            if slip.at >= begin:
                rows.append(row)
    totals = {"qty_in": None, "qty_out": None, "amount": _sum(rows, "amount")}
    period = Phrase.of("stock.period", since=since.isoformat(), until=until.isoformat())
    return Ledger("stock.moves", "stock.moves", MOVES, tuple(rows), as_of, community.code, period, totals)


def _slip_rows(slip: Slip, names: dict[str, str], balance: dict) -> Iterable[dict[str, Any]]:
    for move in slip.moves.all():
        for store, sign in ((move.out_of, -1), (move.into, 1)):
            if store is not None:
                key = (store.id, move.lot.item_id)
                balance[key] = balance.get(key, 0) + sign * move.amount
                yield _row(slip, move, store.name, sign, balance[key], names)


def _row(slip: Slip, move: Move, store: str, sign: int, balance: int, names: dict[str, str]) -> dict[str, Any]:
    item = move.lot.item
    return {
        "date": slip.at, "doc_no": slip.no, "type": slip.kind, "item": item.name, "spec": item.spec, "unit": item.unit,
        "lot": move.lot.number, "expiry": move.lot.expiry, "qty_in": units(move.amount) if sign > 0 else None,
        "qty_out": units(move.amount) if sign < 0 else None, "balance": units(balance),
        "price": _yuan(move.price), "amount": _yuan(move.price * move.amount // THOUSANDTHS), "warehouse": store,
        "bin": move.bin, "counterpart": slip.counterpart, "handler": names.get(slip.by, ""), "receiver": slip.receiver,
        "note": slip.note,
    }  # fmt: skip


def units(amount: int) -> float | int:
    """What a column of amounts holds: whole units where they are whole."""
    whole, rest = divmod(amount, THOUSANDTHS)
    return amount / THOUSANDTHS if rest else whole


def _yuan(fen: int) -> float | None:
    """What a column of money holds: yuan; nothing where no money was."""
    return fen / 100 if fen else None


def _sum(rows: Iterable[dict[str, Any]], name: str) -> float:
    """Of yuan, added as whole fen."""
    return sum(round(100 * row[name]) for row in rows if row[name]) / 100


def gifts_ledger(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F10: a row a gift. An anonymous donor has neither name nor number."""
    names = _names(scope, community)
    found = queries.gifts(scope, community).filter(day__gte=since, day__lte=until).order_by("no")
    rows = tuple(
        {
            "receipt_no": gift.no, "date": gift.day, "donor": gift.donor, "type": gift.donor_kind, "contact": gift.contact,
            "cash": _yuan(gift.cash), "goods": gift.goods, "value": _yuan(gift.value),
            "receiver": names.get(gift.received_by, ""), "doc_no": gift.slip.no if gift.slip else None,
            "purpose": gift.purpose, "used_for": gift.used_for, "public": gift.public,
        }
        for gift in found
    )  # fmt: skip
    totals = {name: _sum(rows, name) for name in ("cash", "value")}
    period = Phrase.of("stock.period", since=since.isoformat(), until=until.isoformat())
    return Ledger("stock.gifts", "stock.gifts", GIFTS, rows, as_of, community.code, period, totals)


def days_of_stock(scope: Scope, *, as_of: datetime, community: Place) -> Iterable[Figure]:
    """For how many days the scarcest protective thing, disinfectant, mask and suit last; None where nothing went out."""
    rows = [row for row in queries.in_stock(scope, community, as_of) if row.days is not None]
    sorts = {
        "protective": lambda item: item.kind == ItemKind.PROTECTIVE,
        "disinfectant": lambda item: item.kind == ItemKind.DISINFECTANT,
        "masks": lambda item: item.gear == Gear.MASK,
        "suits": lambda item: item.gear == Gear.SUIT,
    }
    for name, of_sort in sorts.items():
        days = min((row.days for row in rows if of_sort(row.item)), default=None)
        yield Figure(f"stock.days_{name}", "stock.unit_days", f"stock.days_{name}_what", days, as_of, community.code)


def moved_today(scope: Scope, *, as_of: datetime, community: Place) -> Iterable[Figure]:
    """Slips of the day that brought goods in and that took some away for good."""
    for name, n in zip(("slips_in", "slips_out"), queries.slips_of_day(scope, community, as_of), strict=True):
        yield Figure(f"stock.{name}", "stock.unit_slips", f"stock.{name}_what", n, as_of, community.code)


def pick_table(scope: Scope, pick: PickList) -> Table:
    """A pick list for paper: by destination, which lot from which bin, with a box to tick."""
    rows = [
        {
            "destination": one.line.destination, "item": one.line.item.name, "spec": one.line.item.spec, "lot": lot.number if lot else "",
            "expiry": lot.expiry if lot else None, "bin": place, "amount": units(amount), "unit": one.line.item.unit,
            "note": "short" if lot is None else "undone" if one.is_undone else None,
        }
        for one in _by_destination(queries.to_take(scope, pick))
        for lot, amount, place in [*one.lots, *([(None, one.short, "")] if one.short else [])]
    ]  # fmt: skip
    return Table(PICK, tuple(rows), "stock.pick_list", Plain(f"{pick.no} · {pick.store.name}"))


def _by_destination(rows: Iterable[queries.ToTake]) -> list[queries.ToTake]:
    """Those for one destination together, in the order in which each first stood on the list."""
    rows = list(rows)
    order = {name: n for n, name in reversed(list(enumerate(one.line.destination for one in rows)))}
    return sorted(rows, key=lambda one: order[one.line.destination])


LEDGERS = (
    LedgerOffer("stock.moves", moves_ledger, needs=("community", "since", "until")),
    LedgerOffer("stock.gifts", gifts_ledger, needs=("community", "since", "until")),
)
FIGURES = (
    FigureOffer("stock.days", days_of_stock, needs=("community",)),
    FigureOffer("stock.slips_today", moved_today, needs=("community",)),
)

"""Reading stock. Who keeps the stores, runs the office or leads may see them; nobody else."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet, Sum

from zhegu.lib import clock
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.stock.models import (
    Balance,
    Box,
    Donation,
    Item,
    Loan,
    LoanBack,
    Lot,
    Move,
    PickLine,
    PickList,
    Slip,
    Store,
)
from zhegu.stock.rules import (
    IN,
    OUT,
    USE_DAYS,
    USED,
    Freshness,
    Held,
    StoreKind,
    days_left,
    freshness,
    pick,
    pick_all,
    said_amount,
    totals,
)

ROLES = ("office", "leader", "store_keeper")
MOST_OVER = 100
"""So many loans that are over are shown."""


def _here(scope: Scope, community: Place) -> Place:
    """The community; raises NotFound where the scope holds none of the roles there."""
    if not scope.covers(community.code, *ROLES):
        raise NotFound(community.code)
    return places.reached(scope, community)


def stores(scope: Scope, community: Place) -> QuerySet[Store]:
    """Stores in use, without boxes that are on their way; raises NotFound outside the scope."""
    return Store.objects.filter(community=_here(scope, community), closed=None).exclude(kind=StoreKind.BOX)


def store(scope: Scope, store_id: UUID) -> Store:
    """One store; raises NotFound outside the scope."""
    found = Store.objects.select_related("community").filter(pk=store_id).first()
    if found is None:
        raise NotFound(str(store_id))
    _here(scope, found.community)
    return found


def items(scope: Scope, community: Place) -> QuerySet[Item]:
    """Every sort of thing of the community."""
    return Item.objects.filter(community=_here(scope, community))


def balances(scope: Scope, community: Place) -> QuerySet[Balance]:
    """What lies where, nothing that is used up; nearest expiry first within a thing."""
    rows = Balance.objects.filter(store__community=_here(scope, community), amount__gt=0)
    return rows.select_related("store", "lot__item").order_by("lot__item__kind", "lot__item__name", "lot__expiry")


def slips(scope: Scope, community: Place) -> QuerySet[Slip]:
    """Slips, newest first, with their moves."""
    moves = Move.objects.select_related("lot__item", "out_of", "into").order_by("pk")
    rows = Slip.objects.filter(community=_here(scope, community)).select_related("undone_by")
    return rows.prefetch_related(Prefetch("moves", moves))


def slip(scope: Scope, slip_id: UUID) -> Slip:
    """One slip; raises NotFound outside the scope."""
    found = Slip.objects.select_related("community").filter(pk=slip_id).first()
    if found is None:
        raise NotFound(str(slip_id))
    return slips(scope, found.community).get(pk=slip_id)


def gifts(scope: Scope, community: Place) -> QuerySet[Donation]:
    """What was given, newest first."""
    return Donation.objects.filter(community=_here(scope, community)).select_related("slip")


def gift(scope: Scope, gift_id: UUID) -> Donation:
    """One gift; raises NotFound outside the scope."""
    found = Donation.objects.select_related("community", "slip").filter(pk=gift_id).first()
    if found is None:
        raise NotFound(str(gift_id))
    _here(scope, found.community)
    return found


@dataclass(frozen=True)
class Out:
    """A loan, how much of it is still out, and whether it should be back by now."""

    loan: Loan
    left: int
    late: bool

    @property
    def said(self) -> str:
        return said_amount(self.left)

    @property
    def store(self) -> UUID | None:
        """Whence it was lent: there it most often comes back."""
        return next((move.out_of_id for move in self.loan.slip.moves.all()), None)


def lent(scope: Scope, community: Place, today: date, *, over: bool = False) -> list[Out]:
    """Who has what, by holder; `over`: what was lent and is back, lost or undone, the last first."""
    rows = Loan.objects.filter(community=_here(scope, community), settled__isnull=not over)
    gone = Sum("backs__amount", filter=Q(backs__undone=None), default=0)
    rows = rows.select_related("item", "staff", "slip").prefetch_related("backs__slip", "slip__moves").annotate(gone=gone)
    ordered = rows.order_by("-settled", "-id")[:MOST_OVER] if over else rows.order_by("holder", "at", "id")
    return [Out(one, one.amount - one.gone, bool(one.due and not one.settled and one.due < today)) for one in ordered]


def loan(scope: Scope, loan_id: UUID) -> Loan:
    """One of them; raises NotFound outside the scope."""
    found = known(Loan.objects.select_related("community", "item").filter(pk=loan_id).first(), loan_id)
    _here(scope, found.community)
    return found


def loan_back(scope: Scope, back_id: UUID) -> LoanBack:
    """One return; raises NotFound outside the scope."""
    found = known(LoanBack.objects.select_related("loan__community").filter(pk=back_id).first(), back_id)
    _here(scope, found.loan.community)
    return found


def picks(scope: Scope, community: Place) -> QuerySet[PickList]:
    """Pick lists, the newest first, with how many of their lines moved and stand (`stand`) or went back (`back`)."""
    rows = PickList.objects.filter(community=_here(scope, community)).select_related("store", "community")
    went_back = Q(lines__slip__undone_by__isnull=False)
    return rows.annotate(back=Count("lines", filter=went_back), stand=Count("lines", filter=Q(lines__slip__isnull=False) & ~went_back)).order_by("-no")


def pick_list(scope: Scope, pick_id: UUID) -> PickList:
    """One of them; raises NotFound outside the scope."""
    found = known(PickList.objects.select_related("store", "community").filter(pk=pick_id).first(), pick_id)
    _here(scope, found.community)
    return found


def boxes(scope: Scope, community: Place) -> QuerySet[Box]:
    """Boxes, the newest first."""
    return Box.objects.filter(community=_here(scope, community)).select_related("store", "out_of", "into", "community")


def box(scope: Scope, box_id: UUID) -> Box:
    """One of them; raises NotFound outside the scope."""
    found = known(Box.objects.filter(pk=box_id).select_related("store", "out_of", "into", "community").first(), box_id)
    _here(scope, found.community)
    return found


def box_labelled(scope: Scope, community: Place, label: str) -> Box | None:
    """The box with this on its label, as somebody scanned or typed it."""
    return boxes(scope, community).filter(store__name=label.strip().upper()).first()


def packed_in(scope: Scope, of: Box) -> list[Move]:
    """What was packed into it: a lot a line, what expires first first."""
    _here(scope, of.community)
    moves = Move.objects.filter(slip=of.slip_id).select_related("lot__item")
    return list(moves.order_by("lot__item__name", F("lot__expiry").asc(nulls_last=True), "lot__number"))


@dataclass(frozen=True)
class ToTake:
    """A line of a pick list, the lots it takes with amount and bin, nearest expiry first, and how much is short."""

    line: PickLine
    lots: list[tuple[Lot, int, str]]
    short: int

    @property
    def is_undone(self) -> bool:
        """It was moved, and everything on its slip went back."""
        return bool(self.line.slip and self.line.slip.is_undone)


def to_take(scope: Scope, pick: PickList, *, hold: bool = False) -> list[ToTake]:
    """As things lie now, nothing promised to two lines; of one that is done, what its slips took. `hold`: what lies there
    stays until the transaction ends."""
    _here(scope, pick.community)
    lines = list(pick.lines.select_related("item", "into", "slip__undone_by"))
    if pick.done:
        return _was_taken(lines)
    rows = Balance.objects.filter(store=pick.store_id, lot__item__in={one.item_id for one in lines}, amount__gt=0)
    rows = (rows.select_for_update(of=("self",)) if hold else rows).select_related("lot").order_by("pk")
    lots = {row.lot_id: row.lot for row in rows}
    held: dict[UUID, list[Held]] = {}
    for row in rows:
        held.setdefault(row.lot.item_id, []).append(Held(row.lot_id, row.amount, row.lot.expiry, row.bin))
    found: dict[int, ToTake] = {}
    for item in {one.item_id for one in lines}:
        mine = [one for one in lines if one.item_id == item]
        for one, (got, short) in zip(mine, pick_all(held.get(item, []), [one.amount for one in mine]), strict=True):
            found[one.position] = ToTake(one, [(lots[part.lot], n, part.bin) for part, n in got], short)
    return [found[one.position] for one in lines]


def _was_taken(lines: Sequence[PickLine]) -> list[ToTake]:
    """Two lines of one thing for one destination went by one slip: its moves stand beside the first."""
    moved: dict[tuple, list[tuple[Lot, int, str]]] = {}
    for move in Move.objects.filter(slip__in={one.slip_id for one in lines}).select_related("lot").order_by("pk"):
        moved.setdefault((move.slip_id, move.lot.item_id), []).append((move.lot, move.amount, move.bin))
    return [ToTake(one, moved.pop((one.slip_id, one.item_id), []), 0) for one in lines]


@dataclass(frozen=True)
class InStock:
    """How much there is of a thing, how long it lasts, and how fresh the oldest of it is."""

    item: Item
    amount: int
    days: int | None
    fresh: Freshness
    next_expiry: date | None


def in_stock(scope: Scope, community: Place, at: datetime) -> list[InStock]:
    """Every thing with its amount in all stores at that moment; those of which nothing was left are named too."""
    today = clock.local_day(at)
    held: dict[UUID, list[tuple[Lot, int]]] = {}
    for lot, amount in _held(scope, community, at).items():
        if amount > 0:
            held.setdefault(lot.item_id, []).append((lot, amount))
    used = _used(community, at)
    found = []
    for item in items(scope, community):
        lots = held.get(item.id, [])
        amount = sum(n for _, n in lots)
        expiry = min((lot.expiry for lot, _ in lots if lot.expiry), default=None)
        found.append(InStock(item, amount, days_left(amount, used.get(item.id, 0)), freshness(expiry, today), expiry))
    return found


def _held(scope: Scope, community: Place, at: datetime) -> Mapping[Lot, int]:
    """What lay there of each lot: what lies there now, without what moved since."""
    held: Counter[Lot] = Counter()
    for row in balances(scope, community):
        held[row.lot] += row.amount
    for move in Move.objects.filter(slip__community=community, slip__at__gt=at).select_related("lot"):
        held[move.lot] += (move.amount if move.out_of_id else 0) - (move.amount if move.into_id else 0)
    return held


def _stood(at: datetime, slip: str = "") -> Q:
    """Slips nobody had undone at that moment."""
    return Q(**{f"{slip}undone_by": None}) | Q(**{f"{slip}undone_by__at__gt": at})


def slips_of_day(scope: Scope, community: Place, at: datetime) -> tuple[int, int]:
    """How many slips brought goods in from outside, and how many took some away for good, on the day of that moment
    and until then."""
    begin = clock.begins(clock.local_day(at))
    rows = Slip.objects.filter(_stood(at), community=_here(scope, community), at__gte=begin, at__lte=at)
    return rows.filter(kind__in=IN).count(), rows.filter(kind__in=OUT).count()


def _used(community: Place, at: datetime) -> Mapping[UUID, int]:
    """Thousandths of each item that were given out or lost in the last days, undone ones not counted."""
    rows = Move.objects.filter(
        _stood(at, "slip__"), slip__community=community, slip__kind__in=USED,
        slip__at__gt=at - timedelta(days=USE_DAYS), slip__at__lte=at,
    )  # fmt: skip
    return dict(rows.order_by().values_list("lot__item").annotate(Sum("amount")))


def picked(scope: Scope, store: Store, item: UUID, wanted: int) -> tuple[list[tuple[Lot, int, str]], int]:
    """What to take from the store for so much of an item, nearest expiry first, and how much is short."""
    rows = {row.lot_id: row for row in balances(scope, store.community).filter(store=store, lot__item_id=item)}
    held = [Held(row.lot_id, row.amount, row.lot.expiry, row.bin) for row in rows.values()]
    taken, short = pick(held, wanted)
    return [(rows[one.lot].lot, amount, one.bin) for one, amount in taken], short


def held_of(scope: Scope, store: Store, item: UUID) -> int:
    """How much of an item lies in a store."""
    return balances(scope, store.community).filter(store=store, lot__item=item).aggregate(n=Sum("amount"))["n"] or 0


def recount(scope: Scope, community: Place) -> list[tuple[UUID, UUID, int, int]]:
    """Where balance and moves disagree: (store, lot, balance, moves). Always empty."""
    here = _here(scope, community)
    moves = Move.objects.filter(slip__community=here).values_list("out_of_id", "into_id", "lot_id", "amount")
    added = totals(list(moves))
    kept = {(b.store_id, b.lot_id): b.amount for b in Balance.objects.filter(store__community=here, amount__gt=0)}
    return [(*key, kept.get(key, 0), added.get(key, 0)) for key in kept | added if kept.get(key, 0) != added.get(key, 0)]

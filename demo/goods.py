"""What lies in the stores and what becomes of it: goods in lots, gifts, loans, a pick list, meals, a distribution."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from demo.community import CODE
from demo.settle import EVERYTHING, done
from zhegu.accounts import queries as accounts
from zhegu.accounts.models import Staff
from zhegu.handouts import actions as handouts
from zhegu.handouts import queries as handed
from zhegu.handouts.rules import Confirmed, How, Per
from zhegu.lib.clock import local_day
from zhegu.lib.ids import new_id
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.rosters import actions as rosters
from zhegu.stock import actions as stock
from zhegu.stock import queries as stocks
from zhegu.stock.rules import THOUSANDTHS, DonorKind, ItemKind, MoveKind, StoreKind

MASK, SUIT, CHLORINE, GEL, VEST, PACKET, RICE, NOODLES = "mask", "suit", "chlorine", "gel", "vest", "packet", "rice", "noodles"
ITEMS = {
    MASK: stock.NewItem("N95口罩", "只", ItemKind.PROTECTIVE, "独立包装", "N95 ཁ་རས", code="6901234500011"),
    SUIT: stock.NewItem("医用防护服", "套", ItemKind.PROTECTIVE, "XL", "སྨན་བཅོས་འགོག་སྲུང་གྱོན་ཆས", code="6901234500028"),
    CHLORINE: stock.NewItem("84消毒液", "瓶", ItemKind.DISINFECTANT, "5L", "84 དུག་སེལ་གཤེར་ཁུ", code="6901234500035"),
    GEL: stock.NewItem("免洗手消毒凝胶", "瓶", ItemKind.DISINFECTANT, "500ml", "ལག་པའི་དུག་སེལ་འབྱར་རྫས", code="6901234500042"),
    VEST: stock.NewItem("红马甲", "件", ItemKind.EQUIPMENT, "均码", "རྒྱུ་ལྡན་དམར་པོའི་རྒྱབ་གོས"),
    PACKET: stock.NewItem("防疫包", "包", ItemKind.KIT, "口罩10只、凝胶1瓶", "འགོག་བཅོས་ཐུམ་བུ"),
    RICE: stock.NewItem("大米", "袋", ItemKind.FOOD, "10kg", "འབྲས"),
    NOODLES: stock.NewItem("方便面", "箱", ItemKind.FOOD, "12盒", "མགྱོགས་ཟས་ཐུག་པ"),
}  # fmt: skip
CAME = (
    (MASK, 4000, "M2207", 24, "A-1", 350), (MASK, 6000, "M2208", 700, "A-1", 320), (SUIT, 120, "F2206", 18, "A-2", 4200),
    (SUIT, 300, "F2208", 900, "A-2", 3900), (CHLORINE, 30, "X2208", 160, "B-1", 2800), (GEL, 500, "G2205", 28, "B-2", 900),
    (GEL, 400, "G2208", 540, "B-2", 880), (VEST, 60, "", 0, "C-1", 2500), (RICE, 90, "R2208", 330, "D-1", 6200),
)  # fmt: skip
"""Of what, how many, lot, days until its last day (0: none), bin, fen for one."""
USED = ((6, "核酸采样点", (MASK, 240), (SUIT, 18)), (4, "消杀队", (CHLORINE, 9), (SUIT, 8)), (2, "核酸采样点", (MASK, 300), (SUIT, 21)), (1, "消杀队", (CHLORINE, 7), (GEL, 12)))  # fmt: skip
"""So many days ago, to whom, what."""
STORES = (
    (StoreKind.YARD, "居委会大院库房", "ཨུ་ཡོན་ལྷན་ཁང་གི་མཛོད་ཁང་"), (StoreKind.CHECKPOINT, "东路口卡点", "ཤར་ལམ་འགག་སྒོའི་མཛོད་"),
)  # fmt: skip
PACKETS, HANDED_OUT = 260, 16
DISTRIBUTED = (13, 14, 15)
"""Grids whose homes get a packet; the last of them is on its way."""
COOKS = (("morning", "卓玛央宗", "清真 1 份"), ("night", "社区食堂", ""))


@dataclass(frozen=True)
class Room:
    """The stores of the demo community and who keeps them."""

    place: Place
    keeper: Staff
    at: datetime
    stores: dict[StoreKind, UUID]
    items: dict[str, UUID]

    @property
    def who(self) -> dict:
        return {"by": self.keeper.actor, "community": self.place}

    @property
    def yard(self) -> UUID:
        return self.stores[StoreKind.YARD]

    def taken(self, name: str, amount: int) -> tuple[stock.Line, ...]:
        """Out of the yard, what expires first goes first."""
        yard = stocks.store(EVERYTHING, self.yard)
        lots, short = stocks.picked(EVERYTHING, yard, self.items[name], amount * THOUSANDTHS)
        assert not short, name
        return tuple(stock.Line(self.items[name], n, lot.pk) for lot, n, _ in lots)

    def moves(self, kind: MoveKind, lines: tuple[stock.Line, ...], at: datetime, **more: Any) -> None:
        done(stock.move_goods(**self.who, slips=[stock.NewSlip(kind, lines, at, new_id(), **more)])[0])


def begin(at: datetime) -> None:
    """The stores are kept as of `at`, since a week."""
    place = places.community(EVERYTHING, CODE)
    room = _room(place, accounts.staff_named(EVERYTHING, "stores"), at)
    _came(room)
    _loans(room)
    _used(room, USED[2:])
    _gifts(room)
    _packets(room)
    _back(room)
    _pick_list(room)
    _distribution(room)
    _meals(room)


def _room(place: Place, keeper: Staff, at: datetime) -> Room:
    who = {"by": keeper.actor, "community": place, "at": at - timedelta(days=8)}
    stores = {
        kind: UUID(done(stock.add_store(**who, name=name, name_bo=name_bo, kind=kind, ref=new_id()))["store"])
        for kind, name, name_bo in STORES
    }  # fmt: skip
    items = {name: UUID(done(stock.add_item(**who, item=item, ref=new_id()))["item"]) for name, item in ITEMS.items()}
    return Room(place, keeper, at, stores, items)


def _came(room: Room) -> None:
    """A delivery of a week ago, of which some was broken; what teams took first; some stands at the gate."""
    came = room.at - timedelta(days=7)
    lines = tuple(
        stock.Line(
            room.items[name], n * THOUSANDTHS, number=lot, expiry=local_day(room.at) + timedelta(days=days) if days else None,
            bin=shelf, price=price,
        )
        for name, n, lot, days, shelf, price in CAME
    )  # fmt: skip
    room.moves(MoveKind.FROM_ABOVE, lines, came, into=room.yard, counterpart="县疫情防控指挥部", note="送货单 2022-118")
    broken = room.taken(GEL, 6)
    room.moves(MoveKind.LOSS, broken, came, out_of=room.yard, note="送货单 900 瓶，到货时破 6 瓶，已拍照告知县里")
    _used(room, USED[:2])
    gate = (*room.taken(MASK, 200), *room.taken(GEL, 10))
    room.moves(MoveKind.TRANSFER, gate, room.at - timedelta(days=3), out_of=room.yard, into=room.stores[StoreKind.CHECKPOINT])


def _used(room: Room, slips: Iterable[Any]) -> None:
    for days, who, *wanted in slips:
        lines = tuple(line for name, n in wanted for line in room.taken(name, n))
        room.moves(MoveKind.ISSUE, lines, room.at - timedelta(days=days), out_of=room.yard, counterpart=who)


def _packets(room: Room) -> None:
    """Masks and a bottle of gel in each."""
    kit = stock.Line(room.items[PACKET], PACKETS * THOUSANDTHS, bin="E-1")
    parts = (*room.taken(MASK, 10 * PACKETS), *room.taken(GEL, PACKETS))
    done(stock.pack_kits(**room.who, store=room.yard, kit=kit, parts=parts, note="", at=room.at - timedelta(hours=18), ref=new_id()))


def _gifts(room: Room) -> None:
    """Goods of a firm, money of a person, soup of somebody who would not be named; one is used already."""
    noodles = stock.Line(room.items[NOODLES], 80 * THOUSANDTHS, number="N2208", expiry=local_day(room.at) + timedelta(days=150), bin="D-2")
    gifts = (
        stock.NewGift(DonorKind.FIRM, "措美县雪莲商贸有限公司", "16900001234", goods="方便面 80 箱", value=480_000,
                      purpose="给在家隔离的家庭", public=True, into=room.yard, lines=(noodles,)),
        stock.NewGift(DonorKind.PERSON, "次仁旺堆", cash=200_000, purpose="买药", public=True),
        stock.NewGift(DonorKind.ANONYMOUS, goods="热汤 30 份", value=45_000, purpose="给夜班卡点"),
    )  # fmt: skip
    facts = [done(stock.receive_gift(**room.who, gift=gift, at=room.at - timedelta(hours=23 - n), ref=new_id())) for n, gift in enumerate(gifts)]
    used = UUID(facts[-1]["donation"])
    done(stock.spend_gift(**room.who, gift=used, used_for="当晚送到东路口卡点，趁热吃完", at=room.at - timedelta(hours=19), ref=new_id()))


def _loans(room: Room) -> None:
    """Vests with two of the committee and the volunteers of the school."""
    due = local_day(room.at) + timedelta(days=3)
    holders = {name: accounts.staff_named(EVERYTHING, name).pk for name in ("patrol", "grid14")}
    loans = (
        stock.Lend(room.yard, room.items[VEST], 6 * THOUSANDTHS, staff=holders["patrol"], mark="21–26 号", due=due),
        stock.Lend(room.yard, room.items[VEST], 2 * THOUSANDTHS, staff=holders["grid14"], mark="31、32 号"),
        stock.Lend(room.yard, room.items[VEST], 4 * THOUSANDTHS, holder="学校志愿队（旦增老师）", due=local_day(room.at) - timedelta(days=1)),
    )  # fmt: skip
    for loan in loans:
        done(stock.lend(**room.who, loan=loan, at=room.at - timedelta(hours=50), ref=new_id()))


def _back(room: Room) -> None:
    """One of those that should be back by now is."""
    last = next(one.loan.pk for one in stocks.lent(EVERYTHING, room.place, local_day(room.at)) if one.late)
    done(stock.take_in(**room.who, loan=last, amount=THOUSANDTHS, store=room.yard, note="", at=room.at - timedelta(hours=5), ref=new_id()))


def _pick_list(room: Room) -> None:
    """What goes out tomorrow morning, for three places at once; nothing has moved."""
    gate = room.stores[StoreKind.CHECKPOINT]
    wanted = (
        stock.Wanted(room.items[MASK], 300 * THOUSANDTHS, into=gate), stock.Wanted(room.items[GEL], 12 * THOUSANDTHS, into=gate),
        stock.Wanted(room.items[SUIT], 24 * THOUSANDTHS, to="核酸采样点"), stock.Wanted(room.items[MASK], 200 * THOUSANDTHS, to="核酸采样点"),
        stock.Wanted(room.items[CHLORINE], 8 * THOUSANDTHS, to="消杀队"),
    )  # fmt: skip
    done(stock.write_pick(**room.who, store=room.yard, lines=wanted, at=room.at - timedelta(minutes=50), ref=new_id()))


def _distribution(room: Room) -> None:
    """A packet for every home of three grids; in one of them most doors are done."""
    grids = tuple(place.code for place in places.grids(EVERYTHING, room.place) if place.no in DISTRIBUTED)
    new = handouts.NewHandout("防疫包", room.yard, room.items[PACKET], Per.HOUSEHOLD, THOUSANDTHS, grids=grids, name_bo="འགོག་བཅོས་ཐུམ་བུ")
    office = accounts.staff_named(EVERYTHING, "office")
    facts = done(handouts.open_handout(by=office.actor, community=room.place, handout=new, at=room.at - timedelta(hours=3), ref=new_id()))
    giver = accounts.scope_of(accounts.staff_named(EVERYTHING, f"grid{DISTRIBUTED[-1]}"))
    shares = handed.shares(giver, handed.handout(EVERYTHING, UUID(facts["handout"])))[:HANDED_OUT]
    items = [
        handouts.HandOut(
            ref=new_id(), at=room.at - timedelta(minutes=4 * (HANDED_OUT - n)), share=share.pk, how=How.DOOR,
            confirmed=Confirmed.CALLED if n % 5 == 4 else Confirmed.SIGNED,
        )
        for n, share in enumerate(shares)
    ]  # fmt: skip
    for answer in handouts.hand_out(by=giver.actor, scope=giver, community=room.place, items=items):
        done(answer)


def _meals(room: Room) -> None:
    """Somebody cooks for those at the road."""
    office = accounts.staff_named(EVERYTHING, "office")
    for word, name, note in COOKS:
        cook = rosters.NewCook(local_day(room.at), word, name, note)
        done(rosters.set_cook(by=office.actor, community=room.place, cook=cook, at=room.at - timedelta(hours=2), ref=new_id()))

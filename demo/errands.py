"""What homes ask for: a shop's board, a sign-up for gas of which a few entries wait, orders by telephone, medicine."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from demo import chat, gas_runs
from demo.community import make
from demo.gas_runs import Desk
from demo.settle import EVERYTHING, done
from zhegu.lib.clock import local_day
from zhegu.lib.ids import new_id
from zhegu.orders import actions as orders
from zhegu.orders import queries as asked
from zhegu.orders.models import Shop
from zhegu.orders.rules.reading import read_text
from zhegu.orders.rules.states import Consent, OrderKind, Source
from zhegu.orders.settling import Draft, as_order, begun, settle
from zhegu.registers import queries as register
from zhegu.registers.models import Household

BOARD = (
    ("大白菜", 350, "斤", "", 400, 20), ("土豆", 280, "斤", "", 600, 30), ("鸡蛋", 4_500, "板", "30枚", 60, 2),
    ("挂面", 850, "包", "1kg", 120, 6), ("酥油", 6_800, "块", "1斤", 25, 2), ("大米", 7_200, "袋", "10kg", 40, 2),
)  # fmt: skip
"""Thing, fen for one, unit, size, how many there are, how many a home gets."""

GRID = 5
"""Whose homes ask the shop and the medicine team."""


def begin(at: datetime) -> None:
    """It stands as of `at`, with what came before it yesterday."""
    desk = Desk(at)
    gas_runs.closed(desk)
    gas_runs.under_way(desk)
    _signed_up(desk)
    _shop(desk)
    _medicine(desk)


def _signed_up(desk: Desk) -> None:
    """The clear entries of the sign-up are orders, a few were settled, the others wait; most go out on two trucks."""
    lines = chat.sign_up(make()).split("\n")
    draft = begun(desk.place, read_text(lines), Source.CHAT, lines)
    settle(desk.place, draft, _settled(draft))
    at = desk.at - timedelta(hours=2)
    placed = desk.place_all(desk.clerk, [as_order(draft, ref, entry, desk.grids, at) for ref, entry in draft.clear])
    trucks = tuple(desk.truck(no, driver) for no, driver in enumerate(desk.drivers[1:], 1))
    desk.planned("今天换气", placed[:-6], at + timedelta(minutes=30), trucks)


def _settled(draft: Draft) -> dict[str, str]:
    """The clerk asked the first two of them: one bottle each."""
    said = {}
    for ref, entry in draft.flagged[:2]:
        said |= {f"{ref}-grid": entry.grid or "", f"{ref}-door": entry.door or "", f"{ref}-name": entry.name or ""}
        said |= {f"{ref}-phone": entry.phone or "", f"{ref}-wants": "液化气 1瓶", f"{ref}-fine": "1"}
    return said


def _shop(desk: Desk) -> None:
    """A board of the day, homes that ordered from it, one thing that ran out and what may be brought instead."""
    who = {"by": desk.clerk.actor, "community": desk.place}
    made = done(orders.add_shop(**who, name="雪域便民超市", phone="16900005678", at=desk.at - timedelta(days=3), ref=new_id()))
    shop = Shop.objects.get(pk=UUID(made["shop"]))
    offers = [orders.NewOffer(new_id(), item, price, unit, spec, stock, most) for item, price, unit, spec, stock, most in BOARD]
    began = desk.at - timedelta(hours=4)
    for answer in orders.put_offers(by=desk.clerk.actor, shop=shop, day=local_day(desk.at), items=offers, at=began):
        done(answer)
    ids = {offer.item: offer.pk for offer in asked.board(EVERYTHING, shop, local_day(desk.at))}
    items = [
        orders.NewOrder(
            ref=new_id(), at=began + timedelta(minutes=7 * n), household=home.pk, asker=home.head_name, source=Source.MENU if n % 3 else Source.CALL,
            lines=tuple(orders.NewLine(item, 1 + (n + m) % 2, unit, spec, price, ids[item]) for m, (item, price, unit, spec, *_) in enumerate(BOARD) if (n + m) % 3 == 0),
        )
        for n, home in enumerate(desk.homes(GRID)[:12])
    ]  # fmt: skip
    placed = desk.place_all(desk.clerk, items)
    instead = [orders.Propose(placed[n], 1, orders.NewLine("小白菜", 2, "斤", "", 420), new_id()) for n in (0, 3)]
    answers = orders.propose_substitutes(**who, items=instead, at=desk.at - timedelta(minutes=50))
    first = orders.AnswerTo(placed[0], UUID(done(answers[0])["substitute"]), True, new_id(), items[0].asker, Consent.PHONE)
    done(answers[1])
    done(orders.answer_substitutes(**who, items=[first], at=desk.at - timedelta(minutes=40))[0])


def _medicine(desk: Desk) -> None:
    """Three requests: one bought of which no other brand will do, one whose card is with the team, one that is urgent."""
    homes = desk.homes(GRID)[20:23]
    until = [local_day(desk.at) + timedelta(days=days) for days in (3, 9, 1)]
    exact = (
        orders.NewMedicine("氨氯地平片", "5mg×28片", 2, "辉瑞", True, False, _eldest(homes[0]), until[0]),
        orders.NewMedicine("二甲双胍缓释片", "0.5g×60片", 1, "", False, True, _eldest(homes[1]), until[1]),
        orders.NewMedicine("门冬胰岛素注射液", "3ml:300单位", 3, "诺和锐", True, True, _eldest(homes[2]), until[2]),
    )  # fmt: skip
    placed = desk.place_all(desk.team, [
        orders.NewOrder(
            ref=new_id(), at=desk.at - timedelta(hours=5 - n), household=home.pk, kind=OrderKind.MEDICINE, asker=home.head_name,
            lines=(orders.NewLine(said.drug, said.boxes, "盒", said.strength),), medicine=said, urgent=n == 2,
        )
        for n, (home, said) in enumerate(zip(homes, exact, strict=True))
    ])  # fmt: skip
    step = orders.MedicineStep
    steps = [
        orders.TakeMedicineStep(placed[0], step.CARD_TAKEN, new_id()), orders.TakeMedicineStep(placed[1], step.CARD_TAKEN, new_id()),
        orders.TakeMedicineStep(placed[0], step.BOUGHT, new_id(), "县人民医院药房", 6_420, True),
    ]  # fmt: skip
    for answer in orders.take_medicine_steps(by=desk.team.actor, community=desk.place, items=steps, at=desk.at - timedelta(hours=1)):
        done(answer)


def _eldest(home: Household) -> UUID:
    there: Sequence = register.people(EVERYTHING, home.community).filter(household=home).order_by("birth_year", "pk")
    return there[0].pk

"""Cash is counted by two, comes out even door by door, and a run that differs does not close."""

import pytest

from zhegu.deliveries import actions, queries
from zhegu.deliveries.models import CashEntry
from zhegu.deliveries.rules.custody import CashKind, Purse, settle
from zhegu.deliveries.tests.make import Day, minute
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Scope

EVERYTHING = Scope.everything("tests of cash")


def purse(*counts: tuple[str, int], **moved: int) -> Purse:
    return Purse(12_000, counts, {CashKind(kind): fen for kind, fen in moved.items()})


@pytest.mark.parametrize(
    ("held", "fault"),
    [
        (purse(), "not_counted_twice"),
        (purse(("a", 12_000)), "not_counted_twice"),
        (purse(("a", 12_000), ("a", 12_000)), "not_counted_twice"),
        (purse(("a", 12_000), ("b", 11_500)), "counts_differ"),
        (purse(("a", 12_000), ("b", 11_500), ("a", 11_500), spent=11_500), ""),
        (purse(("a", 12_000), ("b", 12_000)), "cash_differs"),
        (purse(("a", 12_000), ("b", 12_000), spent=11_000, change=1_000), ""),
        (purse(("a", 11_500), ("b", 11_500), top_up=500, spent=12_000), ""),
        (Purse(12_000, (), {}, has_bag=False), ""),
    ],
)
def test_what_is_wrong_with_a_purse(held: Purse, fault: str):
    assert held.fault == fault


def test_what_is_left_to_write_so_that_a_door_paid_its_price():
    full = purse(("a", 13_000), ("b", 13_000))
    assert settle(full, 12_000) == {CashKind.SPENT: 12_000, CashKind.CHANGE: 1_000}
    assert settle(full, 0) == {CashKind.CHANGE: 13_000}
    assert settle(purse(("a", 11_500), ("b", 11_500)), 12_000) == {}
    assert settle(purse(("a", 12_000)), 12_000) == {}


@pytest.mark.django_db
class TestARun:
    def test_closes_when_everything_is_home_and_every_fen_is_explained(self):
        day = Day(homes=2)
        for stop in day.stops:
            day.whole(stop)
        assert day.close().facts == {"faults": {"receipt_differs": 1}}
        day.receipt(24_000)
        assert day.close().accepted
        assert day.close().reason == "deliveries.run_closed"
        assert day.cash(day.stops[0], CashKind.TOP_UP, 1).reason == "deliveries.run_closed"
        assert queries.cash_total(EVERYTHING, day.run) == (24_000, 24_000)

    def test_a_bag_five_yuan_short_keeps_it_open_until_somebody_explains(self):
        day = Day(homes=1)
        stop = day.stops[0]
        day.fetch(stop)
        gas = day.things(stop)[:1]
        assert day.count(stop, 11_500).facts == {"agree": None}
        assert day.count(stop, 12_000, day.pasang).facts == {"agree": False}
        assert day.count(stop, 11_500, day.pasang).facts == {"agree": True}
        assert day.cash(stop, CashKind.SPENT, 12_000).reason == "deliveries.not_so_much_there"
        assert day.cash(stop, CashKind.LENT, 500).reason == "deliveries.say_why_lent"
        assert day.cash(stop, CashKind.LENT, 500, "少五元，社区垫付").accepted
        assert day.cash(stop, CashKind.SPENT, 12_000).accepted
        for step in ("filled", "disinfected"):
            assert day.step(gas, step).accepted
        day.bring(stop), day.receipt(12_000)
        assert day.close().accepted

    def test_names_the_doors_where_it_differs(self):
        day = Day(homes=2)
        one, two = day.stops
        day.whole(one), day.whole(two, 12_500)
        day.receipt(24_000)
        assert [(f.reason, f.stop, f.fen) for f in queries.faults(EVERYTHING, day.run)] == [("cash_differs", two, 500)]

    def test_an_entry_by_mistake_is_undone(self):
        day = Day(homes=1)
        stop = day.stops[0]
        day.fetch(stop), day.count(stop, 12_000), day.count(stop, 12_000, day.pasang)
        day.cash(stop, CashKind.SPENT, 12_000)
        entry = CashEntry.objects.get()
        undo = lambda: actions.UndoCash(ref=new_id(), at=minute(90), entry=entry.pk)  # noqa: E731
        assert day.act(actions.undo_cash, undo()).accepted
        assert day.act(actions.undo_cash, undo()).reason == "deliveries.unknown_entry"
        assert queries.purse(EVERYTHING, stop).open == 12_000

    def test_a_bag_is_counted_only_once_it_was_fetched(self):
        day = Day(homes=1)
        assert day.count(day.stops[0], 1).reason == "deliveries.not_collected"

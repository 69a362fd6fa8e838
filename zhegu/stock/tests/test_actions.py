"""Stock changes by slips only; it is what they add up to, and never below nought."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound, Scope
from zhegu.places.tests.make import B
from zhegu.stock import actions, queries
from zhegu.stock.actions import Line
from zhegu.stock.models import Balance, Move, Slip
from zhegu.stock.rules import MoveKind
from zhegu.stock.tests.make import BY, Shed

pytestmark = pytest.mark.django_db


@pytest.fixture
def shed() -> Shed:
    return Shed()


def test_goods_come_in_go_across_and_out(shed: Shed):
    shed.buy(shed.masks, 500_000)
    lot = shed.lot(shed.masks)
    shed.slip(MoveKind.TRANSFER, Line(shed.masks, 100_000, lot), out_of=shed.yard, into=shed.gate)
    shed.slip(MoveKind.ISSUE, Line(shed.masks, 30_000, lot), out_of=shed.gate, receiver="卡点夜班")
    assert (shed.held(shed.yard, lot), shed.held(shed.gate, lot)) == (400_000, 70_000)
    assert queries.recount(shed.scope, shed.community) == []


def test_more_than_there_is_does_not_leave_and_nothing_of_the_slip_does(shed: Shed):
    shed.buy(shed.masks, 5_000)
    shed.buy(shed.bleach, 5_000)
    lines = [Line(item, amount, shed.lot(item)) for item, amount in ((shed.bleach, 1_000), (shed.masks, 6_000))]
    answer = shed.slip(MoveKind.ISSUE, *lines, out_of=shed.yard)
    assert answer.reason == "stock.not_enough" and (answer.facts["have"], answer.facts["wanted"]) == (5_000, 6_000)
    assert shed.held(shed.yard, shed.lot(shed.bleach)) == 5_000 and Slip.objects.count() == 2


def test_a_slip_sent_twice_moves_once(shed: Shed):
    ref = new_id()
    line = Line(shed.masks, 1_000)
    first, second = (shed.slip(MoveKind.PURCHASE, line, into=shed.yard, ref=ref) for _ in range(2))
    assert first.facts == second.facts and not second.new
    assert shed.held(shed.yard, shed.lot(shed.masks)) == 1_000


def test_the_same_lot_from_the_same_maker_is_one_lot(shed: Shed):
    for _ in range(2):
        shed.buy(shed.bleach, 2_000, number="A7", expiry=date(2023, 5, 1))
    assert shed.held(shed.yard, shed.lot(shed.bleach, "A7")) == 4_000


def test_an_undone_slip_leaves_things_as_they_were(shed: Shed):
    shed.buy(shed.masks, 9_000)
    lot = shed.lot(shed.masks)
    issue = UUID(shed.slip(MoveKind.ISSUE, Line(shed.masks, 4_000, lot), out_of=shed.yard).facts["slip"])
    back = actions.undo_slip(by=BY, community=shed.community, slip=issue, at=MORNING, ref=new_id())
    again = actions.undo_slip(by=BY, community=shed.community, slip=issue, at=MORNING, ref=new_id())
    assert back.accepted and again.reason == "stock.undone_before"
    assert shed.held(shed.yard, lot) == 9_000 and queries.recount(shed.scope, shed.community) == []


def test_what_has_gone_on_cannot_be_undone_at_its_source(shed: Shed):
    bought = UUID(shed.buy(shed.masks, 9_000).facts["slip"])
    shed.slip(MoveKind.ISSUE, Line(shed.masks, 4_000, shed.lot(shed.masks)), out_of=shed.yard)
    answer = actions.undo_slip(by=BY, community=shed.community, slip=bought, at=MORNING, ref=new_id())
    assert answer.reason == "stock.not_enough" and shed.held(shed.yard, shed.lot(shed.masks)) == 5_000


def test_a_count_makes_moves_of_the_differences(shed: Shed):
    shed.buy(shed.masks, 9_000)
    shed.buy(shed.bleach, 3_000)
    masks, bleach = shed.lot(shed.masks), shed.lot(shed.bleach)
    answer = actions.count_store(
        by=BY, community=shed.community, store=shed.yard, counted={masks: 8_000, bleach: 3_500}, note="月底", at=MORNING,
        ref=new_id(),
    )  # fmt: skip
    assert answer.facts["differences"] == 2
    assert (shed.held(shed.yard, masks), shed.held(shed.yard, bleach)) == (8_000, 3_500)
    assert queries.recount(shed.scope, shed.community) == []


def test_kits_are_packed_from_parts(shed: Shed):
    shed.buy(shed.masks, 20_000)
    kit = shed._item(actions.NewItem("防疫包", "份"))
    answer = actions.pack_kits(
        by=BY, community=shed.community, store=shed.yard, kit=Line(kit, 4_000),
        parts=[Line(shed.masks, 20_000, shed.lot(shed.masks))], note="", at=MORNING, ref=new_id(),
    )  # fmt: skip
    assert answer.accepted and shed.held(shed.yard, shed.lot(kit)) == 4_000
    assert shed.held(shed.yard, shed.lot(shed.masks)) == 0


@pytest.mark.parametrize(
    ("kind", "ends"),
    [
        (MoveKind.PURCHASE, {"out_of": "yard"}), (MoveKind.ISSUE, {"into": "yard"}), (MoveKind.TRANSFER, {"into": "yard"}),
        (MoveKind.TRANSFER, {"into": "yard", "out_of": "yard"}), (MoveKind.COUNT, {"into": "yard"}),
        (MoveKind.LEND, {"out_of": "yard"}), (MoveKind.BACK, {"into": "yard"}),
    ],
)  # fmt: skip
def test_a_kind_of_slip_goes_only_its_own_way(shed: Shed, kind: MoveKind, ends: dict):
    shed.buy(shed.masks, 1_000)
    answer = shed.slip(kind, Line(shed.masks, 1_000, shed.lot(shed.masks)), **{end: getattr(shed, name) for end, name in ends.items()})
    assert answer.reason == "stock.wrong_way"


def test_another_communitys_store_and_things_are_unknown(shed: Shed):
    other = Shed(B)
    assert shed.slip(MoveKind.PURCHASE, Line(shed.masks, 1), into=other.yard).reason == "stock.unknown_store"
    assert shed.slip(MoveKind.PURCHASE, Line(other.masks, 1), into=shed.yard).reason == "stock.unknown_item"
    with pytest.raises(NotFound):
        queries.store(shed.scope, other.yard)
    with pytest.raises(NotFound):
        queries.items(Scope(BY), shed.community)


def test_the_database_itself_holds_stock_above_nought(shed: Shed):
    shed.buy(shed.masks, 1_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        Balance.objects.update(amount=-1)


def test_days_left_follow_what_went_out(shed: Shed):
    shed.buy(shed.masks, 100_000)
    lot = shed.lot(shed.masks)
    shed.slip(MoveKind.ISSUE, Line(shed.masks, 30_000, lot), out_of=shed.yard)
    old = MORNING - timedelta(days=8)
    shed.slip(MoveKind.ISSUE, Line(shed.masks, 10_000, lot), out_of=shed.yard, at=old)
    row = next(r for r in queries.in_stock(shed.scope, shed.community, MORNING) if r.item.id == shed.masks)
    assert (row.amount, row.days) == (60_000, 14)


def test_the_pick_list_takes_the_nearest_expiry_first(shed: Shed):
    shed.buy(shed.bleach, 5_000, number="late", expiry=date(2023, 9, 1))
    shed.buy(shed.bleach, 5_000, number="soon", expiry=date(2022, 10, 1))
    taken, short = queries.picked(shed.scope, queries.store(shed.scope, shed.yard), shed.bleach, 12_000)
    assert [(lot.number, amount) for lot, amount, _ in taken] == [("soon", 5_000), ("late", 5_000)] and short == 2_000


ACTS = st.lists(
    st.tuples(st.sampled_from(["buy", "issue", "transfer", "undo", "count", "again"]), st.integers(1, 9)), max_size=25
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_is_done_balances_equal_moves_and_none_is_negative(acts: list[tuple[str, int]]):
    with transaction.atomic():
        _do_all(Shed(), acts)
        transaction.set_rollback(True)


def _do_all(shed: Shed, acts: list[tuple[str, int]]) -> None:
    shed.buy(shed.masks, 5_000)
    lot, last = shed.lot(shed.masks), None
    for act, n in acts:
        line, ref = Line(shed.masks, n * 1000, lot), new_id()
        match act:
            case "buy":
                shed.slip(MoveKind.PURCHASE, Line(shed.masks, n * 1000), into=shed.yard, ref=ref)
            case "issue":
                shed.slip(MoveKind.ISSUE, line, out_of=shed.yard, ref=ref)
            case "transfer":
                shed.slip(MoveKind.TRANSFER, line, out_of=shed.yard, into=shed.gate, ref=ref)
            case "undo":
                some = Slip.objects.order_by("no")[n % Slip.objects.count()]
                actions.undo_slip(by=BY, community=shed.community, slip=some.id, at=MORNING, ref=ref)
            case "count":
                actions.count_store(
                    by=BY, community=shed.community, store=shed.gate, counted={lot: n * 1000}, note="", at=MORNING, ref=ref
                )
            case "again" if last:
                before = Move.objects.count()
                shed.slip(*last[0], **last[1])
                assert Move.objects.count() == before
        if act in {"buy"}:
            last = ((MoveKind.PURCHASE, Line(shed.masks, n * 1000)), {"into": shed.yard, "ref": ref})
    assert queries.recount(shed.scope, shed.community) == []
    assert not Balance.objects.filter(amount__lt=0).exists()

"""A pick list says by destination which lot goes, what expires first first; then all of it moves, or nothing."""

from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.texts import text
from zhegu.stock import actions, queries
from zhegu.stock.actions import Wanted
from zhegu.stock.ledgers import pick_table
from zhegu.stock.models import PickList, Slip
from zhegu.stock.rules import Held, pick_all
from zhegu.stock.tests.make import BY, Shed
from zhegu.stock.tests.test_views import client

pytestmark = pytest.mark.django_db
SOON, LATE = date(2029, 1, 1), date(2030, 1, 1)


@pytest.fixture
def shed() -> Shed:
    made = Shed()
    made.buy(made.masks, 5_000, number="late", expiry=LATE)
    made.buy(made.masks, 4_000, number="soon", expiry=SOON)
    made.buy(made.bleach, 2_000)
    return made


def write(shed: Shed, *lines: Wanted, store: UUID | None = None):
    return actions.write_pick(by=BY, community=shed.community, store=store or shed.yard, lines=lines, at=MORNING, ref=new_id())


def both(shed: Shed) -> PickList:
    """Three masks for the gate, four for the school, a litre for the gate."""
    lines = (Wanted(shed.masks, 3_000, shed.gate), Wanted(shed.masks, 4_000, to="小学"), Wanted(shed.bleach, 1_000, shed.gate))
    return PickList.objects.get(pk=write(shed, *lines).facts["pick"])


def act(shed: Shed, what, pick: PickList):
    return what(by=BY, community=shed.community, pick=pick.pk, at=MORNING, ref=new_id())


def takes(shed: Shed, pick: PickList) -> list[tuple]:
    return [(one.line.destination, [(lot.number, n) for lot, n, _ in one.lots], one.short) for one in queries.to_take(shed.scope, pick)]


def test_nothing_is_promised_twice_and_what_expires_first_goes_first():
    soon, late = Held(UUID(int=2), 4, SOON), Held(UUID(int=1), 5, LATE)
    assert pick_all([late, soon], [3, 4, 3]) == [([(soon, 3)], 0), ([(soon, 1), (late, 3)], 0), ([(late, 2)], 1)]


def test_it_says_by_destination_which_lot_goes_and_moves_nothing_yet(shed: Shed):
    pick = both(shed)
    assert takes(shed, pick) == [("东路口卡点", [("soon", 3_000)], 0), ("小学", [("soon", 1_000), ("late", 3_000)], 0), ("东路口卡点", [("", 1_000)], 0)]
    assert shed.held(shed.yard, shed.lot(shed.masks, "soon")) == 4_000
    rows = [(row["destination"], row["item"], row["lot"], row["amount"]) for row in pick_table(shed.scope, pick).rows]
    assert rows == [("东路口卡点", "口罩", "soon", 3), ("东路口卡点", "消毒液", "", 1), ("小学", "口罩", "soon", 1), ("小学", "口罩", "late", 3)]


def test_then_all_of_it_moves_by_a_slip_a_destination(shed: Shed):
    pick = both(shed)
    before = takes(shed, pick)
    assert act(shed, actions.move_pick, pick).facts == {"slips": 2}
    assert shed.held(shed.gate, shed.lot(shed.masks, "soon")) == 3_000 and shed.held(shed.yard, shed.lot(shed.masks, "late")) == 2_000
    assert sorted(Slip.objects.exclude(kind="purchase").values_list("kind", "counterpart")) == [("issue", "小学"), ("transfer", "")]
    pick.refresh_from_db()
    assert takes(shed, pick) == before, "what was taken stays on the list"
    assert act(shed, actions.move_pick, pick).reason == act(shed, actions.drop_pick, pick).reason == "stock.picked_before"
    assert not queries.recount(shed.scope, shed.community)


def test_what_went_back_into_the_store_is_not_said_to_be_picked(shed: Shed):
    pick, keeper = both(shed), client(shed, Role.STORE_KEEPER)
    act(shed, actions.move_pick, pick)
    pick.refresh_from_db()
    page, undone = reverse("stock:pick", args=[pick.pk]), text("stock.is_undone", "zh")
    assert undone not in keeper.get(page).content.decode()
    slip = Slip.objects.get(kind="transfer")
    actions.undo_slip(by=BY, community=shed.community, slip=slip.pk, at=MORNING, ref=new_id())
    assert keeper.get(page).content.decode().count(undone) == 2, "both lines for the gate went by that slip"
    assert [row["note"] for row in pick_table(shed.scope, pick).rows] == ["undone", "undone", None, None]
    listed = keeper.get(reverse("stock:picks")).content.decode()
    assert text("stock.picked", "zh") in listed and text("stock.part_undone", "zh") in listed
    actions.undo_slip(by=BY, community=shed.community, slip=Slip.objects.get(kind="issue").pk, at=MORNING, ref=new_id())
    listed = keeper.get(reverse("stock:picks")).content.decode()
    assert f'signal-yes">{text("stock.picked", "zh")}' not in listed and undone in listed


def test_a_long_list_that_is_done_is_read_in_few_queries(shed: Shed, django_assert_num_queries):
    pick = both(shed)
    act(shed, actions.move_pick, pick)
    pick.refresh_from_db()
    with django_assert_num_queries(3):  # the place, the lines, what moved
        queries.to_take(shed.scope, pick)


def test_where_something_is_short_nothing_moves(shed: Shed):
    pick = PickList.objects.get(pk=write(shed, Wanted(shed.bleach, 1_000, shed.gate), Wanted(shed.masks, 10_000, to="小学")).facts["pick"])
    assert takes(shed, pick)[1][2] == 1_000
    assert act(shed, actions.move_pick, pick).reason == "stock.not_enough"
    assert shed.held(shed.yard, shed.lot(shed.bleach)) == 2_000 and pick_table(shed.scope, pick).rows[-1]["note"] == "short"
    assert act(shed, actions.drop_pick, pick).accepted and act(shed, actions.drop_pick, pick).reason == "stock.picked_before"


def test_what_cannot_be_picked(shed: Shed):
    other = Shed("540502001002")
    wrong = {
        (): "nothing_on_it", (Wanted(shed.masks, 1_000),): "where_to", (Wanted(shed.masks, 1_000, shed.yard),): "where_to",
        (Wanted(shed.masks, 1_000, shed.gate, "小学"),): "where_to", (Wanted(shed.masks, 0, shed.gate),): "bad_amount",
        (Wanted(other.masks, 1_000, shed.gate),): "unknown_item", (Wanted(shed.masks, 1_000, other.gate),): "unknown_store",
        (Wanted(shed.masks, 1, shed.gate),) * 61: "too_many_lines",
    }  # fmt: skip
    assert {lines: write(shed, *lines).reason for lines in wrong} == {lines: f"stock.{why}" for lines, why in wrong.items()}
    assert write(shed, Wanted(shed.masks, 1, shed.gate), store=other.yard).reason == "stock.unknown_store"
    assert act(other, actions.move_pick, both(shed)).reason == "stock.unknown_pick"


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_keeper_writes_prints_and_moves_one(shed: Shed, lang: str):
    keeper = client(shed, Role.STORE_KEEPER)
    keeper.cookies["zhegu_language"] = lang
    said = {"out_of": shed.yard, "item-1": shed.masks, "amount-1": "2", "into-1": shed.gate, "item-3": shed.bleach, "amount-3": "1", "to-3": "小学"}
    went = keeper.post(reverse("stock:picks"), {**said, "ref": new_id()})
    pick = PickList.objects.get()
    assert went["Location"] == reverse("stock:pick", args=[pick.pk]) and pick.lines.count() == 2
    shown = keeper.get(went["Location"]).content.decode()
    assert "2029-01-01" in shown and "小学" in shown and keeper.get(reverse("stock:picks")).status_code == 200
    paper = keeper.get(reverse("stock:pick_pdf", args=[pick.pk]))
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    keeper.post(reverse("stock:move_pick", args=[pick.pk]), {"ref": new_id()})
    assert PickList.objects.get().done and keeper.get(went["Location"]).status_code == 200
    assert keeper.post(reverse("stock:picks"), {**said, "amount-1": "x", "ref": new_id()}).status_code == 409


def test_leaders_see_pick_lists_and_write_none(shed: Shed):
    pick, leader = both(shed), client(shed, Role.LEADER)
    assert reverse("stock:move_pick", args=[pick.pk]) not in leader.get(reverse("stock:pick", args=[pick.pk])).content.decode()
    assert leader.post(reverse("stock:drop_pick", args=[pick.pk]), {}).status_code == 404
    assert leader.post(reverse("stock:picks"), {"out_of": shed.yard}).status_code == 409 and PickList.objects.count() == 1

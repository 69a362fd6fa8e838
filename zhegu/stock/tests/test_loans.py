"""Equipment goes to a person and comes back: who has what, since when, and what is not back."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.upkeep import Due
from zhegu.stock import actions, queries
from zhegu.stock.actions import Lend, NewItem
from zhegu.stock.models import Loan, LoanBack
from zhegu.stock.retention import KEPT
from zhegu.stock.rules import ItemKind, comes_back
from zhegu.stock.tests.make import BY, Shed
from zhegu.stock.tests.test_views import client

pytestmark = pytest.mark.django_db
TODAY = clock.local_day(MORNING)


@pytest.fixture
def shed() -> Shed:
    made = Shed()
    made.vests = made._item(NewItem("红马甲", "件", ItemKind.EQUIPMENT))
    made.buy(made.vests, 10_000)
    return made


def lend(shed: Shed, amount: int = 5_000, holder: str = "扎西", **more):
    loan = Lend(**{"store": shed.yard, "item": shed.vests, "amount": amount, "holder": holder} | more)
    return actions.lend(by=BY, community=shed.community, loan=loan, at=MORNING, ref=new_id())


def back(shed: Shed, loan: str, amount: int, store: UUID | None = None, ref: UUID | None = None):
    said = {"loan": UUID(loan), "amount": amount, "store": store, "note": "", "at": MORNING, "ref": ref or new_id()}
    return actions.take_in(by=BY, community=shed.community, **said)


def undo(shed: Shed, **what):
    act = actions.undo_loan if "loan" in what else actions.undo_back
    return act(by=BY, community=shed.community, at=MORNING, ref=new_id(), **what)


def in_yard(shed: Shed) -> int:
    return shed.held(shed.yard, shed.lot(shed.vests))


def test_it_leaves_the_store_with_somebody_and_comes_back_in_parts(shed: Shed):
    loan = lend(shed, mark="01–05", due=TODAY - timedelta(days=1)).facts["loan"]
    (row,) = queries.lent(shed.scope, shed.community, TODAY)
    assert (row.loan.holder, row.loan.mark, row.loan.at, row.left, row.late, in_yard(shed)) == ("扎西", "01–05", MORNING, 5_000, True, 5_000)
    assert back(shed, loan, 3_000, shed.gate).facts["left"] == 2_000
    assert back(shed, loan, 3_000, shed.yard).reason == "stock.more_than_out"
    assert shed.held(shed.gate, shed.lot(shed.vests)) == 3_000 and queries.lent(shed.scope, shed.community, TODAY)[0].left == 2_000
    assert back(shed, loan, 2_000).facts["left"] == 0, "two are lost"
    assert not queries.lent(shed.scope, shed.community, TODAY) and in_yard(shed) == 5_000
    (over,) = queries.lent(shed.scope, shed.community, TODAY, over=True)
    assert not over.late and not queries.recount(shed.scope, shed.community)


def test_a_double_click_lends_and_takes_in_once(shed: Shed):
    loan = lend(shed).facts["loan"]
    ref = new_id()
    assert [back(shed, loan, 1_000, shed.yard, ref).facts for _ in range(2)] == [{"left": 4_000}] * 2
    assert LoanBack.objects.count() == 1 and in_yard(shed) == 6_000


def test_lending_and_coming_back_are_undone_one_after_the_other(shed: Shed):
    loan = lend(shed).facts["loan"]
    ref = new_id()
    back(shed, loan, 5_000, shed.yard, ref)
    assert undo(shed, loan=UUID(loan)).reason == "stock.came_back_already"
    assert undo(shed, back=ref).accepted and undo(shed, back=ref).reason == "stock.unknown_back"
    assert Loan.objects.get().settled is None and in_yard(shed) == 5_000
    assert undo(shed, loan=UUID(loan)).accepted and undo(shed, loan=UUID(loan)).reason == "stock.unknown_loan"
    assert in_yard(shed) == 10_000 and not queries.lent(shed.scope, shed.community, TODAY)
    assert back(shed, loan, 1_000, shed.yard).reason == "stock.unknown_loan"


def test_a_slip_of_a_loan_is_undone_with_the_loan_only(shed: Shed):
    loan = lend(shed).facts["loan"]
    assert actions.undo_slip(by=BY, community=shed.community, slip=UUID(loan), at=MORNING, ref=new_id()).reason == "stock.undo_with_loan"


def test_who_and_what_must_be_known(shed: Shed):
    assert lend(shed, holder=" ").reason == lend(shed, staff=new_id()).reason == "stock.who_has_it"
    less = lend(shed, amount=11_000)
    assert (less.reason, less.facts) == ("stock.not_enough", {"have": 10_000, "wanted": 11_000})
    other = Shed("540502001002")
    assert lend(shed, store=other.yard).reason == lend(shed, item=other.masks).reason == "stock.not_enough"
    loan = lend(shed).facts["loan"]
    assert back(shed, loan, 1_000, other.yard).reason == "stock.unknown_store" and not LoanBack.objects.exists()
    assert back(other, loan, 1_000, other.yard).reason == "stock.unknown_loan"


def test_what_came_in_several_lots_goes_back_to_them(shed: Shed):
    one, two = new_id(), new_id()
    assert comes_back([(one, 2), (two, 3)], [(one, 1)], 3) == [(one, 1), (two, 2)]
    assert comes_back([(one, 2)], [(one, 2)], 1) == []


def test_it_does_not_count_as_used_up_nor_as_brought_in(shed: Shed):
    loan = lend(shed).facts["loan"]
    back(shed, loan, 5_000, shed.yard)
    now = MORNING + timedelta(minutes=1)
    assert queries.slips_of_day(shed.scope, shed.community, now) == (1, 0), "only the buying"
    assert {row.item.pk: row.days for row in queries.in_stock(shed.scope, shed.community, now)}[shed.vests] is None


def test_who_had_what_is_forgotten_a_year_after_it_is_back(shed: Shed):
    loan = lend(shed).facts["loan"]
    due = Due(shed.community, MORNING + timedelta(minutes=1))
    assert not KEPT[0].expired(due).exists()
    back(shed, loan, 5_000, shed.yard)
    assert KEPT[0].expired(due).count() == 1


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_keeper_lends_takes_in_and_undoes(shed: Shed, lang: str):
    keeper, dolma = client(shed, Role.STORE_KEEPER), staff("dolma", Role.GRID_WORKER, shed.community)
    keeper.cookies["zhegu_language"] = lang
    said = {"out_of": shed.yard, "item": shed.vests, "amount": "2", "staff": dolma.pk, "mark": "07", "ref": new_id()}
    keeper.post(reverse("stock:lend"), said)
    loan, page = Loan.objects.get(), reverse("stock:loans")
    assert (loan.holder, loan.staff) == (dolma.name, dolma) and dolma.name in keeper.get(page).content.decode()
    keeper.post(reverse("stock:take_in", args=[loan.pk]), {"amount": "1", "into": shed.yard, "ref": new_id()})
    keeper.post(reverse("stock:take_in", args=[loan.pk]), {"amount": "1", "lost": "1", "ref": new_id()})
    lost = LoanBack.objects.get(slip=None)
    assert reverse("stock:undo_back", args=[lost.pk]) in keeper.get(page).content.decode()
    keeper.post(reverse("stock:undo_back", args=[lost.pk]), {"ref": new_id()})
    assert Loan.objects.get().settled is None
    assert keeper.post(reverse("stock:lend"), {**said, "amount": "x", "ref": new_id()}).status_code == 409
    assert keeper.get(reverse("stock:slips")).status_code == 200


def test_leaders_see_who_has_what_and_move_nothing(shed: Shed):
    loan, leader = lend(shed).facts["loan"], client(shed, Role.LEADER)
    shown = leader.get(reverse("stock:loans")).content.decode()
    assert "扎西" in shown and reverse("stock:take_in", args=[loan]) not in shown
    assert leader.post(reverse("stock:undo_loan", args=[loan]), {}).status_code == 404
    assert client(shed, Role.SAMPLER).get(reverse("stock:loans")).status_code == 404

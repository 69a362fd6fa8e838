"""Medicine is exact, its insurance card comes back, and nobody but its team sees any of it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.orders import actions, queries
from zhegu.orders.actions import MedicineStep, NewMedicine, TakeMedicineStep
from zhegu.orders.ledgers import medicine
from zhegu.orders.models import Medicine, OrderKind
from zhegu.orders.tests.make import BY, Desk
from zhegu.registers.tests.make import person

pytestmark = pytest.mark.django_db
PILLS = NewMedicine("氨氯地平", "5mg", 2, "某药厂", only_this_brand=True, prescription=True, lasts_until=date(2022, 9, 16))


@pytest.fixture
def desk() -> Desk:
    return Desk()


def asked(desk: Desk, home: int = 0, what: NewMedicine = PILLS, **more):
    line = (actions.NewLine("药品", what.boxes, "盒"),)
    return desk.said(home, kind=OrderKind.MEDICINE, lines=line, medicine=what, **more)


def takes(desk: Desk, order, step: MedicineStep, **more):
    item = TakeMedicineStep(order, step, new_id(), **more)
    return actions.take_medicine_steps(by=BY, community=desk.community, items=[item], at=MORNING)[0]


def test_the_drug_is_sealed_and_seen_by_its_team_only(desk: Desk):
    asked(desk)
    with connection.cursor() as cursor:
        cursor.execute("select drug from orders_medicine")
        assert "氨氯地平" not in cursor.fetchone()[0]
    assert queries.medicine(desk.team, desk.community).get().drug == "氨氯地平"
    with pytest.raises(NotFound):
        queries.medicine(desk.scope, desk.community)


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        (NewMedicine(" ", "5mg"), "say_which_medicine"), (NewMedicine("药", ""), "say_which_medicine"),
        (NewMedicine("药", "5mg", 0), "say_which_medicine"), (NewMedicine("药", "5mg", person=new_id()), "unknown_patient"),
    ],
)  # fmt: skip
def test_what_is_not_exact_is_refused(desk: Desk, what: NewMedicine, reason: str):
    line = (actions.NewLine("药品", 1, "盒"),)
    assert desk.said(kind=OrderKind.MEDICINE, lines=line, medicine=what).reason == f"orders.{reason}"
    assert desk.said(kind=OrderKind.GAS, medicine=PILLS).reason == "orders.say_which_medicine"


def test_it_is_for_somebody_behind_that_door(desk: Desk):
    one = person(desk.community, "次仁旺堆", household=desk.homes[0])
    answer = asked(desk, what=NewMedicine("药", "5mg", person=one.pk))
    assert Medicine.objects.get(pk=answer.facts["order"]).person == one
    assert asked(desk, 1, NewMedicine("药", "5mg", person=one.pk)).reason == "orders.unknown_patient"


def test_the_card_comes_back_and_the_box_is_compared(desk: Desk):
    order = asked(desk).facts["order"]
    assert takes(desk, order, MedicineStep.CARD_BACK).reason == "orders.no_card_here"
    assert takes(desk, order, MedicineStep.CARD_TAKEN).accepted
    assert takes(desk, order, MedicineStep.CARD_TAKEN).reason == "orders.done_before"
    assert takes(desk, order, MedicineStep.BOUGHT, cost=3_250).reason == "orders.compare_first"
    assert takes(desk, order, MedicineStep.BOUGHT, compared=True).reason == "orders.bad_number"
    assert takes(desk, order, MedicineStep.BOUGHT, where="县医院", cost=3_250, compared=True).accepted
    assert takes(desk, order, MedicineStep.CARD_BACK).accepted
    with pytest.raises(IntegrityError), transaction.atomic():
        Medicine.objects.filter(pk=order).update(card_taken=None)


def test_a_correction_is_made_until_it_is_bought(desk: Desk):
    order = asked(desk).facts["order"]
    to = desk.new(kind=OrderKind.MEDICINE, lines=(actions.NewLine("药品"),), medicine=NewMedicine("氨氯地平", "10mg"))
    change = lambda: actions.change_orders(by=BY, community=desk.community, items=[actions.ChangeOrder(order, to)])[0]  # noqa: E731
    assert change().accepted and Medicine.objects.get().strength == "10mg"
    takes(desk, order, MedicineStep.BOUGHT, cost=1, compared=True)
    to = desk.new(kind=OrderKind.MEDICINE, lines=(actions.NewLine("药品"),), medicine=PILLS)
    assert change().reason == "orders.bought_before"


def test_what_runs_out_first_stands_first_and_f16_tells_it(desk: Desk):
    asked(desk, 0, NewMedicine("甲药", "1mg", lasts_until=date(2022, 9, 30)))
    asked(desk, 1, NewMedicine("乙药", "1mg", lasts_until=date(2022, 9, 14)))
    asked(desk, 2, NewMedicine("胰岛素", "3ml"), urgent=True)
    assert [row.drug for row in queries.medicine(desk.team, desk.community)] == ["胰岛素", "乙药", "甲药"]
    today = clock.local_day(MORNING)
    about = {"as_of": MORNING + timedelta(hours=1), "community": desk.community, "since": today, "until": today}
    told = medicine(desk.team, **about)
    assert [row["drug"] for row in told.rows] == ["甲药", "乙药", "胰岛素"] and told.totals == {"boxes": 3, "cost": 0}
    with pytest.raises(NotFound):
        medicine(desk.scope, **about)

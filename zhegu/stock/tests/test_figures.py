"""What the stores say of a day: slips in and out, for how long masks, suits and disinfectant last; now and at any time before."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Grant, Scope
from zhegu.places.tests.make import B
from zhegu.stock import actions, queries
from zhegu.stock.actions import Line, NewItem
from zhegu.stock.ledgers import FIGURES
from zhegu.stock.models import Item
from zhegu.stock.rules import Gear, MoveKind, gear_named
from zhegu.stock.tests.make import BY, Shed

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def shed() -> Shed:
    """Today: 100 masks bought, 14 given out, 1 lost, 10 moved to the gate; tomorrow the giving out is undone and 100
    more masks come from above."""
    made = Shed()
    made.buy(made.masks, 100_000)
    lot = made.lot(made.masks)
    given = made.slip(MoveKind.ISSUE, Line(made.masks, 14_000, lot), out_of=made.yard, at=MORNING + HOUR)
    made.slip(MoveKind.LOSS, Line(made.masks, 1_000, lot), out_of=made.yard, at=MORNING + 2 * HOUR)
    made.slip(MoveKind.TRANSFER, Line(made.masks, 10_000, lot), out_of=made.yard, into=made.gate, at=MORNING + 2 * HOUR)
    undo = {"by": BY, "community": made.community, "slip": UUID(given.facts["slip"]), "at": MORNING + DAY, "ref": new_id()}
    assert actions.undo_slip(**undo).accepted
    made.slip(MoveKind.FROM_ABOVE, Line(made.masks, 100_000), into=made.yard, at=MORNING + DAY)
    return made


def told(shed: Shed, at, scope: Scope | None = None) -> dict[str, int | None]:
    said = [one.read(scope or shed.scope, as_of=at, community=shed.community) for one in FIGURES]
    return {figure.name.removeprefix("stock."): figure.value for group in said for figure in group}


@pytest.mark.parametrize(
    ("later", "slips_in", "slips_out", "masks"),
    [
        (-HOUR, 0, 0, None),  # nothing yet
        (HOUR, 1, 1, 43),  # 86 there, 14 in seven days
        (2 * HOUR, 1, 2, 39),  # 85 there, 15; a move between stores is neither in nor out
        (DAY, 1, 0, 1393),  # 199 there, only the lost one went out
    ],
)
def test_each_moment_says_what_was_so_then(shed: Shed, later, slips_in, slips_out, masks):
    found = told(shed, MORNING + later)
    assert (found["slips_in"], found["slips_out"]) == (slips_in, slips_out)
    assert found["days_masks"] == found["days_protective"] == masks
    assert found["days_suits"] is None


def test_what_lay_there_is_what_the_books_say_now_without_what_moved_since(shed: Shed):
    held = [next(r.amount for r in queries.in_stock(shed.scope, shed.community, MORNING + n * HOUR)
                 if r.item.id == shed.masks) for n in (-1, 0, 1, 2, 24)]  # fmt: skip
    assert held == [0, 100_000, 86_000, 85_000, 199_000]


@pytest.mark.parametrize(
    ("names", "gear"),
    [
        (("N95口罩", ""), Gear.MASK), (("医用", "ཁ་རས"), Gear.MASK), (("一次性防护服", ""), Gear.SUIT), (("隔离衣", ""), Gear.SUIT),
        (("Surgical masks", ""), Gear.MASK), (("消毒液", ""), Gear.NEITHER),
    ],
)  # fmt: skip
def test_a_name_says_what_a_thing_is_until_somebody_says_otherwise(shed: Shed, names: tuple[str, str], gear: Gear):
    assert gear_named(*names) == gear
    item = shed._item(NewItem(names[0], "件", name_bo=names[1], spec="new"))
    assert Item.objects.get(pk=item).gear == gear
    said = {"by": BY, "community": shed.community, "item": item, "gear": Gear.SUIT, "at": MORNING, "ref": new_id()}
    assert actions.set_gear(**said).accepted and Item.objects.get(pk=item).gear == Gear.SUIT


def test_the_office_says_what_counts_as_a_suit(shed: Shed):
    page = Client()
    page.force_login(staff("ana", Role.OFFICE, shed.community))
    page.post(reverse("stock:set_gear"), {"item": shed.bleach, "gear": "suit"})
    page.post(reverse("stock:set_gear"), {"item": shed.masks, "gear": ""})
    assert {item.name: item.gear for item in Item.objects.all()} == {"消毒液": "suit", "口罩": ""}
    other = Shed(B)
    page.post(reverse("stock:set_gear"), {"item": other.masks, "gear": "suit"})
    assert Item.objects.get(pk=other.masks).gear == Gear.MASK


def test_a_leader_reads_the_same_and_others_nothing(shed: Shed):
    leader = Scope(Actor("staff", "leader"), frozenset({Grant("leader", shed.community.code)}))
    assert told(shed, MORNING + HOUR, leader) == told(shed, MORNING + HOUR)
    with pytest.raises(LookupError):
        told(shed, MORNING, Scope(BY))

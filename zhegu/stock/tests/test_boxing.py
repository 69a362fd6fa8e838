"""A box is packed, handed over as one, and opened with a count: what lies in it is never lost and never there twice."""

from datetime import date

import pytest
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.stock import actions, queries
from zhegu.stock.actions import NewBox, Wanted
from zhegu.stock.models import Box, Slip
from zhegu.stock.rules import MoveKind
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


def pack(shed: Shed, *lines: Wanted, **more):
    said = {"out_of": shed.yard, "holder": "次仁", "into": shed.gate} | more
    new = NewBox(lines=lines or (Wanted(shed.masks, 5_000), Wanted(shed.bleach, 1_000)), **said)
    return actions.pack_box(by=BY, community=shed.community, box=new, at=MORNING, ref=new_id())


def boxed(shed: Shed, *lines: Wanted, **more) -> Box:
    return Box.objects.get(pk=pack(shed, *lines, **more).facts["box"])


def act(shed: Shed, what, box: Box, **more):
    return what(by=BY, community=shed.community, box=box.pk, at=MORNING, ref=new_id(), **more)


def sound(shed: Shed) -> bool:
    return not queries.recount(shed.scope, shed.community)


def test_what_is_packed_lies_in_the_box_and_what_expires_first_goes_first(shed: Shed):
    answer = pack(shed)
    box = Box.objects.get(pk=answer.facts["box"])
    soon, late = shed.lot(shed.masks, "soon"), shed.lot(shed.masks, "late")
    assert answer.facts["label"] == str(box) == "BOX-00001"
    assert [shed.held(box.store_id, lot) for lot in (soon, late)] == [4_000, 1_000]
    assert [shed.held(shed.yard, lot) for lot in (soon, late)] == [0, 4_000] and sound(shed)
    assert box.store not in queries.stores(shed.scope, shed.community), "nothing is put into it or taken out by hand"
    total = next(row.amount for row in queries.in_stock(shed.scope, shed.community, MORNING) if row.item.pk == shed.masks)
    assert total == 9_000, "it is still here"
    assert queries.box_labelled(shed.scope, shed.community, " box-00001 ") == box and queries.box_labelled(shed.scope, shed.community, "BOX-2") is None


def test_it_is_handed_over_as_one_and_has_one_holder(shed: Shed):
    box = boxed(shed)
    assert act(shed, actions.hand_box, box, taker="拉姆").accepted and act(shed, actions.hand_box, box, taker="拉姆").reason == "stock.who_has_it"
    assert act(shed, actions.hand_box, box, taker=" ").reason == "stock.who_has_it"
    assert act(shed, actions.hand_box, box, taker="卡点").accepted
    box.refresh_from_db()
    chain = [(link.n, link.giver, link.taker) for link in box.chain.all()]
    assert (box.holder, chain) == ("卡点", [(1, "次仁", "拉姆"), (2, "拉姆", "卡点")])


def test_what_was_not_counted_came_as_it_was_packed(shed: Shed):
    box = boxed(shed)
    assert act(shed, actions.open_box, box, counted={}).facts == {"differences": 0}
    assert shed.held(shed.gate, shed.lot(shed.masks, "soon")) == 4_000 and shed.held(box.store_id, shed.lot(shed.bleach)) == 0
    assert act(shed, actions.open_box, box, counted={}).reason == act(shed, actions.hand_box, box, taker="x").reason == "stock.opened_before"
    assert sound(shed)


def test_differences_are_a_loss_and_a_count_and_are_undone(shed: Shed):
    box = boxed(shed)
    soon, late, bleach = shed.lot(shed.masks, "soon"), shed.lot(shed.masks, "late"), shed.lot(shed.bleach)
    before = [shed.held(box.store_id, lot) for lot in (soon, late, bleach)]
    counted = {soon: 3_000, late: 1_500, bleach: 0}
    assert act(shed, actions.open_box, box, counted=counted).facts == {"differences": 3}
    assert [shed.held(shed.gate, lot) for lot in (soon, late, bleach)] == [3_000, 1_500, 0]
    assert [shed.held(box.store_id, lot) for lot in (soon, late, bleach)] == [0, 0, 0] and sound(shed)
    assert sorted(Slip.objects.filter(note="BOX-00001").values_list("kind", flat=True)) == ["count", "loss", "transfer"]
    slip = Slip.objects.get(kind="loss")
    assert actions.undo_slip(by=BY, community=shed.community, slip=slip.pk, at=MORNING, ref=new_id()).reason == "stock.undo_with_box"
    assert act(shed, actions.undo_opening, box).accepted and act(shed, actions.undo_opening, box).reason == "stock.not_opened"
    assert [shed.held(box.store_id, lot) for lot in (soon, late, bleach)] == before and shed.held(shed.gate, soon) == 0 and sound(shed)
    assert act(shed, actions.open_box, box, counted={}).accepted
    shed.slip(MoveKind.ISSUE, actions.Line(shed.masks, 4_000, soon), out_of=shed.gate)
    assert act(shed, actions.undo_opening, box).reason == "stock.not_enough", "its goods have gone on"


def test_a_box_for_somebody_is_given_out_when_it_is_opened(shed: Shed):
    box = boxed(shed, into=None, to="小学")
    act(shed, actions.open_box, box, counted={})
    issued = Slip.objects.get(kind="issue")
    assert issued.counterpart == "小学" and sound(shed)


def test_unpacked_everything_lies_where_it_was(shed: Shed):
    box = boxed(shed)
    assert act(shed, actions.unpack_box, box).accepted and act(shed, actions.unpack_box, box).reason == "stock.opened_before"
    assert shed.held(shed.yard, shed.lot(shed.masks, "soon")) == 4_000 and sound(shed)
    assert str(boxed(shed)) == "BOX-00002"


def test_what_cannot_be_packed_or_opened(shed: Shed):
    other = Shed("540502001002")
    mask = Wanted(shed.masks, 1_000)
    wrong = [
        ({"lines": ()}, "nothing_on_it"), ({"holder": " "}, "who_has_it"), ({"into": None}, "where_to"), ({"into": shed.yard}, "where_to"),
        ({"to": "小学"}, "where_to"), ({"lines": (Wanted(shed.masks, 0),)}, "bad_amount"), ({"into": other.gate}, "unknown_store"),
        ({"lines": (Wanted(shed.masks, 6_000), Wanted(shed.masks, 4_000))}, "not_enough"), ({"lines": (Wanted(other.masks, 1),)}, "not_enough"),
    ]  # fmt: skip
    for said, reason in wrong:
        new = NewBox(**({"out_of": shed.yard, "lines": (mask,), "holder": "次仁", "into": shed.gate} | said))
        assert actions.pack_box(by=BY, community=shed.community, box=new, at=MORNING, ref=new_id()).reason == f"stock.{reason}", said
    assert not Box.objects.exists() and shed.held(shed.yard, shed.lot(shed.masks, "soon")) == 4_000
    box = boxed(shed)
    assert pack(shed, mask, into=box.store_id).reason == "stock.unknown_store", "no box goes into a box"
    for counted in ({shed.lot(shed.masks, "soon"): -1}, {new_id(): 1}):
        assert act(shed, actions.open_box, box, counted=counted).reason == "stock.unknown_lot"
    assert act(other, actions.open_box, box, counted={}).reason == "stock.unknown_box"
    assert shed.slip(MoveKind.COUNT, actions.Line(shed.masks, 1), into=shed.yard).reason == "stock.wrong_way"
    with pytest.raises(NotFound):
        queries.box(other.scope, box.pk)


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_keeper_packs_labels_hands_over_opens_and_undoes(shed: Shed, lang: str):
    keeper = client(shed, Role.STORE_KEEPER)
    keeper.cookies["zhegu_language"] = lang
    said = {"out_of": shed.yard, "into": shed.gate, "holder": "次仁", "item-1": shed.masks, "amount-1": "4", "ref": new_id()}
    page = reverse("stock:boxes")
    for _ in range(2):
        went = keeper.post(page, said)
    box = Box.objects.get()
    assert went["Location"] == reverse("stock:box", args=[box.pk])
    assert keeper.get(page, {"label": "box-00001"})["Location"] == went["Location"] and keeper.get(page, {"label": "x"}).status_code == 200
    label = keeper.get(reverse("stock:box_label", args=[box.pk]))
    assert label["Content-Type"] == "application/pdf" and label.content.startswith(b"%PDF")
    keeper.post(reverse("stock:hand_box", args=[box.pk]), {"taker": "拉姆", "ref": new_id()})
    assert "拉姆" in keeper.get(went["Location"]).content.decode()
    open_it, lot, again = reverse("stock:open_box", args=[box.pk]), shed.lot(shed.masks, "soon"), new_id()
    assert keeper.post(open_it, {f"n-{lot}": "x", "ref": new_id()}).status_code == 409
    assert [keeper.post(open_it, {f"n-{lot}": "3", "ref": again}).status_code for _ in range(2)] == [302, 302]
    box.refresh_from_db()
    assert (box.differences, shed.held(shed.gate, lot)) == (1, 3_000) and keeper.get(went["Location"]).status_code == 200
    undo = reverse("stock:undo_box", args=[box.pk])
    keeper.post(undo, {"what": "opening", "ref": new_id()})
    keeper.post(undo, {"what": "packing", "ref": new_id()})
    assert shed.held(shed.yard, lot) == 4_000 and keeper.get(page).status_code == 200 and sound(shed)


def test_leaders_see_boxes_and_pack_none(shed: Shed):
    box, leader = boxed(shed), client(shed, Role.LEADER)
    assert leader.get(reverse("stock:box", args=[box.pk])).status_code == 200
    assert leader.post(reverse("stock:boxes"), {"out_of": shed.yard}).status_code == 404
    assert leader.post(reverse("stock:open_box", args=[box.pk]), {}).status_code == 404

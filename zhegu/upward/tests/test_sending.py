"""A parcel is taken once, whole and in order, from the sender that was admitted, for its own place; or not at all."""

import base64
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from django.urls import reverse

from zhegu.journal import chain
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.places.tests.make import A, B, community
from zhegu.upward import actions, queries, sending
from zhegu.upward.models import Sender, Statement, Way
from zhegu.upward.outside.keys import MEANT, sign
from zhegu.upward.outside.post import NoAnswer, Reply, is_safe
from zhegu.upward.rules import Item, Parcel, write_parcel
from zhegu.upward.tests.make import BY, TOWN, admit_ourselves, stated
from zhegu.upward.tests.test_boards import EVERYTHING

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender(db) -> str:
    return admit_ourselves(TOWN, clock.now())


def item(seq: int, residents: int = 1, place: str = A) -> Item:
    now = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return Item(seq, place, clock.local_day(now), now, {"residents": residents})


def bring(sender: str, *items: Item, seal: str = "", body: bytes = b""):
    body = body or write_parcel(Parcel(sender, items))
    answer = Client(enforce_csrf_checks=True).post(
        reverse("upward:receive"), body, content_type="application/json", headers={"Zhegu-Seal": seal or sign(body)}
    )
    return answer.status_code, answer.json()["last"], answer.json()["reason"]


def test_taken_once_however_often_it_is_brought(sender):
    for _ in range(3):
        assert bring(sender, item(1), item(2, 5)) == (200, 2, "")
    assert bring(sender, item(2, 5), item(3, 7)) == (200, 3, "")
    assert [(one.version, one.newest, one.figures["residents"]) for one in Statement.objects.all()] == [
        (1, False, 1), (2, False, 5), (3, True, 7),
    ]  # fmt: skip
    assert {flaw.code for flaw in chain.verify(A).flaws} <= {"anchor_missing"}


def test_a_gap_is_answered_with_what_is_there(sender):
    bring(sender, item(1))
    assert bring(sender, item(3)) == (409, 1, "upward.gap")
    assert Statement.objects.count() == 1


def test_something_else_under_a_taken_number_counts_for_nothing(sender):
    bring(sender, item(1), item(2))
    assert bring(sender, item(2, 99), item(3)) == (409, 2, "upward.forked")
    assert Statement.objects.count() == 2 and Sender.objects.get().last == 2


@pytest.mark.parametrize("place", ["540526102001", "540527101001"])
def test_another_place_is_refused(sender, place):
    assert bring(sender, item(1), item(2, place=place)) == (403, 0, "upward.wrong_place")
    assert not Statement.objects.exists()


def test_a_place_counted_here_is_not_stated_by_others(sender):
    stated(A, clock.local_day(clock.now()), {"residents": 4})
    assert bring(sender, item(1))[2] == "upward.wrong_place"


def test_a_community_others_speak_for_is_not_counted_here(sender):
    said = actions.state(
        by=BY, scope=EVERYTHING, community=community(), day=clock.local_day(clock.now()), at=clock.now(), ref=new_id()
    )
    assert said.reason == "upward.from_elsewhere"
    assert sending.state_all(clock.now(), clock.local_day(clock.now())) == 0


def test_trouble_with_one_day_does_not_drop_the_others(db, monkeypatch):
    """What cannot be counted is told; what comes after it is stated."""
    community()
    state, now = actions.state, clock.now()
    days = [clock.local_day(now) - timedelta(days=back) for back in (2, 1)]

    def troubled(**said):
        if said["day"] == days[0]:
            raise RuntimeError("a figure that cannot be read")
        return state(**said)

    monkeypatch.setattr(sending.actions, "state", troubled)
    assert sending.state_all(now, *days) == 1
    assert Statement.objects.get().day == days[1]


def forged(body: bytes) -> str:
    return base64.b64encode(Ed25519PrivateKey.generate().sign(MEANT + body)).decode()


def test_forged_changed_and_unsigned_parcels_are_refused(sender):
    body = write_parcel(Parcel(sender, (item(1),)))
    for seal in (forged(body), "x", "é", sign(body + b" "), base64.b64encode(b"0" * 64).decode()):
        assert bring(sender, seal=seal, body=body) == (401, 0, "upward.bad_seal")
    assert bring("nobody", item(1)) == (401, 0, "upward.sender_unknown")
    assert bring(sender, body=b"{}")[0] == 400
    bad = json.dumps({"sender": sender, "items": [{"seq": 1, "name": "扎西"}]}).encode()
    assert bring(sender, body=bad) == (400, 0, "upward.bad_parcel")
    assert bring(sender, body=b"x" * (2**20 + 1))[0] == 413
    assert Client().get(reverse("upward:receive")).status_code == 405
    assert not Statement.objects.exists()


def test_nothing_is_taken_from_who_was_revoked(sender):
    actions.revoke(by=BY, sender=queries.sender(EVERYTHING, sender), at=clock.now(), ref=new_id())
    assert bring(sender, item(1)) == (401, 0, "upward.sender_unknown")


def test_who_is_admitted(sender):
    key = base64.b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()

    def admit(place: str, key: str) -> str:
        return actions.admit(by=BY, place=place, name="x", key=key, at=clock.now(), ref=new_id()).reason

    assert admit("54052", key) == "upward.bad_place"
    assert admit("540527", "nonsense") == admit("540527", "AAAA") == "upward.bad_key"
    assert admit(A, key) == admit("540526", key) == "upward.place_taken"
    assert admit("540527", Sender.objects.get().key) == "upward.key_known"
    assert admit("540527", key) == ""


@pytest.mark.parametrize(
    ("address", "safe"),
    [("https://a.cn", True), ("http://localhost:8000", True), ("http://a.cn", False), ("file:///etc/passwd", False), ("https://u:p@a.cn", False), ("", False)],
)
def test_figures_go_by_https_only(address, safe):
    assert is_safe(address) == safe


class Above:
    """A level above that keeps what it is brought by number; it may be away, forget, or answer nonsense."""

    def __init__(self) -> None:
        self.has: list[int] = []
        self.away = self.silent = False

    def __call__(self, address: str, body: bytes, seal: str) -> Reply:
        if self.away:
            raise NoAnswer("away")
        seqs = [one["seq"] for one in json.loads(body)["items"]]
        if seqs[0] > len(self.has) + 1:
            return Reply(len(self.has), "upward.gap")
        self.has += [seq for seq in seqs if seq > len(self.has)]
        if self.silent:
            raise NoAnswer("cut after it was taken")
        return Reply(len(self.has))


@pytest.fixture
def box(db) -> Above:
    Way.objects.create(pk=1, address="https://above.example")
    for n in range(250):
        stated(A if n % 2 else B, clock.local_day(clock.now()), {"residents": n})
    return Above()


def test_what_waits_goes_up_in_order_and_once(box):
    box.away = True
    assert sending.push(clock.now(), box).problem == "upward.unreached"
    box.away, box.silent = False, True
    assert sending.push(clock.now(), box).taken == 0 and len(box.has) == 100
    box.silent = False
    way = sending.push(clock.now(), box)
    assert (way.taken, way.problem, box.has) == (250, "", list(range(1, 251)))
    assert sending.push(clock.now(), box).taken == 250


def test_a_level_above_restored_from_a_copy_gets_again_what_it_lacks(box):
    sending.push(clock.now(), box)
    del box.has[40:]
    stated(A, clock.local_day(clock.now()), {"residents": 1000})
    assert sending.push(clock.now(), box).taken == 251 and box.has == list(range(1, 252))


def test_a_refusal_ends_the_push_and_is_told(box):
    way = sending.push(clock.now(), lambda *words: Reply(0, "upward.wrong_place"))
    assert (way.taken, way.problem) == (0, "upward.wrong_place")
    assert sending.push(clock.now(), lambda *words: Reply(0)).problem == "upward.forked"


def test_the_worker_sends_what_waits_and_rests_longer_while_nobody_answers(box, monkeypatch):
    asked = []
    monkeypatch.setattr(sending, "push", lambda at: asked.append(at) or Way(address="x", problem="upward.unreached"))
    watch = sending.Watch()
    assert not watch() and not watch() and len(asked) == 1
    assert watch.rest == 2 * sending.EVERY


def test_another_address_gets_everything_from_the_first(box):
    sending.push(clock.now(), box)
    answer = actions.set_way(by=BY, place=A, address="https://other.example", at=clock.now(), ref=new_id())
    assert answer.accepted and queries.way(EVERYTHING).taken == 0
    assert actions.set_way(by=BY, place=A, address="http://a.cn", at=clock.now(), ref=new_id()).reason == "upward.bad_address"

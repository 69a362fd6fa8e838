"""Order, envelopes and changes, decided on plain values."""

import base64
import hmac
import json
from datetime import timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.sync.rules.changes import difference, packed, row_hash, unpacked
from zhegu.sync.rules.envelopes import Unreadable, is_credible, is_proved, read_envelope
from zhegu.sync.rules.order import waves

REF = new_id()
WHOLE = {
    "ref": str(REF), "kind": "a.b", "actor": str(new_id()), "device": str(new_id()), "at": MORNING.isoformat(),
    "seq": 1, "body": {"x": 1},
}


def test_an_envelope_is_read():
    read = read_envelope(json.dumps(WHOLE).encode(), str(REF))
    assert (read.ref, read.kind, read.at, read.body) == (REF, "a.b", MORNING, {"x": 1})


@pytest.mark.parametrize(
    "said",
    [
        b"", b"null", b"[]", b'"text"', b"\xff\xfe", b"[" * 100_000,
        json.dumps({**WHOLE, "at": "2022-09-13T09:00:00"}).encode(),
        json.dumps({**WHOLE, "at": "yesterday"}).encode(),
        json.dumps({**WHOLE, "body": [1]}).encode(),
        json.dumps({**WHOLE, "seq": "1"}).encode(),
        json.dumps({**WHOLE, "actor": "bo"}).encode(),
        json.dumps({**WHOLE, "ref": str(new_id())}).encode(),
        json.dumps({k: v for k, v in WHOLE.items() if k != "device"}).encode(),
        b'{"ref":"\\ud800"}',
    ],
)  # fmt: skip
def test_what_is_no_envelope_is_unreadable(said: bytes):
    with pytest.raises(Unreadable):
        read_envelope(said, str(REF))


@given(st.binary(max_size=200), st.integers(0, 199), st.integers(0, 7))
def test_a_proof_holds_only_for_its_very_bytes(said: bytes, place: int, bit: int):
    key = bytes(32)
    proof = base64.b64encode(hmac.digest(key, said, sha256)).decode()
    assert is_proved(key, said, proof)
    if said:
        changed = bytearray(said)
        changed[place % len(said)] ^= 1 << bit
        assert not is_proved(key, bytes(changed), proof)
    assert not is_proved(bytes(31) + b"\1", said, proof)


@pytest.mark.parametrize("proof", ["", "####", "AAAA", "é", "=" * 50])
def test_nonsense_proves_nothing(proof: str):
    assert not is_proved(bytes(32), b"said", proof)


@pytest.mark.parametrize(
    ("ahead", "credible"),
    [
        (timedelta(0), True), (timedelta(minutes=59), True), (timedelta(minutes=61), False),
        (timedelta(days=-9, hours=-23), True), (timedelta(days=-12), False), (timedelta(days=36500), False),
    ],
)  # fmt: skip
def test_a_clock_far_off_is_not_believed(ahead: timedelta, credible: bool):
    assert is_credible(MORNING + ahead, now=MORNING, enrolled=MORNING - timedelta(days=10)) is credible


# --- order


def test_alternating_kinds_on_different_records_come_together():
    items = [(kind, frozenset({f"{n}"})) for n in range(1000) for kind in ("sample", "card")]
    assert [len(places) for places in waves(items)] == [1000, 1000]


def test_a_record_keeps_its_order_across_kinds():
    items = [("take", frozenset("p")), ("undo", frozenset("p")), ("take", frozenset("p")), ("take", frozenset("q"))]
    assert waves(items) == [[0, 3], [1], [2]]


def test_what_touches_everything_keeps_its_place():
    items = [("take", frozenset("p")), ("close", None), ("take", frozenset("q"))]
    assert waves(items) == [[0], [1], [2]]


ITEMS = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.one_of(st.none(), st.frozensets(st.sampled_from("xyz"), max_size=2))
    ),
    max_size=40,
)  # fmt: skip


def shares(one: frozenset | None, other: frozenset | None) -> bool:
    return one is None or other is None or bool(one & other)


@given(ITEMS)
def test_whatever_shares_a_record_is_carried_out_in_the_order_it_was_made(items: list):
    lists = waves(items)
    order = [place for places in lists for place in places]
    assert sorted(order) == list(range(len(items)))
    assert all(len({items[place][0] for place in places}) == 1 for places in lists)
    turn = {place: n for n, place in enumerate(order)}
    for later in range(len(items)):
        for earlier in range(later):
            if shares(items[earlier][1], items[later][1]):
                assert turn[earlier] < turn[later]


# --- changes

ROWS = st.dictionaries(st.sampled_from("abcdef"), st.dictionaries(st.sampled_from("nm"), st.integers(0, 3)))


@given(ROWS, ROWS)
def test_old_rows_and_the_difference_make_the_new_rows(old: dict, new: dict):
    def hashes(rows: dict) -> dict:
        return {"t": {key: row_hash(row) for key, row in rows.items()}}

    before = {key: {"id": key, **row} for key, row in old.items()}
    after = {key: {"id": key, **row} for key, row in new.items()}
    changed = difference(unpacked(packed(hashes(before))), {"t": after}, hashes(after)).get("t", {"put": [], "drop": []})
    phone = {key: row for key, row in before.items() if key not in changed["drop"]}
    phone.update({row["id"]: row for row in changed["put"]})
    assert phone == after
    assert all(before.get(row["id"]) != row for row in changed["put"])


def test_the_order_of_fields_is_no_change():
    assert row_hash({"id": "1", "a": {"x": 1, "y": 2}}) == row_hash({"a": {"y": 2, "x": 1}, "id": "1"})

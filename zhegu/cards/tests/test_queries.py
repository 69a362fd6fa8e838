"""What is read of cards: by whom, for print, for audits, for phones."""

import json
from datetime import timedelta

import pytest

from zhegu.accounts.models import Role
from zhegu.accounts.queries import scope_of
from zhegu.accounts.tests.make import staff
from zhegu.cards import actions, queries
from zhegu.cards.models import SignedList
from zhegu.cards.outside.signing import sign_list
from zhegu.cards.rules import TrustList, lists, verify
from zhegu.cards.rules.cose import PublicKey
from zhegu.cards.rules.states import CardState, bitmap, in_bitmap
from zhegu.cards.rules.trust import public_key_of
from zhegu.cards.tests.make import MORNING, NOON, WHOLE, blank, hand_out, issued, named, refs, text_of
from zhegu.journal.tests.make import BO
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, NotFound, Scope
from zhegu.places.models import Place
from zhegu.places.tests.make import B, community, grid

pytestmark = pytest.mark.django_db
NOBODY = Scope(Actor("nobody", ""))


@pytest.fixture(autouse=True)
def own_keys(tmp_path, settings):
    settings.DATA = tmp_path


def test_the_office_sees_all_grids_and_a_sampler_their_own():
    here = community(grids=3)
    issued(here, blank(1), blank(2), blank(3))
    office = scope_of(staff("ana", Role.OFFICE, here))
    sampler = scope_of(staff("bo", Role.SAMPLER, grid(here, 2)))
    assert [card.grid_no for card in queries.cards(office, here)] == [1, 2, 3]
    assert [card.grid_no for card in queries.cards(sampler, here)] == [2]


def test_another_community_and_nobody_find_nothing():
    here, there = community(), community(B)
    (serial,) = issued(here)
    outsider = scope_of(staff("chen", Role.OFFICE, there))
    for scope in (outsider, NOBODY):
        for read in (
            lambda s: queries.cards(s, here),
            lambda s: queries.counts(s, here, 12),
            lambda s: queries.printable(s, here, [serial]),
            lambda s: queries.keys(s, here),
            lambda s: queries.signed_lists(s, here),
            lambda s: queries.recovery_sheets(NOBODY),
        ):
            with pytest.raises(NotFound):
                read(scope)


def test_counts_add_up_to_what_was_issued():
    here = community(grids=9)
    one, two, gone, _left, _person = issued(here, *[blank(7)] * 4, named(7))
    issued(here, blank(8))
    hand_out(here, one, two)
    actions.revoke(by=BO, community=here, cards=refs(here, gone), why="", at=NOON, ref=new_id())
    counts = queries.counts(WHOLE, here, 12)
    assert counts == {
        7: {CardState.ACTIVE: 3, CardState.REVOKED: 1, CardState.WAITING: 1},
        8: {CardState.WAITING: 1},
    }
    actions.close_round(community=here, round_no=12, at=NOON)
    assert queries.counts(WHOLE, here, 12)[7][CardState.LAPSED] == 1
    assert sum(sum(states.values()) for states in counts.values()) == 6
    assert queries.rounds(WHOLE, here) == [12]


def test_a_card_is_printed_the_same_way_again():
    here = community()
    serials = issued(here, blank(7), named(7), blank(8))
    first = queries.printable(WHOLE, here, serials)
    assert queries.printable(WHOLE, here, serials) == first
    assert [card.printed[:13] for card in first] == ["12-007-000001", "12-007-000002", "12-008-000001"]
    with pytest.raises(NotFound):
        queries.printable(WHOLE, here, [serials[0], 1])


# --- for audits


def test_the_audit_list_says_the_same_as_the_house():
    here = community()
    good, gone, lapsed = issued(here, named(), named(), blank(round_no=13))
    actions.revoke(by=BO, community=here, cards=refs(here, gone), why="", at=NOON, ref=new_id())
    actions.close_round(community=here, round_no=13, at=NOON)
    plain = json.loads(json.dumps(queries.audit_list(WHOLE, NOON)))
    trust = TrustList.from_plain(plain)
    for serial, reason in ((good, None), (gone, "revoked"), (lapsed, "revoked")):
        text = text_of(here, serial)
        assert verify(text, trust).reason == queries.verify(WHOLE, text, NOON).reason == reason


def test_withdrawn_cards_leave_the_list_when_they_expire():
    here = community()
    (serial,) = issued(here)
    actions.close_round(community=here, round_no=12, at=NOON)
    assert queries.audit_list(WHOLE, NOON)["revoked_ids"]
    assert not queries.audit_list(WHOLE, MORNING + timedelta(days=15))["revoked_ids"]
    assert queries.verify(WHOLE, text_of(here, serial), MORNING + timedelta(days=15)).reason == "expired"


# --- for phones


def opened(here: Place) -> tuple[dict, dict, dict[int, dict]]:
    """Key list, withdrawals and active cards, read with the keys a phone would use."""
    rows = {(row.what, row.round_no): bytes(row.signed) for row in queries.signed_lists(WHOLE, here)}
    keys = lists.open_list(rows[lists.KEYS, 0], root_key(), lists.KEYS)
    list_key = public_key_of(keys["list"]["cert"])
    withdrawn = lists.open_list(rows[lists.WITHDRAWN, 0], list_key, lists.WITHDRAWN)
    active = {
        number: lists.open_list(signed, list_key, lists.ACTIVE)
        for (what, number), signed in rows.items()
        if what == lists.ACTIVE
    }
    return keys, withdrawn, active


def root_key() -> PublicKey:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), queries.root(WHOLE).point)


def test_a_phone_judges_by_the_signed_lists_as_the_house_does():
    here = community()
    given, left, person, lost = issued(here, blank(), blank(), named(), blank(9))
    hand_out(here, given)
    actions.revoke(by=BO, community=here, cards=refs(here, lost), why="", at=NOON, ref=new_id())
    actions.publish(community=here, at=NOON)
    keys, withdrawn, active = opened(here)
    trust = lists.phone_trust(keys, withdrawn, int(NOON.timestamp()))
    for serial, reason in ((given, None), (left, None), (person, None), (lost, "revoked")):
        assert verify(text_of(here, serial), trust).reason == reason
    bits = active[12]["grids"][7]
    assert [in_bitmap(bits, serial % 10**6) for serial in (given, left)] == [True, False]
    assert (active[12]["place"], active[12]["round"]) == (here.code, 12)
    assert active[12]["grids"][9] == b""


def test_a_key_revoked_while_the_root_is_in_the_safe_is_withdrawn_by_the_list_key():
    here = community()
    (serial,) = issued(here)
    actions.publish(community=here, at=MORNING)
    actions.note_root_printed(by=BO, at=MORNING, ref=new_id())
    actions.put_root_away(by=BO, at=MORNING, ref=new_id())
    key = queries.keys(WHOLE, here).get(month="2022-09")
    actions.revoke_key(by=BO, key=key, why="", at=NOON, ref=new_id())
    actions.publish(community=here, at=NOON)
    keys, withdrawn, _ = opened(here)
    assert {entry["state"] for entry in keys["keys"]} == {"ok"}
    trust = lists.phone_trust(keys, withdrawn, int(NOON.timestamp()))
    assert verify(text_of(here, serial), trust).reason == "key_revoked"


def signed(here: Place) -> dict[tuple[str, int], tuple[int, bytes]]:
    return {
        (row.what, row.round_no): (row.seq, bytes(row.signed)) for row in queries.signed_lists(WHOLE, here)
    }


def test_lists_are_signed_anew_when_they_say_something_else_or_are_an_hour_old():
    here = community()
    (serial,) = issued(here)
    actions.publish(community=here, at=MORNING)
    first = signed(here)
    actions.publish(community=here, at=MORNING + timedelta(minutes=59))
    assert signed(here) == first
    actions.publish(community=here, at=MORNING + timedelta(minutes=60))
    hour = signed(here)
    assert {name for name in first if first[name] != hour[name]} == {("withdrawn", 0)}
    hand_out(here, serial)
    actions.publish(community=here, at=MORNING + timedelta(minutes=61))
    assert {name for name in hour if hour[name] != signed(here)[name]} == {("active", 12)}
    assert signed(here)["active", 12][0] == 2


def test_lists_of_rounds_whose_cards_expired_are_dropped():
    here = community()
    issued(here)
    actions.publish(community=here, at=NOON)
    assert SignedList.objects.filter(what="active").count() == 1
    actions.publish(community=here, at=NOON + timedelta(days=20))
    assert not SignedList.objects.filter(what="active").exists()


def test_without_a_root_there_is_nothing_to_publish():
    here = community()
    actions.publish(community=here, at=NOON)
    assert not SignedList.objects.exists()


def test_no_list_signed_by_another_hand_is_opened():
    from zhegu.cards.tests.vectors.forge import signer

    here = community()
    issued(here)
    actions.publish(community=here, at=NOON)
    rows = {row.what: bytes(row.signed) for row in queries.signed_lists(WHOLE, here)}
    forged = sign_list(signer("forger"), {"what": "keys", "v": 1})
    for raw, what, code in (
        (forged, "keys", "signature"),
        (rows["withdrawn"], "withdrawn", "signature"),
        (rows["keys"], "withdrawn", "other"),
        (rows["keys"][:-1], "keys", "unreadable"),
        (b"", "keys", "unreadable"),
    ):
        with pytest.raises(lists.BadList) as refused:
            lists.open_list(raw, root_key(), what)
        assert refused.value.code == code


def test_phones_get_rows_and_the_same_facts_give_the_same_rows(monkeypatch):
    from zhegu.cards import phone

    here = community(grids=9)
    issued(here, blank(1))
    scope = scope_of(staff("bo", Role.SAMPLER, grid(here, 2)))
    monkeypatch.setattr(phone.clock, "now", lambda: NOON)
    rows = list(phone.card_rows(scope, here))
    assert [row["id"] for row in rows] == ["root", f"active-{here.code}-12", "keys", "withdrawn"]
    assert list(phone.card_rows(scope, here)) == rows
    assert {frozenset(row) for row in rows} == {frozenset(phone.CardRow.__annotations__)}


def test_phones_get_nothing_before_the_first_key():
    from zhegu.cards import phone

    here = community()
    assert list(phone.card_rows(WHOLE, here)) == []


@pytest.mark.parametrize("numbers", [[], [1], [8], [9], [1, 2, 3, 124], [999_999]])
def test_a_bitmap_holds_exactly_its_numbers(numbers: list[int]):
    bits = bitmap(numbers)
    assert [n for n in range(1, 200) if in_bitmap(bits, n)] == [n for n in numbers if n < 200]
    assert len(bits) == (max(numbers, default=0) + 7) // 8
    assert not in_bitmap(bits, 0)
    assert in_bitmap(bits, 999_999) == (999_999 in numbers)

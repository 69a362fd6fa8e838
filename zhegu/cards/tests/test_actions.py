"""Making, handing out, taking back and withdrawing cards."""

from datetime import timedelta

import pytest

from zhegu.cards import actions, queries
from zhegu.cards.actions import CardRef, HandOut, NewCard
from zhegu.cards.models import CardKey, IssuedCard, Root
from zhegu.cards.outside import keystore
from zhegu.cards.rules.issuing import unrolled
from zhegu.cards.rules.verdict import Kind
from zhegu.cards.tests.make import (
    ANOTHER,
    MORNING,
    NOON,
    SOMEONE,
    WHOLE,
    blank,
    hand_out,
    issued,
    named,
    refs,
    state,
    text_of,
)
from zhegu.journal.models import Entry
from zhegu.journal.tests.make import BO
from zhegu.lib.ids import new_id
from zhegu.places.tests.make import B, community

pytestmark = pytest.mark.django_db
EVENING = MORNING + timedelta(hours=11)


@pytest.fixture(autouse=True)
def own_keys(tmp_path, settings):
    settings.DATA = tmp_path


# --- making


def test_a_pre_printed_card_is_genuine_and_says_its_round_grid_and_number():
    here = community()
    first, second, other = issued(here, blank(7), blank(7), blank(9))
    assert (first, second, other) == (12_007_000_001, 12_007_000_002, 12_009_000_001)
    verdict = queries.verify(WHOLE, text_of(here, second), NOON)
    assert verdict.valid
    claims = verdict.claims
    assert (claims.kind, claims.serial, claims.round, claims.grid, claims.holder) == (1, second, 12, 7, None)
    assert claims.time == int(MORNING.timestamp())
    assert claims.exp - claims.time == 14 * 86_400
    assert (claims.iss, state(here, second)) == ("XG", "waiting")


def test_numbers_go_on_where_the_last_issue_stopped():
    here = community()
    issued(here, *[blank(7)] * 3)
    assert issued(here, blank(7), blank(8)) == [12_007_000_004, 12_008_000_001]


def test_a_named_card_counts_at_once_and_fits_one_person_only():
    from zhegu.cards.rules.verdict import Holder, holder_of

    here = community()
    (serial,) = issued(here, named(resident=SOMEONE))
    claims = queries.verify(WHOLE, text_of(here, serial), NOON).claims
    assert state(here, serial) == "active"
    assert holder_of(serial, claims.holder, SOMEONE) == Holder.MATCHES
    assert holder_of(serial, claims.holder, ANOTHER) == Holder.DIFFERS


def test_a_named_card_carries_the_true_time_rounded_to_the_minute():
    here = community()
    card = NewCard(12, 7, NOON + timedelta(seconds=59), resident=SOMEONE)
    (serial,) = issued(here, card, at=EVENING)
    claims = queries.verify(WHOLE, text_of(here, serial), EVENING).claims
    assert claims.time == int(NOON.timestamp())
    assert claims.iat == int(EVENING.timestamp())


def test_cards_printed_the_evening_before_hold_for_the_whole_time_after_the_round():
    here = community()
    (serial,) = issued(here, blank(time=MORNING), at=MORNING - timedelta(hours=14))
    claims = queries.verify(WHOLE, text_of(here, serial), NOON).claims
    assert claims.exp == int(MORNING.timestamp()) + 14 * 86_400


def test_cards_printed_long_before_never_outlive_31_days():
    here = community()
    (serial,) = issued(here, blank(time=MORNING), at=MORNING - timedelta(days=12))
    claims = queries.verify(WHOLE, text_of(here, serial), MORNING).claims
    assert claims.exp == claims.time + 14 * 86_400
    (late,) = issued(here, blank(8, time=MORNING + timedelta(days=40)), at=MORNING)
    late_claims = queries.verify(WHOLE, text_of(here, late), NOON).claims
    assert late_claims.exp - late_claims.iat == 31 * 86_400


def test_the_same_request_again_makes_no_second_card():
    here, ref = community(), new_id()
    request = {"by": BO, "community": here, "cards": [blank()] * 3, "at": MORNING, "ref": ref}
    first, again = actions.issue(**request), actions.issue(**request)
    assert first.facts == again.facts == {"serials": [[12_007_000_001, 3]]}
    assert not again.new
    assert IssuedCard.objects.count() == 3
    other = actions.issue(**{**request, "cards": [blank()] * 4})
    assert (other.status, IssuedCard.objects.count()) == ("conflict", 3)


def test_two_people_cannot_share_a_request():
    here, ref = community(), new_id()
    for resident, status in ((SOMEONE, "accepted"), (ANOTHER, "conflict")):
        answer = actions.issue(by=BO, community=here, cards=[named(resident=resident)], at=MORNING, ref=ref)
        assert answer.status == status


@pytest.mark.parametrize(
    "card",
    [blank(0), blank(256), blank(round_no=0), blank(round_no=65_536), NewCard(12, 7, MORNING, kind=4)],
)
def test_a_card_outside_the_numbers_is_refused_and_nothing_is_made(card: NewCard):
    here = community()
    answer = actions.issue(by=BO, community=here, cards=[blank(), card], at=MORNING, ref=new_id())
    assert answer.reason == "cards.bad_number"
    assert not IssuedCard.objects.exists()


def test_two_communities_may_have_the_same_serial_but_never_the_same_key():
    here, there = community(), community(B)
    (one,), (other,) = issued(here), issued(there)
    assert one == other
    assert refs(here, one)[0].kid != refs(there, other)[0].kid
    assert text_of(here, one) != text_of(there, other)


def test_each_kind_has_a_key_of_its_own_and_its_own_life():
    here = community()
    for kind, life in ((Kind.SAMPLED, 14), (Kind.PASS, 3), (Kind.SUPPLY, 1)):
        card = NewCard(12, 7, MORNING, kind=kind, resident=SOMEONE)
        (serial,) = issued(here, card)
        text = queries.printable(WHOLE, here, [serial], kind=kind)[0].text
        claims = queries.verify(WHOLE, text, MORNING).claims
        assert (claims.kind, claims.exp - claims.iat) == (kind, life * 86_400)
    kids = IssuedCard.objects.values_list("key__kid", flat=True)
    assert len(set(map(bytes, kids))) == 3


def test_ten_thousand_cards_are_one_request_and_one_journal_row(django_assert_max_num_queries):
    here = community()
    issued(here, blank())
    before = Entry.objects.count()
    wanted = [blank(1 + n % 15) for n in range(10_000)]
    with django_assert_max_num_queries(300):
        serials = issued(here, *wanted)
    assert len(set(serials)) == 10_000
    assert Entry.objects.count() == before + 1
    with django_assert_max_num_queries(220):
        assert set(hand_out(here, *serials)) == {""}
    assert IssuedCard.objects.filter(activated=NOON).count() == 10_000


# --- handing out


def test_handing_out_makes_a_card_active_once():
    here = community()
    (serial,) = issued(here)
    assert hand_out(here, serial) == [""]
    assert hand_out(here, serial, at=EVENING) == ["cards.card_used"]
    assert IssuedCard.objects.get().activated == NOON
    assert state(here, serial) == "active"


def test_the_same_card_twice_in_one_batch_is_handed_out_once():
    here = community()
    (serial,) = issued(here)
    assert hand_out(here, serial, serial) == ["", "cards.card_used"]


def test_a_card_of_elsewhere_is_unknown():
    here, there = community(), community(B)
    (serial,) = issued(here)
    (ref,) = refs(here, serial)
    for place, card in (
        (there, HandOut(ref.kid, serial, NOON)),
        (here, HandOut(bytes(8), serial, NOON)),
        (here, HandOut(ref.kid, serial + 1, NOON)),
    ):
        (outcome,) = actions.activate(community=place, cards=[card])
        assert outcome.reason == "cards.card_unknown"
    assert state(here, serial) == "waiting"


def test_a_card_taken_back_can_be_handed_out_again():
    here = community()
    (serial,) = issued(here)
    hand_out(here, serial)
    actions.take_back(community=here, cards=refs(here, serial), at=EVENING)
    assert state(here, serial) == "waiting"
    assert hand_out(here, serial, at=EVENING) == [""]


def test_closing_a_round_lets_the_rest_lapse_and_a_late_activation_lifts_it():
    here = community()
    given, left, person = issued(here, blank(), blank(), named())
    hand_out(here, given)
    assert actions.close_round(community=here, round_no=12, at=EVENING) == 1
    assert [state(here, s) for s in (given, left, person)] == ["active", "lapsed", "active"]
    assert queries.verify(WHOLE, text_of(here, left), EVENING).reason == "revoked"
    assert hand_out(here, left) == [""]
    assert state(here, left) == "active"
    assert queries.verify(WHOLE, text_of(here, left), EVENING).valid


def test_the_order_in_which_closing_and_handing_out_arrive_changes_nothing():
    ends = []
    for n, late in enumerate((False, True)):
        here = community(B[:-1] + str(n + 3))
        first, second = issued(here, blank(), blank())
        acts = [
            lambda here=here: actions.close_round(community=here, round_no=12, at=EVENING),
            lambda here=here, first=first: hand_out(here, first),
        ]
        for act in reversed(acts) if late else acts:
            act()
        ends.append([state(here, first), state(here, second)])
    assert ends[0] == ends[1] == ["active", "lapsed"]


def test_taking_back_after_the_closing_lets_the_card_lapse():
    here = community()
    (serial,) = issued(here)
    hand_out(here, serial)
    actions.close_round(community=here, round_no=12, at=EVENING)
    actions.take_back(community=here, cards=refs(here, serial), at=EVENING)
    assert state(here, serial) == "lapsed"


def test_closing_twice_is_closing_once_and_other_rounds_stay_open():
    here = community()
    old, new = issued(here, blank(), blank(round_no=13))
    for _ in range(2):
        actions.close_round(community=here, round_no=12, at=EVENING)
    assert (state(here, old), state(here, new)) == ("lapsed", "waiting")


def test_no_pre_printed_card_is_made_for_a_closed_round_but_a_named_one_is():
    here = community()
    issued(here)
    actions.close_round(community=here, round_no=12, at=EVENING)
    answer = actions.issue(by=BO, community=here, cards=[blank()], at=EVENING, ref=new_id())
    assert answer.reason == "cards.round_closed"
    (serial,) = issued(here, named(), at=EVENING)
    assert state(here, serial) == "active"


# --- withdrawing


def test_a_revoked_card_is_refused_and_cannot_be_handed_out():
    here = community()
    waiting, active = issued(here, blank(), named())
    cards = refs(here, waiting, active)
    answer = actions.revoke(by=BO, community=here, cards=cards, why="lost", at=NOON, ref=new_id())
    assert answer.facts == {"revoked": [waiting, active]}
    for serial in (waiting, active):
        assert state(here, serial) == "revoked"
        assert queries.verify(WHOLE, text_of(here, serial), NOON).reason == "revoked"
    assert hand_out(here, waiting) == ["cards.card_revoked"]
    again = actions.revoke(by=BO, community=here, cards=cards, why="lost", at=NOON, ref=new_id())
    assert again.facts == {"revoked": []}


def test_revoking_an_unknown_card_revokes_none():
    here = community()
    (serial,) = issued(here)
    cards = [*refs(here, serial), CardRef(bytes(8), 5)]
    answer = actions.revoke(by=BO, community=here, cards=cards, why="", at=NOON, ref=new_id())
    assert (answer.reason, answer.facts) == ("cards.card_unknown", {"serials": [5]})
    assert state(here, serial) == "waiting"


# --- keys


def test_the_first_card_makes_root_list_key_and_keys_for_the_months_ahead():
    here = community()
    issued(here)
    assert Root.objects.count() == 1
    months = list(CardKey.objects.filter(community=here).order_by("month").values_list("month", flat=True))
    assert months == ["2022-09", "2022-10", "2022-11", "2022-12", "2023-01", "2023-02"]
    assert queries.list_key(WHOLE) is not None


def test_key_files_are_closed_to_others(settings):
    issued(community())
    files = list((settings.DATA / "keys" / "cards").glob("*.pem"))
    assert len(files) == 8
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_the_next_month_signs_with_the_next_key():
    here = community()
    (september,) = issued(here)
    (october,) = issued(here, blank(8), at=MORNING + timedelta(days=30))
    assert refs(here, september)[0].kid != refs(here, october)[0].kid
    assert IssuedCard.objects.get(serial=october).key.month == "2022-10"


def test_a_new_key_signs_only_after_seven_days_where_an_older_one_can():
    here = community()
    at = MORNING.replace(day=28)
    assert actions.make_keys(by=BO, community=here, months=1, at=at, ref=new_id()).accepted
    october = at + timedelta(days=4)
    assert actions.make_keys(by=BO, community=here, months=1, at=october, ref=new_id()).accepted
    (soon,) = issued(here, blank(8), at=october)
    (later,) = issued(here, blank(9), at=october + timedelta(days=7))
    months = [IssuedCard.objects.get(serial=serial).key.month for serial in (soon, later)]
    assert months == ["2022-09", "2022-10"]


def test_a_revoked_key_takes_all_its_cards_with_it_and_a_new_one_stands():
    here = community()
    (serial,) = issued(here)
    old = IssuedCard.objects.get(serial=serial).key
    answer = actions.revoke_key(by=BO, key=old, why="laptop stolen", at=NOON, ref=new_id())
    assert len(answer.facts["made"]) == 1
    assert queries.verify(WHOLE, text_of(here, serial), NOON).reason == "key_revoked"
    (fresh,) = issued(here, blank(), at=NOON)
    assert queries.verify(WHOLE, text_of(here, fresh), NOON).valid
    again = actions.revoke_key(by=BO, key=old, why="", at=NOON, ref=new_id())
    assert again.reason == "cards.key_revoked_before"


def test_the_root_goes_into_the_safe_only_after_its_sheet_was_printed():
    issued(community())
    assert actions.put_root_away(by=BO, at=NOON, ref=new_id()).reason == "cards.root_not_printed"
    assert actions.note_root_printed(by=BO, at=NOON, ref=new_id()).accepted
    assert actions.put_root_away(by=BO, at=NOON, ref=new_id()).accepted
    assert not keystore.has_root()
    assert actions.put_root_away(by=BO, at=NOON, ref=new_id()).reason == "cards.root_not_here"


def put_away() -> list[str]:
    sheets = queries.recovery_sheets(WHOLE)
    actions.note_root_printed(by=BO, at=NOON, ref=new_id())
    actions.put_root_away(by=BO, at=NOON, ref=new_id())
    return sheets


def test_cards_go_on_without_the_root_until_the_keys_run_out():
    here = community()
    issued(here)
    put_away()
    assert issued(here, blank(), at=MORNING + timedelta(days=150))
    answer = actions.issue(
        by=BO, community=here, cards=[blank()], at=MORNING + timedelta(days=300), ref=new_id()
    )
    assert answer.reason == "cards.root_away"


def test_the_sheet_brings_the_root_back():
    here = community()
    issued(here)
    (sheet,) = put_away()
    typed = sheet.lower().replace("0", "o")
    for words, reason in ((sheet[:-1], "length"), (sheet[:7] + other(sheet[7]) + sheet[8:], "line")):
        answer = actions.restore_root(by=BO, sheets=[words], at=NOON, ref=new_id())
        assert answer.reason == f"cards.sheet_{reason}"
    assert answer.facts == {"line": 1}
    restored = actions.restore_root(by=BO, sheets=[lines_of(typed, sheet)], at=NOON, ref=new_id())
    assert restored.accepted
    assert keystore.has_root()
    assert issued(here, blank(), at=MORNING + timedelta(days=300))


def lines_of(typed: str, sheet: str) -> str:
    """Look-alikes are forgiven in the body of a line, not in its check character."""
    return "\n".join(typed[n : n + 14] + sheet[n + 14] for n in range(0, 60, 15))


def other(character: str) -> str:
    return "7" if character != "7" else "8"


def test_two_of_three_shares_bring_the_root_back_and_one_does_not():
    issued(community())
    shares = queries.recovery_sheets(WHOLE, slope=bytes(range(32)))
    put_away()
    one = actions.restore_root(by=BO, sheets=shares[:1], at=NOON, ref=new_id())
    twice = actions.restore_root(by=BO, sheets=[shares[1], shares[1]], at=NOON, ref=new_id())
    assert (one.reason, twice.reason) == ("cards.sheet_more", "cards.sheet_share")
    for pair in ([0, 1], [2, 0], [1, 2]):
        answer = actions.restore_root(by=BO, sheets=[shares[n] for n in pair], at=NOON, ref=new_id())
        assert answer.accepted


def test_the_sheet_of_another_root_is_refused():
    from zhegu.cards.rules.recovery import written

    issued(community())
    put_away()
    answer = actions.restore_root(by=BO, sheets=[written(bytes(31) + b"\7")], at=NOON, ref=new_id())
    assert answer.reason == "cards.sheet_other_root"
    assert not keystore.has_root()


def test_a_sheet_makes_the_root_of_a_new_machine():
    issued(community())
    sheet, point = put_away(), bytes(Root.objects.get().point)
    Root.objects.all().delete()
    assert actions.restore_root(by=BO, sheets=sheet, at=NOON, ref=new_id()).accepted
    assert bytes(Root.objects.get().point) == point


def test_a_second_root_is_refused():
    assert actions.set_up_root(by=BO, at=MORNING, ref=new_id()).accepted
    assert actions.set_up_root(by=BO, at=MORNING, ref=new_id()).reason == "cards.root_stands"


def test_nothing_secret_enters_the_journal():
    here = community()
    issued(here, named())
    from zhegu.journal.models import Body

    (sheet,) = put_away()
    actions.restore_root(by=BO, sheets=[sheet], at=NOON, ref=new_id())
    said = " ".join(body.content for body in Body.objects.all()) + " ".join(
        Entry.objects.values_list("answer", flat=True)
    )
    assert sheet[:14] not in said
    assert SOMEONE.hex() not in said


def test_runs_unroll_to_the_serials_in_order():
    assert unrolled([[5, 2], [9, 1], [1, 3]]) == [5, 6, 9, 1, 2, 3]

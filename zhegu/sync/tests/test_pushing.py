"""Handing commands in: exactly once, each answered, none blocking another, nothing lost."""

import json
import random
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhegu.accounts import actions as accounts
from zhegu.accounts.models import Device, RoleGrant
from zhegu.journal import chain
from zhegu.journal import models as journal
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.sync import actions
from zhegu.sync.models import Quarantined
from zhegu.sync.outside import letters
from zhegu.sync.tests import make
from zhegu.sync.tests.test_joining import problem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "board")]


@pytest.fixture
def at_table(clock):
    """A phone of A on which Bo (sampler of grid 1) has signed on."""
    a, b = make.two_communities()
    bo, phone = make.sampler(a), make.phone(a, MORNING)
    return phone, make.signed_on(phone, a, bo, MORNING), a, b


def note(phone, bo, a, board="x", words="", kind="note.put", **more):
    return phone.item(bo, kind, {"grid": a.code + "001", "board": board, "words": words}, MORNING, **more)


def statuses(answers):
    return [(one["status"], one["reason"]) for one in answers]


def test_a_command_is_carried_out_and_answered(at_table, board):
    phone, bo, a, _ = at_table
    item = note(phone, bo, a)
    assert phone.push(item) == [{"ref": item["ref"], "status": "accepted", "reason": "", "facts": {"board": "x"}}]
    entry = journal.Entry.objects.get(ref=item["ref"])
    assert (entry.actor, entry.device, entry.community) == (f"staff:{bo}", phone.device, a.code)
    assert board == [("x", "")]


def test_a_repeat_is_answered_byte_for_byte(at_table, board):
    phone, bo, a, _ = at_table
    items = {"items": [note(phone, bo, a), note(phone, bo, a, words="no")]}
    first, second = phone.post("push", items).content, phone.post("push", items).content
    assert first == second
    assert board == [("x", ""), ("x", "no")]


def test_a_repeat_is_answered_after_the_role_was_taken_back(at_table):
    phone, bo, a, _ = at_table
    item = note(phone, bo, a)
    first = phone.push(item)
    RoleGrant.objects.filter(staff=bo).update(until=MORNING - timedelta(days=1))
    assert phone.push(item) == first


def test_another_text_under_the_same_ref_is_refused_and_changes_nothing(at_table, board):
    phone, bo, a, _ = at_table
    first = note(phone, bo, a)
    phone.push(first)
    other = note(phone, bo, a, words="other", ref=first["ref"])
    assert statuses(phone.push(other)) == [("conflict", "journal.other_body")]
    assert statuses(phone.push(first)) == [("accepted", "")]
    assert board == [("x", "")]


def test_a_ref_twice_in_one_delivery(at_table, board):
    phone, bo, a, _ = at_table
    first = note(phone, bo, a)
    other = note(phone, bo, a, words="other", ref=first["ref"])
    assert statuses(phone.push(first, first, other)) == [
        ("accepted", ""), ("accepted", ""), ("conflict", "journal.other_body"),
    ]  # fmt: skip
    assert board == [("x", "")]


def bad_items(phone, bo, a, b):
    """Every kind of bad item, with the answer it must have."""
    whole = note(phone, bo, a)
    forged = {**note(phone, bo, a), "proof": whole["proof"]}
    stranger = phone.item(bo, "note.put", {"grid": a.code + "001", "board": "x"}, MORNING, actor=str(uuid4()))
    elsewhere = phone.item(bo, "note.put", {"grid": a.code + "001", "board": "x"}, MORNING, device=str(uuid4()))
    outside = phone.item(bo, "note.put", {"grid": a.code + "002", "board": "x"}, MORNING)
    foreign = phone.item(bo, "note.put", {"grid": b.code + "001", "board": "x"}, MORNING)
    late = phone.item(bo, "note.put", {"grid": a.code + "001", "board": "x"}, MORNING + timedelta(days=400))
    early = phone.item(bo, "note.put", {"grid": a.code + "001", "board": "x"}, MORNING - timedelta(days=400))
    return [
        (forged, ("quarantined", "sync.bad_proof")),
        (stranger, ("quarantined", "sync.bad_proof")),
        (elsewhere, ("quarantined", "sync.bad_proof")),
        ({"ref": str(new_id()), "envelope": "{", "proof": ""}, ("quarantined", "sync.unreadable")),
        ({"ref": "no ref\0", "envelope": whole["envelope"], "proof": whole["proof"]}, ("quarantined", "sync.unreadable")),
        ({"ref": 5}, ("quarantined", "sync.unreadable")),
        ("nonsense", ("quarantined", "sync.unreadable")),
        ({"ref": str(new_id()), "sealed": "AAAA"}, ("quarantined", "sync.unreadable")),
        (note(phone, bo, a, kind="note.sung"), ("waiting", "sync.unknown_kind")),
        (phone.item(bo, "note.put", {"board": "x"}, MORNING), ("refused", "sync.bad_body")),
        (note(phone, bo, a, words="\0"), ("refused", "sync.bad_body")),
        (outside, ("refused", "sync.outside")),
        (foreign, ("refused", "sync.outside")),
        (late, ("refused", "sync.clock_far_off")),
        (early, ("refused", "sync.clock_far_off")),
        (note(phone, bo, a, words="boom"), ("waiting", "sync.failed")),
        (note(phone, bo, a, words="no"), ("refused", "sync.not_found")),
    ]


@pytest.mark.filterwarnings("ignore")
def test_one_bad_item_never_blocks_the_rest(at_table, board):
    phone, bo, a, b = at_table
    bad = bad_items(phone, bo, a, b)
    good = [note(phone, bo, a, board=str(n), words="good") for n in range(len(bad) + 1)]
    mixed = [item for pair in zip(good, (item for item, _ in bad), strict=False) for item in pair] + good[-1:]
    for _ in range(2):  # the second time is a repeat of everything
        answers = phone.push(*mixed)
        assert statuses(answers[1::2]) == [expected for _, expected in bad]
        assert statuses(answers[0::2]) == [("accepted", "")] * len(good)
    assert sorted(words for words in board if words[1] == "good") == sorted((str(n), "good") for n in range(len(good)))
    assert [f for f in chain.verify(a.code).flaws if not f.code.startswith("anchor")] == []


def test_refusals_of_the_door_are_final(at_table):
    phone, bo, *_ = at_table
    item = phone.item(bo, "note.put", {"board": "x"}, MORNING)
    assert statuses(phone.push(item)) == [("refused", "sync.bad_body")]
    entry = journal.Entry.objects.get(ref=item["ref"])
    assert (entry.status, json.loads(entry.answer)["reason"]) == ("refused", "sync.bad_body")
    assert journal.Body.objects.get(ref=item["ref"]).content == '{"board":"x"}'


def test_what_waits_is_carried_out_when_the_program_knows_it(at_table, board, monkeypatch):
    phone, bo, a, _ = at_table
    item = note(phone, bo, a, kind="note.sung")
    assert statuses(phone.push(item)) == [("waiting", "sync.unknown_kind")]
    known = actions.receiving.offers.commands()
    monkeypatch.setattr(actions.receiving.offers, "commands", lambda: {**known, "note.sung": known["note.put"]})
    assert statuses(phone.push(item)) == [("accepted", "")]
    assert board == [("x", "")]


def test_a_record_keeps_its_order_and_kinds_come_together(at_table, board):
    phone, bo, a, _ = at_table
    items = [
        note(phone, bo, a, board=str(n % 5), words=f"{n:02}", kind=("note.put", "note.pin")[n % 2]) for n in range(40)
    ]
    phone.push(*items)
    for record in "01234":
        assert [w for r, w in board if r == record] == sorted(w for r, w in board if r == record)
    assert len(board) == 40


@pytest.mark.parametrize("seed", range(5))
def test_replays_and_shuffled_batches_give_the_same_state(at_table, board, seed):
    phone, bo, a, _ = at_table
    items = [note(phone, bo, a, board=str(n), words=("", "no")[n % 3 == 0]) for n in range(30)]
    chance = random.Random(seed)
    answers = {}
    for _ in range(6):
        batch = chance.sample(items, chance.randint(1, len(items)))
        for answer in phone.push(*batch):
            assert answers.setdefault(answer["ref"], answer) == answer
    for answer in phone.push(*items):
        assert answers.setdefault(answer["ref"], answer) == answer
    assert sorted(board) == sorted((str(n), ("", "no")[n % 3 == 0]) for n in range(30))


def test_a_past_role_counts_for_what_was_done_while_it_was_held(at_table, clock):
    phone, bo, a, _ = at_table
    before, after = note(phone, bo, a), phone.item(
        bo, "note.put", {"grid": a.code + "001", "board": "y"}, MORNING + timedelta(hours=3)
    )
    RoleGrant.objects.filter(staff=bo).update(until=MORNING + timedelta(hours=2))
    clock.shift(timedelta(hours=4))
    assert statuses(phone.push(before, after)) == [("accepted", ""), ("refused", "sync.outside")]


# --- set aside


def revoke(phone):
    device = Device.objects.get(pk=phone.device)
    accounts.revoke_phone(by=make.OFFICE, device=device, reason="lost", at=MORNING, ref=uuid4())


def test_a_revoked_phone_reads_nothing_and_delivers_into_quarantine(at_table, board):
    phone, bo, a, _ = at_table
    known, fresh = note(phone, bo, a), note(phone, bo, a, board="late")
    first = phone.push(known)
    revoke(phone)
    assert problem(phone.post("pull", {"cursor": ""}), 403) == "sync.device_revoked"
    assert problem(phone.post("unlock", {"staff_code": "x"}), 403) == "sync.device_revoked"
    for _ in range(2):
        assert phone.push(known) == first
        assert statuses(phone.push(fresh)) == [("quarantined", "sync.device_revoked")]
    assert Quarantined.objects.count() == 1
    assert board == [("x", "")]


def test_an_expired_phone_delivers_into_quarantine(at_table, clock, board):
    phone, bo, a, _ = at_table
    item = note(phone, bo, a)
    clock.shift(timedelta(days=366))
    assert problem(phone.post("pull", {"cursor": ""}), 403) == "sync.device_expired"
    assert statuses(phone.push(item)) == [("quarantined", "sync.device_expired")]
    assert board == []


def test_a_person_locked_out_of_a_phone_is_set_aside(at_table, board):
    phone, bo, a, _ = at_table
    device = Device.objects.get(pk=phone.device)
    key = device.keys.get()
    accounts.lock_out(by=make.OFFICE, device=device, staff=key.staff, at=MORNING, ref=uuid4())
    assert statuses(phone.push(note(phone, bo, a))) == [("quarantined", "sync.staff_locked_out")]


def test_what_was_set_aside_is_sealed_at_rest(at_table):
    phone, bo, a, _ = at_table
    revoke(phone)
    phone.push(note(phone, bo, a, words="a name that must not stand in clear"))
    raw = Quarantined.objects.values_list("content", flat=True).get()
    assert str(raw).startswith("v1.") and "must not" not in str(raw)


def test_the_office_releases_what_was_set_aside(at_table, board):
    phone, bo, a, _ = at_table
    revoke(phone)
    item = note(phone, bo, a)
    phone.push(item)
    row = Quarantined.objects.select_related("device__community").get()
    answer = actions.release(by=make.OFFICE, row=row, at=MORNING, ref=uuid4())
    assert answer.facts["status"] == "accepted"
    assert board == [("x", "")]
    assert statuses(phone.push(item)) == [("accepted", "")]  # the phone hears the final answer
    row.refresh_from_db()
    again = actions.release(by=make.OFFICE, row=row, at=MORNING, ref=uuid4())
    assert (again.status, again.reason) == ("refused", "sync.settled_already")


def test_what_cannot_be_proved_is_never_released(at_table, board):
    phone, bo, a, _ = at_table
    phone.push({**note(phone, bo, a), "proof": ""})
    row = Quarantined.objects.select_related("device__community").get()
    assert actions.release(by=make.OFFICE, row=row, at=MORNING, ref=uuid4()).reason == "sync.cannot_be_proved"
    assert actions.dismiss(by=make.OFFICE, row=row, reason="forged", at=MORNING, ref=uuid4()).accepted
    assert board == []


def test_a_sealed_outbox_is_opened_by_the_server_alone(at_table, settings):
    phone, bo, a, _ = at_table
    item = note(phone, bo, a)
    inside = json.dumps({"envelope": item["envelope"], "proof": item["proof"]}).encode()
    sealed = letters.write_letter(letters.public_key(settings.DATA), inside, bytes(range(12)))
    assert statuses(phone.push({"ref": item["ref"], "sealed": sealed})) == [("accepted", "")]
    assert statuses(phone.push(item)) == [("accepted", "")]


# --- what a phone says of its outbox


def test_a_phone_has_reported_once_it_says_that_nothing_waits(at_table, clock):
    phone, bo, a, _ = at_table
    scope = make.Scope.everything("the office looks at phones")
    clock.shift(timedelta(hours=1))
    closing = MORNING + timedelta(minutes=30)
    from zhegu.accounts import queries

    assert [str(d.pk) for d in queries.unreported(scope, a, closing)] == [phone.device]
    phone.post("push", {"items": [note(phone, bo, a)], "unsent": 3})
    assert Device.objects.get(pk=phone.device).unsent == 2
    assert queries.unreported(scope, a, closing).exists()
    phone.post("push", {"items": [note(phone, bo, a), note(phone, bo, a)], "unsent": 2})
    assert Device.objects.get(pk=phone.device).unsent == 0
    assert not queries.unreported(scope, a, closing).exists()


# --- limits and a full disk


def test_too_many_items_are_refused_whole(at_table):
    phone, *_ = at_table
    assert problem(phone.post("push", {"items": [{"ref": "x"}] * 10_001}), 422) == "sync.not_understood"


def test_a_body_past_the_limit_is_refused(at_table):
    phone, *_ = at_table
    assert problem(phone.post("push", b'{"items":[],"x":"' + b"x" * (16 * 1024 * 1024) + b'"}'), 413) == "sync.too_large"


@contextmanager
def pragma(words, back):
    """The engine itself refuses to write, as on a full or a read-only disk."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA {words.format(pages=pages)}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA {back}")


UNWRITABLE = [("max_page_count={pages}", "max_page_count=1073741823"), ("query_only=1", "query_only=0")]


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("disk", UNWRITABLE)
def test_an_unwritable_disk_is_said_plainly_and_loses_nothing(at_table, board, disk):
    phone, bo, a, _ = at_table
    known = [note(phone, bo, a, board=str(n)) for n in range(3)]
    fresh = [note(phone, bo, a, board=f"y{n}", words="w" * 500) for n in range(300)]
    first = phone.push(*known)
    with pragma(*disk):
        answer = phone.post("push", {"items": fresh})
        assert problem(answer, 503) == "sync.cannot_store" and answer["Retry-After"]
        assert phone.push(*known) == first  # what was answered is answered again, disk or no disk
        phone.pull()
    assert statuses(phone.push(*fresh)) == [("accepted", "")] * 300
    assert phone.push(*known) == first
    assert journal.Entry.objects.filter(kind="sync.note_put").count() == 303
    assert [f for f in chain.verify(a.code).flaws if not f.code.startswith("anchor")] == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_postgresql_that_only_reads_is_said_plainly(at_table, board):
    if connection.vendor != "postgresql":
        return
    phone, bo, a, _ = at_table
    known, fresh = note(phone, bo, a), note(phone, bo, a, board="y")
    first = phone.push(known)
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
        assert problem(phone.post("push", {"items": [fresh]}), 503) == "sync.cannot_store"
        assert phone.push(known) == first
        cursor.execute("SET default_transaction_read_only = off")
    assert statuses(phone.push(fresh)) == [("accepted", "")]


# --- any other text under a used ref


def other_text(data) -> dict:
    return {
        "board": data.draw(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)),
        "words": data.draw(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)),
    }


def check_conflict(at_table, data, board) -> None:
    phone, bo, a, _ = at_table
    body = {"grid": a.code + "001", **other_text(data)}
    first = phone.item(bo, "note.put", body, MORNING)
    answer = phone.push(first)
    count, entries = len(board), journal.Entry.objects.count()
    how = data.draw(st.sampled_from(["body", "kind", "at", "seq", "space"]))
    envelope = json.loads(first["envelope"])
    if how == "body":
        envelope["body"] = {**body, "words": body["words"] + "!"}
    elif how == "kind":
        envelope["kind"] = "note.pin"
    elif how == "at":
        envelope["at"] = (MORNING + timedelta(seconds=1)).isoformat()
    elif how == "seq":
        envelope["seq"] += 1
    said = json.dumps(envelope, ensure_ascii=False) + (" " if how == "space" else "")
    other = {"ref": first["ref"], "envelope": said, "proof": make.proof(phone.keys[bo], said)}
    assert statuses(phone.push(other)) == [("conflict", "journal.other_body")]
    assert phone.push(first) == answer
    assert (len(board), journal.Entry.objects.count()) == (count, entries)


CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=100, deadline=None, suppress_health_check=CHECKS)
@given(st.data())
def test_another_text_under_a_used_ref_is_always_a_conflict(at_table, board, data):
    check_conflict(at_table, data, board)


@pytest.mark.long
@settings(max_examples=1000, deadline=None, suppress_health_check=CHECKS)
@given(st.data())
def test_another_text_under_a_used_ref_is_always_a_conflict_1000_times(at_table, board, data):
    check_conflict(at_table, data, board)


def test_another_phone_of_the_community_may_bring_what_this_one_signed(at_table, board):
    """A phone whose enrolment ran out joins again as another one, and still holds its outbox."""
    phone, bo, a, _ = at_table
    other = make.phone(a, MORNING, client=Client())
    assert statuses(other.push(note(phone, bo, a))) == [("accepted", "")]
    revoke(phone)
    assert statuses(other.push(note(phone, bo, a))) == [("quarantined", "sync.device_revoked")]
    assert len(board) == 1


def test_a_phone_of_another_community_cannot_deliver_for_this_one(at_table, board):
    phone, bo, a, b = at_table
    other = make.phone(b, MORNING, client=Client())
    assert statuses(other.push(note(phone, bo, a))) == [("quarantined", "sync.bad_proof")]
    assert board == []


def test_who_signed_on_elsewhere_cannot_sign_here(at_table, board):
    phone, bo, a, _ = at_table
    other = make.phone(a, MORNING, client=Client())
    other.keys[bo] = phone.keys[bo]
    assert statuses(other.push(note(other, bo, a))) == [("quarantined", "sync.bad_proof")]
    assert board == []

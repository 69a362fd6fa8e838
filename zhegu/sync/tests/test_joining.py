"""Enrolling a phone and signing on, through the real door."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from zhegu.accounts import actions as accounts
from zhegu.accounts.models import Device, Role, Staff
from zhegu.accounts.rules import hashed
from zhegu.accounts.tests.make import staff
from zhegu.journal.models import Entry
from zhegu.journal.tests.make import MORNING
from zhegu.places.tests import make as places
from zhegu.sync.tests import make
from zhegu.sync.tests.make import post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def problem(answer, status: int) -> str:
    """The reason of a problem document; it must be one."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == status and said["title"] and said["type"]
    return said["reason"]


def test_hello_says_the_time_and_nothing_about_anyone():
    answer = Client().get("/api/hello").json()
    assert set(answer) == {"product", "version", "server_time"}
    assert answer["server_time"].startswith("2022-09-13T09:00:00")


def test_a_phone_joins_the_community_that_invited_it():
    a = places.community()
    bo = make.sampler(a)
    answer = post(Client(), "enrol", {"token": make.invitation(a, MORNING).token, "device_name": "Table 1"}).json()
    assert answer["community"]["code"] == a.code
    assert answer["table_no"] == 1
    assert [one["id"] for one in answer["staff"]] == [str(bo.id)]
    assert len(answer["server_key"]) == 88
    kept = Device.objects.get(pk=answer["device"])
    assert bytes(kept.token_hash) == hashed(answer["device_token"])
    assert answer["device_token"] not in repr(vars(kept))


def test_the_code_may_be_typed_as_people_type():
    a = places.community()
    code = make.invitation(a, MORNING).code
    typed = f" {code[:4].lower()}-{code[4:8]}-{code[8]} "
    assert post(Client(), "enrol", {"token": typed, "device_name": "x"}).status_code == 200


def test_table_numbers_follow_one_another():
    a = places.community()
    numbers = [Device.objects.get(pk=make.phone(a, MORNING).device).table_no for _ in range(3)]
    assert numbers == [1, 2, 3]


def test_an_invitation_serves_one_phone():
    token = make.invitation(places.community(), MORNING).token
    assert post(Client(), "enrol", {"token": token, "device_name": "1"}).status_code == 200
    assert problem(post(Client(), "enrol", {"token": token, "device_name": "2"}), 410) == "accounts.invitation_used"
    assert Device.objects.count() == 1


def test_the_same_phone_may_ask_again_when_the_answer_was_lost():
    token, mine = make.invitation(places.community(), MORNING).token, str(uuid4())
    asked = {"token": token, "device_name": "1", "ref": mine}
    first, second = (post(Client(), "enrol", asked).json() for _ in range(2))
    assert first["device"] == second["device"] and first["device_token"] != second["device_token"]
    assert post(Client(), "pull", {"cursor": ""}, first["device_token"]).status_code == 401
    assert post(Client(), "pull", {"cursor": ""}, second["device_token"]).status_code == 200
    assert problem(post(Client(), "enrol", asked), 410) == "accounts.invitation_used"


def test_an_invitation_ends_after_half_an_hour(clock):
    token = make.invitation(places.community(), MORNING).token
    clock.shift(timedelta(minutes=30))
    assert problem(post(Client(), "enrol", {"token": token, "device_name": "1"}), 410) == "accounts.invitation_expired"


def test_guessing_is_stopped():
    a = places.community()
    for _ in range(10):
        answer = post(Client(), "enrol", {"token": "guess", "device_name": "1"})
        assert problem(answer, 404) == "accounts.invitation_unknown"
    right = {"token": make.invitation(a, MORNING).token, "device_name": "1"}
    assert problem(post(Client(), "enrol", right), 429) == "sync.too_many_tries"


def test_a_person_signs_on_with_a_one_time_code():
    a = places.community()
    bo, phone = make.sampler(a, 2), make.phone(a, MORNING)
    said = phone.unlock(make.staff_code(a, bo, MORNING)).json()
    assert said["staff"] == {
        "id": str(bo.id), "name": "Bo", "name_bo": "", "grids": [a.code + "002"], "roles": ["sampler"],
    }  # fmt: skip
    assert len(phone.keys[str(bo.id)]) == 32


def test_the_code_works_on_one_phone_and_there_again():
    a = places.community()
    bo, one, other = make.sampler(a), make.phone(a, MORNING), make.phone(a, MORNING)
    code = make.staff_code(a, bo, MORNING)
    assert one.unlock(code).json() == one.unlock(code).json()
    assert problem(other.unlock(code), 410) == "accounts.code_used"


def test_signing_on_again_gives_the_same_key():
    a = places.community()
    bo, phone = make.sampler(a), make.phone(a, MORNING)
    first = phone.unlock(make.staff_code(a, bo, MORNING)).json()["staff_key"]
    assert phone.unlock(make.staff_code(a, bo, MORNING)).json()["staff_key"] == first


def test_a_newer_code_ends_the_older(clock):
    a = places.community()
    bo, phone = make.sampler(a), make.phone(a, MORNING)
    old = make.staff_code(a, bo, MORNING)
    make.staff_code(a, bo, MORNING)
    assert problem(phone.unlock(old), 410) == "accounts.code_expired"


def test_codes_of_another_community_are_unknown():
    a, b = make.two_communities()
    chen = staff("chen", Role.OFFICE, b)
    assert problem(make.phone(a, MORNING).unlock(make.staff_code(b, chen, MORNING)), 404) == "accounts.code_unknown"


def test_wrong_codes_lock_the_phone_for_an_hour(clock):
    a = places.community()
    bo, phone = make.sampler(a), make.phone(a, MORNING)
    for _ in range(10):
        assert problem(phone.unlock("AAAAAAAA0"), 404) == "accounts.code_unknown"
    code = make.staff_code(a, bo, MORNING)
    assert problem(phone.unlock(code), 429) == "sync.too_many_tries"
    clock.shift(timedelta(hours=1, seconds=1))
    assert phone.unlock(code).status_code == 200


@pytest.mark.parametrize("path", ["unlock", "pull", "push"])
@pytest.mark.parametrize("token", ["", "wrong", "x" * 5000])
def test_without_a_token_nothing_opens(path: str, token: str):
    assert problem(post(Client(), path, {}, token), 401) == "sync.unknown_device"


def test_secrets_never_enter_the_journal():
    a = places.community()
    bo, phone = make.sampler(a), make.phone(a, MORNING)
    said = phone.unlock(make.staff_code(a, bo, MORNING)).json()
    written = "".join(entry.answer for entry in Entry.objects.all())
    assert Entry.objects.count() == 4
    assert phone.token not in written and said["staff_key"] not in written


def test_errors_speak_the_readers_language():
    answer = Client().post(
        "/api/enrol", b'{"token":"x","device_name":"y"}', content_type="application/json", headers={"accept-language": "en"}
    )
    assert answer.json()["title"].startswith("There is no such code")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'{"token":1}', b'{"token":"' + b"x" * 200 + b'"}'])
def test_nonsense_is_answered_as_such(body: bytes):
    answer = post(Client(), "enrol", body)
    assert answer.status_code in (400, 422)
    assert problem(answer, answer.status_code) == "sync.not_understood"


def test_who_left_holds_nothing_on_the_phone():
    a = places.community()
    bo, phone = make.sampler(a), make.phone(a, MORNING)
    make.signed_on(phone, a, bo, MORNING)
    accounts.leave(by=make.OFFICE, community=a, staff=bo, at=MORNING, ref=uuid4())
    assert Staff.objects.get(pk=bo.pk).is_active is False
    assert phone.unlock(make.staff_code(a, bo, MORNING)).json()["staff"]["grids"] == []

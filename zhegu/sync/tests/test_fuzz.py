"""Whatever is sent to the phone's door, the answer keeps to the contract and is never a crash (reliability 19).

Cases come from the contract itself; real tokens, codes and signed items are mixed in, so that no door
is only ever tried from outside.
"""

import json
from collections import Counter
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhegu.accounts.models import WrongPassword
from zhegu.journal.tests.make import MORNING
from zhegu.sync.contract import contract
from zhegu.sync.tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "board")]

CONTRACT = json.loads(contract())
OPERATIONS = {one.ok().label: one.ok() for one in schemathesis.openapi.from_dict(CONTRACT).get_all_operations()}
EASY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@pytest.fixture
def world(clock):
    """A phone with a sampler, and what it could honestly send."""
    a, _ = make.two_communities()
    bo, phone = make.sampler(a), make.phone(a, MORNING)
    who = make.signed_on(phone, a, bo, MORNING)
    return a, bo, phone, who


def truth(world, label: str, asked: dict, chance: st.DataObject) -> dict:
    """The body with one true thing in it."""
    a, bo, phone, who = world
    if label.endswith("enrol"):
        return {**asked, "token": make.invitation(a, MORNING).token}
    if label.endswith("unlock"):
        return {**asked, "staff_code": make.staff_code(a, bo, MORNING)}
    if label.endswith("push"):
        body = {"grid": a.code + "001", "board": chance.draw(st.text(max_size=5)), "words": "w"}
        items = asked.get("items")
        return {**asked, "items": [*(items if isinstance(items, list) else []), phone.item(who, "note.put", body, MORNING)]}
    return asked


def keeps_to_contract(label: str, answer: Any) -> None:
    assert answer.status_code < 500, answer.content[:500]
    method, path = label.split(" ", 1)
    known = CONTRACT["paths"][path][method.lower()]["responses"]
    if answer.status_code == 405:
        return
    assert str(answer.status_code) in known, answer.status_code
    schema = known[str(answer.status_code)]["content"]["application/json"]["schema"]
    jsonschema_rs.validate({**schema, "components": CONTRACT["components"]}, answer.json())
    kind = "application/json" if answer.status_code == 200 else "application/problem+json"
    assert answer["Content-Type"] == kind


def try_hard(world, label: str, cases: int) -> Counter:
    """So many cases of one operation; how often each status was answered."""
    operation, seen = OPERATIONS[label], Counter()
    path = label.split(" ", 1)[1]

    @settings(max_examples=cases, deadline=None, suppress_health_check=EASY, database=None)
    @given(operation.as_strategy(), st.data())
    def one(case, chance):
        WrongPassword.objects.all().delete()
        head, body = {}, case.body
        if chance.draw(st.integers(0, 9)):
            head["authorization"] = f"Bearer {world[2].token}"
        if isinstance(body, dict) and chance.draw(st.booleans()):
            body = truth(world, label, body, chance)
        if case.method == "GET":
            answer = Client().get(path, headers=head)
        else:
            raw = body if isinstance(body, bytes) else json.dumps(plain(body)).encode()
            answer = Client().generic(case.method, path, raw, content_type="application/json", headers=head)
        seen[answer.status_code] += 1
        keeps_to_contract(label, answer)

    one()
    return seen


def plain(body: Any) -> Any:
    """Anything schemathesis leaves out becomes null."""
    return None if isinstance(body, type(schemathesis.core.NOT_SET)) else body


@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_a_hundred_odd_requests_are_all_answered_by_the_contract(world, label):
    assert try_hard(world, label, 100)[200] > 0


@pytest.mark.long
@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_ten_thousand_odd_requests_are_all_answered_by_the_contract(world, label):
    assert try_hard(world, label, 2000)[200] > 0

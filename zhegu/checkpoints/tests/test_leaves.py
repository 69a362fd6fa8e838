"""Who may go out when: the rule as tables shared with the phone, and the office's page."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.checkpoints.models import Leave
from zhegu.checkpoints.phone import TABLES
from zhegu.checkpoints.rules import Going, LeaveRule, going_out
from zhegu.checkpoints.tests.make import Roads, member
from zhegu.checkpoints.tests.test_rules import cases
from zhegu.lib import clock
from zhegu.lib.texts import has_text


def rule_of(said: dict) -> LeaveRule:
    hours = {name: time.fromisoformat(said[name]) for name in ("opens", "closes") if name in said}
    numbers = {name: tuple(said[name]) for name in ("grids", "weekdays") if name in said}
    return LeaveRule(**numbers, **hours, card_hours=said.get("card_hours"))


@pytest.mark.parametrize("case", cases("going-out"), ids=lambda c: c["name"])
def test_going_out(case: dict):
    card = case["card"] and (case["card"]["grid"], case["card"]["hours"])
    leaves = [rule_of(one) for one in case["leaves"]]
    assert going_out(card, leaves, case["weekday"], time.fromisoformat(case["at"])) == case["expect"]


def test_every_answer_has_words():
    assert all(has_text(f"checkpoints.going_{one}") for one in Going if one != Going.FREE)


@pytest.fixture
def roads(db) -> Roads:
    return Roads()


def client(roads: Roads, role: Role) -> Client:
    made = Client()
    made.force_login(member(roads, role))
    return made


def said(**more: object) -> dict:
    until = (clock.local(clock.now()) + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M")
    return {"name": "一网格上午", "grids": ["1"], "weekdays": ["1", "3"], "opens": "10:00", "closes": "12:00", "card_hours": "48", "until": until} | more


def test_the_office_gives_a_rule_phones_at_gates_know_it_and_it_ends(roads: Roads):
    office = client(roads, Role.OFFICE)
    assert "一网格上午" in office.post(reverse("checkpoints:leaves"), said(), follow=True).content.decode()
    (row,) = TABLES["leave"](roads.keeper, roads.community)
    assert (row["grids"], row["weekdays"], row["opens"], row["closes"], row["card_hours"]) == ([1], [1, 3], "10:00", "12:00", 48)
    office.post(reverse("checkpoints:end_leave", args=[row["id"]]))
    assert not list(TABLES["leave"](roads.keeper, roads.community))
    assert office.post(reverse("checkpoints:end_leave", args=[row["id"]])).status_code == 409


@pytest.mark.parametrize("wrong", [{"name": " "}, {"until": "2020-01-01T00:00"}, {"until": "x"}, {"closes": ""}, {"card_hours": "721"}, {"card_hours": "x"}])
def test_a_rule_that_cannot_be_is_refused(roads: Roads, wrong: dict):
    assert client(roads, Role.OFFICE).post(reverse("checkpoints:leaves"), said(**wrong)).status_code == 409
    assert not Leave.objects.exists()


def test_a_keeper_reads_the_rules_and_gives_none(roads: Roads):
    keeper = client(roads, Role.GATE_KEEPER)
    assert keeper.get(reverse("checkpoints:leaves")).status_code == 200
    assert keeper.post(reverse("checkpoints:leaves"), said()).status_code == 404


@pytest.mark.parametrize("lang", ["zh-hans", "bo", "en"])
def test_the_pages_stand_in_every_language(roads: Roads, lang: str):
    office = client(roads, Role.OFFICE)
    office.cookies["zhegu_language"] = lang
    office.post(reverse("checkpoints:leaves"), said(weekdays=[]))
    for name in ("leaves", "patrols"):
        assert office.get(reverse(f"checkpoints:{name}")).status_code == 200

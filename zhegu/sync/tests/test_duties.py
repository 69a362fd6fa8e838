"""Rules of what is due, gathered for phones and counted for the office without a name."""

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.care.tests.make import Village
from zhegu.lib import clock
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import has_text
from zhegu.sync import offers, queries
from zhegu.sync.phone import duty_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Village:
    return Village()


@pytest.mark.parametrize("rule", offers.duties(), ids=lambda rule: rule.code)
def test_a_rule_has_a_name_workers_and_fields_its_table_has(rule):
    from tests.architecture.phone_contract import offered

    fields = set(offered("ROWS")[rule.table].__annotations__)
    named = {rule.opens, rule.closes, rule.done_at, rule.mine, *(one.field for one in (*rule.applies, *rule.resolved))} - {""}
    assert has_text(rule.text) and rule.roles and named <= fields and {"id", "name"} <= fields
    assert "grid" in fields or rule.mine, "what is due belongs to a grid or to somebody"
    assert set(rule.roles) <= set(Role.values)


def test_a_phone_is_told_the_rules_of_its_people(village: Village):
    assert "care.ask" in {row["id"] for row in duty_rows(village.scope(Role.CARER), village.community)}
    of_everybody = [rule.code for rule in offers.duties() if set(rule.roles) == set(Role.values)]
    assert [row["id"] for row in duty_rows(village.scope(Role.OBSERVER), village.community)] == of_everybody


def test_the_office_sees_numbers_by_grid_and_nobody(village: Village):
    village.asked(village.tsering, at=clock.now())
    counted = queries.duties_by_grid(village.scope(Role.OFFICE), village.community, clock.now())
    assert [(one.grid, one.by_rule) for one in counted] == [(1, {"care.ask": (1, 1)})]
    office = Client()
    office.force_login(village.who(Role.LEADER))
    shown = office.get(reverse("sync:duties")).content.decode()
    assert "央金" not in shown and "次仁" not in shown and "关爱联系" in shown


@pytest.mark.parametrize("role", [Role.GRID_WORKER, Role.CARER, Role.OBSERVER])
def test_who_does_the_work_does_not_supervise(village: Village, role: Role):
    with pytest.raises(NotFound):
        queries.duties_by_grid(village.scope(role), village.community, clock.now())


def test_a_grid_of_one_who_works_there_is_not_called_alone(village: Village):
    village.who(Role.GRID_WORKER, village.grids[0])
    office = Client()
    office.force_login(village.who(Role.OFFICE))
    shown = office.get(reverse("sync:duties")).content.decode()
    assert f"Grid_Worker-{village.community.code}".lower() in shown.lower()

"""Patrols: routes, findings as counts, form F14."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.queries import scope_of
from zhegu.checkpoints import actions, ledgers, queries
from zhegu.checkpoints.models import Finding, Route
from zhegu.checkpoints.rules import Did, Found
from zhegu.checkpoints.tests.make import BY, Roads, member, route_in
from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import has_text
from zhegu.places.tests.make import B

pytestmark = pytest.mark.django_db


@pytest.fixture
def roads() -> Roads:
    return Roads()


@pytest.fixture
def patrol(roads: Roads):
    return member(roads, Role.PATROL)


def find(roads: Roads, who, route: Route, **more):
    said = {"ref": new_id(), "at": MORNING, "route": route.pk, "point": 0, "found": Found.OUTSIDE, "people": 3, "did": Did.SENT_HOME} | more
    item = actions.NewFinding(**said)
    return actions.record_findings(by=who.actor, scope=scope_of(who), community=roads.community, items=[item])[0]


def test_a_route_needs_a_name_of_its_own_and_a_point(roads: Roads):
    def add(name: str, points: list[str]):
        return actions.add_route(by=BY, community=roads.community, name=name, name_bo="", points=points, at=MORNING, ref=new_id())

    assert add("河边", ["桥头", " ", "学校"]).status == "accepted" and Route.objects.get().points == ["桥头", "学校"]
    assert [add("河边", ["x"]).reason, add(" ", ["x"]).reason, add("山上", [" "]).reason] == [
        "checkpoints.route_taken", "checkpoints.name_needed", "checkpoints.points_needed",
    ]  # fmt: skip


def test_what_is_found_is_a_count_at_a_point(roads: Roads, patrol):
    route = route_in(roads.community)
    assert find(roads, patrol, route).status == "accepted"
    assert find(roads, patrol, route, found=Found.NOTHING, people=0, did=Did.NOTHING).status == "accepted"
    assert find(roads, patrol, route, point=2).reason == "checkpoints.unknown_point"
    assert find(roads, patrol, route, people=0).reason == "checkpoints.people_do_not_fit"
    assert find(roads, patrol, route, found=Found.NOTHING).reason == "checkpoints.people_do_not_fit"
    assert find(roads, member(roads, Role.GATE_KEEPER), route).reason == "checkpoints.unknown_route"
    assert {field.name for field in Finding._meta.get_fields()}.isdisjoint({"name", "person", "note"})


def test_a_finding_is_taken_back_once(roads: Roads, patrol):
    made = find(roads, patrol, route_in(roads.community)).facts["finding"]

    def undo():
        item = actions.UndoFinding(ref=new_id(), at=MORNING, finding=UUID(made))
        return actions.undo_findings(by=patrol.actor, scope=scope_of(patrol), community=roads.community, items=[item])[0]

    assert undo().status == "accepted" and undo().reason == "checkpoints.unknown_finding"


def test_a_closed_route_takes_nothing_later(roads: Roads, patrol):
    route = route_in(roads.community)
    actions.close_route(by=BY, route=route, at=MORNING, ref=new_id())
    assert find(roads, patrol, route, at=clock.now()).reason == "checkpoints.unknown_route"
    assert find(roads, patrol, route).status == "accepted"


def test_others_see_nothing_of_patrols(roads: Roads):
    for stranger in (member(roads, Role.SAMPLER), member(Roads(B), Role.PATROL)):
        with pytest.raises(NotFound):
            queries.routes(scope_of(stranger), roads.community)


def test_f14_counts_and_names_nobody_who_was_met(roads: Roads, patrol):
    route = route_in(roads.community)
    find(roads, patrol, route), find(roads, patrol, route, point=1, people=4)
    day = clock.local_day(MORNING)
    ledger = ledgers.patrols(scope_of(patrol), as_of=clock.now(), community=roads.community, since=day, until=day)
    assert [(row["point"], row["people"], row["by"]) for row in ledger.rows] == [("桥头", 3, patrol.name), ("学校", 4, patrol.name)]
    assert ledger.totals == {"people": 7}


def test_the_page_shows_numbers_and_the_office_adds_routes(roads: Roads, patrol):
    office, goes = Client(), Client()
    office.force_login(member(roads, Role.OFFICE)), goes.force_login(patrol)
    page = reverse("checkpoints:patrols")
    assert "河边" in office.post(page, {"name": "河边", "points": "桥头\n学校"}, follow=True).content.decode()
    route = Route.objects.get()
    find(roads, patrol, route, at=clock.now(), people=17)
    shown = goes.get(page).content.decode()
    assert "17" in shown and patrol.name in shown
    assert goes.post(page, {"name": "x", "points": "y"}).status_code == 404
    goes.post(reverse("checkpoints:undo_finding", args=[Finding.objects.get().pk]))
    office.post(reverse("checkpoints:close_route", args=[route.pk]))
    assert Finding.objects.get().undone and not queries.routes(scope_of(patrol), roads.community).exists()


def test_every_word_has_its_text():
    assert all(has_text(f"checkpoints.found_{one}") for one in Found) and all(has_text(f"checkpoints.did_{one}") for one in Did)

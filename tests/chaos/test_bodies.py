"""Whatever a proved phone says in the form of the contract is answered for good: never a fault of the program.

Bodies are made by schemathesis from contracts/phone.schema.json; half of their ids are real ones, so that
cases get past "not found".
"""

import json
import os
import random
import uuid
from collections import Counter
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.db.models import Model
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from zhegu.accounts.models import Role, Staff
from zhegu.arrivals.models import Arrival
from zhegu.care.actions import NewContact, note_contacts
from zhegu.care.models import CareNeed, Contact
from zhegu.care.rules import How
from zhegu.care.tests.make import begin
from zhegu.checkpoints.models import Crossing, Finding, Gate, Route
from zhegu.checkpoints.tests.make import Roads, route_in
from zhegu.deliveries.models import ErrandRun, HandOver, Parcel, RunStop
from zhegu.deliveries.rules.problem import RunKind
from zhegu.deliveries.tests.make import on_the_way, with_something_missing, with_the_other_side
from zhegu.handouts.models import Given, Share
from zhegu.handouts.tests.make import give, handout_in
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor
from zhegu.lib.tests.make import a_picture
from zhegu.monitoring.models import Check as DailyCheck
from zhegu.monitoring.models import Measure
from zhegu.monitoring.tests.make import decidable, watched
from zhegu.orders.actions import (
    AskHome,
    NewLine,
    NewMedicine,
    NewOrder,
    ask_homes,
    place_orders,
)
from zhegu.orders.models import Asked, Medicine, OrderKind, Substitute
from zhegu.outbreaks.models import Directive
from zhegu.outbreaks.tests.make import directive_for
from zhegu.rosters import actions
from zhegu.rosters.models import HandedOver, Shift
from zhegu.rosters.tests.make import plan_for, post_in
from zhegu.sampling.models import Round, Sample
from zhegu.sampling.queries.recount import kept, recount
from zhegu.sampling.tests.make import EVERYTHING, Day, staff
from zhegu.sync.tests import make
from zhegu.visits.actions import NewVisit, visit
from zhegu.visits.models import Campaign, Door, Said
from zhegu.visits.tests.make import open_in

pytestmark = pytest.mark.django_db

CONTRACT = json.loads((Path(__file__).parents[2] / "contracts" / "phone.schema.json").read_text())
FINAL = {"accepted", "refused"}
UUID = "00000000-0000-0000-0000-000000000000"


@cache
def operations() -> dict[str, Any]:
    """Each command as an operation whose request body is the command's body."""
    parts: dict[str, Any] = {}
    paths = {}
    for number, (kind, schema) in enumerate(sorted(CONTRACT["commands"].items())):
        own = json.loads(json.dumps(schema).replace('"#/$defs/', f'"#/components/schemas/c{number}.'))
        parts |= {f"c{number}.{name}": part for name, part in own.pop("$defs", {}).items()}
        body = {"required": True, "content": {"application/json": {"schema": own}}}
        paths[f"/{kind}"] = {"post": {"requestBody": body, "responses": {"200": {"description": "answered"}}}}
    whole = {
        "openapi": "3.1.0", "info": {"title": "bodies", "version": "1"}, "paths": paths,
        "components": {"schemas": parts},
    }  # fmt: skip
    return {one.ok().path[1:]: one.ok() for one in schemathesis.openapi.from_dict(whole).get_all_operations()}


def with_real_ids(body: Any, real: dict[str, list[Any]], dice: random.Random) -> Any:
    """The body with most of its ids exchanged for ids of things that are there."""
    if not isinstance(body, dict):
        return body
    found = {name: with_real_ids(value, real, dice) for name, value in body.items()}
    for name in found.keys() & real.keys():
        if isinstance(found[name], str | int) and dice.random() < 0.8:
            found[name] = dice.choice(real[name])
        if isinstance(found[name], list):
            found[name] = [dice.choice(real[name]) if dice.random() < 0.9 else one for one in found[name]]
    return found


# Who says the commands of each app; whoever is not named here is a sampler.
DOERS = {"checkpoints.record_finding": Role.PATROL, "checkpoints.undo_finding": Role.PATROL, "rosters": Role.OFFICE, "checkpoints": Role.GATE_KEEPER, "care": Role.CARER, "visits": Role.GRID_WORKER, "deliveries": Role.COURIER}


DOERS["arrivals"] = DOERS["monitoring"] = DOERS["handouts"] = DOERS["orders"] = Role.GRID_WORKER
DOERS["orders.keep_box_photo"] = Role.MEDICINE
DOERS["outbreaks"] = DOERS["monitoring.review_measure"] = DOERS["monitoring.begin_stage"] = DOERS["monitoring.release_measure"] = Role.OFFICE


@pytest.fixture
def table() -> tuple[Day, make.Phone]:
    day = Day().open().print_cards()
    return day, make.phone(day.community, clock.now(), "odd words")


def real_things(day: Day) -> dict[str, list[Any]]:
    """Ids and numbers of things that are there, by the name a body gives them."""
    return {
        "arrival": ids(Arrival),
        "round": ids(Round),
        "person": [str(one.pk) for one in day.people],
        "sample": ids(Sample),
        "gate": ids(Gate),
        "crossing": ids(Crossing),
        "care": ids(CareNeed),
        "contact": ids(Contact),
        "check": ids(DailyCheck),
        "campaign": ids(Campaign),
        "door": ids(Door),
        "said": ids(Said),
        "run": ids(ErrandRun),
        "stop": ids(RunStop),
        "parcels": [str(one.pk) for one in Parcel.objects.filter(thing="cylinder").exclude(holder="door")] or [UUID],
        "parcel": [str(one) for one in Parcel.objects.filter(thing="parcel").values_list("pk", flat=True)] or [UUID],
        "position": [1],
        "missing": ids(Substitute),
        "order": [str(one) for one in Medicine.objects.values_list("order", flat=True)] or [UUID],
        "picture": [a_picture()],
        "hand": [str(one.ref) for one in HandOver.objects.filter(witness="both")] or [UUID],
        "giver": [one.holder for one in Parcel.objects.filter(thing="cylinder").exclude(holder="door")] or ["door"],
        "taker": ["station", "depot"],
        "route": ids(Route),
        "finding": ids(Finding),
        "shift": ids(Shift),
        "handover": ids(HandedOver),
        "share": ids(Share),
        "home": [str(one.household_id) for one in day.people],
        "asked": ids(Asked),
        "given": ids(Given),
        "directive": ids(Directive),
        "measure": ids(Measure),
        "stage": [1],
    }


def ids(model: type[Model]) -> list[str]:
    return [str(one) for one in model._default_manager.values_list("pk", flat=True)] or [UUID]


def a_run(day: Day, courier: Staff, kind: str) -> None:
    """A run with this courier, to whom a mate has just handed a cylinder; or, where something may be missing, from a shop."""
    mate = staff("odd-mate", Role.COURIER, day.community)
    if kind.endswith("_missing"):
        run = on_the_way(day.community, day.office, day.grid(1), mate, courier, kind=RunKind.DELIVER)
        if kind == "deliveries.undo_missing":
            with_something_missing(run, mate)
        return
    with_the_other_side(on_the_way(day.community, day.office, day.grid(1), mate, courier), mate, courier)


def happened_before(day: Day, who: str, phone: make.Phone) -> None:
    """A sample, and a crossing at a gate: what can be taken back."""
    came = {"who": {"name": "somebody"}, "came_from": "somewhere", "arrived": clock.now().isoformat()}
    (arrived,) = phone.push(phone.item(who, "arrivals.register_arrival", came, clock.now()))
    assert arrived["status"] == "accepted", arrived
    day.take(day.people[0], card=day.card(day.people[0]))
    visited = NewVisit(ref=new_id(), at=clock.now(), door=Door.objects.filter(campaign=open_in(day.community)).first().pk)
    visit(by=EVERYTHING.actor, scope=EVERYTHING, community=day.community, items=[visited])
    give(Share.objects.filter(handout=handout_in(day.community)).select_related("handout__community").first(), at=clock.now())
    at_home = AskHome(ref=new_id(), at=clock.now(), home=day.people[0].household_id)
    ask_homes(by=EVERYTHING.actor, scope=EVERYTHING, community=day.community, items=[at_home])
    drug = NewMedicine("药", "5mg")
    wanted = NewOrder(ref=new_id(), at=clock.now(), kind=OrderKind.MEDICINE, lines=(NewLine("药品"),), door="1-1", medicine=drug)
    place_orders(by=EVERYTHING.actor, community=day.community, items=[wanted])
    asked = NewContact(ref=new_id(), at=clock.now(), care=begin(day.people[0]).pk, how=How.PHONE)
    note_contacts(by=EVERYTHING.actor, scope=EVERYTHING, community=day.community, items=[asked])
    gate = Roads.gate_in(day.community)
    body = {"gate": str(gate.pk), "direction": "in", "outcome": "pass", "why": "all_ok", "name": "somebody"}
    (answer,) = phone.push(phone.item(who, "checkpoints.record_crossing", body, clock.now()))
    assert answer["status"] == "accepted", answer

    item = {"route": str(route_in(day.community, points=[f"{n}" for n in range(100)]).pk), "point": 0, "found": "outside", "people": 3}
    goes = make.signed_on(phone, day.community, staff("odd-patrol", Role.PATROL, day.community), clock.now())
    (answer,) = phone.push(phone.item(goes, "checkpoints.record_finding", item, clock.now()))
    assert answer["status"] == "accepted", answer
    shifts = plan_for(post_in(day.community), since=clock.local_day(clock.now()) - timedelta(days=1)).facts["shifts"]
    said = actions.HandOver(ref=new_id(), at=clock.now(), shift=uuid.UUID(shifts[0]))
    actions.hand_over(by=Actor.system("before"), scope=EVERYTHING, community=day.community, items=[said])


def asked_before(day: Day, phone: make.Phone) -> None:
    """Somebody was asked how they are."""
    now = clock.now()
    watched(day.outbreak, day.people, now)
    decidable(day.outbreak, day.people, now)
    who = make.signed_on(phone, day.community, staff("odd-asks", Role.GRID_WORKER, day.community), now)
    body = {"person": str(day.people[0].pk), "slot": "morning", "how": "phone"}
    (answer,) = phone.push(phone.item(who, "monitoring.record_checks", body, now))
    assert answer["status"] == "accepted", answer


def say_odd_things(table: tuple[Day, make.Phone], kind: str, cases: int) -> Counter:
    day, phone = table
    now = clock.now()
    keeper = make.signed_on(phone, day.community, staff("odd-gate", Role.GATE_KEEPER, day.community), now)
    role = DOERS.get(kind) or DOERS.get(kind.split(".")[0], Role.SAMPLER)
    member = staff("odd-words", role, day.community)
    who = make.signed_on(phone, day.community, member, now)
    directive_for(day.outbreak, member)
    if role == Role.COURIER:
        a_run(day, member, kind)
    told: Counter = Counter()
    happened_before(day, keeper, phone)
    asked_before(day, phone)

    @seed(int(os.environ["ZHEGU_SEED"]))
    @settings(max_examples=cases, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(operations()[kind].as_strategy(), st.randoms(use_true_random=False), st.integers(-100, 50))
    def one(case: Any, dice: random.Random, minutes: int) -> None:
        body = with_real_ids(case.body, real_things(day), dice)
        at = clock.now() + timedelta(minutes=minutes)
        (answer,) = phone.push(phone.item(who, kind, body, at))
        told[answer["status"], answer["reason"]] += 1
        assert answer["status"] in FINAL, (body, answer)

    one()
    assert kept(EVERYTHING, day.round) == recount(EVERYTHING, day.round)
    return told


@pytest.mark.parametrize("kind", sorted(CONTRACT["commands"]))
def test_whatever_keeps_to_the_contract_is_answered_for_good(table: tuple[Day, make.Phone], kind: str):
    told = say_odd_things(table, kind, 40)
    assert sum(n for (status, _), n in told.items() if status == "accepted"), told


@pytest.mark.long
@pytest.mark.parametrize("kind", sorted(CONTRACT["commands"]))
def test_a_thousand_odd_things_are_answered_for_good(table: tuple[Day, make.Phone], kind: str):
    told = say_odd_things(table, kind, 1000)
    assert sum(n for (status, _), n in told.items() if status == "accepted"), told

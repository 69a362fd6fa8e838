"""Plain builders: a community whose open outbreak has rules for arrivals, and somebody who came."""

from datetime import timedelta
from typing import Any

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.arrivals import actions
from zhegu.arrivals.models import Arrival
from zhegu.arrivals.rules import Way
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Grant, Scope
from zhegu.outbreaks.tests.make import outbreak
from zhegu.places.models import Place
from zhegu.places.tests.make import A, community, grid

BY = Actor("staff", "office")
RULES = {
    "risk_levels": {"levels": [{"code": "high"}, {"code": "low"}]},
    "measures": [
        {"code": "arrival_high_risk", "stages": [{"kind": "home_isolation", "days": 7, "day0": "arrival", "test_days": [1, 7]}]},
        {"code": "arrival_low_risk", "stages": [{"kind": "self_monitoring", "days": 3, "day0": "arrival"}]},
    ],
    "arrivals": [
        {"risk": "high", "measure": "arrival_high_risk", "history_days": 7},
        {"risk": "low", "measure": "arrival_low_risk", "history_days": 7},
    ],
}


class Road:
    """Community with three grids; the office, a worker of grid 1 and a gate keeper of grid 2's gate."""

    def __init__(self, code: str = A, rules: dict[str, Any] | None = RULES):
        self.community = community(code)
        self.outbreak = outbreak(self.community, **rules) if rules is not None else None
        self.office = Scope(BY, frozenset({Grant("office", code)}))
        self.worker = Scope(Actor("staff", "worker"), frozenset({Grant("grid_worker", self.grid(1).code)}))
        self.keeper = Scope(Actor("staff", "keeper"), frozenset({Grant("gate_keeper", self.grid(2).code)}))

    def grid(self, no: int) -> Place:
        return grid(self.community, no)

    def item(self, name: str = "卓玛", **more: Any) -> actions.NewArrival:
        who = actions.Traveller(name, **{k: more.pop(k) for k in ("phone", "id_number", "birth_year", "sex") if k in more})
        said = {
            "ref": new_id(), "at": MORNING, "way": Way.OFFICE, "arrived": MORNING, "came_from": "拉萨", "grid": 1,
            "left": MORNING.date() - timedelta(days=2), "who": who,
        }  # fmt: skip
        return actions.NewArrival(**said | more)

    def come(self, name: str = "卓玛", scope: Scope | None = None, **more: Any):
        scope = scope or self.office
        items = [self.item(name, **more)]
        return actions.register_arrivals(by=scope.actor, scope=scope, community=self.community, items=items)[0]

    def came(self, name: str = "卓玛", scope: Scope | None = None, **more: Any) -> Arrival:
        answer = self.come(name, scope, **more)
        assert answer.accepted, answer
        return Arrival.objects.select_related("community", "grid", "outbreak", "person").get(pk=answer.facts["arrival"])

    def link(self, one: Arrival, person: Any = None):
        return actions.link_person(by=BY, arrival=one, person=person, at=MORNING, ref=new_id())

    def decide(self, *rows: Arrival, measure: str = "arrival_high_risk", why: str = ""):
        items = [actions.Decision(one, measure, why, new_id(), MORNING) for one in rows]
        return actions.decide(by=BY, scope=self.office, outbreak=self.outbreak, items=items)[0]

    def undo(self, one: Arrival, scope: Scope | None = None):
        scope = scope or self.office
        item = actions.UndoArrival(ref=new_id(), at=MORNING, arrival=one.pk)
        return actions.undo_arrivals(by=scope.actor, scope=scope, community=self.community, items=[item])[0]

    def member(self, role: Role, place: Place | None = None):
        return staff(f"some-{role}", role, place or self.community)


def again(one: Arrival) -> Arrival:
    return Arrival.objects.select_related("person", "outbreak", "community", "grid").get(pk=one.pk)


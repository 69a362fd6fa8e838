"""Plain builders: a community with a gate on each of two roads."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.checkpoints import actions
from zhegu.checkpoints.models import Crossing, Gate, Route
from zhegu.checkpoints.rules import Direction, Errand, Outcome, Vehicle, Why
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Grant, Scope
from zhegu.places.models import Place
from zhegu.places.tests.make import A, community, grid

BY = Actor("staff", "keeper")



def route_in(community: Place, name: str = "河边", points: Sequence[str] = ("桥头", "学校")) -> Route:
    """A route, of two points unless told otherwise; the same one when it is asked for again."""
    known = Route.objects.filter(community=community, name=name).first()
    said = {"by": BY, "community": community, "name": name, "name_bo": "", "points": points}
    return known or Route.objects.get(pk=actions.add_route(**said, at=MORNING, ref=new_id()).facts["route"])


class Roads:
    """East gate of grid 1, open by day; west gate of grid 2, always open."""

    def __init__(self, code: str = A):
        self.community = community(code)
        self.grids = [grid(self.community, no) for no in (1, 2)]
        self.east = self._gate("东路口", 0)
        self.west = self._gate("西路口", 1)
        self.office = Scope(Actor("staff", "office"), frozenset({Grant("office", code)}))
        self.keeper = Scope(BY, frozenset({Grant("gate_keeper", self.grids[0].code)}))

    def _gate(self, name: str, n: int) -> Gate:
        return self.gate_in(self.community, name, self.grids[n])

    @staticmethod
    def gate_in(community: Place, name: str = "东路口", place: Place | None = None) -> Gate:
        """A gate of a community that is there already; the same one when it is asked for again."""
        known = Gate.objects.filter(community=community, name=name).first()
        if known:
            return known
        new = actions.NewGate(name, place=place)
        answer = actions.add_gate(by=BY, community=community, gate=new, at=MORNING, ref=new_id())
        return Gate.objects.select_related("place", "community").get(pk=answer.facts["gate"])

    def crossing(self, **more) -> actions.NewCrossing:
        said = {
            "ref": new_id(), "at": MORNING, "gate": self.east.pk, "direction": Direction.IN, "outcome": Outcome.PASS,
            "why": Why.ALL_OK, "vehicle": Vehicle.CAR, "plate": "藏C12345", "name": "次仁", "people": 2,
        }  # fmt: skip
        return actions.NewCrossing(**said | more)

    def cross(self, scope: Scope | None = None, **more):
        scope = scope or self.office
        item = self.crossing(**more)
        return actions.record_crossings(by=scope.actor, scope=scope, community=self.community, items=[item])[0]

    def undo(self, crossing: UUID, scope: Scope | None = None):
        scope = scope or self.office
        item = actions.UndoCrossing(ref=new_id(), at=MORNING, crossing=crossing)
        return actions.undo_crossings(by=scope.actor, scope=scope, community=self.community, items=[item])[0]

    def allow(self, plate: str = "藏A77777", gate: UUID | None = None, since: datetime = MORNING, hours: int = 24):
        item = actions.NewAllowed(plate, Errand.SUPPLY, since, since + timedelta(hours=hours), gate)
        return actions.allow(by=BY, community=self.community, item=item, at=MORNING, ref=new_id())


def row(answer) -> Crossing:
    return Crossing.objects.get(pk=answer.facts["crossing"])


def member(roads: Roads, role: Role, place=None):
    return staff(f"some-{role}", role, place or roads.community)

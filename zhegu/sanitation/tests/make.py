"""Plain builders: a spot of a community, and what was done there."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from zhegu.journal.actions import Answer
from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place
from zhegu.sanitation import actions
from zhegu.sanitation.models import Spot
from zhegu.sanitation.rules import Agent, Method, Said, SpotKind

BY = Actor("staff", "office")


def spot_in(community: Place, name: str = "桥头街", per_day: int = 2, since: datetime = MORNING) -> Spot:
    """A street of 800 square metres, twice a day unless told otherwise."""
    spot = actions.NewSpot(name, "", SpotKind.STREET, 800, per_day)
    answer = actions.add_spot(by=BY, community=community, spot=spot, at=since, ref=new_id())
    return Spot.objects.get(pk=answer.facts["spot"])


def disinfected(community: Place, spot: Spot, at: datetime | None = None, scope: Scope | None = None, **changes: Any) -> Answer:
    """Chlorine, 500 mg/L, 10 litres, half an hour; now unless told otherwise."""
    scope = scope or Scope.everything("a test disinfects")
    said = {"agent": Agent.CHLORINE, "method": Method.SPRAY, "mg_per_litre": 500, "minutes": 30, "litres": Decimal(10), "area": 800}
    item = actions.NewDisinfection(ref=new_id(), at=at or clock.now(), spot=spot.pk, said=Said(**said | changes))
    return actions.record(by=scope.actor, scope=scope, community=community, items=[item])[0]

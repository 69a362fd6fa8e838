"""Plain builders: places above, statements, and two ends of a wire without one."""

from datetime import date, datetime

from zhegu.accounts.models import Role, Staff
from zhegu.accounts.queries import scope_of
from zhegu.accounts.tests.make import staff
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.places import actions as places
from zhegu.places.models import Place
from zhegu.upward import actions
from zhegu.upward.models import Statement
from zhegu.upward.outside.keys import name_of, public_key
from zhegu.upward.rules import Figures, end_of

BY = Actor.system("tests")
PREFECTURE, COUNTY, TOWN = "5405", "540526", "540526101"


def upper(code: str, at: datetime) -> Place:
    places.found_above(by=BY, code=code, name=f"P{code}", at=at, ref=new_id())
    return Place.objects.get(code=code)


def observer(place: Place, name: str = "dawa") -> Staff:
    return staff(name, Role.OBSERVER, place)


def seen_from(place: Place) -> Scope:
    return scope_of(observer(place, f"o{place.code}"))


def stated(place: str, day: date, figures: Figures, as_of: datetime | None = None) -> Statement:
    """As if the community had counted so."""
    at = as_of or end_of(day)
    return actions._add(Statement(place=place, day=day, as_of=at, arrived=at, figures=dict(figures)))


def admit_ourselves(place: str, at: datetime):
    """This installation's own key speaks for a place: one process plays both ends."""
    answer = actions.admit(by=BY, place=place, name="box", key=public_key(), at=at, ref=new_id())
    assert answer.accepted, answer
    return name_of(public_key())

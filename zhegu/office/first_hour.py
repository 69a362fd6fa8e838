"""The first hour: from an empty system to phones in the field, step by step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import NoReverseMatch, reverse

from zhegu.accounts import actions as accounts
from zhegu.accounts import queries as staff
from zhegu.accounts.models import Role, Staff
from zhegu.cards import queries as cards
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.outbreaks import queries as outbreaks
from zhegu.places import actions as places
from zhegu.places import queries
from zhegu.places.models import Place
from zhegu.registers import queries as registers

BY = Actor.system("first hour")
EVERYTHING = Scope.everything("before the first log-in nobody has a scope")


@dataclass(frozen=True)
class Beginning:
    """What `zhegu init` is told."""

    code: str
    name: str
    name_bo: str
    grids: int
    username: str
    person: str


@dataclass(frozen=True)
class Step:
    """One step of the first hour: its texts are `setup.<key>` and `setup.<key>_what`."""

    key: str
    url: str
    done: bool

    @property
    def title(self) -> str:
        return f"setup.{self.key}"

    @property
    def what(self) -> str:
        return f"setup.{self.key}_what"


def is_begun() -> bool:
    """Whether any community stands already."""
    return queries.communities(EVERYTHING).exists()


def _facts(answer: accounts.Answer) -> dict:
    if not answer.accepted:
        raise RefusedError(Refused(answer.reason, answer.facts))
    return answer.facts


def begin(wish: Beginning, password: str, at: datetime) -> None:
    """Community, grids and the office's first log-in stand, or nothing does (RefusedError)."""
    with transaction.atomic():
        names = {"name": wish.name, "name_bo": wish.name_bo}
        _facts(places.found_community(by=BY, code=wish.code, **names, at=at, ref=new_id()))
        place = queries.community(EVERYTHING, wish.code)
        if wish.grids:
            numbers = range(1, wish.grids + 1)
            _facts(places.make_grids(by=BY, community=place, numbers=numbers, at=at, ref=new_id()))
        person = {"username": wish.username, "name": wish.person, "password": password}
        facts = _facts(accounts.add_staff(by=BY, community=place, **person, at=at, ref=new_id()))
        made = Staff(id=UUID(facts["staff"]))
        _facts(accounts.give_role(by=BY, staff=made, role=Role.OFFICE, place=place, at=at, ref=new_id()))


def is_empty(scope: Scope, community: Place) -> bool:
    """Whether nobody stands in the register yet."""
    return not registers.people(scope, community).exists()


def has_sheet(scope: Scope) -> bool:
    """Whether the root's recovery sheet was printed."""
    root = cards.root(scope)
    return root is not None and root.printed is not None


def steps(scope: Scope, community: Place) -> list[Step]:
    """The steps in their order, each done or not by what stands in the system."""
    asked: list[tuple[str, str, Callable[[], bool]]] = [
        ("places", "places:places", lambda: queries.grids(scope, community).exists()),
        ("team", "accounts:team", lambda: staff.staff_at(scope, community.code).count() > 1),
        ("roster", "registers:import", lambda: not is_empty(scope, community)),
        ("sheet", "cards:keys", lambda: has_sheet(scope)),
        ("outbreak", "outbreaks:outbreaks", lambda: outbreaks.open_outbreak(scope, community) is not None),
        ("phones", "sync:devices", lambda: staff.devices(scope, community).exists()),
    ]
    return [Step(key, _address(name), done()) for key, name, done in asked]


def _address(name: str) -> str:
    """The page's address; '' while its room is not built."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

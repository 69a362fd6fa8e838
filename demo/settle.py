"""Puts the demo community into an empty system through the product's own actions.

All of it is one transaction: either the whole community stands or nothing does.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from demo.community import CODE, Community, StaffMember, make
from demo.people import Person
from zhegu.accounts import actions as accounts
from zhegu.accounts.models import Role, Staff
from zhegu.journal import queries as journal
from zhegu.journal.actions import Answer
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.clock import local_day
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.outbreaks import actions as outbreaks
from zhegu.outbreaks.outside import profiles
from zhegu.places import actions as places
from zhegu.places import queries
from zhegu.places.models import Place
from zhegu.registers import actions as registers
from zhegu.registers import queries as register
from zhegu.registers.models import Household as Home
from zhegu.registers.models import Presence

BY = Actor.system("demo")
EVERYTHING = Scope.everything("the demo community is made and looked for")
PASSWORD = "zhegu-demo"  # noqa: S105 - printed for everyone to see, and only for people who do not exist
AWAY = ("外出", "在外")
PROFILE = "covid19-cn-2022-09ed"


def stands() -> str:
    """`nothing`, `demo`, or `other` where there is anything else in the system."""
    communities = list(queries.communities(EVERYTHING))
    if not communities:
        return "nothing"
    founded = journal.timeline(EVERYTHING, CODE, kinds=[places.Happened.COMMUNITY_FOUNDED])
    ours = CODE in {c.code for c in communities} and founded.filter(actor=BY.key).exists()
    return "demo" if ours else "other"


def done(answer: Answer) -> dict:
    """The facts of an accepted answer; raises RefusedError."""
    if not answer.accepted:
        raise RefusedError(Refused(answer.reason, answer.facts))
    return answer.facts


def settle(at: datetime) -> Community:
    """The demo community stands as of `at`; raises RefusedError (and leaves nothing) where it cannot."""
    community = make()
    with transaction.atomic():
        place = _places(community, at)
        _people(place, community, at)
        for member in community.staff:
            _join(place, member, at)
        _outbreak(place, at)
    return community


def _places(community: Community, at: datetime) -> Place:
    names = {"code": community.code, "name": community.name, "name_bo": community.name_bo}
    done(places.found_community(by=BY, **names, at=at, ref=new_id()))
    place = queries.community(EVERYTHING, community.code)
    done(places.make_grids(by=BY, community=place, numbers=community.grids, at=at, ref=new_id()))
    for grid in queries.grids(EVERYTHING, place):
        done(places.make_units(by=BY, grid=grid, numbers=community.units(grid.no), at=at, ref=new_id()))
    return place


def _join(place: Place, member: StaffMember, at: datetime) -> None:
    """The member can log in and holds their roles."""
    facts = done(
        accounts.add_staff(
            by=BY, community=place, username=member.username, name=member.name.zh, name_bo=member.name.bo,
            password=PASSWORD, at=at, ref=new_id(),
        )
    )  # fmt: skip
    grids = {grid.no: grid for grid in queries.grids(EVERYTHING, place)}
    staff = Staff(id=UUID(facts["staff"]))
    for role, grid in member.roles:
        where = grids[grid] if grid else place
        done(accounts.give_role(by=BY, staff=staff, role=Role(role), place=where, at=at, ref=new_id()))


def _people(place: Place, community: Community, at: datetime) -> None:
    """Households with their members and units stand, and the people from elsewhere in their grids."""
    grids = {grid.no: grid for grid in queries.grids(EVERYTHING, place)}
    for house in community.households:
        facts = registers.HouseholdFacts(f"{house.no:03d}", house.head.name.zh, house.address, house.door)
        grid = grids[house.grid]
        done(registers.add_household(by=BY, community=place, facts=facts, grid=grid, at=at, ref=new_id()))
    homes = {home.no: home for home in register.households(EVERYTHING, place)}
    items = [
        _new(person, at, household=homes[f"{house.no:03d}"])
        for house in community.households for person in house.members
    ]  # fmt: skip
    items += [_new(person, at, grid=grids.get(person.grid)) for person in community.incomers]
    for answer in registers.add_people(by=BY, community=place, items=items):
        done(answer)
    _away(place, at)
    _units(place, community, homes, at)


def _new(
    person: Person, at: datetime, *, household: Home | None = None, grid: Place | None = None
) -> registers.NewPerson:
    facts = {
        "name": person.name.zh, "name_bo": person.name.bo, "nickname": person.nickname, "sex": person.sex,
        "birth_date": person.birth.isoformat(), "id_number": person.id_number, "phone": person.phone,
        "relation": person.relation, "residence": "resident" if household else "incomer",
        "note": person.note or "，".join(filter(None, (person.origin, person.errand, person.address))),
    }  # fmt: skip
    return registers.NewPerson(facts, at, new_id(), household, grid)


def _away(place: Place, at: datetime) -> None:
    """Whom the register's remarks call away is away."""
    away = [p for p in register.people(EVERYTHING, place) if p.note.startswith(AWAY)]
    item = registers.SetPresence(tuple(away), Presence.AWAY, local_day(at), at, new_id())
    for answer in registers.set_presence(by=BY, community=place, items=[item]):
        done(answer)


def _units(place: Place, community: Community, homes: dict[str, Home], at: datetime) -> None:
    """Each household belongs to its joint-household unit."""
    units = {(unit.within.no, unit.no): unit for unit in queries.units(EVERYTHING, place).select_related("within")}
    items = []
    for (grid, no), unit in units.items():
        members = [homes[f"{h.no:03d}"] for h in community.households if (h.grid, h.unit) == (grid, no)]
        items.append(registers.AssignUnit(tuple(members), unit, at, new_id()))
    for answer in registers.assign_unit(by=BY, community=place, items=items):
        done(answer)


def _outbreak(place: Place, at: datetime) -> None:
    """An outbreak is open, so that a round can be planned at once."""
    profile = profiles.profile(PROFILE)
    assert profile
    done(outbreaks.open_outbreak(by=BY, community=place, profile=profile.whole, at=at, ref=new_id()))


def figures() -> dict[str, object]:
    """What the demo community was made with."""
    community = make()
    return {
        "community": community.code,
        "name": community.name,
        "residents": len(community.residents),
        "incomers": len(community.incomers),
        "households": len(community.households),
        "grids": len(community.grids),
    }


def log_ins() -> list[tuple[str, str]]:
    """A log-in name for each role, with the role: the first of each; all share one password."""
    found: dict[str, str] = {}
    for member in make().staff:
        found.setdefault(member.roles[0][0], member.username)
    return [(username, role) for role, username in found.items()]

"""Plain builders: a small community with a round, and the acts of its day."""

from datetime import datetime, timedelta
from uuid import UUID

from zhegu.accounts.models import Role, RoleGrant, Staff
from zhegu.accounts.queries import scope_of
from zhegu.cards import actions as cards
from zhegu.cards import queries as cards_queries
from zhegu.journal.actions import Answer
from zhegu.journal.tests.make import MORNING
from zhegu.lib.codes import new_resident_code
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Scope
from zhegu.outbreaks.models import Outbreak
from zhegu.outbreaks.tests.make import outbreak
from zhegu.places.models import Place
from zhegu.places.tests.make import community, grid
from zhegu.registers.models import Household, Person
from zhegu.sampling import actions
from zhegu.sampling.actions import CardRef, NewSample, RoundPlan, TubeRef
from zhegu.sampling.models import Line, Round
from zhegu.sampling.rules import AddReason

KID = "0011223344556677"
EVERYTHING = Scope.everything("tests see the whole house")


def at(minutes: float = 0) -> datetime:
    return MORNING + timedelta(minutes=minutes)


def household(of: Place, in_grid: Place | None, no: str = "1") -> Household:
    return Household.objects.create(community=of, grid=in_grid, no=no)


def person(of: Place, in_grid: Place | None, **changes) -> Person:
    facts = {"name": f"somebody{Person.objects.count() + 1}", "added": MORNING, "code": new_resident_code()}
    return Person.objects.create(community=of, grid=in_grid, **{**facts, **changes})


def staff(username: str, role: Role = Role.OFFICE, *places: Place) -> Staff:
    """Someone with a role who never types a password: hashing one is slow, and no test here logs in with it."""
    made = Staff(username=username, name=username.title())
    made.set_unusable_password()
    made.save()
    for place in places:
        RoleGrant.objects.create(staff=made, role=role, place=place, since=MORNING, given_by="system:test")
    return made


class Day:
    """A community of three grids with two people each, an open outbreak, an office and a sampler.

    `open()` opens a round; `take(person)` is a swab by the sampler of all grids unless told otherwise.
    """

    def __init__(self, code: str = "540526101001", grids: int = 3, each: int = 2):
        self.community = community(code, grids)
        self.people = [
            person(self.community, grid(self.community, no), household=home, birth_year=1980)
            for no in range(1, grids + 1)
            for home in [household(self.community, grid(self.community, no), str(no))]
            for _ in range(each)
        ]
        self.outbreak: Outbreak = outbreak(self.community)
        self.office = staff(f"office-{code}", Role.OFFICE, self.community)
        self.scope = scope_of(self.office)
        self.round: Round | None = None

    def grid(self, no: int) -> Place:
        return grid(self.community, no)

    def sampler(self, *numbers: int) -> Scope:
        """The scope of a sampler of these grids."""
        name = f"sampler-{Staff.objects.count()}"
        return scope_of(staff(name, Role.SAMPLER, *[self.grid(no) for no in numbers]))

    def plan(self, **changes) -> RoundPlan:
        facts = {"outbreak": self.outbreak, "starts_at": at(0), "ends_at": at(600), "mix_ratio": 10}
        return RoundPlan(**{**facts, **changes})

    def try_open(self, **changes) -> Answer:
        return actions.open_round(
            by=self.scope.actor, scope=self.scope, community=self.community, plan=self.plan(**changes),
            at=at(-30), ref=new_id(),
        )  # fmt: skip

    def open(self, **changes) -> "Day":
        answer = self.try_open(**changes)
        assert answer.accepted, answer
        self.round = Round.objects.select_related("community").get(pk=answer.facts["round"])
        return self

    def swab(self, who: Person, **changes) -> NewSample:
        facts = {
            "ref": new_id(), "at": at(5), "community": self.community.code, "round": self.round.pk,
            "person": who.pk, "tube": TubeRef(new_id(), "T-1", 10), "position": 1,
        }  # fmt: skip
        return NewSample(**{**facts, **changes})

    def take(self, who: Person, scope: Scope | None = None, **changes) -> Answer:
        scope = scope or self.scope
        return actions.take_samples(by=scope.actor, scope=scope, samples=[self.swab(who, **changes)])[0]

    def undo(self, sample: UUID | str, scope: Scope | None = None, **changes) -> Answer:
        scope = scope or self.scope
        facts = {"ref": new_id(), "at": at(6), "community": self.community.code, "sample": UUID(str(sample))}
        undo = actions.UndoSample(**{**facts, **changes})
        return actions.undo_samples(by=scope.actor, scope=scope, undos=[undo])[0]

    def add(self, who: Person, reason: AddReason = AddReason.NOT_REGISTERED) -> Answer:
        item = actions.Addition(
            ref=new_id(), at=at(4), community=self.community.code, round=self.round.pk, person=who.pk, reason=reason
        )
        return actions.add_to_roster(by=self.scope.actor, scope=self.scope, items=[item])[0]

    def line(self, who: Person) -> Line:
        return Line.objects.get(round=self.round, person=who)

    def print_cards(self, each: int = 3) -> "Day":
        """So many cards for every grid of the round."""
        if cards_queries.root(EVERYTHING) is None:
            cards.set_up_root(by=self.scope.actor, at=MORNING, ref=new_id())
        wanted = [
            cards.NewCard(self.round.no, grid.no, self.round.starts_at)
            for grid in self.community.inside.filter(kind="grid").order_by("no")
            for _ in range(each)
        ]
        answer = cards.issue(
            by=self.scope.actor, community=self.community, cards=wanted, outbreak=self.outbreak.pk, at=at(-20),
            ref=new_id(),
        )  # fmt: skip
        assert answer.accepted, answer
        return self

    def card(self, who: Person, number: int = 1) -> CardRef:
        """The n-th card printed for this round and the person's grid."""
        serial = self.round.no * 10**9 + who.grid.no * 10**6 + number
        found = cards_queries.cards(EVERYTHING, self.community).filter(serial=serial).select_related("key").first()
        return CardRef(serial, bytes(found.key.kid).hex() if found else KID)

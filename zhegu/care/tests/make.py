"""Plain builders: a village in which two people need care, one of each grid."""

from typing import Any

from zhegu.accounts.models import Role
from zhegu.accounts.queries import scope_of
from zhegu.accounts.tests.make import staff
from zhegu.care import actions
from zhegu.care.models import CareNeed
from zhegu.care.rules import How, Source
from zhegu.journal.actions import Answer
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place
from zhegu.places.tests.make import A, community, grid
from zhegu.registers.models import Person
from zhegu.registers.tests.make import household, person

BY = Actor("staff", "office")
EVERYTHING = Scope.everything("tests of care")


def begin(of: Person, **more: Any) -> CareNeed:
    """Somebody on the ledger."""
    facts = actions.Facts(**{"categories": ("chronic",), **more})
    answer = actions.begin_care(by=BY, person=of, facts=facts, source=Source.OFFICE, at=MORNING, ref=new_id())
    assert answer.accepted, answer
    return CareNeed.objects.get(pk=answer.facts["care"])


class Village:
    """Grid 1: 央金, old and alone, asked every day; grid 2: 次仁, chronically ill, asked once a week."""

    def __init__(self, code: str = A):
        self.community: Place = community(code)
        self.grids = [grid(self.community, no) for no in (1, 2)]
        self.people = [
            person(self.community, name, one, household(self.community, one, no=str(no)))
            for no, (name, one) in enumerate(zip(("央金", "次仁"), self.grids, strict=True), 1)
        ]
        self.yangjin = begin(self.people[0], categories=("elderly_alone",), every_days=1)
        self.tsering = begin(self.people[1], illness="高血压", medicine="硝苯地平")

    def who(self, role: Role, place: Place | None = None) -> Any:
        """Somebody with this role."""
        return staff(f"{role}-{self.community.code}", role, place or self.community)

    def scope(self, role: Role, place: Place | None = None) -> Scope:
        return scope_of(self.who(role, place))

    def asked(self, care: CareNeed, scope: Scope = EVERYTHING, **more: Any) -> Answer:
        """Somebody asked after them."""
        item = actions.NewContact(**{"ref": new_id(), "at": MORNING, "care": care.pk, "how": How.PHONE} | more)
        return actions.note_contacts(by=scope.actor, scope=scope, community=self.community, items=[item])[0]

    def undo(self, contact: str, scope: Scope = EVERYTHING) -> Answer:
        item = actions.UndoContact(ref=new_id(), at=MORNING, contact=contact)
        return actions.undo_contacts(by=scope.actor, scope=scope, community=self.community, items=[item])[0]

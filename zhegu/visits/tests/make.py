"""Plain builders: a village of two grids with two households each, somebody without one, and a campaign."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from zhegu.accounts.models import Role
from zhegu.accounts.queries import scope_of
from zhegu.accounts.tests.make import staff
from zhegu.journal.actions import Answer
from zhegu.journal.tests.make import MORNING
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place
from zhegu.places.tests.make import A, community, grid
from zhegu.registers.tests.make import household, person
from zhegu.visits import actions
from zhegu.visits.models import Campaign, Door
from zhegu.visits.rules import Kind, Question, What

BY = Actor("staff", "office")
EVERYTHING = Scope.everything("tests of campaigns")
QUESTIONS = (
    Question("q1", Kind.YES_NO, "有人发热吗", "ཚ་བ་རྒྱས་སམ"), Question("q2", Kind.NUMBER, "外出几人"),
    Question("q3", Kind.CHOICE, "取暖", choices=("牛粪", "电", "煤")), Question("q4", Kind.TEXT, "缺什么"),
)  # fmt: skip


def open_in(of: Place, at: Any = MORNING, **more: Any) -> Campaign:
    """A campaign in a community as it stands."""
    facts = {"name": "秋季敲门", "starts_on": date(2022, 9, 13), "ends_on": date(2022, 9, 15), "questions": QUESTIONS, "masks": True, "advice": "勤洗手"}
    answer = actions.open_campaign(by=BY, community=of, campaign=actions.NewCampaign(**facts | more), at=at, ref=new_id())
    assert answer.accepted, answer
    return Campaign.objects.get(pk=answer.facts["campaign"])


class Walk:
    """Houses 1 and 2 in grid 1, 3 and 4 in grid 2, two people in each; 独行 lives in grid 1 without a household."""

    def __init__(self, code: str = A, **more: Any):
        self.community: Place = community(code)
        self.grids = [grid(self.community, no) for no in (1, 2)]
        self.houses = [
            household(self.community, self.grids[(no - 1) // 2], no=str(no), order=no, head_name=f"户主{no}") for no in range(1, 5)
        ]
        self.people = [
            person(self.community, f"{house.head_name}{n}", house.grid, house) for house in self.houses for n in ("甲", "乙")
        ]
        self.alone = person(self.community, "独行", self.grids[0])
        self.campaign = open_in(self.community, **more)

    def door(self, no: int) -> Door:
        """The door of a house."""
        return Door.objects.get(campaign=self.campaign, household=self.houses[no - 1])

    def scope(self, role: Role = Role.GRID_WORKER, *of: Place, name: str = "") -> Scope:
        who = staff(name or f"{role}-{self.community.code}-{len(of)}", role, *(of or (self.community,)))
        return scope_of(who)

    def visit(self, no: int, scope: Scope = EVERYTHING, minute: int = 0, **more: Any) -> Answer:
        said = {"ref": new_id(), "at": MORNING + timedelta(minutes=minute), "door": self.door(no).pk, "answers": {"q1": False}}
        return actions.visit(by=scope.actor, scope=scope, community=self.community, items=[actions.NewVisit(**said | more)])[0]

    def word(self, no: int, what: What, code: str = "", scope: Scope = EVERYTHING, minute: int = 0, **more: Any) -> Answer:
        said = {"ref": new_id(), "at": MORNING + timedelta(minutes=minute), "door": self.door(no).pk, "what": what, "code": code}
        return actions.say_words(by=scope.actor, scope=scope, community=self.community, items=[actions.Word(**said | more)])[0]

    def undo(self, answer: Answer, scope: Scope = EVERYTHING) -> Answer:
        item = actions.UndoSaid(ref=new_id(), at=MORNING, said_id=UUID(answer.facts["said"]))
        return actions.undo_said(by=scope.actor, scope=scope, community=self.community, items=[item])[0]

    def choose(self, answer: Answer, scope: Scope = EVERYTHING) -> Answer:
        item = actions.Choose(ref=new_id(), at=MORNING, said_id=UUID(answer.facts["said"]))
        return actions.choose(by=scope.actor, scope=scope, community=self.community, items=[item])[0]

"""Plain builders: a community with a post at its gate in grid 1, and three people."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from zhegu.accounts.models import Role
from zhegu.accounts.queries import scope_of
from zhegu.accounts.tests.make import staff
from zhegu.lib.clock import LOCAL
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.places.tests.make import A, community, grid
from zhegu.rosters import actions
from zhegu.rosters.models import Post, Shift
from zhegu.rosters.rules import Pattern, PostKind

BY = Actor.system("make")
DAY = date(2026, 9, 13)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    """That hour of the day, local; hours may run on into the next days."""
    return datetime.combine(day, time(), LOCAL) + timedelta(hours=hour, minutes=minute)


def post_in(place: Place, where: Place | None = None, name: str = "东路口") -> Post:
    """A gate's post; the same one when it is asked for again."""
    known = Post.objects.filter(community=place, name=name).first()
    if known:
        return known
    new = actions.NewPost(name, PostKind.GATE, "ཤར་ལམ", where)
    facts = actions.add_post(by=BY, community=place, post=new, at=at(0), ref=new_id()).facts
    return Post.objects.select_related("place", "community").get(pk=facts["post"])


def plan_for(post: Post, *, days: int = 1, pattern: Pattern = Pattern.THIRDS, crews: tuple = (), since: date = DAY):
    """Shifts of some days from 08:00; the answer."""
    plan = actions.Plan(since, since + timedelta(days=days - 1), time(8), pattern, crews)
    return actions.plan_shifts(by=BY, post=post, plan=plan, at=at(0), ref=new_id())


class House:
    """Ana plans, Bo and Dolma keep the gate of grid 1, Chen is of another grid."""

    def __init__(self, code: str = A):
        self.community = community(code)
        self.grids = [grid(self.community, no) for no in (1, 2)]
        self.ana = staff(f"ana-{code}", Role.OFFICE, self.community)
        self.bo = staff(f"bo-{code}", Role.GATE_KEEPER, self.grids[0])
        self.dolma = staff(f"dolma-{code}", Role.GATE_KEEPER, self.grids[0])
        self.chen = staff(f"chen-{code}", Role.GATE_KEEPER, self.grids[1])
        self.post = post_in(self.community, self.grids[0])

    def plan(self, **more):
        return plan_for(self.post, **more)

    def shifts(self) -> list[Shift]:
        return list(Shift.objects.filter(post=self.post, cancelled=None).order_by("starts"))

    def hand_over(self, who, shift: Shift, **more):
        said = {"ref": new_id(), "at": at(16), "shift": shift.pk, "notes": "两辆货车在等", "counts": {"people_in": 3}} | more
        item = actions.HandOver(**said)
        scope = scope_of(who)
        return actions.hand_over(by=who.actor, scope=scope, community=self.community, items=[item])[0]

    def about(self, act, who, handover: str):
        item = actions.OfHandover(ref=new_id(), at=at(16, 5), handover=UUID(handover))
        return act(by=who.actor, scope=scope_of(who), community=self.community, items=[item])[0]

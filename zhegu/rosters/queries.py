"""Reading rosters: whoever holds a role at a post's place, or above, sees its shifts and what was handed over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from zhegu.accounts import queries as accounts
from zhegu.accounts.models import Role, ServesAs
from zhegu.lib import clock
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.rosters.models import Cook, Duty, HandedOver, Post, Shift
from zhegu.rosters.rules import WORDS, Standing, standing

READERS = tuple(role for role in Role.values if role != Role.OBSERVER)
"""Guards write down whom they met; whoever only watches figures reads no words about people."""
CREW = Prefetch("duties", Duty.objects.select_related("staff"))


def posts(scope: Scope, community: Place) -> QuerySet[Post]:
    """Posts that are kept, within the scope, for those who work in the community or a part of it; raises NotFound for
    others, also for whoever looks from above: who stands where is a matter of people."""
    if not scope.whole and not any(place.startswith(community.code) for place in scope.places()):
        raise NotFound(community.code)
    mine = places.within(scope, "place__code")
    return Post.objects.filter(mine, community=community, closed=None).select_related("place", "community")


def post(scope: Scope, post_id: UUID) -> Post:
    """One post, closed ones too; raises NotFound."""
    mine = places.within(scope, "place__code")
    return known(Post.objects.filter(mine, pk=post_id).select_related("place", "community").first(), post_id)


def shifts(scope: Scope, community: Place, since: datetime, until: datetime) -> QuerySet[Shift]:
    """Shifts that are on at any time between these moments, with their crews, by time."""
    posts(scope, community)  # raises where nothing is theirs
    mine = places.within(scope, "post__place__code")
    found = Shift.objects.filter(mine, community=community, cancelled=None, starts__lt=until, ends__gt=since)
    return found.select_related("post").prefetch_related(CREW).order_by("starts", "post__name")


def shifts_of_days(scope: Scope, community: Place, since: date, until: date) -> QuerySet[Shift]:
    """Shifts that belong to these days: those that begin on them."""
    begin = datetime.combine(since, time.min, clock.LOCAL)
    end = datetime.combine(until + timedelta(days=1), time.min, clock.LOCAL)
    return shifts(scope, community, begin, end).filter(starts__gte=begin)


def on_duty(scope: Scope, community: Place, day: date, known_at: datetime) -> list[ServesAs]:
    """In which capacity each of those serves who stands in a shift that is on that day; what was cancelled or said of them
    after `known_at` is not looked at."""
    posts(scope, community)
    begin = datetime.combine(day, time.min, clock.LOCAL)
    on = Duty.objects.filter(
        Q(shift__cancelled=None) | Q(shift__cancelled__gt=known_at), places.within(scope, "shift__post__place__code"),
        shift__community=community, shift__starts__lt=begin + timedelta(days=1), shift__ends__gt=begin,
    )  # fmt: skip
    serving = accounts.capacities(scope, community, known_at)
    return [serving.get(one, ServesAs.STAFF) for one in on.order_by().values_list("staff", flat=True).distinct()]


def shift(scope: Scope, shift_id: UUID) -> Shift:
    """One shift with its crew; raises NotFound."""
    mine = places.within(scope, "post__place__code")
    return known(Shift.objects.filter(mine, pk=shift_id).select_related("post__place", "community").prefetch_related(CREW).first(), shift_id)


@dataclass(frozen=True)
class OnPost:
    """Who is on at a post, who comes next, and what was handed over last."""

    post: Post
    now: Shift | None
    next: Shift | None
    said: HandedOver | None


def on_at(scope: Scope, community: Place, at: datetime) -> list[OnPost]:
    """Every post of the scope at a moment."""
    kept = list(posts(scope, community))
    near = list(shifts(scope, community, at, at + timedelta(days=7)))
    last: dict[UUID, HandedOver] = {}
    said = handovers(scope, community, at - timedelta(days=1), at + timedelta(seconds=1)).order_by("at")
    for row in named(scope, community, said):
        last[row.shift.post_id] = row
    return [_on(one, [s for s in near if s.post_id == one.pk], last.get(one.pk), at) for one in kept]


def _on(of: Post, near: Iterable[Shift], said: HandedOver | None, at: datetime) -> OnPost:
    now = [one for one in near if standing(one.starts, one.ends, at) == Standing.ON]
    later = [one for one in near if standing(one.starts, one.ends, at) == Standing.BEFORE]
    return OnPost(of, now[0] if now else None, later[0] if later else None, said)


def handovers(scope: Scope, community: Place, since: datetime, until: datetime) -> QuerySet[HandedOver]:
    """What was handed over between these moments, newest first."""
    posts(scope, community)
    mine = places.within(scope, "shift__post__place__code")
    found = HandedOver.objects.filter(mine, community=community, undone=None, at__gte=since, at__lt=until)
    return found.select_related("shift__post")


def handed_over(scope: Scope, community: Place, of: Iterable[Shift], as_of: datetime) -> dict[UUID, datetime]:
    """When each of these shifts was handed over, by its id; those that were not are left out."""
    posts(scope, community)
    found = HandedOver.objects.filter(community=community, shift__in=[one.pk for one in of], undone=None, at__lte=as_of)
    return dict(found.values_list("shift_id", "at"))


def handover(scope: Scope, handover_id: UUID) -> HandedOver:
    """One of them; raises NotFound."""
    mine = places.within(scope, "shift__post__place__code")
    return known(HandedOver.objects.filter(mine, pk=handover_id).select_related("shift__post__place", "community").first(), handover_id)



def names(scope: Scope, community: Place) -> dict[str, str]:
    """Names of the community's staff by the key of the actor, to say who wrote something."""
    return {member.actor.key: member.name for member in accounts.staff_at(scope, community.code)}


def named(scope: Scope, community: Place, rows: Iterable[HandedOver]) -> list[HandedOver]:
    """Hand-overs with `by_name` and `taken_by_name`, to be shown; their words only to `READERS`."""
    found, reads = list(rows), scope.reaches(community.code, *READERS)
    known = names(scope, community) if found else {}
    for row in found:
        row.by_name, row.taken_by_name = known.get(row.by, ""), known.get(row.taken_by, "")
        row.notes = row.notes if reads else ""
    return found


@dataclass(frozen=True)
class Meal:
    """Those who eat with one shift of a day: at which post how many, how many together, and who cooks."""

    word: str
    posts: list[tuple[Post, int]]
    cook: Cook | None

    @property
    def people(self) -> int:
        return sum(n for _, n in self.posts)


def meals(scope: Scope, community: Place, day: date) -> list[Meal]:
    """By shift in the order of a day, as far as the scope sees its posts; a shift with a cook and nobody in it too."""
    at_posts: dict[str, dict[Post, int]] = {}
    for one in shifts_of_days(scope, community, day, day):
        heads = at_posts.setdefault(one.word, {})
        heads[one.post] = heads.get(one.post, 0) + len(one.duties.all())
    cooks = {one.word: one for one in Cook.objects.filter(community=community, day=day)}
    return [Meal(word, list(at_posts.get(word, {}).items()), cooks.get(word)) for word in WORDS if word in at_posts or word in cooks]

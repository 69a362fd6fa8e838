"""Reading distributions: how far they are, who has not come, and what the office must look at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from zhegu.handouts.models import BY_WAY, ON_LIST, Given, Handout, Share
from zhegu.handouts.rules import SEES, SETS, WORKERS, Flag, Voucher
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.registers.models import Household, Person

EVERYBODY = Scope.everything("who belongs to a share; whose share it is is asked of the scope")
RELATED = ("handout__community", "handout__item", "household", "person", "grid", "given")


def handouts(scope: Scope, community: Place, roles: tuple[str, ...] = SEES) -> QuerySet[Handout]:
    """Distributions, newest first; raises NotFound where the scope hands nothing out there."""
    if not scope.reaches(community.code, *roles):
        raise NotFound(community.code)
    return Handout.objects.filter(community=community).select_related("community", "item", "store")


def handout(scope: Scope, handout_id: UUID) -> Handout:
    """One of them; raises NotFound."""
    found = Handout.objects.filter(pk=handout_id).select_related("community").first()
    if found is None:
        raise NotFound(str(handout_id))
    return handouts(scope, found.community).get(pk=handout_id)


def _reach(scope: Scope, roles: tuple[str, ...], prefix: str = "") -> Q:
    whole = Q(**{f"{prefix}grid": None}) & places.within(scope, f"{prefix}handout__community__code", *roles)
    return whole | places.within(scope, f"{prefix}grid__code", *roles)


def shares(scope: Scope, of: Handout, roles: tuple[str, ...] = SEES) -> QuerySet[Share]:
    """Its shares in the scope's places, in the order in which one walks."""
    handouts(scope, of.community, roles)
    return Share.objects.filter(ON_LIST, _reach(scope, roles), handout=of).select_related(*RELATED).order_by(*BY_WAY)


def named(scope: Scope, of: QuerySet[Share], words: str) -> QuerySet[Share]:
    """Of what `shares` gave, those whose head, number, door, address or member holds these letters."""
    words = words.strip()
    if not words:
        return of
    house = Q(household__no=words) | Q(household__door=words) | Q(household__head_name__icontains=words)
    lives = Q(household__members__name__icontains=words) | Q(person__name__icontains=words)
    return of.filter(pk__in=of.filter(house | Q(household__address__icontains=words) | lives).order_by().values("pk"))


def share(scope: Scope, share_id: UUID) -> Share:
    """One share, for whoever may hand it out; raises NotFound."""
    return known(Share.objects.filter(_reach(scope, WORKERS), pk=share_id).select_related(*RELATED).first(), share_id)


def one_given(scope: Scope, given_id: UUID) -> Given:
    """One handing out, for whoever may take it back; raises NotFound."""
    return known(Given.objects.filter(_reach(scope, WORKERS, "share__"), pk=given_id).select_related("share__handout__community").first(), given_id)


def given(scope: Scope, of: Handout) -> QuerySet[Given]:
    """Everything of it that was handed out and not taken back, in the order it happened; for the office."""
    if not scope.covers(of.community.code, *SEES):
        raise NotFound(of.community.code)
    related = ("share__household", "share__person", "share__grid")
    return Given.objects.filter(share__handout=of, undone=None).select_related(*related)


def given_in(scope: Scope, community: Place, since: datetime, until: datetime) -> QuerySet[Given]:
    """What was handed out between two moments, of every distribution (form F9)."""
    if not scope.covers(community.code, *SEES):
        raise NotFound(community.code)
    rows = Given.objects.filter(share__handout__community=community, undone=None, at__gte=since, at__lte=until)
    return rows.select_related("share__handout__item", "share__household", "share__person", "share__grid")


@dataclass(frozen=True)
class Progress:
    """So many shares, how many of them were handed out, and amounts in thousandths."""

    shares: int = 0
    done: int = 0
    due: int = 0
    given: int = 0

    def __add__(self, other: "Progress") -> "Progress":
        return Progress(
            self.shares + other.shares, self.done + other.done, self.due + other.due, self.given + other.given
        )  # fmt: skip

    @property
    def left(self) -> int:
        return self.shares - self.done

    @property
    def to_come(self) -> int:
        return self.due - self.given


_ADDED = {
    "n": Count("pk"), "done": Count("given"), "due": Sum("amount"), "gone": Sum("amount", filter=~Q(given=None), default=0),
}  # fmt: skip


def _progress(row: Mapping[str, Any]) -> Progress:
    return Progress(row["n"], row["done"], row["due"], row["gone"])


def progress(scope: Scope, of: Handout) -> list[tuple[Place | None, Progress]]:
    """By grid (None: in none), in their order; the parts add up to the list."""
    rows = {row["grid"]: _progress(row) for row in shares(scope, of).order_by().values("grid").annotate(**_ADDED)}
    here = places.grids(Scope.everything("names of places beside numbers"), of.community)
    found: list[tuple[Place | None, Progress]] = [(one, rows[one.pk]) for one in here if one.pk in rows]
    return [*found, *([(None, rows[None])] if None in rows else [])]


def totals(scope: Scope, some: Iterable[Handout]) -> dict[UUID, Progress]:
    """Each distribution as a whole, as far as the scope sees it."""
    rows = Share.objects.filter(ON_LIST, _reach(scope, SEES), handout__in=list(some)).order_by().values("handout")
    return {row["handout"]: _progress(row) for row in rows.annotate(**_ADDED)}


def flagged(scope: Scope, of: Handout) -> list[tuple[Given, list[str]]]:
    """What was handed out and is not as it should be, with why, until the office has looked.

    Reckoned from what stands, so the order in which phones delivered does not matter.
    """
    others = Given.objects.filter(share__handout=of, undone=None).exclude(pk=OuterRef("pk"))
    again = Exists(others.filter(share=OuterRef("share")))
    twice = Exists(others.filter(card_serial=OuterRef("card_serial"), card_kid=OuterRef("card_kid")))
    rows = given(scope, of).filter(looked_at=None).annotate(again=again, twice=twice, back=F("slip__undone_by"))
    odd = Q(again=True) | Q(twice=True) | Q(slip=None) | Q(back__isnull=False) | Q(share__dropped__isnull=False) | ~Q(voucher=Voucher.OK)
    return [(row, _why(row)) for row in rows.filter(odd).order_by("share__grid__no", "share", "at")]


def _why(row: Given) -> list[str]:
    flags = [Flag.AGAIN] if row.again else []
    flags += [Flag.CARD_TWICE] if row.twice else []
    flags += [Flag.SHORT] if row.slip_id is None else []
    flags += [Flag.SLIP_UNDONE] if row.back else []
    flags += [Flag.DROPPED] if row.share.dropped else []
    codes = [f"handouts.flag_{flag}" for flag in flags]
    return codes + ([] if row.voucher == Voucher.OK else [f"handouts.voucher_{row.voucher}"])


@dataclass(frozen=True)
class Member:
    """Who may come for a share: their name, and the code they carry."""

    name: str
    code: str


def members(scope: Scope, community: Place) -> dict[UUID, list[Member]]:
    """Everybody of a community by their household, else by themselves: a share is found by whoever comes for it.
    For who hands out there."""
    handouts(scope, community, WORKERS)
    found: dict[UUID, list[Member]] = {}
    rows = registers.people(EVERYBODY, community).order_by("pk")
    for pk, home, name, code in rows.values_list("pk", "household", "name", "code"):
        found.setdefault(home or pk, []).append(Member(name, code))
    return found


@dataclass(frozen=True)
class NotListed:
    """A home, or somebody without one, that has no share. `who` fits what was typed."""

    home: Household | None
    person: Person | None
    who: str

    @property
    def grid(self) -> Place | None:
        return self.home.grid if self.home else self.person.grid if self.person else None


MOST_FOUND = 12
MOST_LOOKED_AT = 500
"""Of so many called alike, those who have a share are left out before the list is cut."""


def not_listed(scope: Scope, of: Handout, words: str) -> list[NotListed]:
    """Homes by door, number, address or head, then whoever is called so, who have no share in it; for who sets it."""
    if not scope.covers(of.community.code, *SETS):
        raise NotFound(of.community.code)
    if not words.strip():
        return []
    listed = set(Share.objects.filter(ON_LIST, handout=of).order_by().values_list("household", flat=True))
    alone = set(Share.objects.filter(ON_LIST, handout=of, household=None).order_by().values_list("person", flat=True))
    at_door = registers.households(EVERYBODY, of.community, words=words.strip()).filter(size__gt=0).exclude(pk__in=listed - {None})
    found = {one.pk: NotListed(one, None, one.label) for one in at_door[:MOST_FOUND]}
    for hit in registers.search(EVERYBODY, of.community, words, limit=MOST_LOOKED_AT):
        who, home = hit.person, hit.person.household
        if not hit.is_gone and (who.pk not in alone if home is None else home.pk not in listed):
            found.setdefault(home.pk if home else who.pk, NotListed(home, None if home else who, who.name))
    return list(found.values())[:MOST_FOUND]

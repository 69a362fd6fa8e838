"""Reading campaigns: what is covered, who is missing, where people disagree, what was answered."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Sum

from zhegu.lib import clock
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.visits.models import Campaign, Door, Said
from zhegu.visits.rules import SEES, WORKERS, Kind, Question, Standing, What

RELATED = ("campaign__community", "household", "person", "grid", "unit")


def campaigns(scope: Scope, community: Place) -> QuerySet[Campaign]:
    """Campaigns of a community, newest first; raises NotFound where the scope goes to no door of it."""
    if not scope.covers(community.code, *SEES) and not any(
        place.startswith(community.code) for place in scope.places(*SEES)
    ):
        raise NotFound(community.code)
    return Campaign.objects.filter(community=community).select_related("community")


def campaign(scope: Scope, campaign_id: UUID) -> Campaign:
    """One of them; raises NotFound."""
    found = Campaign.objects.filter(pk=campaign_id).select_related("community").first()
    if found is None:
        raise NotFound(str(campaign_id))
    campaigns(scope, found.community)
    return found


def _reach(scope: Scope, roles: tuple[str, ...], prefix: str = "") -> Q:
    whole = Q(**{f"{prefix}grid": None}) & places.within(scope, f"{prefix}campaign__community__code", *roles)
    of_grid = places.within(scope, f"{prefix}grid__code", *roles)
    return whole | of_grid | places.within(scope, f"{prefix}unit__code", *roles)


def doors(scope: Scope, of: Campaign, roles: tuple[str, ...] = SEES) -> QuerySet[Door]:
    """Doors of a campaign in the scope's places, by grid, unit and house."""
    campaigns(scope, of.community)
    rows = Door.objects.filter(_reach(scope, roles), campaign=of).select_related(*RELATED)
    by_place = (F("grid__no").asc(nulls_last=True), F("unit__no").asc(nulls_last=True), "order", "pk")
    return rows.order_by(*by_place)


def named(scope: Scope, of: QuerySet[Door], words: str) -> QuerySet[Door]:
    """Of what `doors` gave, those whose house, head, place or person hold these letters."""
    words = words.strip()
    if not words:
        return of
    inside = Q(household__no=words) | Q(household__door=words) | Q(household__head_name__icontains=words)
    place = Q(household__address__icontains=words) | Q(name__icontains=words) | Q(where__icontains=words)
    lives = Q(household__members__name__icontains=words) | Q(person__name__icontains=words)
    return of.filter(pk__in=of.filter(inside | place | lives).order_by().values("pk"))


def door(scope: Scope, door_id: UUID, *roles: str) -> Door:
    """One door; raises NotFound outside the places of these roles."""
    return known(Door.objects.filter(_reach(scope, roles or SEES), pk=door_id).select_related(*RELATED).first(), door_id)


def said(scope: Scope, of: Door) -> QuerySet[Said]:
    """Everything said of a door that was not taken back, in the order it happened."""
    door(scope, of.pk)
    return of.said.filter(undone=None)


def one_said(scope: Scope, said_id: UUID) -> Said:
    """One of those, for whoever goes to that door; raises NotFound."""
    return known(Said.objects.filter(_reach(scope, WORKERS, "door__"), pk=said_id).select_related("door__campaign__community").first(), said_id)


def clashes(scope: Scope, community: Place) -> QuerySet[Door]:
    """Doors of which people who did not know of each other said different things; for the office."""
    if not scope.covers(community.code, "office"):
        raise NotFound(community.code)
    return Door.objects.filter(campaign__community=community, clash=True).select_related(*RELATED).order_by("campaign", "pk")


# --- coverage


@dataclass(frozen=True)
class Coverage:
    """So many doors, each exactly one of five things; `people` live there, `seen` behind the doors that are done."""

    doors: int = 0
    done: int = 0
    excused: int = 0
    missing: int = 0
    moved: int = 0
    not_found: int = 0
    people: int = 0
    seen: int = 0

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def due(self) -> int:
        return self.doors - self.excused

    @property
    def rate(self) -> float | None:
        return self.done / self.due if self.due else None


def coverage(scope: Scope, of: Campaign, by: str = "grid") -> list[tuple[Place | None, Coverage]]:
    """By grid or by unit (None: in none of them), in their order; the parts add up to the roster."""
    rows = doors(scope, of).order_by().values(by, "standing").annotate(n=Count("pk"), lives=Sum("people"))
    found: dict[UUID | None, Coverage] = {}
    for row in rows:
        seen = row["lives"] if row["standing"] == Standing.DONE else 0
        part = Coverage(**{"doors": row["n"], row["standing"]: row["n"], "people": row["lives"], "seen": seen})
        found[row[by]] = found.get(row[by], Coverage()) + part
    named = {place.pk: place for place in _places(of.community)}
    order = sorted(found.items(), key=lambda one: (one[0] is None, named[one[0]].code if one[0] else ""))
    return [(named[key] if key else None, part) for key, part in order]


def _places(community: Place) -> Iterable[Place]:
    everything = Scope.everything("names of places beside numbers")
    return [*places.grids(everything, community), *places.units(everything, community)]


def total(scope: Scope, parts: Iterable[tuple[Place | None, Coverage]]) -> Coverage:
    """All of them together."""
    return sum((part for _, part in parts), Coverage())


# --- a day


@dataclass(frozen=True)
class OnDay:
    """Homes visited, however often; visits at which advice was given; masks handed out."""

    visited: int
    advised: int
    masks: int


def visited_on_day(scope: Scope, community: Place, at: datetime) -> OnDay:
    """In all campaigns on the day of that moment and until then, without what was taken back by then."""
    campaigns(scope, community)
    stood = Q(undone=None) | Q(undone__gt=at)
    rows = Said.objects.filter(
        stood, door__campaign__community=community, what=What.VISIT, at__gte=clock.begins(clock.local_day(at)), at__lte=at
    ).values_list("door__household", "door__person", "door", "advised", "masks")
    homes = {house or person or door for house, person, door, _, _ in rows}
    return OnDay(len(homes), sum(advised for *_, advised, _ in rows), sum(masks for *_, masks in rows))


# --- answers


@dataclass(frozen=True)
class Answered:
    """A question and what it was answered with: how often each value, and the sum of numbers."""

    question: Question
    counts: tuple[tuple[Any, int], ...]
    sum: int


@dataclass(frozen=True)
class Results:
    """What a campaign brought: answers by question, masks handed out, doors at which advice was given."""

    answers: tuple[Answered, ...]
    masks: int
    advised: int


def results(scope: Scope, of: Campaign) -> Results:
    """Answers of the visits that count, in numbers, also those to questions of earlier versions; what was written in
    words is not among them. Masks are those of
    every visit that really was, also of one set aside."""
    rows = list(Said.objects.filter(door__in=doors(scope, of).values("pk"), what=What.VISIT, undone=None).select_related("door"))
    counting = [row for row in rows if row.door.visit == row.pk]
    told = [json.loads(row.answers) if row.answers else {} for row in counting]
    heard = [(question, [one[question.code] for one in told if question.code in one]) for question in of.ever_asked]
    kept = len(of.asked)
    answers = tuple(_answered(question, said) for n, (question, said) in enumerate(heard) if said or n < kept)
    return Results(answers, sum(row.masks for row in rows), sum(row.advised for row in counting))


def _answered(question: Question, said: list[Any]) -> Answered:
    if question.kind == Kind.TEXT:
        return Answered(question, (), len(said))
    if question.kind == Kind.NUMBER:
        return Answered(question, (), sum(said))
    return Answered(question, tuple(sorted(Counter(said).items(), key=lambda one: -one[1])), len(said))


def answers_of(scope: Scope, of: Said) -> list[tuple[Question, Any]]:
    """What one visit heard, in the order of the questions; raises NotFound outside the scope."""
    at = door(scope, of.door_id)
    heard = json.loads(of.answers) if of.answers else {}
    return [(question, heard[question.code]) for question in at.campaign.ever_asked if question.code in heard]


def codes(scope: Scope, of: Campaign) -> dict[UUID, str]:
    """Door → the personal code of its head, else of its first member, as printed; for the office alone."""
    if not scope.covers(of.community.code, "office"):
        raise NotFound(str(of.pk))
    lives = registers.people(scope, of.community)
    by_house: dict[UUID, str] = {}
    heads: set[UUID] = set()
    for house, relation, code in lives.exclude(household=None).order_by("pk").values_list("household", "relation", "code"):
        is_head = relation == "户主" and house not in heads
        if is_head:
            heads.add(house)
        if is_head or house not in by_house:
            by_house[house] = code
    alone = dict(lives.filter(household=None).values_list("pk", "code"))
    rows = doors(scope, of).values_list("pk", "household", "person")
    return {pk: alone.get(person, "") if person else by_house.get(house, "") for pk, house, person in rows}

"""Who is asked every day how they are, who was asked today, and who was not well."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from zhegu.lib.ids import read_id
from zhegu.lib.scope import NotFound, Scope
from zhegu.monitoring.models import HOLDS, Check, Measure
from zhegu.monitoring.queries.measures import in_place
from zhegu.monitoring.rules import CHECKS, SEES, Reached, Slot, wanted_slots
from zhegu.outbreaks.models import Outbreak
from zhegu.outbreaks.queries import Monitoring
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.registers.models import Person, Presence

READS = tuple(dict.fromkeys((*CHECKS, "leader")))
"""Who sees how people were."""


@dataclass(frozen=True)
class Day:
    """Who is to be asked on a day: those of `people`, at `slots`."""

    outbreak: Outbreak
    day: date
    people: QuerySet[Person]
    slots: tuple[Slot, ...]


def _asking(outbreak: Outbreak) -> dict[str, Monitoring]:
    """What is asked every day, for each measure of the profile of which daily checks are a part."""
    watched = {code: one.monitoring for code, one in outbreak.rules.measures.items()}
    return {code: watch for code, watch in watched.items() if watch.temperature_per_day or watch.symptoms}


def under_checks(scope: Scope, outbreak: Outbreak, day: date, grid: str = "") -> Day:
    """Everybody within the scope whose measure, their own or their place's, asks how they are every day.

    Whoever is away is asked only under a measure of their own.
    """
    community = outbreak.community
    if not scope.whole and not scope.places(*READS):
        raise NotFound(community.code)
    asking = _asking(outbreak)
    held = Measure.objects.filter(HOLDS, outbreak=outbreak, holds_from__lte=day, code__in=list(asking)).order_by()
    used = [asking[code] for code in set(held.values_list("code", flat=True))]
    mine = Q(pk__in=held.filter(person__isnull=False).values("person"))
    for area in held.filter(person=None).select_related("place"):
        mine |= in_place(scope, area.place) & Q(presence=Presence.HERE)
    people = registers.people(scope, community, registers.Wanted(grid=grid), roles=READS).filter(mine)
    often = max((watch.temperature_per_day for watch in used), default=0)
    return Day(outbreak, day, people, wanted_slots(often, any(watch.symptoms for watch in used)))


def checked(scope: Scope, of: Day, people: Iterable[UUID]) -> dict[UUID, dict[str, Check]]:
    """The last check of each slot of the day, for these people of `under_checks`."""
    rows = Check.objects.filter(
        registers.within_reach(scope, of.outbreak.community, "person__", READS), outbreak=of.outbreak, day=of.day, person__in=list(people), undone=None
    ).order_by("at", "id")  # fmt: skip
    found: dict[UUID, dict[str, Check]] = {}
    for row in rows:
        found.setdefault(row.person_id, {})[row.slot] = row
    return found


def written_down(scope: Scope, of: Day, since: date) -> QuerySet[Check]:
    """Every check since that day of the people on the list, oldest first."""
    mine = registers.within_reach(scope, of.outbreak.community, "person__", CHECKS)
    rows = Check.objects.filter(mine, outbreak=of.outbreak, day__gte=since, undone=None)
    return rows.filter(person__in=of.people.order_by().values("pk")).order_by("at", "id")


def still_open(scope: Scope, of: Day, slot: Slot) -> QuerySet[Person]:
    """Those of the day's list of whom nobody knows yet how they are this time."""
    told = Check.objects.filter(
        registers.within_reach(scope, of.outbreak.community, "person__", READS), outbreak=of.outbreak, day=of.day,
        slot=slot, reached=Reached.YES, undone=None,
    )  # fmt: skip
    return of.people.exclude(pk__in=told.order_by().values("person"))


@dataclass(frozen=True)
class Counts:
    """Of a day's list."""

    people: int
    done: dict[str, int]
    abnormal: int


def counts(scope: Scope, of: Day) -> Counts:
    """How many are to be asked, how many were, how many were not well; within the scope."""
    rows = Check.objects.filter(
        registers.within_reach(scope, of.outbreak.community, "person__", READS), outbreak=of.outbreak, day=of.day, undone=None
    ).order_by()  # fmt: skip
    told = rows.filter(reached=Reached.YES)
    done = {slot: told.filter(slot=slot).values("person").distinct().count() for slot in of.slots}
    return Counts(of.people.count(), done, rows.filter(abnormal=True).values("person").distinct().count())


def days_of(scope: Scope, outbreak: Outbreak, person: Person, since: date, until: date) -> QuerySet[Check]:
    """Every check of one person in these days, oldest first; raises NotFound outside the scope."""
    registers.person(scope, person.pk, roles=READS)
    return Check.objects.filter(outbreak=outbreak, person=person, day__range=(since, until), undone=None).order_by("at", "id")


def abnormal(scope: Scope, community: Place) -> QuerySet[Check]:
    """What was not normal and nobody has looked after yet, oldest first: the clinic's list."""
    if not scope.covers(community.code, *SEES):
        mine = registers.within_reach(scope, community, "person__", SEES)
    else:
        mine = Q(community=community)
    waiting = Check.objects.filter(mine, abnormal=True, handled=None, undone=None)
    return waiting.select_related("person__grid", "person__household", "outbreak").order_by("at", "id")


def check(scope: Scope, check_id: object) -> Check:
    """One of them; raises NotFound outside the scope."""
    found = Check.objects.filter(pk=read_id(check_id)).select_related("community", "person", "outbreak").first()
    if found is None:
        raise NotFound(str(check_id))
    registers.person(scope, found.person_id, roles=READS)
    return found

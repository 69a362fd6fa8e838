"""Who is under what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhegu.lib import clock
from zhegu.lib.ids import read_id
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.monitoring.models import HELD, HOLDS, Check, Contest, Measure, Step
from zhegu.monitoring.queries.course import courses, with_shared_outbreaks
from zhegu.monitoring.rules import SEES
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.registers.models import Presence


def open_outbreak(scope: Scope, community: Place) -> Outbreak | None:
    """The outbreak under which measures are laid on."""
    return outbreaks.open_outbreak(scope, community)


def _within(scope: Scope, community: Place) -> Q:
    """Measures on people of the scope, and on places it lies in or covers."""
    if scope.covers(community.code, *SEES):
        return Q(community=community)
    mine = scope.places(*SEES)
    above = {code[:length] for code in mine for length in (12, 15)}
    people = registers.within_reach(scope, community, "person__", SEES) & Q(person__isnull=False)
    return Q(community=community) & (people | Q(place__code__in=above) | places.within(scope, "place__code", *SEES))


def measures(scope: Scope, community: Place) -> QuerySet[Measure]:
    """All of them, running and ended; raises NotFound for who may see none there."""
    if not scope.whole and not any(code.startswith(community.code) or community.code.startswith(code) for code in scope.places(*SEES)):
        raise NotFound(community.code)
    return Measure.objects.filter(_within(scope, community)).select_related(
        "community", "outbreak", "person__grid", "person__household", "place", "household"
    )


def measure(scope: Scope, measure_id: object) -> Measure:
    """One of them; raises NotFound outside the scope."""
    found = Measure.objects.filter(pk=read_id(measure_id)).select_related("community").first()
    if found is None:
        raise NotFound(str(measure_id))
    return known(measures(scope, found.community).filter(pk=found.pk).first(), measure_id)


def waiting(scope: Scope, community: Place) -> QuerySet[Measure]:
    """What waits for a second approver."""
    return measures(scope, community).filter(second=True, approved=None, ended=None)


def held_on_places(scope: Scope, community: Place) -> list[Measure]:
    """Those on everybody of a place that hold or held, oldest first."""
    return with_shared_outbreaks(measures(scope, community).filter(HELD).exclude(place=None))


def laid_together(scope: Scope, of: Measure) -> list[Measure]:
    """Everything that was laid on with one command."""
    return with_shared_outbreaks(measures(scope, of.community).filter(laid=of.laid))


def overdue(scope: Scope, community: Place, day: date) -> QuerySet[Measure]:
    """Those somebody should have looked at."""
    return measures(scope, community).filter(HOLDS, review_on__lt=day)


def contested(scope: Scope, community: Place) -> QuerySet[Contest]:
    """What waits for an answer, oldest first."""
    mine = measures(scope, community)
    return Contest.objects.filter(measure__in=mine, answered=None).select_related("measure__outbreak", "person", "measure__place")


def contest(scope: Scope, contest_id: object) -> Contest:
    """One of them; raises NotFound where its measure is outside the scope."""
    found = Contest.objects.filter(pk=read_id(contest_id)).select_related("measure").first()
    if found is None:
        raise NotFound(str(contest_id))
    found.measure = measure(scope, found.measure_id)
    return found


def of_person(scope: Scope, person_id: UUID, community: Place) -> list[Measure]:
    """What somebody is and was under, their own measures and those of the places they live in."""
    person = registers.person(scope, person_id, roles=SEES)
    around = {community.code, person.grid.code if person.grid else community.code}
    return with_shared_outbreaks(measures(scope, community).filter(Q(person=person) | Q(place__code__in=around)))


@dataclass(frozen=True)
class Holding:
    """What restricts somebody now."""

    measure: UUID
    code: str
    stage: outbreaks.StageKind
    stays_in: bool
    isolates: bool
    since: date
    ends_on: date | None
    review_on: date


def holding(
    scope: Scope, community: Place, at: datetime, people: Iterable[UUID] | None = None
) -> dict[UUID, tuple[Holding, ...]]:
    """What holds each person at that moment, strictest first; who is not in it is held by nothing.

    For gates, arrivals, visits and duties: only what somebody approved where that was needed, and only from
    its first day. Without `people`: everybody within the scope.
    """
    day = clock.local_day(at)
    found_rows = measures(scope, community).filter(HOLDS, holds_from__lte=day, begun__lte=at, outbreak__closed=None)
    rows = _not_lapsed(scope, with_shared_outbreaks(found_rows), at)
    wanted = None if people is None else set(people)
    found: dict[UUID, list[Holding]] = {}
    for one in courses(scope, rows, day):
        stage = one.running.stage
        held = Holding(
            one.measure.pk, one.measure.code, stage.kind, stage.stays_in, stage.isolates, one.measure.holds_from,
            one.ends_on, one.measure.review_on,
        )  # fmt: skip
        for person in _held_by(scope, community, one.measure, wanted):
            found.setdefault(person, []).append(held)
    return {
        person: tuple(sorted(held, key=lambda h: (not h.isolates, not h.stays_in, h.since)))
        for person, held in found.items()
    }


def holds_at(scope: Scope, community: Place, at: datetime, of: str = "") -> Q:
    """Measures there that restricted somebody at that moment, whatever became of them since; `of`: the way to the measure."""
    agreed = Q(**{f"{of}second": False}) | Q(**{f"{of}approved__lte": at})
    running = Q(**{f"{of}ended": None}) | Q(**{f"{of}ended__gt": at})
    watched = Q(pk__in=[])
    for one in outbreaks.outbreaks(scope, community).filter(Q(closed=None) | Q(closed__gt=at)):
        if (held := outbreaks.steering(scope, one, at).held_since) is not None:
            watched |= Q(**{f"{of}outbreak": one, f"{of}begun__gte": held})
    return agreed & running & watched & Q(**{f"{of}begun__lte": at, f"{of}holds_from__lte": clock.local_day(at)})


def _not_lapsed(scope: Scope, rows: list[Measure], at: datetime) -> list[Measure]:
    """Without those whose outbreak nobody looked at for too long since they were laid on (privacy P19)."""
    since = {one.pk: outbreaks.steering(scope, one, at).held_since for one in {row.outbreak for row in rows}}
    return [row for row in rows if (held := since[row.outbreak_id]) is not None and row.begun >= held]


def _held_by(scope: Scope, community: Place, of: Measure, wanted: set[UUID] | None) -> Iterable[UUID]:
    if of.place is None:
        return [of.person_id] if wanted is None or of.person_id in wanted else []
    there = registers.people(scope, community, registers.Wanted(presence=Presence.HERE), roles=SEES).filter(in_place(scope, of.place))
    if wanted is not None:
        there = there.filter(pk__in=wanted)
    return there.order_by().values_list("pk", flat=True)


def in_place(scope: Scope, place: Place) -> Q:
    """People who live there: in the grid, or anywhere in the community."""
    return Q(grid=place) if len(place.code) > len(place.community_code) else Q(community=place)


@dataclass(frozen=True)
class Moment:
    """One line of a measure's time-line."""

    at: datetime
    what: str
    by: str = ""
    note: str = ""
    step: Step | None = None
    check: Check | None = None


def timeline(scope: Scope, of: Measure, at: datetime) -> list[Moment]:
    """What happened, oldest first: acts, tests with their results, daily checks that were not normal."""
    found = [Moment(step.at, step.did, step.by, step.note, step=step) for step in of.steps.all()]
    if of.person_id:
        tests = outbreaks.tests_of(scope, of.outbreak, [of.person_id]).get(of.person_id, [])
        found += [Moment(when, f"test_{result}") for when, result in tests if clock.local_day(when) >= of.day0]
        checks = Check.objects.filter(outbreak=of.outbreak, person=of.person_id, undone=None, abnormal=True, at__lte=at)
        found += [Moment(one.at, "abnormal", one.by, one.note, check=one) for one in checks]
    return sorted(found, key=lambda moment: moment.at)

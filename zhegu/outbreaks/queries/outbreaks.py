"""Reading outbreaks. Who holds anything in a community may know what is open there; who is isolated,
a contact or tested positive is shown only for people within the scope's own places."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from zhegu.lib.scope import NotFound, Scope
from zhegu.outbreaks.models import Outbreak, Standing, Tested
from zhegu.outbreaks.rules import Result, StandingKind
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.prepared.reading import prepared


def outbreaks(scope: Scope, community: Place) -> QuerySet[Outbreak]:
    """All outbreaks of a community, newest first; raises NotFound outside the scope."""
    return Outbreak.objects.filter(community=places.reached(scope, community))


def outbreak(scope: Scope, outbreak_id: UUID) -> Outbreak:
    """One outbreak; raises NotFound outside the scope."""
    found = Outbreak.objects.select_related("community").filter(pk=outbreak_id).first()
    if found is None:
        raise NotFound(str(outbreak_id))
    places.reached(scope, found.community)
    return found


def open_outbreak(scope: Scope, community: Place) -> Outbreak | None:
    """The outbreak that is open there, the newest if there are several; None where none is."""
    return next(iter(_open(places.reached(scope, community).pk)), None)


def open_outbreak_id(scope: Scope, community: Place) -> UUID | None:
    """Its id alone, for what is said many times a minute: the profile, a page long, is not read."""
    return next((pk for (pk,) in _open_id(places.reached(scope, community).pk)), None)


def open_outbreaks(scope: Scope, communities: Iterable[Place]) -> dict[UUID, Outbreak]:
    """The outbreak that is open in each of these communities, the newest if there are several; those without are left out."""
    asked = [places.reached(scope, community).pk for community in communities]
    return {one.community_id: one for one in Outbreak.objects.filter(community__in=asked, closed=None).order_by("opened")}


@prepared
def _open(community: UUID) -> QuerySet[Outbreak]:
    return Outbreak.objects.filter(community__pk=community, closed=None)[:1]


@prepared
def _open_id(community: UUID) -> QuerySet[Outbreak, tuple[UUID]]:
    return Outbreak.objects.filter(community__pk=community, closed=None).values_list("pk")[:1]


def closed_before(scope: Scope, community: Place, before: datetime) -> list[UUID]:
    """Outbreaks of a community that closed before that moment: what was kept for them may go (privacy P9)."""
    return list(outbreaks(scope, community).filter(closed__lt=before).values_list("pk", flat=True))


def _people_within(scope: Scope) -> Q:
    """Facts about people in the scope's grids; those without a grid belong to the community's own roles."""
    if scope.whole:
        return Q()  # an empty Q vanishes when it is or-ed
    return places.within(scope, "person__grid__code") | (
        Q(person__grid=None) & places.within(scope, "person__community__code")
    )


def standings(scope: Scope, of: Outbreak) -> dict[UUID, StandingKind]:
    """What each person is to the outbreak, for those who are anything to it and within the scope."""
    rows = Standing.objects.filter(_people_within(scope), outbreak=of).exclude(kind=StandingKind.NONE)
    return {person: StandingKind(kind) for person, kind in rows.values_list("person_id", "kind")}


def last_tests(scope: Scope, of: Outbreak) -> dict[UUID, Tested]:
    """Each person's last test under the outbreak, within the scope."""
    rows = Tested.objects.filter(_people_within(scope), outbreak=of).order_by("at")
    return {test.person_id: test for test in rows}


def tests_of(scope: Scope, of: Outbreak, people: Iterable[UUID]) -> dict[UUID, list[tuple[datetime, Result]]]:
    """Every test of these people under the outbreak with its result, oldest first, within the scope."""
    rows = Tested.objects.filter(_people_within(scope), outbreak=of, person__in=list(people)).order_by("at")
    found: dict[UUID, list[tuple[datetime, Result]]] = {}
    for person, at, result in rows.values_list("person_id", "at", "result"):
        found.setdefault(person, []).append((at, Result(result)))
    return found


def positives(scope: Scope, of: Outbreak) -> QuerySet[Tested]:
    """Tests under the outbreak that came out positive or grey, newest first."""
    return Tested.objects.filter(
        _people_within(scope), outbreak=of, result__in=[Result.POSITIVE, Result.GREY]
    ).order_by("-at")


def last_cases(scope: Scope, of: Iterable[Outbreak], as_of: datetime) -> dict[UUID, datetime]:
    """When the newest case of each outbreak was tested, within the scope; those without a case are left out."""
    rows = Tested.objects.filter(_people_within(scope), outbreak__in=list(of), result=Result.POSITIVE, at__lte=as_of)
    return dict(rows.values("outbreak").annotate(last=Max("at")).values_list("outbreak", "last"))

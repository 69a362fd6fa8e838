"""Who arrived, who waits for a decision, who travelled together, whom of the register it may be."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from zhegu.arrivals.models import Arrival
from zhegu.arrivals.rules import LEADER, OFFICE, SEES
from zhegu.lib import clock
from zhegu.lib.scope import NotFound, Scope
from zhegu.monitoring import queries as monitoring
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.registers.models import Person

SAME_WITHIN = timedelta(days=3)
"""Two entries of one name this close together may be the same person, told twice."""


def _reach(scope: Scope) -> Q:
    whole = places.within(scope, "community__code", OFFICE, LEADER)
    return places.within(scope, "grid__code", *SEES) | (Q(grid=None) & whole)


def _seen(scope: Scope, community: Place) -> None:
    if not scope.reaches(community.code, *SEES):
        raise NotFound(community.code)


def arrivals(scope: Scope, community: Place) -> QuerySet[Arrival]:
    """Those who arrived within the scope's places, the latest first, each with how many travelled along
    (`together`). Raises NotFound where nothing of the community is theirs to see."""
    _seen(scope, community)
    same = Arrival.objects.filter(party=OuterRef("party"), undone=None).order_by().values("party")
    return (
        Arrival.objects.filter(_reach(scope), community=community, undone=None)
        .select_related("grid", "person__household", "outbreak", "laid__outbreak")
        .annotate(together=Coalesce(Subquery(same.annotate(n=Count("pk")).values("n")), 1))
        .order_by("-arrived", "-id")
    )


@dataclass(frozen=True)
class Counts:
    """Entries of the day, people under the measure that was decided for them, entries nobody has decided about."""

    new: int
    current: int
    to_decide: int


def counts(scope: Scope, community: Place, at: datetime) -> Counts:
    """Within the scope, as it was at that moment; raises NotFound as `arrivals`."""
    _seen(scope, community)
    stood = Q(undone=None) | Q(undone__gt=at)
    known = Arrival.objects.filter(_reach(scope), stood, community=community, at__lte=at).order_by()
    new = known.filter(arrived__gte=clock.begins(clock.local_day(at)), arrived__lte=at)
    under = known.filter(monitoring.holds_at(scope, community, at, "laid__"), decided__lte=at).values("person").distinct()
    return Counts(new.count(), under.count(), known.filter(Q(decided=None) | Q(decided__gt=at)).count())


def waiting(scope: Scope, community: Place) -> QuerySet[Arrival]:
    """Those about whom nobody has decided yet, the earliest first."""
    return arrivals(scope, community).filter(decided=None).order_by("arrived", "id")


def arrival(scope: Scope, arrival_id: UUID) -> Arrival:
    """One of them; raises NotFound, also for one that was taken back."""
    found = (
        Arrival.objects.filter(_reach(scope), pk=arrival_id, undone=None)
        .select_related("community", "grid", "person", "outbreak", "laid")
        .first()
    )
    if found is None:
        raise NotFound(str(arrival_id))
    return found


def party(scope: Scope, of: Arrival) -> list[Arrival]:
    """Those who travelled with them, as far as the scope sees them."""
    return list(arrivals(scope, of.community).filter(party=of.party).exclude(pk=of.pk).order_by("id"))


def alike(scope: Scope, of: Arrival) -> list[Arrival]:
    """Other entries that may tell of the same person: the same name within three days."""
    near = Q(arrived__range=(of.arrived - SAME_WITHIN, of.arrived + SAME_WITHIN))
    return list(arrivals(scope, of.community).filter(near, name=of.name).exclude(pk=of.pk)[:5])


def candidates(scope: Scope, of: Arrival) -> list[Person]:
    """Whom of the register the entry may tell of: the same paper, or an agreeing name and birth, phone or grid."""
    facts = {
        "name": of.name, "birth_year": of.birth_year, "phone": of.phone, "id_number": of.id_number, "grid": of.grid_id,
    }  # fmt: skip
    return registers.alike(scope, of.community, {name: value for name, value in facts.items() if value})


def of_person(scope: Scope, person: Person) -> QuerySet[Arrival]:
    """A person's own arrivals, the latest first."""
    return Arrival.objects.filter(_reach(scope), person=person, undone=None).select_related("grid")

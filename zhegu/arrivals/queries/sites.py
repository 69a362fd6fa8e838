"""Building sites and who works there."""

from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhegu.arrivals.models import Site, Worker
from zhegu.arrivals.rules import LEADER, OFFICE, SEES
from zhegu.lib.scope import Scope, known
from zhegu.places import queries as places
from zhegu.places.models import Place


def _reach(scope: Scope, prefix: str = "") -> Q:
    whole = places.within(scope, f"{prefix}community__code", OFFICE, LEADER)
    return places.within(scope, f"{prefix}grid__code", *SEES) | (Q(**{f"{prefix}grid": None}) & whole)


def sites(scope: Scope, community: Place) -> QuerySet[Site]:
    """Sites that are open, by name, with how many work there now (`people`)."""
    places.reached(scope, community)
    now = Count("workers", filter=Q(workers__left=None))
    return Site.objects.filter(_reach(scope), community=community, closed=None).select_related("grid").annotate(people=now)


def site(scope: Scope, site_id: UUID) -> Site:
    """One of them, closed ones too; raises NotFound."""
    return known(Site.objects.filter(_reach(scope), pk=site_id).select_related("grid", "community").first(), site_id)


def workers(scope: Scope, community: Place, since: date, until: date) -> QuerySet[Worker]:
    """Who worked at a site on any of these days, by site and day of coming."""
    there = Q(since__lte=until) & (Q(left=None) | Q(left__gte=since))
    found = Worker.objects.filter(_reach(scope, "site__"), there, site__community=community)
    return found.select_related("site", "site__grid", "person").order_by("site__name", "since", "id")


def worker(scope: Scope, worker_id: UUID) -> Worker:
    """One of them; raises NotFound."""
    return known(Worker.objects.filter(_reach(scope, "site__"), pk=worker_id).select_related("site__community", "person").first(), worker_id)

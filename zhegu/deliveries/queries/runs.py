"""Runs within a scope: the desk sees errands, the medicine team its own, whoever goes along what they carry."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhegu.accounts import queries as accounts
from zhegu.deliveries.models import DoorPhoto, ErrandRun, HandOver, Parcel, RunMember, RunStop, RunVisit
from zhegu.deliveries.rules.problem import RunKind
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.orders.models import OrderKind, Substitute
from zhegu.places.models import Place

LINE = ("position", "item", "quantity", "unit", "spec", "price")
DESK, TEAM = ("office", "order_desk"), ("courier", "office", "order_desk", "medicine")


def runs(scope: Scope, community: Place) -> QuerySet[ErrandRun]:
    """Runs of a community, the newest first; raises NotFound for those who have nothing to do with any."""
    if scope.whole:
        seen = Q()
    elif scope.covers(community.code, *TEAM):
        seen = Q(Exists(RunMember.objects.filter(run=OuterRef("pk"), staff__in=accounts.who_looks(scope))))
        if scope.covers(community.code, *DESK):
            seen |= ~Q(batch__kind=OrderKind.MEDICINE)
        if scope.covers(community.code, "medicine"):
            seen |= Q(batch__kind=OrderKind.MEDICINE)
    else:
        raise NotFound(community.code)
    return ErrandRun.objects.filter(seen, community=community).select_related("community", "batch").order_by("-at")


def run(scope: Scope, community: Place, run_id: object) -> ErrandRun:
    """One of them; raises NotFound."""
    return known(runs(scope, community).filter(pk=run_id).first(), run_id)


def team(scope: Scope, run: ErrandRun) -> QuerySet[RunMember]:
    """Who is of the team, by truck."""
    if not scope.whole and not runs(scope, run.community).filter(pk=run.pk).exists():
        raise NotFound(str(run.pk))
    return RunMember.objects.filter(run=run).select_related("staff").order_by("truck", "staff__name")


def team_keys(scope: Scope, run: ErrandRun) -> set[str]:
    """The holders' keys of the team."""
    return {member.staff.actor.key for member in team(scope, run)}


def of_team(scope: Scope, run: ErrandRun) -> ErrandRun:
    """The run, for its team alone; raises NotFound for everybody else: only they see its cash."""
    if scope.actor.key not in team_keys(scope, run):
        raise NotFound(str(run.pk))
    return run


def stops(scope: Scope, run: ErrandRun) -> QuerySet[RunStop]:
    """Its doors in order, with their things."""
    team(scope, run)
    return RunStop.objects.filter(run=run).select_related("grid", "household", "run").prefetch_related("parcels__order")


def visits(scope: Scope, run: ErrandRun) -> QuerySet[RunVisit]:
    """The ways of its trucks, in order."""
    team(scope, run)
    return RunVisit.objects.filter(run=run).select_related("stop__grid")


def parcels(scope: Scope, run: ErrandRun) -> QuerySet[Parcel]:
    """Its things with their doors."""
    team(scope, run)
    return Parcel.objects.filter(run=run).select_related("stop__grid", "stop__household")


def lines_of(scope: Scope, run: ErrandRun) -> dict[UUID | None, list[dict[str, Any]]]:
    """By order, what its parcel holds, where goods are brought; never of medicine."""
    team(scope, run)
    if run.kind != RunKind.DELIVER or run.batch.kind == OrderKind.MEDICINE:
        return {}
    found: dict[UUID | None, list[dict[str, Any]]] = {}
    for row in run.batch.orders.prefetch_related("lines"):
        found[row.pk] = [{name: getattr(line, name) for name in LINE} for line in row.lines.all()]
    return found


def missing(scope: Scope, stop: RunStop) -> list[tuple[Parcel, Substitute]]:
    """What was said of the things of a door since its run left, in the order it was said."""
    team(scope, stop.run)
    if stop.run.begun is None:
        return []
    things = [one for one in stop.parcels.all() if one.order]
    return [(one, said) for one in things for said in one.order.substitutes.filter(answered__gte=stop.run.begun, at__gte=stop.run.begun)]


def door_photo(scope: Scope, run: ErrandRun, photo_id: object) -> DoorPhoto:
    """One picture of a door, for the team of its run alone; raises NotFound."""
    return known(DoorPhoto.objects.filter(stop__run=of_team(scope, run), pk=photo_id).select_related("stop").first(), photo_id)


def chain(scope: Scope, parcel: Parcel) -> QuerySet[HandOver]:
    """Who held it, one after the other."""
    team(scope, parcel.run)
    return HandOver.objects.filter(parcel=parcel).order_by("n")


def hands(scope: Scope, run: ErrandRun) -> dict[UUID, list[str]]:
    """For each thing everybody who held it, in order."""
    team(scope, run)
    found: dict[UUID, list[str]] = {}
    for link in HandOver.objects.filter(parcel__run=run).order_by("parcel", "n"):
        found.setdefault(link.parcel_id, []).append(link.taker)
    return found


def unconfirmed(scope: Scope, run: ErrandRun) -> QuerySet[HandOver]:
    """Hand-overs between two people of which only one side has spoken."""
    team(scope, run)
    return HandOver.objects.filter(parcel__run=run, witness="both", confirmed=None).select_related("parcel").order_by("at")

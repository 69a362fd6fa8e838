"""Rounds of a community, their tables and calling times."""

from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from zhegu.lib.scope import NotFound, Scope
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.sampling.models import Round, Seat, Slot, Table


def rounds(scope: Scope, community: Place) -> QuerySet[Round]:
    """All rounds of a community in which the scope holds anything, newest first."""
    return Round.objects.filter(community=places.reached(scope, community)).select_related("community")


def round_for(scope: Scope, round_id: UUID) -> Round:
    """One round; raises NotFound outside the scope."""
    found = Round.objects.select_related("community", "outbreak").filter(pk=round_id).first()
    if found is None:
        raise NotFound(str(round_id))
    places.reached(scope, found.community)
    return found


def open_rounds(scope: Scope, community: Place) -> QuerySet[Round]:
    """Rounds that are open, newest first."""
    return rounds(scope, community).filter(closed_at=None)


def current_round(scope: Scope, community: Place) -> Round | None:
    """The round a board shows: the newest open one, else the last of all."""
    return open_rounds(scope, community).first() or rounds(scope, community).first()


def tables(scope: Scope, round_: Round) -> list[Table]:
    """The round's tables with grids and crew, for the grids of the scope."""
    found = Table.objects.filter(round=round_).select_related("device", "round__community")
    found = found.prefetch_related("grids", Prefetch("seats", Seat.objects.select_related("staff")))
    covered = scope.covers(round_.community.code)
    return [t for t in found if covered or any(scope.covers(grid.code) for grid in t.grids.all())]


def slots(scope: Scope, round_: Round) -> QuerySet[Slot]:
    """Which grid is called to which table when, in order of time, for the grids of the scope."""
    return Slot.objects.filter(places.within(scope, "grid__code"), round=round_).select_related("grid", "table")


def due_slots(scope: Scope, round_: Round, at: datetime) -> QuerySet[Slot]:
    """Slots that have begun and whose grid nobody has called yet."""
    return slots(scope, round_).filter(called_at=None, starts_at__lte=at)

"""What is known of a community for being free of an outbreak, and where its application stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.lib import clock
from zhegu.lib.scope import NotFound, Scope
from zhegu.monitoring import queries as monitoring
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak, Result
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.reports.models import FreeApplication, FreeTick
from zhegu.reports.queries.rounds import coverage
from zhegu.reports.rules.free import Facts, Model, RoundFact, Step, stands
from zhegu.sampling import queries as sampling

ROUNDS_LOOKED_AT = 6
"""Older rounds say nothing about the days that count."""


def facts(scope: Scope, community: Place, outbreak: Outbreak, model: Model, as_of: datetime) -> Facts:
    """What is known at that moment; raises NotFound outside the scope."""
    last = _last_case(scope, outbreak, as_of)
    held = monitoring.holding(scope, community, as_of)
    return Facts(
        clock.local_day(as_of), clock.local_day(last or min(outbreak.opened, as_of)), _rounds(scope, community, as_of),
        sum(any(one.isolates for one in some) for some in held.values()),
        frozenset(ticks(scope, community, model, outbreak.opened)),
    )  # fmt: skip


def _last_case(scope: Scope, outbreak: Outbreak, as_of: datetime) -> datetime | None:
    found = outbreaks.positives(scope, outbreak).filter(result=Result.POSITIVE, at__lte=as_of)
    return found.values_list("at", flat=True).first()


def _rounds(scope: Scope, community: Place, as_of: datetime) -> tuple[RoundFact, ...]:
    found = []
    for one in sampling.rounds(scope, community).filter(opened_at__lte=as_of)[:ROUNDS_LOOKED_AT]:
        whole = coverage(scope, one, as_of).totals or {}
        found.append(
            RoundFact(
                one.no, clock.local_day(one.starts_at), whole["due"], whole["sampled"], whole["pending"], whole["positive"]
            )
        )
    return tuple(found)


def ticks(scope: Scope, community: Place, model: Model, since: datetime) -> dict[str, FreeTick]:
    """What people ticked on the model's list since the outbreak began, with their evidence."""
    places.reached(scope, community)
    return {one.item: one for one in FreeTick.objects.filter(community=community, model=model.id, at__gte=since)}


@dataclass(frozen=True)
class Application:
    """An application with its steps, and where it stands."""

    row: FreeApplication
    steps: list
    stands: Step | None


def application(scope: Scope, community: Place, outbreak: Outbreak, as_of: datetime) -> Application | None:
    """The newest one of the outbreak; a case after it revokes it."""
    places.reached(scope, community)
    row = FreeApplication.objects.filter(community=community, outbreak=outbreak).first()
    if row is None:
        return None
    steps = list(row.steps.all())
    last = _last_case(scope, outbreak, as_of)
    return Application(row, steps, stands([Step(one.step) for one in steps], last is not None and last > row.at))


def application_of(scope: Scope, community: Place, application_id: UUID) -> FreeApplication:
    """One by its id; raises NotFound."""
    places.reached(scope, community)
    found = FreeApplication.objects.filter(community=community, pk=application_id).first()
    if found is None:
        raise NotFound(str(application_id))
    return found

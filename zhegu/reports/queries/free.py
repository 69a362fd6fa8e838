"""What is known of a community for being free of an outbreak, and where its application stands."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from zhegu.lib import clock
from zhegu.lib.scope import NotFound, Scope
from zhegu.monitoring import queries as monitoring
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak, Result
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.reports.models import FreeApplication, FreeStep, FreeTick
from zhegu.reports.queries.periods import SPEAKERS, led, levels_of_each, may_speak_for
from zhegu.reports.queries.rounds import coverage
from zhegu.reports.rules.free import NEXT, Facts, RoundFact, Step, said_at, stands
from zhegu.reports.rules.periods import Step as Level
from zhegu.sampling import queries as sampling

WHOLE = "whole"
"""Stands for the community among the codes of its grids."""
ROUNDS_LOOKED_AT = 6
"""Older rounds say nothing about the days that count."""


@dataclass(frozen=True)
class Known:
    """The facts of the community, and of each of its grids by the grid's code."""

    whole: Facts
    grids: Mapping[str, Facts]


def facts(scope: Scope, community: Place, outbreak: Outbreak, as_of: datetime) -> Facts:
    """What is known of the community at that moment, whatever the criteria: before anything is ticked. Raises NotFound
    outside the scope."""
    cases, isolated = _cases(scope, outbreak, as_of), _isolated(scope, community, as_of)
    rounds = _rounds(scope, community, as_of)
    return _facts(outbreak, as_of, max(cases.values(), default=None), rounds.get(WHOLE, ()), len(isolated))


def known(scope: Scope, community: Place, outbreak: Outbreak, ticked: Iterable[str], as_of: datetime) -> Known:
    """What is known of the community and of each grid, read once for all of them; what is ticked holds everywhere."""
    cases, isolated = _cases(scope, outbreak, as_of), _isolated(scope, community, as_of)
    rounds, codes = _rounds(scope, community, as_of), registers.grid_codes(scope, community, isolated)
    held, done = Counter(codes.get(person, "") for person in isolated), frozenset(ticked)

    def of(case: datetime | None, code: str, isolated: int) -> Facts:
        return replace(_facts(outbreak, as_of, case, rounds.get(code, ()), isolated), ticked=done)

    grids = {one.code: of(cases.get(one.code), one.code, held[one.code]) for one in places.grids(scope, community)}
    return Known(of(max(cases.values(), default=None), WHOLE, held.total()), grids)


def _facts(outbreak: Outbreak, as_of: datetime, case: datetime | None, rounds: tuple[RoundFact, ...], isolated: int) -> Facts:
    since = case or min(outbreak.opened, as_of)
    return Facts(clock.local_day(as_of), clock.local_day(since), rounds, isolated)


def _cases(scope: Scope, outbreak: Outbreak, as_of: datetime) -> dict[str, datetime]:
    """The newest case of each grid by its code; those who live in none stand under an empty code."""
    found = outbreaks.positives(scope, outbreak).filter(result=Result.POSITIVE, at__lte=as_of)
    return {code or "": at for code, at in found.order_by("at").values_list("person__grid__code", "at")}


def _isolated(scope: Scope, community: Place, as_of: datetime) -> list[UUID]:
    """Who is isolated."""
    held = monitoring.holding(scope, community, as_of)
    return [person for person, some in held.items() if any(one.isolates for one in some)]


def _rounds(scope: Scope, community: Place, as_of: datetime) -> dict[str, tuple[RoundFact, ...]]:
    """The newest rounds, of the community and of each grid by its code."""
    found: dict[str, list[RoundFact]] = {}
    for one in sampling.rounds(scope, community).filter(opened_at__lte=as_of)[:ROUNDS_LOOKED_AT]:
        covered, day = coverage(scope, one, as_of), clock.local_day(one.starts_at)
        for row in (*covered.rows, {**(covered.totals or {}), "code": WHOLE}):
            fact = RoundFact(one.no, day, row["due"], row["sampled"], row["pending"], row["positive"])
            found.setdefault(row["code"], []).append(fact)
    return {code: tuple(some) for code, some in found.items()}


def ticks(scope: Scope, community: Place, outbreak: Outbreak, as_of: datetime) -> dict[str, dict[str, FreeTick]]:
    """What people ticked since the outbreak began, with their evidence: of each model by its id, by item."""
    places.reached(scope, community)
    found: dict[str, dict[str, FreeTick]] = defaultdict(dict)
    for one in FreeTick.objects.filter(community=community, at__gte=outbreak.opened, at__lte=as_of):
        found[one.model][one.item] = one
    return found


@dataclass(frozen=True)
class Application:
    """An application with its steps, where it stands, and the levels it passes through."""

    row: FreeApplication
    steps: list[FreeStep]
    stands: Step | None
    through: Sequence[Level]


def application(scope: Scope, community: Place, outbreak: Outbreak, as_of: datetime) -> Application | None:
    """The newest one of the outbreak; a case after it revokes it."""
    places.reached(scope, community)
    rows = _with_steps().filter(community=community, outbreak=outbreak)[:1]
    return next(iter(_standing(scope, rows, as_of)), None)


def _with_steps() -> QuerySet[FreeApplication]:
    return FreeApplication.objects.select_related("community", "outbreak").prefetch_related("steps")


def _standing(scope: Scope, rows: Iterable[FreeApplication], as_of: datetime) -> list[Application]:
    found = list(rows)
    if not found:
        return []
    cases = outbreaks.last_cases(scope, [one.outbreak for one in found], as_of)
    through = levels_of_each(scope, [one.community for one in found], as_of)
    return [_application(one, cases.get(one.outbreak_id), through[one.community.code]) for one in found]


def _application(row: FreeApplication, case: datetime | None, through: Sequence[Level]) -> Application:
    steps = list(row.steps.all())
    return Application(row, steps, stands([Step(one.step) for one in steps], case is not None and case > row.at), through)


def application_of(scope: Scope, application_id: UUID) -> FreeApplication:
    """One by its id, of a community whoever looks leads or stands above; raises NotFound."""
    found = FreeApplication.objects.filter(pk=application_id).select_related("community", "outbreak").first()
    if found is None or not scope.covers(found.community.code, *SPEAKERS):
        raise NotFound(str(application_id))
    return found


def steps_open(scope: Scope, of: Application) -> list[Step]:
    """The next steps of an application that are for whoever looks to take."""
    if of.stands is None:
        return []
    said = {one: said_at(one, of.stands, of.through) for one in NEXT[of.stands]}
    return [one for one, level in said.items() if may_speak_for(scope, of.row.community, level)]


def applications(scope: Scope, at: datetime) -> list[Application]:
    """The newest application of every community whoever looks leads or stands above; those that wait for them first."""
    open_there = outbreaks.open_outbreaks(scope, led(scope))
    rows = _with_steps().filter(outbreak__in=open_there.values()).order_by("at")
    newest = {one.outbreak_id: one for one in rows}
    return sorted(_standing(scope, newest.values(), at), key=lambda one: (not steps_open(scope, one), one.row.at))

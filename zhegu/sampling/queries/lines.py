"""The people behind the numbers: lines of a roster by grid and standing, and one of them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from zhegu.lib.groups import Groups
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.places import queries as places
from zhegu.sampling.models import Conflict, Line, Round, Sample
from zhegu.sampling.queries.coverage import NAMES, within_grids
from zhegu.sampling.rules import Standing


def lines(
    scope: Scope, round_: Round, *, standing: str = "", grid: str = "", excuse: str = "", reason: str = ""
) -> QuerySet[Line]:
    """Lines of the grids whose people the scope may name, by grid, household and name. `grid` is a code, or "none" for those who
    belong to no grid; `reason` "unknown" means that none is known."""
    wanted = Q(within_grids(scope, round_.community.code, roles=NAMES), round=round_)
    for name, value in (("standing", standing), ("excuse", excuse)):
        if value:
            wanted &= Q(**{name: value})
    if grid:
        wanted &= Q(grid=None) if grid == "none" else Q(grid__code=grid)
    if reason:
        wanted &= Q(reason="" if reason == "unknown" else reason)
    found = Line.objects.filter(wanted).select_related("person", "grid", "household")
    by_number = F("grid__no").asc(nulls_last=True)
    return found.order_by(by_number, "household__order", "household__no", "person__name", "pk")


def by_grid(scope: Scope, round_: Round, found: QuerySet[Line]) -> Groups[object, Line]:
    """Lines that `lines` found, in its order, as a list of which a page is read without sorting a whole round."""
    sizes = dict(found.order_by().values_list("grid").annotate(n=Count("pk")))
    return places.by_grid(scope, round_.community, found, sizes)


def missing(scope: Scope, round_: Round, grid: str = "") -> QuerySet[Line]:
    """Who is still due: those who said when they come first by that time, then by house."""
    return lines(scope, round_, standing=Standing.MISSING, grid=grid)


def line(scope: Scope, round_: Round, line_id: UUID) -> Line:
    """One line; raises NotFound outside the scope."""
    return known(lines(scope, round_).filter(pk=line_id).first(), line_id)


def line_of(scope: Scope, round_: Round, person_id: UUID) -> Line:
    """The line of a person; raises NotFound."""
    return known(lines(scope, round_).filter(person=person_id).first(), person_id)


def added(scope: Scope, round_: Round) -> QuerySet[Line]:
    """Who joined after the freezing, with reason and author."""
    return lines(scope, round_).filter(added_at__isnull=False)


def conflicts(scope: Scope, round_: Round) -> QuerySet[Conflict]:
    """Words that two people said without knowing of each other, still to be looked at.

    They are few and the lines of a round are many: each asks for its line, rather than all lines for their conflicts.
    """
    seen = Line.objects.filter(within_grids(scope, round_.community.code, "grid", NAMES), pk=OuterRef("line"), round=round_)
    return Conflict.objects.filter(Exists(seen), settled_at=None).select_related("line__person", "line__grid").order_by("at")


def people_named(scope: Scope, round_: Round, people: Iterable[UUID]) -> dict[UUID, Line]:
    """Lines by person, for those within the scope."""
    return {line.person_id: line for line in lines(scope, round_).filter(person__in=list(people))}


def swabs_of(scope: Scope, line: Line) -> list[Sample]:
    """Every swab of someone in the round, those taken back too, in order of time."""
    if line.round_id is None or not within_line(scope, line):
        raise NotFound(str(line.pk))
    return list(Sample.objects.filter(line=line).select_related("tube").order_by("taken_at", "pk"))


def within_line(scope: Scope, line: Line) -> bool:
    """Whether the scope may name the person of this line."""
    return scope.covers(line.grid.code if line.grid else line.round.community.code, *NAMES)


def conflict(scope: Scope, round_: Round, conflict_id: UUID) -> Conflict:
    """One of them; raises NotFound outside the scope."""
    return known(conflicts(scope, round_).filter(pk=conflict_id).first(), conflict_id)

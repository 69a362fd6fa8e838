"""How far a round is, grid by grid: one function for the board, form F1 and the chat text."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q

from zhegu.lib.scope import Scope
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.sampling.models import Line, Round, Sample, Tally, Tube
from zhegu.sampling.rules import Standing

SUMS = (
    "households", "residents", "incomers", "done", "excused", "missing", "moved", "not_found", "single", "mixed",
    "at_home", "cards", "swabs", "tubes",
)  # fmt: skip
PENDING = "pending"


@dataclass(frozen=True)
class GridCoverage:
    """One grid (None: people without a grid; also the row of all grids together).

    `roster` = done + excused + missing + moved + not_found, always. `due` = roster − excused.
    `not_sampled` = roster − done, so that excuses and reasons are parts of it. `excuses`, `reasons` and
    `results` count people by code ("" where no reason is known); `results` only for those who must act.
    """

    grid: Place | None = None
    households: int = 0
    residents: int = 0
    incomers: int = 0
    done: int = 0
    excused: int = 0
    missing: int = 0
    moved: int = 0
    not_found: int = 0
    single: int = 0
    mixed: int = 0
    at_home: int = 0
    cards: int = 0
    swabs: int = 0
    tubes: int = 0
    excuses: Counter = field(default_factory=Counter)
    reasons: Counter = field(default_factory=Counter)
    results: Counter = field(default_factory=Counter)
    sent_at: datetime | None = None

    @property
    def roster(self) -> int:
        return self.done + self.excused + self.missing + self.moved + self.not_found

    @property
    def due(self) -> int:
        return self.roster - self.excused

    @property
    def not_sampled(self) -> int:
        return self.roster - self.done

    @property
    def rate(self) -> float | None:
        """Done of due; None where nobody is due."""
        return self.done / self.due if self.due else None

    @property
    def difference(self) -> int:
        """People sampled less cards that are active."""
        return self.done - self.cards


@dataclass(frozen=True)
class Coverage:
    """A round at one moment: its grids by number, those without a grid last, and all together."""

    round: Round
    grids: tuple[GridCoverage, ...]
    whole: GridCoverage
    as_of: datetime | None

    def of(self, code: str) -> GridCoverage:
        """The row of the grid with this code; an empty one where it has nobody."""
        return next((row for row in self.grids if row.grid and row.grid.code == code), GridCoverage())


def coverage(scope: Scope, round_: Round, as_of: datetime | None = None) -> Coverage:
    """How far the round is in the grids of the scope; with `as_of`, what was known by then (by arrival)."""
    if as_of is not None:
        from zhegu.sampling.queries.history import known_later, recounted

        if known_later(scope, round_, as_of):
            rows = recounted(scope, round_, as_of)
            return Coverage(round_, tuple(rows), total(rows), as_of)
    rows = list(_rows(scope, round_))
    return Coverage(round_, tuple(rows), total(rows), as_of)


NAMES = ("office", "leader", "grid_worker", "sampler")
"""Roles that see who is behind a number (privacy P4); laboratory and observers see numbers."""
RESULTS = ("office", "lab", "leader")


EVERYONE = ~Q(pk__in=[])
"""Always true, and stays so beside other filters."""


def within_grids(scope: Scope, community_code: str, field_name: str = "grid", roles: tuple[str, ...] = ()) -> Q:
    """Lines, tallies … of a round, of the grids of these roles (any, if none is named); whoever holds one of them for the
    whole community has all, those without a grid too."""
    return EVERYONE if scope.covers(community_code, *roles) else places.within(scope, f"{field_name}__code", *roles)


def _rows(scope: Scope, round_: Round) -> Iterable[GridCoverage]:
    seen = within_grids(scope, round_.community.code)
    tallies = Tally.objects.filter(seen, round=round_).select_related("grid").order_by("grid__no")
    details = _details(scope, round_)
    rows = [
        GridCoverage(tally.grid, **{name: getattr(tally, name) for name in SUMS}, **details.get(tally.grid_id, {}))
        for tally in tallies
    ]
    return sorted(rows, key=lambda row: (row.grid is None, row.grid.no if row.grid else 0))


def _details(scope: Scope, round_: Round) -> dict[Any, dict[str, Any]]:
    """Excuses, reasons, results and the last hand-over of each grid."""
    seen = within_grids(scope, round_.community.code)
    found: dict[Any, dict[str, Any]] = {}
    lines = Line.objects.filter(seen, round=round_, standing__in=[Standing.EXCUSED, Standing.MISSING])
    for grid, standing, excuse, reason, n in lines.values_list("grid", "standing", "excuse", "reason").annotate(
        n=Count("pk")
    ):
        name, code = ("excuses", excuse) if standing == Standing.EXCUSED else ("reasons", reason)
        found.setdefault(grid, {}).setdefault(name, Counter())[code] += n
    for grid, result, n in _results(scope, round_) if scope.covers(round_.community.code, *RESULTS) else ():
        found.setdefault(grid, {}).setdefault("results", Counter())[result or PENDING] += n
    sent = Tube.objects.filter(seen, round=round_, handover__isnull=False).order_by()
    for grid, last in sent.values_list("grid").annotate(last=Max("handover__at")):
        found.setdefault(grid, {})["sent_at"] = last
    return found


def _results(scope: Scope, round_: Round) -> Iterable[tuple]:
    valid = Sample.objects.filter(
        within_grids(scope, round_.community.code, "line__grid"), round=round_, aside="", undone_at=None
    ).order_by()
    return valid.values_list("line__grid", "tube__result").annotate(n=Count("pk"))


def total(rows: Iterable[GridCoverage]) -> GridCoverage:
    """All rows together."""
    rows = list(rows)
    whole = GridCoverage()
    sums = {name: sum(getattr(row, name) for row in rows) for name in SUMS}
    counters = {
        f.name: sum((getattr(row, f.name) for row in rows), Counter())
        for f in fields(GridCoverage) if f.name in ("excuses", "reasons", "results")
    }  # fmt: skip
    sent = max((row.sent_at for row in rows if row.sent_at), default=None)
    return replace(whole, **sums, **counters, sent_at=sent)

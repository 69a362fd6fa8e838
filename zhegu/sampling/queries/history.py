"""A round as it was known at an earlier moment: the same figures, from what had arrived by then."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from zhegu.journal import queries as journal
from zhegu.journal.models import Entry
from zhegu.lib.scope import Scope
from zhegu.sampling.models import CARD_ACTIVE, Line, Round, Sample, Tube
from zhegu.sampling.queries.closing import samples
from zhegu.sampling.queries.coverage import PENDING, RESULTS, GridCoverage, within_grids
from zhegu.sampling.queries.lines import lines
from zhegu.sampling.rules import Aside, Standing, StandingFacts, partition

WORDS = {"sampling.person_excused", "sampling.person_gone", "sampling.person_put_back", "sampling.missing_noted"}
EVERYTHING = Scope.everything("a round at an earlier moment is read from the whole journal of its community")


def _entries(round_: Round):
    found = journal.timeline(EVERYTHING, round_.community.code)
    return found.filter(kind__startswith="sampling.", at__gte=round_.opened_at)


TAIL = 30
"""What arrives is appended to the journal; writers side by side may swap places within a few entries."""


def known_later(scope: Scope, round_: Round, as_of: datetime) -> bool:
    """Whether anything about the community's rounds arrived after that moment. Where nothing at all did, which the end of
    the journal tells, the rest of it is not looked through."""
    if scope is None:
        return False
    tail = journal.timeline(EVERYTHING, round_.community.code).order_by("-seq").values_list("arrived", flat=True)[:TAIL]
    return any(arrived > as_of for arrived in tail) and _entries(round_).filter(arrived__gt=as_of).exists()


@dataclass(frozen=True)
class _Facts:
    """What one line was by then."""

    line: Line
    excuse: str
    gone: str
    reason: str
    swab: Sample | None
    comes_at: datetime | None = None
    noted_by: str = ""

    @property
    def standing(self) -> Standing:
        return partition(StandingFacts(self.swab is not None, self.gone, self.excuse))


def recounted(scope: Scope, round_: Round, as_of: datetime) -> list[GridCoverage]:
    """Rows by grid as they were known at `as_of`, for the grids of the scope."""
    entries = list(_entries(round_).order_by("seq"))
    later = {entry.ref for entry in entries if entry.arrived > as_of}
    order = {entry.ref: entry.seq for entry in entries}
    swabs = _swabs(scope, round_, later, order)
    said = _words(entries, later)
    seen = within_grids(scope, round_.community.code)
    roster = Line.objects.filter(seen, round=round_).exclude(pk__in=later).select_related("grid")
    facts = [_facts(line, swabs.get(line.pk, []), said) for line in roster]
    unknown = _results_later(entries, later)
    shows_results = scope.covers(round_.community.code, *RESULTS)
    by_grid: dict[Any, list[_Facts]] = defaultdict(list)
    for one in facts:
        by_grid[one.line.grid].append(one)
    held = Counter(s.line.grid_id for some in swabs.values() for s in some)
    tubes = _tubes(round_, swabs, later)
    rows = [
        replace(
            _row(grid, some, unknown, shows_results), swabs=held[grid and grid.pk],
            tubes=len(tubes.get(grid and grid.pk, [])),
            sent_at=max((t.handover.at for t in tubes.get(grid and grid.pk, []) if _sent(t, later)), default=None),
        )
        for grid, some in by_grid.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row.grid is None, row.grid.no if row.grid else 0))


def _swabs(scope: Scope, round_: Round, later: set[UUID], order: dict[UUID, int]) -> dict[UUID, list[Sample]]:
    """Swabs known and not known to be taken back, by line, as they arrived."""
    seen = within_grids(scope, round_.community.code, "line__grid")
    rows = Sample.objects.filter(seen, round=round_).exclude(pk__in=later).select_related("tube", "line")
    found: dict[UUID, list[Sample]] = defaultdict(list)
    for swab in sorted(rows, key=lambda swab: order.get(swab.pk, 0)):
        if swab.undone_at is None or swab.undo_ref in later:
            found[swab.line_id].append(swab)
    return found


Said = dict[str, list[tuple[Entry, dict]]]


def _words(entries: list[Entry], later: set[UUID]) -> Said:
    """What had been said of those of whom more was said later, by line; empty for all others."""
    words = [entry for entry in entries if entry.kind in WORDS and entry.status == "accepted"]
    if not any(entry.ref in later for entry in words):
        return {}
    bodies = journal.bodies(words)
    found: Said = defaultdict(list)
    changed = set()
    for entry in words:
        body = json.loads(bodies[entry.ref].content) if entry.ref in bodies else {}
        whom = json.loads(entry.answer)["facts"]["line"]
        if entry.ref in later:
            changed.add(whom)
        else:
            found[whom].append((entry, body))
    return {whom: found[whom] for whom in changed}


def _facts(line: Line, swabs: list[Sample], said: Said) -> _Facts:
    swab = next((one for one in swabs if one.aside != Aside.AFTER_CLOSING), None)
    if str(line.pk) not in said:
        return _Facts(line, line.excuse, line.gone, line.reason, swab, line.comes_at, line.noted_by)
    now: dict[str, Any] = {"excuse": line.opening_excuse, "gone": "", "reason": ""}
    for entry, body in said[str(line.pk)]:  # as they arrived; each answer says whether its word stood
        if json.loads(entry.answer)["facts"].get("stands", True):
            now |= _told(entry, body)
    return _Facts(line, swab=swab, **now)


def _told(entry: Entry, body: dict) -> dict[str, Any]:
    if entry.kind == "sampling.person_excused":
        return {"excuse": body["reason"]}
    if entry.kind == "sampling.person_gone":
        return {"gone": body["how"]}
    if entry.kind == "sampling.missing_noted":
        comes = body.get("comes_at")
        return {
            "reason": body["reason"], "noted_by": entry.actor, "comes_at": datetime.fromisoformat(comes) if comes else None
        }  # fmt: skip
    return {"excuse": "", "gone": ""}


def missing_then(scope: Scope, round_: Round, as_of: datetime) -> list[Line]:
    """Who was still due as far as was known then, in the order of the list; each line says what was known."""
    entries = list(_entries(round_).order_by("seq"))
    later = {entry.ref for entry in entries if entry.arrived > as_of}
    swabs = _swabs(scope, round_, later, {entry.ref: entry.seq for entry in entries})
    said = _words(entries, later)
    found = []
    for line in lines(scope, round_).exclude(pk__in=later):
        facts = _facts(line, swabs.get(line.pk, []), said)
        if facts.standing == Standing.MISSING:
            line.reason, line.comes_at, line.noted_by = facts.reason, facts.comes_at, facts.noted_by
            found.append(line)
    return found


def samples_then(scope: Scope, round_: Round, as_of: datetime) -> list[Sample]:
    """The swabs that were known then, in the order of the register, without later hand-overs and results."""
    entries = list(_entries(round_).order_by("seq"))
    later = {entry.ref for entry in entries if entry.arrived > as_of}
    unknown = _results_later(entries, later)
    found = []
    for swab in samples(scope, round_, taken_back=True).exclude(pk__in=later):
        if swab.undone_at is not None and swab.undo_ref not in later:
            continue
        if swab.tube.handover_id in later:
            swab.tube.handover = None
        if str(swab.tube_id) in unknown:
            swab.tube.result = ""
        found.append(swab)
    return found


def _results_later(entries: list[Entry], later: set[UUID]) -> set[str]:
    """Tubes whose result came later."""
    told = [e for e in entries if e.kind == "sampling.results_recorded" and e.ref in later]
    bodies = journal.bodies(told)
    return {tube for entry in told if entry.ref in bodies for tube in json.loads(bodies[entry.ref].content)["results"]}


def _tubes(round_: Round, swabs: dict[UUID, list[Sample]], later: set[UUID]) -> dict[Any, list[Tube]]:
    """Tubes that held something, by their grid."""
    held = {swab.tube_id for some in swabs.values() for swab in some}
    found: dict[Any, list[Tube]] = defaultdict(list)
    for tube in Tube.objects.filter(round=round_).select_related("handover"):
        if tube.pk in held:
            found[tube.grid_id].append(tube)
    return found


def _sent(tube: Tube, later: set[UUID]) -> bool:
    return tube.handover_id is not None and tube.handover_id not in later


def _row(grid: Any, facts: Iterable[_Facts], unknown: set[str], shows_results: bool) -> GridCoverage:
    facts = list(facts)
    swabs = [one.swab for one in facts if one.swab is not None]
    standings = Counter(str(one.standing) for one in facts)
    results = Counter(PENDING if str(s.tube_id) in unknown else s.tube.result or PENDING for s in swabs)
    return GridCoverage(
        grid, households=len({one.line.household_id for one in facts} - {None}),
        residents=sum(one.line.residence == "resident" for one in facts),
        incomers=sum(one.line.residence == "incomer" for one in facts),
        **{name: standings[name] for name in Standing},
        single=sum(s.tube.ratio == 1 for s in swabs), mixed=sum(s.tube.ratio != 1 for s in swabs),
        at_home=sum(s.at_home for s in swabs), cards=sum(s.card == CARD_ACTIVE for s in swabs),
        excuses=Counter(one.excuse for one in facts if one.standing == Standing.EXCUSED),
        reasons=Counter(one.reason for one in facts if one.standing == Standing.MISSING),
        results=results if shows_results else Counter(),
    )  # fmt: skip

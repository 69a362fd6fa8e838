"""A community's own workbooks become its register: set by set, in one transaction, under one ref."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused, RefusedError
from zhegu.lib.ids import new_id
from zhegu.lib.place_codes import GRID_MAX, is_community_code
from zhegu.lib.scope import Actor, NotFound, Scope
from zhegu.places import actions as places
from zhegu.places import queries as found
from zhegu.places.models import Place
from zhegu.registers.actions.kinds import Happened, command
from zhegu.registers.actions.storing import Stored, store
from zhegu.registers.queries.importing import import_plan
from zhegu.registers.rules.matching import ImportPlan, named_grids
from zhegu.registers.rules.reading import Reading

WHOLE = Scope.everything("an import is compared with the whole register")
MOST_NAMED = 2000
"""So many changed people are named in the answer; a larger import says only how many."""


@dataclass(frozen=True)
class Source:
    """A workbook as the journal remembers it: its name and the hash of its bytes, never its content."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Decisions:
    """What a person decided before confirming. `told`: id() of a person read → a known person's id, or None."""

    told: Mapping[int, Any] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)
    """The same in plain words for the journal: corrected columns, who was said to be whom."""


def import_people(
    *, by: Actor, code: str, readings: Sequence[Reading], sources: Sequence[Source], at: datetime, ref: UUID,
    decisions: Decisions = Decisions(), name: str = "",
) -> Answer:
    """The people and households of these workbooks stand in the community with this code.

    The community is founded (with `name`) and unknown grids are made where needed. Known people take over
    what the workbooks say otherwise; what a cell leaves blank stays as it was; nobody is removed. Facts:
    people, new, changed, unchanged, missing, households, grids_made. Refused: a code of another form, a
    grid number beyond 255. A repeat of the ref answers as the first time.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        plan = import_plan(WHOLE, code, readings, decisions.told)
        try:
            made = _grids(by, community, plan, at)
        except RefusedError as no:
            return [no.refused]
        return [Accepted(_facts(plan, store(community, plan, at, ref), made))]

    if not is_community_code(code):
        return Answer(ref, "refused", "places.bad_code", {})
    with transaction.atomic():
        community = _community(by, code, name, at)
        body = {"workbooks": [[s.name, s.sha256] for s in sources], "decisions": dict(decisions.said)}
        return journal.once([command(Happened.PEOPLE_IMPORTED, community, by, at, ref, body)], do)[0]


def _community(by: Actor, code: str, name: str, at: datetime) -> Place:
    try:
        return found.community(WHOLE, code)
    except NotFound:
        places.found_community(by=by, code=code, name=name, at=at, ref=new_id())
        return found.community(WHOLE, code)


def _grids(by: Actor, community: Place, plan: ImportPlan, at: datetime) -> list[int]:
    """Makes the grids that the plan names; those named in words get the next free numbers."""
    named = named_grids(plan.candidates)
    known = set(found.grids(WHOLE, community).values_list("no", flat=True))
    wanted = {grid.no for grid in named if grid.no} - known
    words = sorted({grid.name for grid in named if not grid.no})
    free = (no for no in range(1, GRID_MAX + 2) if no not in known | wanted)
    numbers = dict(zip(words, free, strict=False))
    if not wanted and not numbers:
        return []
    all_new = sorted(wanted | set(numbers.values()))
    made = places.make_grids(by=by, community=community, numbers=all_new, at=at, ref=new_id())
    if not made.accepted:
        raise RefusedError(Refused(made.reason, {"numbers": [no for no in all_new if no > GRID_MAX]}))
    for word, no in numbers.items():
        grid = found.grids(WHOLE, community).get(no=no)
        places.rename(by=by, place=grid, name=word, name_bo="", at=at, ref=new_id())
    return all_new


def _facts(plan: ImportPlan, stored: Stored, made: list[int]) -> dict[str, Any]:
    """Counts and ids only: answers are kept for ever."""
    changed = [str(c.known.id) for c in plan.changed if c.known]
    return {
        "people": len(plan.candidates), "new": stored.new, "changed": len(changed),
        "completed": stored.completed, "unchanged": plan.unchanged, "missing": len(plan.missing),
        "households": stored.households, "grids_made": made,
        "changed_people": changed if len(changed) <= MOST_NAMED else [],
    }  # fmt: skip

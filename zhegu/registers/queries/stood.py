"""Where households stood on a past day, as far as the journal still tells."""

import json
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from zhegu.journal import queries as journal
from zhegu.lib.scope import Scope
from zhegu.places.models import Place
from zhegu.registers.models import Household, Trace

ADDED, SPLIT = "registers.household_added", "registers.household_split"
TO_GRID, TO_UNIT = "registers.grid_assigned", "registers.unit_assigned"
Stood = tuple[str | None, str | None]
"""Codes of grid and unit, "" for none; None where it is not told any more."""


def stood(scope: Scope, community: Place, households: Iterable[Household], before: datetime) -> dict[UUID, Stood]:
    """Each household's grid and unit just before that moment; raises NotFound unless the scope covers all of it.

    What moved later is looked up in the journal; one that never moved stood where it stands.
    """
    rows = {one.pk: one for one in households}
    traces = Trace.objects.filter(subject__in=rows).values_list("ref", "subject")
    subjects: dict[UUID, list[UUID]] = {}
    for ref, subject in traces:
        subjects.setdefault(ref, []).append(subject)
    kinds = (ADDED, SPLIT, TO_GRID, TO_UNIT)
    entries = [e for e in journal.timeline(scope, community.code, kinds=kinds).filter(ref__in=subjects, status="accepted")]
    words = {ref: json.loads(body.content) for ref, body in journal.bodies(entries).items()}
    told: dict[UUID, list[tuple[datetime, str, str]]] = {pk: [] for pk in rows}
    for entry in entries:
        said = words.get(entry.ref, {})
        for subject in subjects[entry.ref]:
            told[subject] += [(entry.at, part, code) for part, code in _moves(entry.kind, said, str(subject))]
    return {pk: (_part("grid", one, told[pk], before), _part("unit", one, told[pk], before)) for pk, one in rows.items()}


def _moves(kind: str, said: dict, household: str) -> list[tuple[str, str]]:
    """Which parts an entry set for this household, and to what; a destroyed body says nothing."""
    if kind == ADDED and "grid" in said:
        return [("grid", said["grid"]), ("unit", "")]
    if household not in said.get("households", ()):
        return []
    return [("grid", said["grid"]), ("unit", "")] if kind == TO_GRID else [("unit", said["unit"])] if kind == TO_UNIT else []


def _part(part: str, household: Household, told: list[tuple[datetime, str, str]], before: datetime) -> str | None:
    moves = [(at, code) for at, which, code in told if which == part]
    until = [code for at, code in moves if at < before]
    if len(until) == len(moves):
        place = getattr(household, part)
        return place.code if place else ""
    return until[-1] if until else None

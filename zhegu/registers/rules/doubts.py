"""Who of a workbook may be someone known, without it being sure enough to say so: a person decides. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from zhegu.registers.rules.matching import Candidate, ImportPlan, Known, may_be
from zhegu.registers.rules.names import element_keys, names_agree, normal

MOST = 3
"""So many known people are shown beside one that was read."""


@dataclass(frozen=True)
class Doubt:
    """Someone read, who would be new, and the known people they may be."""

    candidate: Candidate
    known: tuple[Known, ...]


def doubts(plan: ImportPlan) -> Iterator[Doubt]:
    """New people whose name agrees with someone known whom this import did not find, and who share with
    them the birth, the birth year, the phone, the household or the grid, with nothing against it."""
    by_key: dict[str, list[Known]] = defaultdict(list)
    for known in plan.missing:
        for key in _keys(known.name):
            by_key[key].append(known)
    for candidate in plan.new:
        alike = {id(k): k for key in _keys(candidate.read.name) for k in by_key.get(key, ())}
        found = [k for k in alike.values() if names_agree(k.name, candidate.read.name) and _shares(candidate, k)]
        if found:
            yield Doubt(candidate, tuple(found[:MOST]))


def _keys(name: str) -> list[str]:
    return [normal(name), *element_keys(name)]


def _shares(candidate: Candidate, known: Known) -> bool:
    if not may_be(candidate, known):
        return False
    read = candidate.read
    same: list[Any] = [
        read.birth and read.birth == known.birth,
        known.phone and known.phone in candidate.phones,
        candidate.household and candidate.household == known.household,
        candidate.grid and candidate.grid == known.grid,
    ]
    return any(same)

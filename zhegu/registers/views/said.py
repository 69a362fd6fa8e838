"""What a posted form says about an import's columns and doubts, checked against what was shown."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from zhegu.registers.rules.grids import read_grid
from zhegu.registers.rules.headers import Role
from zhegu.registers.rules.reading import INCOMER, RESIDENT

ROLES = {str(role) for role in Role}


def corrections_in(
    post: QueryDict, sheets: Sequence[Mapping[str, Any]], before: Mapping[str, Any]
) -> dict[str, Any]:
    """What differs from how the sheets were understood: by `book|sheet`, as the draft keeps it.

    `before`: what was said earlier; the sheets are shown as it has them.
    """
    said = {}
    for number, sheet in enumerate(sheets):
        key = f"{sheet['book']}|{sheet['name']}"
        one: dict[str, Any] = dict(before.get(key, {}))
        reads = bool(post.get(f"read-{number}"))
        if reads != sheet["used"]:
            one |= {"skip": not reads, "use": reads}
        residence = post.get(f"residence-{number}", "")
        if residence in (RESIDENT, INCOMER) and residence != sheet["residence"]:
            one["residence"] = residence
        grid = read_grid(post.get(f"grid-{number}", "").strip())
        if grid and grid.key != sheet["grid"]:
            one["grid"] = grid.key
        if roles := _roles(post, number, sheet):
            one["roles"] = roles
        if one:
            said[key] = one
    return said


def _roles(post: QueryDict, number: int, sheet: Mapping[str, Any]) -> dict[str, str]:
    """All columns of a sheet in which one was given another part: the choice then holds for the sheet."""
    given = {str(c["index"]): post.get(f"role-{number}-{c['index']}", c["role"]) for c in sheet["columns"]}
    shown = {str(c["index"]): c["role"] for c in sheet["columns"]}
    differs = any(role in ROLES and role != shown[index] for index, role in given.items())
    return {index: role for index, role in given.items() if role in ROLES} if differs else {}


def decisions_in(post: QueryDict, found: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Rows said to be two people though they share a number, and people said to be someone known."""
    apart = [key for key in before.get("apart", []) if post.get(f"apart-{key}")]
    for twice in found.get("twice", []):
        for row in twice["rows"]:
            key = f"{twice['book']}|{row['key']}"
            if not row["first"] and post.get(f"apart-{key}"):
                apart.append(key)
    same = {key: known for key, known in before.get("same", {}).items() if post.get(f"same-{key}") == known}
    for doubt in found.get("doubts", []):
        chosen = post.get(f"same-{doubt['key']}", "")
        if chosen in {known["id"] for known in doubt["known"]}:
            same[doubt["key"]] = chosen
    return {"apart": sorted(set(apart)), "same": same}

"""What differs between two fillings of a blank: cell by cell, only figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Change:
    """A figure that is not what it was: new ones were nothing before, gone ones are nothing now."""

    cell: str
    field: str
    before: Any
    now: Any


def changes(before: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]) -> list[Change]:
    """Figures whose value differs, in the order of the newer filling."""
    found = [
        Change(cell, one["field"], before.get(cell, {}).get("value"), one["value"])
        for cell, one in now.items()
        if before.get(cell, {}).get("value") != one["value"]
    ]
    return found + [Change(cell, one["field"], one["value"], None) for cell, one in before.items() if cell not in now]

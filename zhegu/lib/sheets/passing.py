"""Cells as values that pass between processes: dates become tagged tuples."""

from datetime import date, datetime, time, timedelta
from typing import Any

Cells = list[tuple[str, list[list[Any]], list[Any]]]


def _packed(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return type(value).__name__, value.isoformat()
    if isinstance(value, timedelta):
        return "timedelta", value.total_seconds()
    return value


def _unpacked(value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    kind, said = value
    if kind == "timedelta":
        return timedelta(seconds=said)
    return {"datetime": datetime, "date": date, "time": time}[kind].fromisoformat(said)


def packed(sheets: Cells) -> Cells:
    """Ready for `marshal`."""
    return [(name, [[_packed(v) for v in row] for row in cells], merged) for name, cells, merged in sheets]


def unpacked(sheets: Cells) -> Cells:
    """As they were."""
    return [(name, [[_unpacked(v) for v in row] for row in cells], merged) for name, cells, merged in sheets]

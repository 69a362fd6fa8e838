"""When which grid is called, so that no queue forms. Arrivals decide more than staff: everybody called
at opening waits 46 minutes on average where call-up by slots waits under one (planning notes)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp, floor

SPREAD = 0.4
"""Coefficient of variation of one person's time at the table, as measured in queue trials."""
BUSY = 0.85
"""Share of its time a table is planned to be busy: the rest takes up those who come late."""


def waits(per_minute: float, minutes_each: float, tables: int) -> float:
    """Erlang C: the chance that a person waits at all, with `tables` open; 1 where they cannot keep up."""
    load = per_minute * minutes_each
    if load >= tables:
        return 1.0
    blocked = 1.0
    for table in range(1, tables + 1):
        blocked = load * blocked / (table + load * blocked)
    return blocked / (1 - load / tables * (1 - blocked))


def mean_wait(per_minute: float, minutes_each: float, tables: int, spread: float = 1.0) -> float:
    """Minutes waited on average (infinite where tables cannot keep up); `spread` 1 is Erlang's own,
    below it Allen-Cunneen's correction."""
    spare = tables / minutes_each - per_minute
    if spare <= 0:
        return float("inf")
    return waits(per_minute, minutes_each, tables) / spare * (1 + spread * spread) / 2


def _rarely_long(per_minute: float, minutes_each: float, tables: int, minutes: float, share: float) -> bool:
    spare = tables / minutes_each - per_minute
    return spare > 0 and waits(per_minute, minutes_each, tables) * exp(-spare * minutes) <= share


def tables_needed(per_hour: float, minutes_each: float = 1.5, wait: float = 5, tail: tuple[float, float] = (10, 0.1)) -> int:
    """The fewest tables with a mean wait of at most `wait` minutes and few waiting longer than
    `tail[0]` minutes (a share of at most `tail[1]`)."""
    per_minute, tables = per_hour / 60, 1
    while mean_wait(per_minute, minutes_each, tables) > wait or not _rarely_long(
        per_minute, minutes_each, tables, *tail
    ):
        tables += 1
    return tables


@dataclass(frozen=True)
class Slot:
    """`people` of `grid` are called to `table` from `start` to `end`, minutes after the round begins."""

    table: int
    grid: int
    start: int
    end: int
    people: int


def share_out(due: dict[int, int], tables: int) -> list[list[int]]:
    """Grids over tables, none much busier than another: the largest first, each to the least busy."""
    shares: list[list[int]] = [[] for _ in range(tables)]
    load = [0] * tables
    for grid in sorted(due, key=lambda no: (-due[no], no)):
        least = load.index(min(load))
        shares[least].append(grid)
        load[least] += due[grid]
    return [sorted(share) for share in shares]


def slots_for(
    tables: Sequence[tuple[int, Sequence[int]]], due: dict[int, int], minutes_each: float = 1.5, length: int = 15
) -> list[Slot]:
    """One grid after the other at each table, in slots of `length` minutes that fill to BUSY only.

    Everyone due is called exactly once. A grid may begin in the slot in which another ends.
    """
    room = max(1, floor(length / minutes_each * BUSY))
    return [slot for table, grids in tables for slot in _at_table(table, grids, due, room, length)]


def _at_table(table: int, grids: Sequence[int], due: dict[int, int], room: int, length: int) -> Iterator[Slot]:
    start, free = 0, room
    for grid in grids:
        left = due.get(grid, 0)
        while left:
            if not free:
                start, free = start + length, room
            called = min(left, free)
            yield Slot(table, grid, start, start + length, called)
            left, free = left - called, free - called

"""Moving single doors between batches where whole legs get shorter: what dealing alone cannot see.

A door of batch k is fetched in leg k and brought home in leg k + 1 of its row, so a move changes four legs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

NEAR = 12
"""So many nearest doors of other batches are tried for a swap."""
PASSES = 8


@dataclass
class Path:
    """A leg as it is driven: places from `begin` to `end`; parcels handed back count below nought."""

    begin: int
    end: int
    capacity: int
    doors: list[int] = field(default_factory=list)
    change: list[int] = field(default_factory=list)

    def places(self) -> np.ndarray:
        return np.array([self.begin, *self.doors, self.end])

    def loads(self) -> np.ndarray:
        """On board before the first door, and after each."""
        change = np.array([0, *self.change])
        return -int(np.minimum(change, 0).sum()) + np.cumsum(change)

    def saved(self, metres: np.ndarray, door: int) -> int:
        """Metres less without this door."""
        at, places = self.doors.index(door) + 1, self.places()
        before, after = places[at - 1], places[at + 1]
        return int(metres[before, door] + metres[door, after] - metres[before, after])

    def cheapest(self, metres: np.ndarray, door: int, size: int) -> tuple[int, int]:
        """(metres more, position) for putting it in; `size` below nought is handed back. Raises ValueError."""
        places = self.places()
        more = metres[places[:-1], door] + metres[door, places[1:]] - metres[places[:-1], places[1:]]
        loads = self.loads()
        if size < 0:
            fits = np.maximum.accumulate(loads) - size <= self.capacity
        else:
            fits = np.maximum.accumulate(loads[::-1])[::-1] + size <= self.capacity
        if not fits.any():
            raise ValueError("no room")
        where = int(np.argmin(np.where(fits, more, np.iinfo(np.int64).max)))
        return int(more[where]), where

    def take_out(self, door: int) -> None:
        at = self.doors.index(door)
        del self.doors[at], self.change[at]

    def put_in(self, door: int, size: int, where: int) -> None:
        self.doors.insert(where, door)
        self.change.insert(where, size)


@dataclass
class Rows:
    """Batches with the two legs of each (fetching, handing back), their doors' sizes and their limits."""

    legs: list[tuple[Path, Path]]
    batch_of: dict[int, int]
    size: dict[int, int]
    limit: list[int]

    def held(self, batch: int) -> int:
        return sum(self.size[door] for door, at in self.batch_of.items() if at == batch)


def improve(rows: Rows, metres: np.ndarray) -> None:
    """Moves and swaps doors until nothing gets shorter; `rows` is changed."""
    doors = list(rows.batch_of)
    near = {door: sorted(doors, key=lambda other: metres[door, other])[1:] for door in doors}
    for _ in range(PASSES):
        better = [_moved(rows, metres, door) or _swapped(rows, metres, door, near[door]) for door in doors]
        if not any(better):
            return


def _out(rows: Rows, door: int) -> list[tuple[Path, int, int]]:
    undo = []
    for leg in rows.legs[rows.batch_of[door]]:
        at = leg.doors.index(door)
        undo.append((leg, at, leg.change[at]))
        leg.take_out(door)
    return undo


def _back(door: int, undo: Sequence[tuple[Path, int, int]]) -> None:
    for leg, at, size in reversed(undo):
        leg.put_in(door, size, at)


def _into(rows: Rows, metres: np.ndarray, door: int, batch: int) -> int | None:
    """Puts the door into both legs of a batch where that is shortest: metres more, None for no room."""
    fetching, handing = rows.legs[batch]
    size = rows.size[door]
    try:
        first, where = fetching.cheapest(metres, door, size)
        fetching.put_in(door, size, where)
    except ValueError:
        return None
    try:
        second, where = handing.cheapest(metres, door, -size)
    except ValueError:
        fetching.take_out(door)
        return None
    handing.put_in(door, -size, where)
    return first + second


def _saving(rows: Rows, metres: np.ndarray, door: int) -> int:
    return sum(leg.saved(metres, door) for leg in rows.legs[rows.batch_of[door]])


def _moved(rows: Rows, metres: np.ndarray, door: int) -> bool:
    here, saved = rows.batch_of[door], _saving(rows, metres, door)
    for batch in range(len(rows.legs)):
        if batch == here or rows.held(batch) + rows.size[door] > rows.limit[batch]:
            continue
        undo = _out(rows, door)
        more = _into(rows, metres, door, batch)
        if more is not None and more < saved:
            rows.batch_of[door] = batch
            return True
        if more is not None:
            for leg in rows.legs[batch]:
                leg.take_out(door)
        _back(door, undo)
    return False


def _swapped(rows: Rows, metres: np.ndarray, door: int, near: Sequence[int]) -> bool:
    tried = 0
    for other in near:
        here, there = rows.batch_of[door], rows.batch_of[other]
        if here == there or rows.size[door] != rows.size[other]:
            continue
        tried += 1
        if tried > NEAR:
            return False
        first = _saving(rows, metres, door)
        undo = [(door, _out(rows, door))]
        second = _saving(rows, metres, other)
        undo.append((other, _out(rows, other)))
        one = _into(rows, metres, door, there)
        two = _into(rows, metres, other, here) if one is not None else None
        if one is not None and two is not None and one + two < first + second:
            rows.batch_of[door], rows.batch_of[other] = there, here
            return True
        for moved, batch, more in ((door, there, one), (other, here, two)):
            if more is not None:
                for leg in rows.legs[batch]:
                    leg.take_out(moved)
        for moved, steps in reversed(undo):
            _back(moved, steps)
    return False

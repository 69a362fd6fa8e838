"""Where doors lie when nobody has measured them: the order of doors in a grid, and how far grids are apart."""

import math
from collections.abc import Mapping, Sequence
from statistics import median

import numpy as np

from zhegu.deliveries.rules.problem import Point

DOOR_APART = 12
"""Metres from door to door in a grid (planning 3: 8–15 m on foot)."""
GRID_APART = 300
"""Metres from a grid to the next where nobody has said (planning 3)."""
DETOUR = 1.3
"""How much longer a way is than the straight line, until trips have taught better (planning 3)."""
LEAST_TRIPS = 3


def positions(doors: Sequence[tuple[int, int]], ways: Mapping[tuple[int, int], int]) -> list[Point]:
    """For each door (number of its grid, its place in the order of doors) a point in metres.

    `ways`: metres between two grids, as the grid workers say; grids nobody has spoken of lie in rows.
    """
    numbers = sorted({grid for grid, _ in doors})
    middles = _from_ways(numbers, ways) if ways else _in_rows(numbers)
    ranks = {grid: sorted({order for g, order in doors if g == grid}) for grid in numbers}
    places = {grid: {order: n for n, order in enumerate(orders)} for grid, orders in ranks.items()}
    found = []
    for grid, order in doors:
        row = max(1, math.ceil(math.sqrt(len(places[grid]))))
        x, y = _serpent(places[grid][order], row)
        half = (row - 1) / 2
        found.append((middles[grid][0] + (x - half) * DOOR_APART, middles[grid][1] + (y - half) * DOOR_APART))
    return found


def _serpent(n: int, row: int) -> tuple[int, int]:
    """The n-th place of rows that run to and fro, so that neighbours in the order stay neighbours."""
    y, x = divmod(n, row)
    return (x if y % 2 == 0 else row - 1 - x), y


def _in_rows(numbers: Sequence[int]) -> dict[int, Point]:
    row = max(1, math.ceil(math.sqrt(len(numbers))))
    spots = {number: _serpent(n, row) for n, number in enumerate(numbers)}
    return {number: (x * GRID_APART, y * GRID_APART) for number, (x, y) in spots.items()}


def _from_ways(numbers: Sequence[int], ways: Mapping[tuple[int, int], int]) -> dict[int, Point]:
    """Points on a plane whose distances come as near as can be to the shortest ways (classical scaling)."""
    named = sorted({*numbers, *(grid for pair in ways for grid in pair)})
    index = {number: n for n, number in enumerate(named)}
    apart = np.full((len(named), len(named)), np.inf)
    np.fill_diagonal(apart, 0)
    for (one, other), metres in ways.items():
        apart[index[one], index[other]] = apart[index[other], index[one]] = metres
    _shorten(apart)
    for n in range(1, len(named)):
        if np.isinf(apart[n - 1, n]):  # nobody has said how to get there: beside the grid before
            apart[n - 1, n] = apart[n, n - 1] = GRID_APART
            _shorten(apart)
    centred = np.eye(len(named)) - 1 / len(named)
    values, vectors = np.linalg.eigh(-0.5 * centred @ (apart**2) @ centred)
    points = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 0))
    points = points if points.shape[1] == 2 else np.hstack([points, np.zeros_like(points)])
    return {number: (float(points[index[number], 0]), float(points[index[number], 1])) for number in numbers}


def _shorten(apart: np.ndarray) -> None:
    for n in range(len(apart)):
        np.minimum(apart, apart[:, n : n + 1] + apart[n : n + 1, :], out=apart)


def learnt_detour(trips: Sequence[tuple[int, int]]) -> float:
    """The usual relation of driven to straight metres; DETOUR until there are enough trips."""
    told = [driven / straight for driven, straight in trips if straight > 0 and driven > 0]
    return round(min(3.0, max(1.0, median(told))), 2) if len(told) >= LEAST_TRIPS else DETOUR

"""A checker of routes that shares nothing with what plans them: plain numbers, one step after another."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Instance:
    """Whole numbers of a problem, the depot first."""

    legs: Sequence[Sequence[int]]
    demand: Sequence[int]
    capacity: int
    vehicles: int | None = None
    windows: Sequence[tuple[int, int]] = ()
    service: Sequence[int] = field(default=())
    longest: int | None = None


def faults(instance: Instance, answer: dict[str, Any]) -> list[str]:
    """What is wrong with an answer `{cost, routes}`; empty when every limit is kept."""
    routes: list[list[int]] = answer["routes"]
    found = []
    seen = sorted(customer for route in routes for customer in route)
    if seen != list(range(1, len(instance.demand))):
        found.append("not every customer once")
    if instance.vehicles is not None and len(routes) > instance.vehicles:
        found.append(f"{len(routes)} routes for {instance.vehicles} vehicles")
    for number, route in enumerate(routes, 1):
        load = sum(instance.demand[customer] for customer in route)
        if load > instance.capacity:
            found.append(f"route {number} carries {load} of {instance.capacity}")
        found += [f"route {number} {late}" for late in _late(instance, route)]
    cost = sum(_length(instance, route) for route in routes)
    if cost != answer["cost"]:
        found.append(f"costs {cost}, not {answer['cost']}")
    return found


def _length(instance: Instance, route: list[int]) -> int:
    return sum(instance.legs[a][b] for a, b in zip([0, *route], [*route, 0], strict=True))


def _late(instance: Instance, route: list[int]) -> list[str]:
    service = instance.service or [0] * len(instance.demand)
    if instance.longest is not None and _length(instance, route) + sum(service[n] for n in route) > instance.longest:
        return ["is too long"]
    if not instance.windows:
        return []
    clock, found, before = instance.windows[0][0], [], 0
    for place in [*route, 0]:
        opens, closes = instance.windows[place]
        clock = max(clock + service[before] * (before != 0) + instance.legs[before][place], opens)
        if clock > closes:
            found.append(f"comes to {place} at {clock}, after {closes}")
        before = place
    return found

"""Reads of runs, plans, custody and cash."""

from zhegu.deliveries.queries.cash import Fault, cash_total, faults, price, purse, purses, recount
from zhegu.deliveries.queries.planning import detour, problem, spots, straight, ways
from zhegu.deliveries.queries.runs import (
    chain,
    door_photo,
    hands,
    lines_of,
    missing,
    of_team,
    parcels,
    run,
    runs,
    stops,
    team,
    team_keys,
    unconfirmed,
    visits,
)
from zhegu.deliveries.queries.telling import Told, cylinders_back, told

__all__ = [
    "Fault",
    "Told",
    "cash_total",
    "chain",
    "cylinders_back",
    "detour",
    "door_photo",
    "faults",
    "hands",
    "lines_of",
    "missing",
    "of_team",
    "parcels",
    "price",
    "problem",
    "purse",
    "purses",
    "recount",
    "run",
    "runs",
    "spots",
    "stops",
    "straight",
    "team",
    "team_keys",
    "told",
    "unconfirmed",
    "visits",
    "ways",
]

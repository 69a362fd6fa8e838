"""Codes of places. Pure."""

import re

COMMUNITY = re.compile(r"^\d{12}$|^X[0-9A-Z]{11}$")
"""12-digit statistical code, or X… for places that have none (domain: natural villages, grazing sites)."""

GRID_MAX = 255
"""Cards carry the grid in one byte (1..255)."""

UNIT_MAX = 999
"""A unit has three digits of its own."""


def is_community_code(code: str) -> bool:
    return bool(COMMUNITY.match(code))


def grid_code(community: str, no: int) -> str:
    """15 characters: community and three digits; raises ValueError outside 1..255."""
    if not 1 <= no <= GRID_MAX:
        raise ValueError(no)
    return f"{community}{no:03d}"


def unit_code(grid: str, no: int) -> str:
    """18 characters: grid and three digits."""
    return f"{grid}{no:03d}"

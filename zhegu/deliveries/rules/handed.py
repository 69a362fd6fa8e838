"""Every hand-over at the station by name: what a truck waits for changes hands there too."""

from collections.abc import Mapping, Sequence
from typing import Any


def with_hand_overs(visits: Sequence[Mapping[str, Any]], station: str) -> list[dict[str, Any]]:
    """A truck's visits, in which whatever comes to the station unfilled is handed in there.

    A truck that waits takes the same things back at once; one that swaps has them named already.
    """
    board: set[str] = set()
    filled: set[str] = set()
    told = []
    for visit in visits:
        give, take = list(visit["return"]), list(visit["collect"])
        if visit["at"] == station:
            waits = sorted(board - filled - set(give) - set(take))
            give, take = give + waits, take + waits
            filled |= {*give, *take}
        board = (board - set(give)) | set(take)
        told.append({**visit, "return": give, "collect": take})
    return told

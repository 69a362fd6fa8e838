"""Personal codes (`R1:`), by household: slips for the door or a lanyard."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from zhegu.lib.paper.fonts import Fonts
from zhegu.lib.paper.press import Imprint, press
from zhegu.lib.paper.qr import drawn

MOST_MODULES = 25


@dataclass(frozen=True)
class CodeSlip:
    """One person's code; `name` and `note` stand beside it as the caller gives them, masked or empty."""

    code: str
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class CodeHousehold:
    """The people of one door: its label and grid head the slips."""

    label: str
    grid: str
    slips: tuple[CodeSlip, ...]


def print_codes(households: Iterable[CodeHousehold], imprint: Imprint, fonts: Fonts | None = None) -> bytes:
    """Slips of 60 x 30 mm, three to a row, a household kept together; codes 25 modules at 0.72 mm.

    Raises CodeTooLarge for anything longer than a resident code.
    """
    sent = {
        "title": imprint.words("paper.codes_title"),
        "note": imprint.words("paper.codes_note"),
        "no_content": imprint.words("paper.codes_hold_no_name"),
        "households": [_household(household, imprint) for household in households],
    }
    return press("codes", sent, imprint, fonts)


def _household(household: CodeHousehold, imprint: Imprint) -> dict[str, Any]:
    return {
        "label": household.label,
        "grid": imprint.words("paper.grid", grid=household.grid),
        "count": imprint.words("paper.people", n=len(household.slips)),
        "slips": [
            {"qr": drawn(slip.code, MOST_MODULES), "code": spaced(slip.code), "name": slip.name, "note": slip.note}
            for slip in household.slips
        ],
    }


def spaced(code: str) -> str:
    """The code in fours, for reading aloud and typing: R1: ABCD EFGH JKMN PQRS T."""
    head, colon, body = code.partition(":")
    if not colon:
        head, body = "", code
    fours = " ".join(body[start : start + 4] for start in range(0, len(body), 4))
    return f"{head}{colon} {fours}".strip()

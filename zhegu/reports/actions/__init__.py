"""What is put on record: forms made from the catalogue, and blanks of an upper office filled."""

from zhegu.reports.actions.filling import Filled, fill_blank
from zhegu.reports.actions.making import (
    HISTORY_FORMATS,
    Happened,
    Made,
    Making,
    Wanted,
    make_form,
    make_history,
    record_form,
)

__all__ = [
    "HISTORY_FORMATS",
    "Filled",
    "Happened",
    "Made",
    "Making",
    "Wanted",
    "fill_blank",
    "make_form",
    "make_history",
    "record_form",
]

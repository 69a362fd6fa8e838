"""What is put on record: forms made from the catalogue, and blanks of an upper office filled."""

from zhegu.reports.actions.blanks import (
    NewBlank,
    drop_blank,
    keep_blank,
    mark_sent,
    settle_headers,
    take_back,
)
from zhegu.reports.actions.filling import Filled, Filling, fill_blank
from zhegu.reports.actions.making import (
    HISTORY_FORMATS,
    Happened,
    Made,
    Making,
    Wanted,
    make_form,
    make_history,
    record_form,
    record_person_look,
)

__all__ = [
    "HISTORY_FORMATS",
    "Filled",
    "Filling",
    "Happened",
    "Made",
    "Making",
    "NewBlank",
    "Wanted",
    "drop_blank",
    "fill_blank",
    "keep_blank",
    "make_form",
    "make_history",
    "mark_sent",
    "record_form",
    "record_person_look",
    "settle_headers",
    "take_back",
]

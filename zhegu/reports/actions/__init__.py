"""What is put on record: forms made, blanks kept, settled, filled and sent, and being free of an outbreak."""

from zhegu.reports.actions.arranging import arrange, undo_columns
from zhegu.reports.actions.blanks import (
    Asked,
    NewBlank,
    drop_blank,
    keep_blank,
    mark_sent,
    register_request,
    settle_headers,
    take_back,
)
from zhegu.reports.actions.days import note_day
from zhegu.reports.actions.filling import Filled, Filling, fill_blank
from zhegu.reports.actions.free import Applying, Onward, apply, move_on, tick, untick
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
from zhegu.reports.actions.periods import HandingIn, Word, decide, hand_in
from zhegu.reports.actions.words import FilledWord, fill_word

__all__ = [
    "HISTORY_FORMATS",
    "Applying",
    "Asked",
    "Filled",
    "FilledWord",
    "Filling",
    "HandingIn",
    "Happened",
    "Made",
    "Making",
    "NewBlank",
    "Onward",
    "Wanted",
    "Word",
    "apply",
    "arrange",
    "decide",
    "drop_blank",
    "fill_blank",
    "fill_word",
    "hand_in",
    "keep_blank",
    "make_form",
    "make_history",
    "mark_sent",
    "move_on",
    "note_day",
    "record_form",
    "record_person_look",
    "register_request",
    "settle_headers",
    "take_back",
    "tick",
    "undo_columns",
    "untick",
]

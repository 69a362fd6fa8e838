"""Writes of a sampling round: opening, swabs, words about people, tubes, closing."""

from zhegu.sampling.actions.additions import Addition, Newcomer, add_to_roster
from zhegu.sampling.actions.closing import (
    TableReport,
    call_grid,
    close_round,
    report_tables,
    settle_conflict,
)
from zhegu.sampling.actions.kinds import Happened
from zhegu.sampling.actions.paper import MOST_AT_ONCE, name_card, print_cards
from zhegu.sampling.actions.parting import stand_apart
from zhegu.sampling.actions.rounds import RoundPlan, TablePlan, open_round
from zhegu.sampling.actions.samples import CardRef, NewSample, TubeRef, take_samples
from zhegu.sampling.actions.tables import Crew, seat_table
from zhegu.sampling.actions.tubes import hand_over_tubes, record_results
from zhegu.sampling.actions.undoing import UndoSample, undo_samples
from zhegu.sampling.actions.words import (
    Excused,
    MarkedGone,
    Noted,
    Word,
    excuse,
    mark_gone,
    note_missing,
    put_back,
)

__all__ = [
    "MOST_AT_ONCE",
    "Addition",
    "CardRef",
    "Crew",
    "Excused",
    "Happened",
    "MarkedGone",
    "NewSample",
    "Newcomer",
    "Noted",
    "RoundPlan",
    "TablePlan",
    "TableReport",
    "TubeRef",
    "UndoSample",
    "Word",
    "add_to_roster",
    "call_grid",
    "close_round",
    "excuse",
    "hand_over_tubes",
    "mark_gone",
    "name_card",
    "note_missing",
    "open_round",
    "print_cards",
    "put_back",
    "record_results",
    "report_tables",
    "seat_table",
    "settle_conflict",
    "stand_apart",
    "take_samples",
    "undo_samples",
]

"""Writes of a sampling round: opening, swabs, words about people, tubes, closing."""

from zhegu.sampling.actions.additions import Addition, Newcomer, add_to_roster
from zhegu.sampling.actions.kinds import Happened
from zhegu.sampling.actions.rounds import RoundPlan, TablePlan, open_round
from zhegu.sampling.actions.samples import CardRef, NewSample, TubeRef, take_samples
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
    "Addition",
    "CardRef",
    "Excused",
    "Happened",
    "MarkedGone",
    "NewSample",
    "Newcomer",
    "Noted",
    "RoundPlan",
    "TablePlan",
    "TubeRef",
    "UndoSample",
    "Word",
    "add_to_roster",
    "excuse",
    "mark_gone",
    "note_missing",
    "open_round",
    "put_back",
    "take_samples",
    "undo_samples",
]

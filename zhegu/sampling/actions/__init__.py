"""Writes of a sampling round: opening, swabs, words about people, tubes, closing."""

from zhegu.sampling.actions.kinds import Happened
from zhegu.sampling.actions.rounds import RoundPlan, TablePlan, open_round
from zhegu.sampling.actions.samples import CardRef, NewSample, TubeRef, take_samples
from zhegu.sampling.actions.undoing import UndoSample, undo_samples

__all__ = [
    "CardRef",
    "Happened",
    "NewSample",
    "RoundPlan",
    "TablePlan",
    "TubeRef",
    "UndoSample",
    "open_round",
    "take_samples",
    "undo_samples",
]

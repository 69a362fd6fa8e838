"""Everything that changes a run, what it carries and its cash."""

from zhegu.deliveries.actions.again import take_out
from zhegu.deliveries.actions.cash import Cash, Count, UndoCash, count_cash, move_cash, undo_cash
from zhegu.deliveries.actions.closing import close_run, note_driven, note_receipt
from zhegu.deliveries.actions.custody import (
    Confirm,
    Hand,
    Skip,
    TakeBack,
    TakeStep,
    confirm_hand_overs,
    hand_over,
    skip_stops,
    take_back_hand_overs,
    take_steps,
)
from zhegu.deliveries.actions.drafting import (
    NewRun,
    NewTruck,
    Thought,
    begin_run,
    draft_run,
    drop_run,
    plan_run,
    set_way,
)
from zhegu.deliveries.actions.kinds import Happened
from zhegu.deliveries.actions.missing import Missing, UndoMissing, say_missing, undo_missing
from zhegu.deliveries.actions.photos import DropDoorPhoto, KeepDoorPhoto, drop_door_photos, keep_door_photos

__all__ = [
    "Cash",
    "Confirm",
    "Count",
    "DropDoorPhoto",
    "Hand",
    "Happened",
    "KeepDoorPhoto",
    "Missing",
    "NewRun",
    "NewTruck",
    "Skip",
    "TakeBack",
    "TakeStep",
    "Thought",
    "UndoCash",
    "UndoMissing",
    "begin_run",
    "close_run",
    "confirm_hand_overs",
    "count_cash",
    "draft_run",
    "drop_door_photos",
    "drop_run",
    "hand_over",
    "keep_door_photos",
    "move_cash",
    "note_driven",
    "note_receipt",
    "plan_run",
    "say_missing",
    "set_way",
    "skip_stops",
    "take_back_hand_overs",
    "take_out",
    "take_steps",
    "undo_cash",
    "undo_missing",
]

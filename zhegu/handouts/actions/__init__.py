"""Everything that changes distributions."""

from zhegu.handouts.actions.adding import AddShare, DropShare, add_shares, drop_shares
from zhegu.handouts.actions.giving import HandOut, UndoGiven, hand_out, look_at, undo_given
from zhegu.handouts.actions.kinds import PURPOSE, Happened
from zhegu.handouts.actions.opening import NewHandout, close_handout, open_handout, reopen_handout

__all__ = [
    "PURPOSE", "AddShare", "DropShare", "HandOut", "Happened", "NewHandout", "UndoGiven", "add_shares", "close_handout", "drop_shares",
    "hand_out", "look_at", "open_handout", "reopen_handout", "undo_given",
]  # fmt: skip

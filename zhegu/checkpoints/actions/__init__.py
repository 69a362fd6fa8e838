"""Everything that changes gates and what is written down at them."""

from zhegu.checkpoints.actions.crossings import (
    NewCrossing,
    Reconciled,
    UndoCrossing,
    reconcile,
    record_crossings,
    undo_crossings,
)
from zhegu.checkpoints.actions.days import count_days
from zhegu.checkpoints.actions.gates import (
    NewAllowed,
    NewGate,
    add_gate,
    allow,
    change_gate,
    close_gate,
    end_allowed,
)
from zhegu.checkpoints.actions.kinds import PURPOSE, Happened

__all__ = [
    "PURPOSE",
    "Happened",
    "NewAllowed",
    "NewCrossing",
    "NewGate",
    "Reconciled",
    "UndoCrossing",
    "add_gate",
    "allow",
    "change_gate",
    "close_gate",
    "count_days",
    "end_allowed",
    "reconcile",
    "record_crossings",
    "undo_crossings",
]

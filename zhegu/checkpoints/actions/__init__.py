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
from zhegu.checkpoints.actions.leaves import NewLeave, end_leave, give_leave
from zhegu.checkpoints.actions.patrols import (
    NewFinding,
    UndoFinding,
    add_route,
    close_route,
    record_findings,
    undo_findings,
)

__all__ = [
    "PURPOSE",
    "Happened",
    "NewAllowed",
    "NewCrossing",
    "NewFinding",
    "NewGate",
    "NewLeave",
    "Reconciled",
    "UndoCrossing",
    "UndoFinding",
    "add_gate",
    "add_route",
    "allow",
    "change_gate",
    "close_gate",
    "close_route",
    "count_days",
    "end_allowed",
    "end_leave",
    "give_leave",
    "reconcile",
    "record_crossings",
    "record_findings",
    "undo_crossings",
    "undo_findings",
]

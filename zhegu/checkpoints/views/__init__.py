"""Office pages of the gates, of going out, and of patrols."""

from zhegu.checkpoints.views.gates import (
    allowed,
    close,
    crossings,
    end_allowed,
    gate,
    inside,
    new_gate,
    offline,
    record,
    today,
    undo,
)
from zhegu.checkpoints.views.leaves import end_leave, leaves
from zhegu.checkpoints.views.patrols import close_route, patrols, undo_finding

__all__ = [
    "allowed",
    "close",
    "close_route",
    "crossings",
    "end_allowed",
    "end_leave",
    "gate",
    "inside",
    "leaves",
    "new_gate",
    "offline",
    "patrols",
    "record",
    "today",
    "undo",
    "undo_finding",
]

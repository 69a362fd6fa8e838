"""What the journal calls things that happen at gates."""

from enum import StrEnum

PURPOSE = "checkpoint"
OPERATION = "operation"


class Happened(StrEnum):
    """Journal kinds of this app."""

    GATE_ADDED = "checkpoints.gate_added"
    GATE_CHANGED = "checkpoints.gate_changed"
    GATE_CLOSED = "checkpoints.gate_closed"
    ALLOWED = "checkpoints.vehicle_allowed"
    ALLOWED_ENDED = "checkpoints.allowance_ended"
    CROSSED = "checkpoints.crossing_recorded"
    UNDONE = "checkpoints.crossing_undone"
    LEAVE_GIVEN = "checkpoints.leave_given"
    LEAVE_ENDED = "checkpoints.leave_ended"
    ROUTE_ADDED = "checkpoints.route_added"
    ROUTE_CLOSED = "checkpoints.route_closed"
    FOUND = "checkpoints.finding_recorded"
    FINDING_UNDONE = "checkpoints.finding_undone"
    RECONCILED = "checkpoints.crossing_reconciled"

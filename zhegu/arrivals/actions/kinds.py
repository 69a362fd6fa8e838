"""What the journal calls arrivals, and what its words about them are kept for."""

from enum import StrEnum

PURPOSE = "arrival"
OPERATION = "operation"


class Happened(StrEnum):
    """Journal kinds of this app."""

    REGISTERED = "arrivals.registered"
    UNDONE = "arrivals.undone"
    LINKED = "arrivals.linked"
    DECIDED = "arrivals.decided"
    REOPENED = "arrivals.reopened"
    LEG_RECORDED = "arrivals.leg_recorded"
    LEG_REMOVED = "arrivals.leg_removed"
    NOTICE_MADE = "arrivals.notice_made"
    NOTICE_REVOKED = "arrivals.notice_revoked"
    SITE_ADDED = "arrivals.site_added"
    SITE_CHANGED = "arrivals.site_changed"
    SITE_CLOSED = "arrivals.site_closed"
    WORKER_ADDED = "arrivals.worker_added"
    WORKER_LEFT = "arrivals.worker_left"

"""What the journal calls things of distributions."""

from enum import StrEnum

PURPOSE = "supply"


class Happened(StrEnum):
    """Journal kinds of this app."""

    OPENED = "handouts.opened"
    CLOSED = "handouts.closed"
    REOPENED = "handouts.reopened"
    GIVEN = "handouts.given"
    UNDONE = "handouts.given_undone"
    ADDED = "handouts.share_added"
    DROPPED = "handouts.share_dropped"
    LOOKED = "handouts.looked"

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
    LOOKED = "handouts.looked"

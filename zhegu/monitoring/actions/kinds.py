"""What the journal calls things that happen to measures and at daily checks."""

from enum import StrEnum

PURPOSE = "isolation"
TEMPERATURE = "temperature"
"""What daily checks found goes earlier than the measure they belong to."""


class Happened(StrEnum):
    """Journal kinds of this app."""

    LAID = "monitoring.measures_begun"
    APPROVED = "monitoring.measures_approved"
    DECLINED = "monitoring.measures_declined"
    STAGE = "monitoring.stage_begun"
    REVIEWED = "monitoring.measure_reviewed"
    CLINIC = "monitoring.clinic_agreed"
    RELEASED = "monitoring.measure_released"
    ENDED = "monitoring.measure_ended"
    LAPSED = "monitoring.measure_lapsed"
    CONTESTED = "monitoring.measure_contested"
    ANSWERED = "monitoring.contest_answered"
    CHECKED = "monitoring.check_recorded"
    CHECK_UNDONE = "monitoring.check_undone"
    HANDLED = "monitoring.check_handled"

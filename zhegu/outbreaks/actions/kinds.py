"""What this app journals, under which purpose."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from zhegu.journal.actions import Command
from zhegu.lib.scope import Actor
from zhegu.outbreaks.models import Outbreak

PURPOSE = "outbreak"
GROUP = "leading_group"
"""Who leads it, and their phones: goes some time after the outbreak is over."""

ABOUT_PEOPLE = "standing"
"""What is said of a person is kept apart from what is said of the outbreak: it goes when the outbreak is over."""


class Happened(StrEnum):
    """Journal kinds of this app."""

    OPENED = "outbreaks.outbreak_opened"
    CLOSED = "outbreaks.outbreak_closed"
    STANDING_SET = "outbreaks.standing_set"
    TEST_RECORDED = "outbreaks.test_recorded"
    REVIEWED = "outbreaks.outbreak_reviewed"
    LAPSED = "outbreaks.restrictions_lapsed"
    RISK_SET = "outbreaks.risk_set"
    RISK_TAKEN_BACK = "outbreaks.risk_taken_back"
    CHANGE_ASKED = "outbreaks.change_asked"
    CHANGE_DECIDED = "outbreaks.change_decided"
    MEMBER_ADDED = "outbreaks.member_added"
    CALLER_SET = "outbreaks.caller_set"
    MEMBER_ENDED = "outbreaks.member_ended"
    DIRECTIVE_GIVEN = "outbreaks.directive_given"
    DIRECTIVE_READ = "outbreaks.directive_read"
    DIRECTIVE_DONE = "outbreaks.directive_done"
    DIRECTIVE_REOPENED = "outbreaks.directive_reopened"
    DIRECTIVE_WITHDRAWN = "outbreaks.directive_withdrawn"
    BULLETIN_WRITTEN = "outbreaks.bulletin_written"
    BULLETIN_TAKEN_BACK = "outbreaks.bulletin_taken_back"


def command(
    ref: UUID, kind: str, outbreak: Outbreak, by: Actor, at: datetime, body: dict, purpose: str = PURPOSE
) -> Command:
    """A command about an outbreak of its community."""
    return Command(ref, kind, outbreak.community.code, by, at, body, purpose=purpose, outbreak=outbreak.id)

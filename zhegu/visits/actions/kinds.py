"""What the journal calls things of campaigns, and what every act carries."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhegu.journal.actions import Command
from zhegu.lib.said import Said
from zhegu.lib.scope import Actor
from zhegu.places.models import Place

PURPOSE = "visits"


class Happened(StrEnum):
    """Journal kinds of this app."""

    OPENED = "visits.campaign_opened"
    CLOSED = "visits.campaign_closed"
    REOPENED = "visits.campaign_reopened"
    QUESTIONS_CHANGED = "visits.questions_changed"
    DOOR_ADDED = "visits.door_added"
    VISITED = "visits.door_visited"
    EXCUSED = "visits.door_excused"
    GONE = "visits.door_gone"
    MISSING = "visits.missing_noted"
    BACK = "visits.door_put_back"
    UNDONE = "visits.said_undone"
    CHOSEN = "visits.visit_chosen"


@dataclass(frozen=True, kw_only=True)
class Act(Said):
    """Something said of a door, by a phone or the office."""

    def plain(self) -> dict[str, Any]:
        """Its meaning as it is journalled."""
        raise NotImplementedError

    def command(self, kind: Happened, community: Place, by: Actor, outbreak: UUID | None) -> Command:
        """A phone's own words, else the same facts."""
        body = dict(self.words) or self.plain()
        return Command(self.ref, kind, community.code, by, self.at, body, PURPOSE, outbreak, self.said)

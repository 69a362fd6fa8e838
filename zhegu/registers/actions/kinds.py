"""Journal kinds of this app, and what its commands have in common."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhegu.journal.actions import Command
from zhegu.lib.answers import Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.registers.models import Household, Person

PURPOSE = "register"


class Happened(StrEnum):
    """Journal kinds of this app."""

    PERSON_ADDED = "registers.person_added"
    PERSON_CHANGED = "registers.person_changed"
    PEOPLE_MOVED = "registers.people_moved"
    PRESENCE_SET = "registers.presence_set"
    GRID_ASSIGNED = "registers.grid_assigned"
    CODE_RENEWED = "registers.code_renewed"
    PEOPLE_MERGED = "registers.people_merged"
    MERGE_UNDONE = "registers.merge_undone"
    FOLLOWED = "registers.rows_followed"
    CALLED_DIFFERENT = "registers.called_different"
    HOUSEHOLD_ADDED = "registers.household_added"
    HOUSEHOLD_CHANGED = "registers.household_changed"
    HOUSEHOLD_SPLIT = "registers.household_split"
    UNIT_ASSIGNED = "registers.unit_assigned"
    PEOPLE_IMPORTED = "registers.people_imported"


def command(
    kind: Happened, community: Place, by: Actor, at: datetime, ref: UUID, body: dict[str, Any]
) -> Command:
    """A command of this app."""
    return Command(ref, kind, community.code, by, at, body, purpose=PURPOSE)


def ids(rows: Iterable[Person | Household]) -> list[str]:
    """The rows' ids as text, in order: equal sets make equal commands."""
    return sorted(str(row.pk) for row in rows)


def foreign(community: Place, *rows: Person | Household | Place | None) -> Refused | None:
    """A refusal where any of these belongs to another community."""
    for row in filter(None, rows):
        code = row.community_code if isinstance(row, Place) else None
        own = code == community.code if code else row.community_id == community.pk
        if not own:
            return Refused("registers.other_community")
    return None

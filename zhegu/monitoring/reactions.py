"""Whoever the register joins or parts stays under what they are under."""

import json
from uuid import UUID

from zhegu.journal.models import Entry
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor
from zhegu.monitoring import actions
from zhegu.registers.actions import Happened as Registered

REGISTER = Actor.system("register")


def merged(entry: Entry) -> None:
    """Tried again after a fault, it finds nothing left to move."""
    actions.follow_merge(by=REGISTER, **_rows(entry), at=entry.at, ref=new_id())


def parted(entry: Entry) -> None:
    actions.follow_parting(by=REGISTER, **_rows(entry), at=entry.at, ref=new_id())


def _rows(entry: Entry) -> dict[str, UUID]:
    facts = json.loads(entry.answer)["facts"]
    return {name: UUID(facts[name]) for name in ("kept", "dropped")}


REACTIONS = {Registered.PEOPLE_MERGED: (merged,), Registered.MERGE_UNDONE: (parted,)}

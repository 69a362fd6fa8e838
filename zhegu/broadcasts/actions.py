"""An announcement is written, approved, and over; that it was announced is written down, and taken back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhegu.broadcasts.models import Announcement, Play
from zhegu.broadcasts.rules import (
    APPROVES,
    LONGEST,
    MOST_LEAFLETS,
    MOST_MINUTES,
    TELLS,
    WRITES,
    Channel,
    Spoken,
    lacks,
)
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.outgoing import Fault, chat_faults
from zhegu.lib.scope import Actor, Scope
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers import queries as registers

OPERATION = "operation"


class Happened(StrEnum):
    """Journal kinds of this app."""

    WRITTEN = "broadcasts.announcement_written"
    APPROVED = "broadcasts.announcement_approved"
    OVER = "broadcasts.announcement_over"
    ANNOUNCED = "broadcasts.announced"
    UNDONE = "broadcasts.announced_undone"


def write(
    *, by: Actor, scope: Scope, community: Place, title: str, zh: str, bo: str, at: datetime, ref: UUID
) -> Answer:
    """It waits for a leader's approval; facts: `announcement`. Refused: no title, no words, too many of them, a resident's
    name or a long number in them."""
    told = {"title": title.strip(), "zh": zh.strip(), "bo": bo.strip()}

    def do(fresh: list[Command]) -> list[Outcome]:
        if not scope.covers(community.code, *WRITES):
            return [Refused("broadcasts.unknown")]
        if not told["title"]:
            return [Refused("broadcasts.title_needed")]
        if not told["zh"] and not told["bo"]:
            return [Refused("broadcasts.words_needed")]
        if max(len(told["zh"]), len(told["bo"])) > LONGEST:
            return [Refused("broadcasts.too_long", {"most": LONGEST})]
        names, own = registers.names(scope, community), places.names_of(scope, community)
        faults = {fault for words in told.values() for fault in chat_faults(words, names, own)}
        if Fault.NUMBER in faults or Fault.NAME in faults:
            return [Refused("broadcasts.names_somebody" if Fault.NAME in faults else "broadcasts.long_number")]
        Announcement.objects.create(id=ref, community=community, at=at, by=by.key, **told)
        return [Accepted({"announcement": str(ref)})]

    return journal.once([Command(ref, Happened.WRITTEN, community.code, by, at, told, OPERATION)], do)[0]


def approve(*, by: Actor, scope: Scope, announcement: Announcement, at: datetime, ref: UUID) -> Answer:
    """It may go out from now on. Refused: not theirs to approve, approved already, over."""

    def do(fresh: list[Command]) -> list[Outcome]:
        row = Announcement.objects.filter(pk=announcement.pk, approved=None, over=None)
        may = scope.covers(announcement.community.code, *APPROVES)
        changed = may and row.update(approved=at, approved_by=by.key)
        return [_answered(announcement) if changed else Refused("broadcasts.unknown")]

    return journal.once([_command(ref, Happened.APPROVED, announcement, by, at)], do)[0]


def end(*, by: Actor, scope: Scope, announcement: Announcement, at: datetime, ref: UUID) -> Answer:
    """It goes out no more; what was announced stays. Refused: over already, not theirs."""

    def do(fresh: list[Command]) -> list[Outcome]:
        row = Announcement.objects.filter(pk=announcement.pk, over=None)
        changed = scope.covers(announcement.community.code, *WRITES) and row.update(over=at)
        return [_answered(announcement) if changed else Refused("broadcasts.unknown")]

    return journal.once([_command(ref, Happened.OVER, announcement, by, at)], do)[0]


def _answered(announcement: Announcement) -> Accepted:
    return Accepted({"announcement": str(announcement.pk)})


def _command(ref: UUID, kind: Happened, announcement: Announcement, by: Actor, at: datetime) -> Command:
    return Command(ref, kind, announcement.community.code, by, at, {"announcement": str(announcement.pk)}, OPERATION)


@dataclass(frozen=True, kw_only=True)
class NewPlay:
    """It was announced there at that moment."""

    channel: Channel
    place: str
    spoken: Spoken
    minutes: int = 0
    leaflets: int = 0


def announce(*, by: Actor, scope: Scope, announcement: Announcement, play: NewPlay, at: datetime, ref: UUID) -> Answer:
    """It counts; facts: `play`. Refused: not approved by then or over, no place, a language it has no words in, a number that
    cannot be right."""
    told: dict[str, Any] = {**vars(play), "place": play.place.strip()}

    def do(fresh: list[Command]) -> list[Outcome]:
        row = Announcement.objects.get(pk=announcement.pk)
        if not scope.covers(announcement.community.code, *TELLS) or (row.over and row.over < at):
            return [Refused("broadcasts.unknown")]
        if row.approved is None or row.approved > at:
            return [Refused("broadcasts.not_approved")]
        if not told["place"]:
            return [Refused("broadcasts.place_needed")]
        if lacks(play.spoken, row.zh, row.bo):
            return [Refused("broadcasts.no_such_words")]
        if not (0 <= play.minutes <= MOST_MINUTES and 0 <= play.leaflets <= MOST_LEAFLETS):
            return [Refused("broadcasts.wrong_number")]
        Play.objects.create(id=ref, announcement=row, at=at, by=by.key, **told)
        return [Accepted({"play": str(ref)})]

    body = {"announcement": str(announcement.pk), **told}
    return journal.once([Command(ref, Happened.ANNOUNCED, announcement.community.code, by, at, body, OPERATION)], do)[0]


def undo(*, by: Actor, scope: Scope, play: Play, at: datetime, ref: UUID) -> Answer:
    """It counts no more. Refused: not within reach, or taken back before."""
    community = play.announcement.community.code

    def do(fresh: list[Command]) -> list[Outcome]:
        changed = scope.covers(community, *TELLS) and Play.objects.filter(pk=play.pk, undone=None).update(undone=at)
        return [Accepted({"play": str(play.pk)}) if changed else Refused("broadcasts.unknown")]

    return journal.once([Command(ref, Happened.UNDONE, community, by, at, {"play": str(play.pk)}, OPERATION)], do)[0]

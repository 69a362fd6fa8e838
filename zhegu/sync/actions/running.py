"""Handing commands to the apps that offer them, together where their order allows it."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import InterfaceError, InternalError, OperationalError, transaction

from zhegu.journal import actions as journal
from zhegu.journal.actions import Command
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.phone import GivenAnswer, ParsedCommand, PhoneCommand
from zhegu.lib.scope import NotFound, Scope
from zhegu.sync.problems import where
from zhegu.sync.rules.order import waves

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ready:
    """A command that may be carried out: what offers it, in whose scope."""

    offer: PhoneCommand
    scope: Scope
    command: ParsedCommand

    @property
    def group(self) -> tuple:
        """Commands of one group go to the app together."""
        return self.command.kind, self.command.by.key, tuple(sorted(map(repr, self.scope.grants)))

    @property
    def records(self) -> frozenset[str] | None:
        """What it touches; a correction also touches what it corrects."""
        if self.offer.records is None:
            return None
        touched = {str(self.command.ref), *map(str, self.offer.records(self.command.body))}
        return frozenset(touched | ({str(self.command.supersedes)} if self.command.supersedes else set()))


@dataclass(frozen=True)
class NotNow:
    """The program failed on it; nothing was changed, and it may be sent again."""

    ref: UUID
    status: str = "waiting"
    reason: str = "sync.failed"
    facts: dict[str, Any] = field(default_factory=dict)


def carry_out(items: Sequence[Ready]) -> list[GivenAnswer]:
    """One answer for each item, in order. One that fails is left out of its group, never the group."""
    answers: dict[int, GivenAnswer] = {}
    for places in waves([(item.group, item.records) for item in items]):
        given = _together([items[place] for place in places])
        answers.update(zip(places, given, strict=True))
    return [answers[place] for place in range(len(items))]


def _together(group: list[Ready]) -> list[GivenAnswer]:
    """The group at once; where that fails, its halves, down to the one item that cannot be done."""
    try:
        with transaction.atomic():
            return _answers_of(group)
    except Exception as error:
        if isinstance(error, OperationalError | InternalError | InterfaceError):
            raise  # the database itself cannot be written: nothing may be answered
        if len(group) == 1:
            return [_failed(group[0].command, error)]
    half = len(group) // 2
    return _together(group[:half]) + _together(group[half:])


def _answers_of(group: list[Ready]) -> list[GivenAnswer]:
    commands = [item.command for item in group]
    given = list(group[0].offer.run(group[0].scope, commands))
    if [answer.ref for answer in given] != [command.ref for command in commands]:
        raise ValueError(f"{commands[0].kind}: the answers do not match the commands")
    return given


def _failed(command: ParsedCommand, error: Exception) -> GivenAnswer:
    """What lies outside the scope is refused for good; a fault of the program is tried again later."""
    if isinstance(error, NotFound):
        return _refused(command, Refused("sync.outside"))
    if isinstance(error, RefusedError):
        return _refused(command, error.refused)
    log.error("a phone command failed: %s: %s", command.kind, where(error))
    return NotNow(command.ref)


def _refused(command: ParsedCommand, refused: Refused) -> GivenAnswer:
    kept = Command(
        command.ref, command.kind, command.community, command.by, command.at, dict(command.words), said=command.said
    )
    return journal.once([kept], lambda fresh: [refused])[0]

"""What an app offers to phones: tables they may read, commands they may send.

An app's `phone.py` holds `TABLES: dict[str, PhoneTable]` and `COMMANDS: dict[str, PhoneCommand]`, by
names that no other app uses (`people`, `sampling.take_sample`). The phone's door gathers them, checks
who is asking and hands over; the app decides. Pure.

    TABLES = {"people": people_rows}
    SENSITIVE = {"people"}  # those that tell of health or whereabouts: a pull of them leaves a look
    COMMANDS = {"sampling.take_sample": PhoneCommand(TakeSample, take_samples, records=lambda b: [b.person])}

    def take_samples(scope: Scope, commands: list[ParsedCommand]) -> list[Answer]:
        return journal.once([Command(c.ref, …, c.community, c.by, c.at, c.words, said=c.said) …], do)
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from zhegu.lib.scope import Actor, Scope

PhoneTable = Callable[[Scope, Any], Iterable[dict[str, Any]]]
"""`(scope, community place) → rows`; each row has a text `id` of its own, and only values of JSON.

The scope holds what the people of one phone hold together, within its community; rows outside it must
not be given. The same facts give the same rows: nothing in a row may change merely with the clock.
"""


@dataclass(frozen=True)
class ParsedCommand:
    """One command from a phone, its sender proved and its body checked.

    `words` is the body as it was sent (for the journal), `body` the same as the command's schema,
    `said` the very bytes that were signed: hand them to the journal, they decide what is a repeat.
    `place` is the community of that code as the door knows it (a `places` row), so that nobody reads it again.
    """

    ref: UUID
    kind: str
    community: str
    by: Actor
    at: datetime
    seq: int
    body: Any
    words: Mapping[str, Any]
    said: bytes
    supersedes: UUID | None = None
    place: Any = None


class GivenAnswer(Protocol):
    """The final answer under a ref; `journal.actions.Answer` is one."""

    @property
    def ref(self) -> UUID: ...
    @property
    def status(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def facts(self) -> dict[str, Any]: ...


RunCommands = Callable[[Scope, list[ParsedCommand]], Sequence[GivenAnswer]]


class ClosedBody(BaseModel):
    """A body as phones send it: closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def carried(command: ParsedCommand) -> dict[str, Any]:
    """What an item of an action (`lib.said.Said`) takes over from the command itself."""
    return {"ref": command.ref, "at": command.at, "said": command.said, "words": command.words}


def with_body(make: Callable[..., Any]) -> Callable[[ParsedCommand], Any]:
    """An item of an action whose fields have the names of the body's."""
    return lambda command: make(**carried(command), **dict(command.body))


def told_to(action: Callable[..., Sequence[GivenAnswer]], item: Callable[[ParsedCommand], Any]) -> RunCommands:
    """Commands of one person as one call of an action that takes `by, scope, community, items`."""

    def run(scope: Scope, commands: list[ParsedCommand]) -> Sequence[GivenAnswer]:
        if not commands:
            return []
        items = [item(command) for command in commands]
        return action(by=commands[0].by, scope=scope, community=commands[0].place, items=items)

    return run


@dataclass(frozen=True)
class PhoneCommand:
    """A command phones may send.

    `run` gets commands of this kind by one person, in the order in which the phone made them, and
    gives one answer each, in the same order. What lies outside the scope is answered with a refusal,
    or raises `NotFound` and is then refused by the door, item by item.
    `records` names what a body touches (ids as text): commands that touch the same record keep their
    order across kinds, all others may be put together by kind. None: order is kept with everything.
    """

    schema: type[BaseModel]
    run: RunCommands
    records: Callable[[Any], Iterable[str]] | None = None

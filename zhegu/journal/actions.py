"""The one way in: every write of every app passes through `once`."""

import json
import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import QuerySet

from zhegu.journal import chain
from zhegu.journal.models import Body, Entry
from zhegu.journal.rules import body_seal, canonical, fingerprint
from zhegu.lib import clock
from zhegu.lib.answers import Outcome
from zhegu.lib.scope import Actor
from zhegu.prepared.reading import prepared
from zhegu.prepared.writing import insert


@dataclass(frozen=True)
class Command:
    """What someone did: `ref` is made where they acted, `at` is when, `body` is plain JSON."""

    ref: UUID
    kind: str
    community: str
    by: Actor
    at: datetime
    body: dict[str, Any] = field(default_factory=dict)
    purpose: str = "operation"
    outbreak: UUID | None = None
    said: bytes = b""
    """The very bytes a phone signed, where there are any: they decide what counts as the same command."""

    @cached_property
    def fingerprint(self) -> bytes:
        said = self.said.decode() if self.said else self.body
        return fingerprint(chain.fingerprint_key(), self.kind, self.by.key, said)


@dataclass(frozen=True)
class Answer:
    """The final answer under a ref. `new` is False for a repeat."""

    ref: UUID
    status: str
    reason: str
    facts: dict[str, Any]
    new: bool = True

    @property
    def accepted(self) -> bool:
        return self.status == "accepted"


def _conflict(ref: UUID) -> Answer:
    return Answer(ref, "conflict", "journal.other_body", {}, new=False)


def _repeat(entry: Entry, command: Command) -> Answer:
    if bytes(entry.fingerprint) != command.fingerprint:
        return _conflict(command.ref)
    kept = json.loads(entry.answer)
    return Answer(command.ref, entry.status, kept["reason"], kept["facts"], new=False)


def _answered(commands: Sequence[Command]) -> dict[UUID, Entry]:
    refs = [c.ref for c in commands]
    found: dict[UUID, Entry] = {}
    for start in range(0, len(refs), 5000):
        found |= {entry.ref: entry for entry in _entries(refs[start : start + 5000])}
    return found


@prepared
def _entries(refs: Sequence[UUID]) -> QuerySet[Entry]:
    return Entry.objects.filter(ref__in=refs).only("ref", "kind", "fingerprint", "status", "answer")


def _record(commands: Sequence[Command], outcomes: Sequence[Outcome]) -> list[Answer]:
    """Journal rows for fresh commands and their outcomes, in one insert each."""
    arrived = clock.now()
    entries, bodies, answers = [], [], []
    for command, outcome in zip(commands, outcomes, strict=True):
        salt, body = secrets.token_bytes(16), canonical(command.body)
        answer = canonical({"reason": outcome.reason, "facts": outcome.facts}).decode()
        entries.append(
            Entry(
                ref=command.ref,
                kind=command.kind,
                community=command.community,
                actor=command.by.key,
                device=command.by.device,
                at=command.at,
                arrived=arrived,
                fingerprint=command.fingerprint,
                status=outcome.status,
                answer=answer,
                body_seal=body_seal(salt, command.purpose, command.outbreak, body),
            )
        )
        bodies.append(
            Body(
                ref=command.ref,
                purpose=command.purpose,
                outbreak=command.outbreak,
                salt=salt,
                content=body.decode(),
            )
        )
        answers.append(Answer(command.ref, outcome.status, outcome.reason, json.loads(answer)["facts"]))
    chain.append(entries)
    insert(bodies)
    return answers


def repeats(commands: Sequence[Command]) -> list[Answer | None]:
    """For each command whose ref was answered before, that answer; None for new ones. Nothing is written.

    For doors that know what was said before they know what it means: a command with `said` counts as
    the same whatever kind it was journalled as. The same ref with other words is a conflict.
    """
    kept = _answered(commands)
    return [
        _repeat(kept[one.ref], replace(one, kind=kept[one.ref].kind)) if one.ref in kept else None
        for one in commands
    ]


T = TypeVar("T")
GIVEN_UP = {"40P01", "40001"}
TRIES = 6


def in_one_piece(act: Callable[[], T]) -> T:
    """`act` in one transaction; from its start again where PostgreSQL gave it up for another (a deadlock).

    Within a transaction it is a part of that one, and the outermost tries again.
    """
    tries = 1 if connection.in_atomic_block else TRIES
    while True:
        tries -= 1
        try:
            with transaction.atomic():
                return act()
        except OperationalError as error:
            if not tries or getattr(error.__cause__, "sqlstate", "") not in GIVEN_UP:
                raise


Do = Callable[[list[Command]], Sequence[Outcome]]


def _all_at_once(fresh: list[Command], do: Do) -> list[Answer]:
    with transaction.atomic():
        return _record(fresh, do(fresh))


def _one_by_one(fresh: list[Command], do: Do) -> list[Answer]:
    """After an integrity error in a batch: each under its own savepoint, so one never blocks the rest.

    An item that still fails has lost a race; it is looked at once more against what now stands.
    """
    answers = []
    for command in fresh:
        try:
            answers.append(_all_at_once([command], do)[0])
        except IntegrityError:
            kept = _answered([command]).get(command.ref)
            answers.append(_repeat(kept, command) if kept else _all_at_once([command], do)[0])
    return answers


def once(commands: Sequence[Command], do: Do) -> list[Answer]:
    """Carries out each command exactly once and keeps its answer, in one transaction.

    `do` gets the fresh commands and gives one outcome each (Accepted or Refused), writing its effects.
    A ref that was answered before gets that answer again and `do` never sees it; the same ref with
    another body is a conflict and changes nothing. On an integrity error the batch is repeated item
    by item. Answers stand in the order of `commands`.
    """
    return _once(commands, do) if connection.in_atomic_block else in_one_piece(lambda: _once(commands, do))


def _once(commands: Sequence[Command], do: Do) -> list[Answer]:
    kept = _answered(commands)
    fresh: dict[UUID, Command] = {}
    for command in commands:
        if command.ref not in kept:
            fresh.setdefault(command.ref, command)
    todo = list(fresh.values())
    try:
        answers = _all_at_once(todo, do) if todo else []
    except IntegrityError:
        with transaction.atomic():
            answers = _one_by_one(todo, do)
    new = {answer.ref: answer for answer in answers}
    return [_answer_for(command, kept, fresh, new) for command in commands]


def _answer_for(
    command: Command, kept: dict[UUID, Entry], fresh: dict[UUID, Command], new: dict[UUID, Answer]
) -> Answer:
    if command.ref in kept:
        return _repeat(kept[command.ref], command)
    if fresh[command.ref].fingerprint != command.fingerprint:
        return _conflict(command.ref)
    return new[command.ref]


def destroy_bodies(refs: Iterable[UUID]) -> int:
    """The words of these entries are gone; the entries stay as empty shells and the chain still verifies."""
    wanted = list(refs)
    gone = 0
    for start in range(0, len(wanted), 500):
        gone += Body.objects.filter(ref__in=wanted[start : start + 500]).delete()[0]
    return gone

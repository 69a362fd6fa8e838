"""Journal kinds of this app, and what every command of it carries."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from zhegu.journal.actions import Command
from zhegu.lib.scope import Actor

PURPOSE = "sampling"
CHUNK = 5000
T = TypeVar("T")


class Happened(StrEnum):
    """What happened, in the past tense."""

    ROUND_OPENED = "sampling.round_opened"
    ROUND_CLOSED = "sampling.round_closed"
    TABLE_SEATED = "sampling.table_seated"
    GRID_CALLED = "sampling.grid_called"
    SAMPLE_TAKEN = "sampling.sample_taken"
    SAMPLE_UNDONE = "sampling.sample_undone"
    MISSING_NOTED = "sampling.missing_noted"
    EXCUSED = "sampling.person_excused"
    GONE_MARKED = "sampling.person_gone"
    PUT_BACK = "sampling.person_put_back"
    ADDED = "sampling.person_added"
    TABLE_REPORTED = "sampling.table_reported"
    TUBES_HANDED_OVER = "sampling.tubes_handed_over"
    RESULTS_RECORDED = "sampling.results_recorded"
    CARD_NAMED = "sampling.card_named"
    CONFLICT_SETTLED = "sampling.conflict_settled"


@dataclass(frozen=True, kw_only=True)
class Act:
    """What every item of a batch carries. `community` is the code the sender works for; `said` the
    signed bytes of a phone, `words` its body as it was sent (else the act's own)."""

    ref: UUID
    at: datetime
    community: str
    said: bytes = b""
    words: Mapping[str, Any] | None = field(default=None, hash=False)

    def plain(self) -> dict[str, Any]:
        """The act as plain JSON, for the journal."""
        raise NotImplementedError

    def command(self, kind: str, by: Actor, outbreak: UUID | None = None) -> Command:
        body = dict(self.words) if self.words is not None else self.plain()
        return Command(self.ref, kind, self.community, by, self.at, body, PURPOSE, outbreak, self.said)


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """Lists short enough for one query on either database."""
    whole = list(items)
    for start in range(0, len(whole), CHUNK):
        yield whole[start : start + CHUNK]

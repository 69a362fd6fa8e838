"""What outbreaks offer to phones: directives asked of those signed on there, to be read and done."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import StringConstraints
from typing_extensions import TypedDict

from zhegu.journal.actions import Answer
from zhegu.lib.phone import ClosedBody, ParsedCommand, PhoneCommand
from zhegu.lib.scope import NotFound, Scope
from zhegu.outbreaks import actions, queries
from zhegu.places.models import Place


class How(StrEnum):
    """What somebody says of a directive."""

    READ = "read"
    DONE = "done"
    UNDONE = "undone"


class DirectiveRow(TypedDict):
    """What an office above asks of `staff`; `name` is its title; `due`, `read_at` and `done_at` are '' where there is
    none."""

    id: str
    directive: str
    staff: str
    name: str
    issuer: str
    number: str
    words: str
    received: str
    due: str
    read_at: str
    done_at: str
    done: bool
    said: str


ROWS: dict[str, type] = {"directive": DirectiveRow}


def directive_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Those of an open outbreak that were not withdrawn."""
    try:
        rows = queries.my_directives(scope, community).filter(directive__outbreak__closed=None)
    except NotFound:
        return
    for row in rows:
        of = row.directive
        yield {
            "id": f"{of.pk}:{row.staff_id}", "directive": str(of.pk), "staff": str(row.staff_id), "name": of.title,
            "issuer": of.issuer, "number": of.number, "words": of.words, "received": of.received.isoformat(),
            "due": of.due.isoformat() if of.due else "", "read_at": row.read.isoformat() if row.read else "",
            "done_at": row.done.isoformat() if row.done else "", "done": row.done is not None, "said": row.said,
        }  # fmt: skip


TABLES = {"directive": directive_rows}


class MarkDirective(ClosedBody):
    """Whoever says it has read it, has done it (and what of it), or has not after all."""

    directive: UUID
    how: How
    said: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""


def mark(scope: Scope, commands: list[ParsedCommand]) -> list[Answer]:
    """Words of one person about directives asked of them."""
    return [_mark(scope, command) for command in commands]


def _mark(scope: Scope, command: ParsedCommand) -> Answer:
    said: MarkDirective = command.body
    row = queries.my_directive(scope, said.directive)
    who = {"by": command.by, "row": row, "at": command.at, "ref": command.ref, "sent": command.said}
    if said.how == How.DONE:
        return actions.mark_done(**who, said=said.said)
    return actions.mark_undone(**who) if said.how == How.UNDONE else actions.mark_read(**who)


COMMANDS = {"outbreaks.mark_directive": PhoneCommand(MarkDirective, mark, records=lambda body: [str(body.directive)])}

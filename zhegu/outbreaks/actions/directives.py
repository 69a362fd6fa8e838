"""Directives from above: given to people, read, done, withdrawn."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from zhegu.accounts.models import Staff
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.outbreaks.actions.kinds import Happened, command
from zhegu.outbreaks.models import Directive, DirectiveFor, Outbreak


@dataclass(frozen=True)
class NewDirective:
    """What is asked for, by whom, until when, and who is to read it."""

    issuer: str
    title: str
    received: date
    readers: tuple[Staff, ...]
    due: date | None = None
    number: str = ""
    words: str = ""

    @property
    def body(self) -> dict:
        """As it is journalled."""
        return {
            "issuer": self.issuer, "title": self.title, "number": self.number, "words": self.words,
            "received": self.received.isoformat(), "due": self.due.isoformat() if self.due else "",
            "readers": sorted(str(one.pk) for one in self.readers),
        }  # fmt: skip


def give_directive(*, by: Actor, outbreak: Outbreak, directive: NewDirective, at: datetime, ref: UUID) -> Answer:
    """It stands before those who are to read it; facts: `directive`.

    Refused: nobody who asks, no title, nobody to read it, due before it came, a closed outbreak.
    """

    def do(fresh: list) -> list[Outcome]:
        if refused := _wrong(outbreak, directive):
            return [refused]
        made = Directive.objects.create(
            id=ref, outbreak=outbreak, issuer=directive.issuer.strip()[:120], number=directive.number.strip()[:60],
            title=directive.title.strip()[:200], words=directive.words.strip(), received=directive.received,
            due=directive.due, at=at, by=by.key,
        )  # fmt: skip
        DirectiveFor.objects.bulk_create(DirectiveFor(directive=made, staff=one) for one in directive.readers)
        return [Accepted({"directive": str(ref)})]

    return journal.once([command(ref, Happened.DIRECTIVE_GIVEN, outbreak, by, at, directive.body)], do)[0]


def _wrong(outbreak: Outbreak, directive: NewDirective) -> Refused | None:
    if Outbreak.objects.filter(pk=outbreak.pk).exclude(closed=None).exists():
        return Refused("outbreaks.already_closed")
    if not directive.issuer.strip() or not directive.title.strip():
        return Refused("outbreaks.issuer_and_title")
    if not directive.readers:
        return Refused("outbreaks.readers_needed")
    if directive.due and directive.due < directive.received:
        return Refused("outbreaks.ends_too_early")
    return None


def mark_read(*, by: Actor, row: DirectiveFor, at: datetime, ref: UUID, sent: bytes = b"") -> Answer:
    """They have read it. Refused: that was so already, or it was withdrawn."""

    def do(fresh: list) -> list[Outcome]:
        done = DirectiveFor.objects.filter(pk=row.pk, read=None, directive__withdrawn=None).update(read=at)
        return [_said(row) if done else Refused("outbreaks.marked_already")]

    return journal.once([_marking(row, by, at, ref, Happened.DIRECTIVE_READ, sent)], do)[0]


def mark_done(*, by: Actor, row: DirectiveFor, said: str, at: datetime, ref: UUID, sent: bytes = b"") -> Answer:
    """What was asked of them is done (and so read). Refused: that was so already, or it was withdrawn."""

    def do(fresh: list) -> list[Outcome]:
        mine = DirectiveFor.objects.filter(pk=row.pk, done=None, directive__withdrawn=None)
        if not mine.exists():
            return [Refused("outbreaks.marked_already")]
        DirectiveFor.objects.filter(pk=row.pk, read=None).update(read=at)
        mine.update(done=at, said=said.strip()[:200])
        return [_said(row)]

    return journal.once([_marking(row, by, at, ref, Happened.DIRECTIVE_DONE, sent, said=said)], do)[0]


def mark_undone(*, by: Actor, row: DirectiveFor, at: datetime, ref: UUID, sent: bytes = b"") -> Answer:
    """It is not done after all. Refused: it was not said to be."""

    def do(fresh: list) -> list[Outcome]:
        changed = DirectiveFor.objects.filter(pk=row.pk).exclude(done=None).update(done=None)
        return [_said(row) if changed else Refused("outbreaks.marked_already")]

    return journal.once([_marking(row, by, at, ref, Happened.DIRECTIVE_REOPENED, sent)], do)[0]


def withdraw_directive(*, by: Actor, directive: Directive, at: datetime, ref: UUID) -> Answer:
    """Nobody is asked for it any more; who read it stays written. Refused: withdrawn already."""

    def do(fresh: list) -> list[Outcome]:
        done = Directive.objects.filter(pk=directive.pk, withdrawn=None).update(withdrawn=at)
        return [Accepted({"directive": str(directive.pk)}) if done else Refused("outbreaks.taken_back_already")]

    body = {"directive": str(directive.pk)}
    return journal.once([command(ref, Happened.DIRECTIVE_WITHDRAWN, directive.outbreak, by, at, body)], do)[0]


def _said(row: DirectiveFor) -> Accepted:
    return Accepted({"directive": str(row.directive_id), "staff": str(row.staff_id)})


def _marking(row: DirectiveFor, by: Actor, at: datetime, ref: UUID, kind: Happened, sent: bytes, **more: str) -> Command:
    """`sent`: the very bytes a phone signed."""
    body = {"directive": str(row.directive_id), "staff": str(row.staff_id), **more}
    return replace(command(ref, kind, row.directive.outbreak, by, at, body), said=sent)

"""Words about people on the roster: excused, why they have not come, gone, added, put back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.sampling.actions.counting import Counting
from zhegu.sampling.actions.kinds import Act, Happened
from zhegu.sampling.actions.roster import (
    lines_locked,
    may_touch,
    outbreak_of,
    round_of,
    rounds_named,
    stand,
    through_merges,
)
from zhegu.sampling.models import Conflict, Line, Round
from zhegu.sampling.rules import Excuse, Gone, MissingReason, Standing


@dataclass(frozen=True, kw_only=True)
class Word(Act):
    """Something said about one person in one round. `seen` is the line's version the speaker had before
    them ("" none); None where they did not say."""

    round: UUID
    person: UUID
    seen: str | None = None

    def plain(self) -> dict:
        return {"round": str(self.round), "person": str(self.person)}


@dataclass(frozen=True, kw_only=True)
class Excused(Word):
    """Need not be sampled in this round. `other` needs a note."""

    reason: Excuse
    note: str = ""

    def plain(self) -> dict:
        return {**super().plain(), "reason": self.reason, "note": self.note}


@dataclass(frozen=True, kw_only=True)
class Noted(Word):
    """Why they have not come; whether they were called, and when they said they would come."""

    reason: MissingReason
    called: bool = False
    comes_at: datetime | None = None
    note: str = ""

    def plain(self) -> dict:
        comes = self.comes_at.isoformat() if self.comes_at else None
        return {**super().plain(), "reason": self.reason, "called": self.called, "comes_at": comes, "note": self.note}


@dataclass(frozen=True, kw_only=True)
class MarkedGone(Word):
    """Moved away, or not to be found."""

    how: Gone

    def plain(self) -> dict:
        return {**super().plain(), "how": self.how}


def excuse(*, by: Actor, scope: Scope, items: Sequence[Excused]) -> list[Answer]:
    """Each is excused, with who said so; a swab that was taken still counts. Refused: outside the scope,
    a closed round, `other` without a note."""
    return _say(Happened.EXCUSED, by, scope, items, _excuse)


def note_missing(*, by: Actor, scope: Scope, items: Sequence[Noted]) -> list[Answer]:
    """It is known why each has not come, whether they were called and when they come. Refused: outside
    the scope, a closed round."""
    return _say(Happened.MISSING_NOTED, by, scope, items, _note)


def mark_gone(*, by: Actor, scope: Scope, items: Sequence[MarkedGone]) -> list[Answer]:
    """Each has moved away or cannot be found. Refused: outside the scope, a closed round."""
    return _say(Happened.GONE_MARKED, by, scope, items, _gone)


def put_back(*, by: Actor, scope: Scope, items: Sequence[Word]) -> list[Answer]:
    """Excuse and absence are taken back: each is due again, or done if a swab was taken."""
    return _say(Happened.PUT_BACK, by, scope, items, _back)


Change = Callable[[Line, Word, Actor], None]


def _excuse(line: Line, word: Excused, by: Actor) -> None:
    line.excuse, line.excuse_note, line.excused_by, line.excused_at = word.reason, word.note, by.key, word.at


def _gone(line: Line, word: MarkedGone, by: Actor) -> None:
    line.gone, line.gone_by, line.gone_at = word.how, by.key, word.at


def _note(line: Line, word: Noted, by: Actor) -> None:
    line.reason, line.reason_note, line.noted_by, line.noted_at = word.reason, word.note, by.key, word.at
    line.called, line.comes_at = line.called or word.called, word.comes_at


def _back(line: Line, word: Word, by: Actor) -> None:
    line.excuse, line.excuse_note, line.excused_by, line.excused_at = "", "", by.key, word.at
    line.gone, line.gone_by, line.gone_at = "", by.key, word.at


@dataclass(frozen=True)
class _Before:
    """What a line said on one matter before this word."""

    what: str
    said: str
    by: str
    at: datetime | None


def _before(line: Line, word: Word) -> _Before:
    if isinstance(word, Noted):
        return _Before("reason", line.reason, line.noted_by, line.noted_at)
    if isinstance(word, Excused):
        return _Before("excuse", line.excuse, line.excused_by, line.excused_at)
    if isinstance(word, MarkedGone):
        return _Before("gone", line.gone, line.gone_by, line.gone_at)
    return _Before("back", "", "", None)


def _said(word: Word) -> str:
    return str(word.how if isinstance(word, MarkedGone) else getattr(word, "reason", ""))


def _say(kind: str, by: Actor, scope: Scope, words: Sequence[Word], change: Change) -> list[Answer]:
    by_ref = {word.ref: word for word in words}
    rounds = rounds_named(word.round for word in words)

    def do(fresh: list[Command]) -> list[Outcome]:
        todo = [by_ref[command.ref] for command in fresh]
        lines, counting = through_merges(lines_locked, [(word.round, word.person) for word in todo]), Counting()
        outcomes = [_one(by, scope, round_of(rounds, w), lines.get((w.round, w.person)), w, change) for w in todo]
        touched = {id(line): line for line, _ in outcomes if line is not None}.values()
        for line in touched:
            stand(line, counting, sampled=line.standing == Standing.DONE)
        Line.objects.bulk_update(touched, FIELDS, batch_size=200)
        counting.write()
        return [outcome for _, outcome in outcomes]

    return journal.once([word.command(kind, by, outbreak_of(rounds, word)) for word in words], do)


FIELDS = [
    "standing", "excuse", "excuse_note", "excused_by", "excused_at", "gone", "gone_by", "gone_at", "reason",
    "reason_note", "called", "comes_at", "noted_by", "noted_at", "version",
]  # fmt: skip


def _one(
    by: Actor, scope: Scope, round_: Round | None, line: Line | None, word: Word, change: Change
) -> tuple[Line | None, Outcome]:
    if round_ is None or line is None or not may_touch(scope, round_, line.grid and line.grid.code):
        return None, Refused("sampling.not_found")
    if round_.closed_at and word.at > round_.closed_at:
        return None, Refused("sampling.round_closed")
    if isinstance(word, Excused) and word.reason == Excuse.OTHER and not word.note.strip():
        return None, Refused("sampling.note_needed")
    facts = {"line": str(line.pk)}
    before, knew = _before(line, word), _knew(line, word)
    older = before.at is not None and word.at < before.at and not (knew and word.seen is not None)
    if not knew and _disagrees(before, word, by, older):
        kept = _said(word) if older else before.said
        author, when = (by.key, word.at) if older else (before.by, before.at)
        Conflict.objects.create(id=word.ref, line=line, what=before.what, said=kept, by=author, at=when)
        facts["conflict"] = True
    if not older:
        change(line, word, by)
    # Who did not know of the words before theirs does not know of them afterwards either.
    line.version = word.ref if knew else uuid5(word.ref, str(line.version))
    return line, Accepted({**facts, "stands": not older})


def _disagrees(before: _Before, word: Word, by: Actor, older: bool) -> bool:
    """Whether something different was said before; of one's own words the later one counts."""
    if before.said == _said(word) or (older and before.by == by.key):
        return False
    return bool(before.said) or older


def _knew(line: Line, word: Word) -> bool:
    """Whether the speaker had every earlier word about this line before them, whatever their clock says."""
    if word.seen is None:
        before = _before(line, word)
        return before.at is None or word.at > before.at
    return word.seen == (str(line.version) if line.version else "")

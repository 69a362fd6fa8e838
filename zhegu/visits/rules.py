"""What a campaign asks at a door, what was said there, and what that makes of the door. Pure.

Everything said of a door is kept. What the door is follows from all of it, in whatever order it arrived: `door_of`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import count
from typing import Any
from uuid import UUID

WORKERS = ("office", "grid_worker", "unit_head")
"""Who goes from door to door, each in their own places."""
SEES = (*WORKERS, "leader")


class Kind(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"


class What(StrEnum):
    """What was said of a door."""

    VISIT = "visit"
    EXCUSE = "excuse"
    GONE = "gone"
    MISSING = "missing"
    BACK = "back"


class Standing(StrEnum):
    """Exactly one of these is true of every door of a campaign, as of everyone in a round (settled question 15)."""

    DONE = "done"
    EXCUSED = "excused"
    MISSING = "missing"
    MOVED = "moved"
    NOT_FOUND = "not_found"


class Excuse(StrEnum):
    """Why nobody need go there; `other` wants a note."""

    AWAY = "away"
    ILL = "ill"
    ELSEWHERE = "elsewhere"
    OTHER = "other"


class Gone(StrEnum):
    """Nobody lives there any more, or nobody finds it."""

    MOVED = "moved"
    NOT_FOUND = "not_found"


class MissingReason(StrEnum):
    """Why it was not done although somebody was there."""

    NOT_AT_HOME = "not_at_home"
    REFUSED = "refused"
    NEEDS_EXPLAINING = "needs_explaining"
    WILL_RETURN = "will_return"
    NO_WAY_THERE = "no_way_there"
    OTHER = "other"


SAID = {What.EXCUSE: Excuse, What.GONE: Gone, What.MISSING: MissingReason}
MOST_QUESTIONS = 20
MOST_CHOICES = 12
MOST_WORDS = 300
MOST_NUMBER = 10**6
CODE = re.compile(r"^q\d{1,2}$")


class BadQuestion(ValueError):
    """A question that cannot be asked; `reason` is a key of the text catalogue."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Question:
    """One question of a campaign; `choices` only where one is chosen."""

    code: str
    kind: Kind
    words: str
    words_bo: str = ""
    choices: tuple[str, ...] = ()

    @property
    def plain(self) -> dict[str, Any]:
        """As stored, and as phones are told."""
        return {
            "code": self.code, "kind": self.kind.value, "words": self.words, "words_bo": self.words_bo,
            "choices": list(self.choices),
        }  # fmt: skip


def question_of(plain: Mapping[str, Any]) -> Question:
    """A question as stored."""
    return Question(plain["code"], Kind(plain["kind"]), plain["words"], plain["words_bo"], tuple(plain["choices"]))


def read_questions(rows: Sequence[tuple[str, str, str, str]]) -> tuple[Question, ...]:
    """Rows of a form (words, words in Tibetan, kind, choices between commas) → questions; raises BadQuestion."""
    found = []
    for words, words_bo, kind, choices in rows:
        if not words.strip():
            continue
        if kind not in list(Kind):
            raise BadQuestion("visits.unknown_kind")
        parted = tuple(dict.fromkeys(part.strip()[:60] for part in re.split(r"[,，、;；\n]", choices) if part.strip()))
        if kind == Kind.CHOICE and not 2 <= len(parted) <= MOST_CHOICES:
            raise BadQuestion("visits.choices_needed")
        said = parted if kind == Kind.CHOICE else ()
        found.append(Question(f"q{len(found) + 1}", Kind(kind), words.strip()[:120], words_bo.strip()[:200], said))
    if len(found) > MOST_QUESTIONS:
        raise BadQuestion("visits.too_many_questions")
    return tuple(found)


MOST_CODES = 99


def renewed(
    asked: Sequence[Question], earlier: Sequence[Question], wanted: Sequence[Question]
) -> tuple[tuple[Question, ...], tuple[Question, ...]]:
    """(what is asked now, what was asked before and is not now); raises BadQuestion.

    A code means one question for ever: what is asked in other words, in another way or with other choices has a new
    code, so that an answer always belongs to the question it was given to. Its Tibetan words may change with it.
    """
    known = {_same(one): one.code for one in (*earlier, *asked)}
    if len({_same(one) for one in wanted}) < len(wanted):
        raise BadQuestion("visits.asked_twice")
    numbers = count(1 + max((int(code[1:]) for code in known.values()), default=0))
    now = tuple(replace(one, code=known.get(_same(one)) or f"q{next(numbers)}") for one in wanted)
    if any(int(one.code[1:]) > MOST_CODES for one in now):
        raise BadQuestion("visits.too_many_questions")
    codes = {one.code for one in now}
    return now, tuple(one for one in (*earlier, *asked) if one.code not in codes)


def _same(question: Question) -> tuple:
    return question.kind, question.words, question.choices


def fits(question: Question, answer: Any) -> bool:
    """Whether an answer is one of those the question allows; nothing said always is."""
    if answer is None or answer == "":
        return True
    if question.kind == Kind.YES_NO:
        return isinstance(answer, bool)
    if question.kind == Kind.NUMBER:
        return isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer <= MOST_NUMBER
    if question.kind == Kind.CHOICE:
        return answer in question.choices
    return isinstance(answer, str) and len(answer) <= MOST_WORDS


def answers_fit(questions: Iterable[Question], answers: Mapping[str, Any]) -> bool:
    """Whether every answer belongs to a question and is allowed."""
    asked = {question.code: question for question in questions}
    return all(code in asked and fits(asked[code], answer) for code, answer in answers.items())


@dataclass(frozen=True)
class Said:
    """One thing that was said of a door. `content` is all of it, to compare; `follows` what the speaker knew."""

    id: UUID
    what: What
    at: datetime
    by: str
    content: str
    follows: UUID | None = None
    is_out: bool = False
    """Taken back, or set aside by the office."""


@dataclass(frozen=True)
class Door:
    """What a door is: its standing, the visit and the word that count, and whether people disagree."""

    standing: Standing
    visit: UUID | None = None
    word: UUID | None = None
    missing: UUID | None = None
    clash: bool = False


def _heads(said: Sequence[Said]) -> list[Said]:
    """Those that nobody corrected: no one who knew of them, and not their own author, spoke again. Earliest first."""
    known = {one.follows for one in said if one.follows}
    last = {one.by: one for one in sorted(said, key=_when)}
    return [one for one in sorted(said, key=_when) if one.id not in known and last[one.by] is one]


def _when(said: Said) -> tuple:
    return said.at, str(said.id)


def _disagree(heads: Sequence[Said]) -> bool:
    return len({one.content for one in heads}) > 1


def door_of(everything: Iterable[Said]) -> Door:
    """What all that was said makes of a door. A visit outweighs every word; of two visits by people who did not
    know of each other the earlier one counts until the office has chosen, of two words the later one."""
    live = [one for one in everything if not one.is_out]
    visits = _heads([one for one in live if one.what == What.VISIT])
    words = _heads([one for one in live if one.what in (What.EXCUSE, What.GONE, What.BACK)])
    missing = _heads([one for one in live if one.what == What.MISSING])
    word = words[-1] if words else None
    return Door(
        _standing(visits, word), visits[0].id if visits else None, word.id if word else None,
        missing[-1].id if missing else None, _disagree(visits) or (not visits and _disagree(words)),
    )  # fmt: skip


def _standing(visits: Sequence[Said], word: Said | None) -> Standing:
    if visits:
        return Standing.DONE
    if word is None or word.what == What.BACK:
        return Standing.MISSING
    if word.what == What.EXCUSE:
        return Standing.EXCUSED
    return Standing.MOVED if word.content == Gone.MOVED else Standing.NOT_FOUND

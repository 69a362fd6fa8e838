"""What the pages of campaigns post, read into plain values; what cannot be read is refused in words."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict

from zhegu.care.actions import Category
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.visits.actions import NewCampaign, NewVisit, Word
from zhegu.visits.models import Door
from zhegu.visits.rules import MOST_NUMBER, MOST_WORDS, BadQuestion, Kind, Question, What, read_questions


def refuse(reason: str) -> RefusedError:
    """A refusal of this room, to be raised."""
    return RefusedError(Refused(reason if "." in reason else f"visits.{reason}"))


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise refuse("bad_date") from None


def moment(said: str, now: datetime) -> datetime:
    """A local date and time, now where nothing is said; never later than now."""
    try:
        at = datetime.fromisoformat(said).replace(tzinfo=clock.LOCAL) if said else now
    except ValueError:
        raise refuse("bad_date") from None
    if at > now:
        raise refuse("in_future")
    return at


def _count(said: str, most: int) -> int:
    tidy = said.strip() or "0"
    if not tidy.isdecimal() or int(tidy) > most:
        raise refuse("bad_number")
    return int(tidy)


def questions_of(post: QueryDict) -> tuple[Question, ...]:
    """What is asked, a row of the form each."""
    columns = (post.getlist("words"), post.getlist("words_bo"), post.getlist("kind"), post.getlist("choices"))
    try:
        return read_questions(list(zip(*columns, strict=False)))
    except BadQuestion as bad:
        raise refuse(bad.reason) from None


def campaign_of(post: QueryDict) -> NewCampaign:
    """A campaign with its questions, a row of the form each."""
    return NewCampaign(
        post.get("name", "")[:80], _day(post.get("starts_on", "")), _day(post.get("ends_on", "")), questions_of(post),
        post.get("name_bo", "")[:120], bool(post.get("masks")), post.get("advice", "")[:400],
    )  # fmt: skip


def _answer(question: Question, said: str) -> Any:
    if not said:
        return None
    if question.kind == Kind.YES_NO:
        return said == "yes"
    return _count(said, MOST_NUMBER) if question.kind == Kind.NUMBER else said[:MOST_WORDS]


def answers_in(questions: Iterable[Question], post: QueryDict) -> dict[str, Any]:
    """Answers that were given, by the question's code."""
    heard = {question.code: _answer(question, post.get(f"answer-{question.code}", "").strip()) for question in questions}
    return {code: answer for code, answer in heard.items() if answer is not None}


def _follows(said: str) -> UUID | None:
    try:
        return UUID(said) if said else None
    except ValueError:
        raise refuse("bad_request") from None


def visit_of(post: QueryDict, door: Door, ref: UUID, now: datetime) -> NewVisit:
    """A visit from paper, or told by somebody; it may be of an earlier moment."""
    return NewVisit(
        ref=ref, at=moment(post.get("at", ""), now), door=door.pk, follows=_follows(post.get("follows", "")),
        answers=answers_in(door.campaign.asked, post), masks=_count(post.get("masks", ""), 999),
        advised=bool(post.get("advised")), note=post.get("note", "")[:MOST_WORDS],
        care=tuple(one for one in Category if one in post.getlist("care")), care_words=post.get("care_words", "")[:MOST_WORDS],
        on_behalf=post.get("on_behalf", "")[:80], from_paper=True,
    )  # fmt: skip


def word_of(post: QueryDict, door: Door, ref: UUID, now: datetime) -> Word:
    """A word about the door: `excuse:ill`, `gone:moved`, `missing:refused` or `back:`."""
    what, _, code = post.get("word", "").partition(":")
    if what not in list(What) or what == What.VISIT:
        raise refuse("unknown_code")
    return Word(
        ref=ref, at=moment(post.get("at", ""), now), door=door.pk, what=What(what), code=code,
        note=post.get("note", "")[:MOST_WORDS], follows=_follows(post.get("follows", "")),
        on_behalf=post.get("on_behalf", "")[:80],
    )  # fmt: skip

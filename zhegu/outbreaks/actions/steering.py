"""Looking at an outbreak again: which phase holds, and what happens where nobody looks."""

from datetime import datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.outbreaks.actions.kinds import Happened, command
from zhegu.outbreaks.models import Outbreak, Review
from zhegu.outbreaks.rules import Phase


def review(*, by: Actor, outbreak: Outbreak, phase: Phase, why: str, at: datetime, ref: UUID) -> Answer:
    """That phase holds from then on, and somebody has looked; facts: `review`, `phase`.

    Refused: no reason, a closed outbreak, a moment before it opened.
    """
    words = why.strip()

    def do(fresh: list) -> list[Outcome]:
        now = Outbreak.objects.select_for_update().get(pk=outbreak.pk)
        if not words:
            return [Refused("outbreaks.why_needed")]
        if now.closed:
            return [Refused("outbreaks.already_closed")]
        if at < now.opened:
            return [Refused("outbreaks.before_opened")]
        Review.objects.create(id=ref, outbreak=now, phase=phase, why=words[:300], at=at, by=by.key)
        return [Accepted({"review": str(ref), "phase": phase.value})]

    body = {"outbreak": str(outbreak.id), "phase": phase.value, "why": words}
    return journal.once([command(ref, Happened.REVIEWED, outbreak, by, at, body)], do)[0]


def note_lapse(*, by: Actor, outbreak: Outbreak, last: datetime, at: datetime, ref: UUID) -> Answer:
    """It stands written that its restrictions have lapsed since nobody looked after `last`. That they have is a
    matter of days, not of this entry."""
    body = {"outbreak": str(outbreak.id), "last_review": last.isoformat()}

    def do(fresh: list) -> list[Outcome]:
        return [Accepted({"outbreak": str(outbreak.id)})]

    return journal.once([command(ref, Happened.LAPSED, outbreak, by, at, body)], do)[0]

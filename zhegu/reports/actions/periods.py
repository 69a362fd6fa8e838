"""A period's report: handed in, approved level by level until it is locked, sent back, corrected by a new version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.reports.actions.making import Happened
from zhegu.reports.models import Blank, PeriodReport, PeriodStep, Submission
from zhegu.reports.rules.periods import Period, Step, locks, waits_for, word_of

LONGEST = 200


@dataclass(frozen=True)
class HandingIn:
    """What is handed in for which period of a request; `reason` says why it is another version."""

    blank: Blank
    period: Period
    made: UUID
    reason: str = ""


def hand_in(*, by: Actor, community: Place, handing: HandingIn, at: datetime, ref: UUID) -> Answer:
    """The period has a new version, which waits for its first approval; facts: `report`, `no`.

    Refused: a file of another form; a second version without a reason.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        made = Submission.objects.filter(pk=handing.made, community=community, blank=handing.blank).first()
        if made is None:
            return [Refused("reports.period_other_form")]
        same = PeriodReport.objects.filter(blank=handing.blank, first=handing.period.first)
        last = same.aggregate(no=Max("no"))["no"] or 0
        if last and not handing.reason.strip():
            return [Refused("reports.period_say_why")]
        row = PeriodReport.objects.create(
            community=community, blank=handing.blank, first=handing.period.first, last=handing.period.last,
            no=last + 1, made=made, reason=handing.reason.strip()[:LONGEST], at=at, by=by.key,
        )  # fmt: skip
        PeriodStep.objects.create(report=row, step=Step.HANDED, at=at, by=by.key)
        return [Accepted({"report": str(row.pk), "no": row.no})]

    body = {
        "blank": str(handing.blank.pk), "first": str(handing.period.first), "made": str(handing.made),
        "reason": handing.reason,
    }  # fmt: skip
    return journal.once([Command(ref, Happened.PERIOD_HANDED_IN, community.code, by, at, body)], do)[0]


@dataclass(frozen=True)
class Word:
    """What somebody says of a version: approved at `level`, or sent back from there (`back`) and why."""

    report: PeriodReport
    level: Step
    through: Sequence[Step]
    back: bool = False
    words: str = ""


def decide(*, by: Actor, community: Place, word: Word, at: datetime, ref: UUID) -> Answer:
    """The version is approved at that level (the last one locks it), or sent back to the office.

    Refused: not this level's turn; a newer version is there; what one handed in oneself; sent back without a reason.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        row = PeriodReport.objects.select_for_update().get(pk=word.report.pk)
        taken = row.taken
        if row.locked_at or waits_for(taken, word.through) is not word.level:
            return [Refused("reports.period_not_its_turn")]
        if PeriodReport.objects.filter(blank=row.blank_id, first=row.first, no__gt=row.no).exists():
            return [Refused("reports.period_newer_version")]
        if not word.back and row.by == by.key:
            return [Refused("reports.period_own_report")]
        if word.back and not word.words.strip():
            return [Refused("reports.period_say_why")]
        step = Step.RETURNED if word.back else word_of(word.level, taken)
        PeriodStep.objects.create(report=row, step=step, words=word.words.strip()[:LONGEST], at=at, by=by.key)
        if locks([*taken, step], word.through):
            row.locked_at = at
            row.save(update_fields=["locked_at"])
        return [Accepted({"report": str(row.pk), "step": step})]

    body = {"report": str(word.report.pk), "level": word.level, "back": word.back, "words": word.words}
    return journal.once([Command(ref, Happened.PERIOD_DECIDED, community.code, by, at, body)], do)[0]

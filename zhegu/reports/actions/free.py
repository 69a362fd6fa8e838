"""Being free of an outbreak: things ticked with evidence, an application when all is met, its way up, and its end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.reports.actions.making import Happened
from zhegu.reports.models import FreeApplication, FreeStep, FreeTick
from zhegu.reports.rules.free import NEXT, Model, Step, Verdict, all_met


def tick(
    *, by: Actor, community: Place, model: Model, item: str, evidence: str, at: datetime, ref: UUID
) -> Answer:
    """The thing is done, and `evidence` says how one sees it. Refused: without evidence; what is not on the list."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if item not in model.items:
            return [Refused("reports.free_no_such_item")]
        if not evidence.strip():
            return [Refused("reports.free_no_evidence")]
        FreeTick.objects.update_or_create(
            community=community, model=model.id, item=item,
            defaults={"evidence": evidence.strip()[:300], "at": at, "by": by.key},
        )
        return [Accepted({"item": item})]

    body = {"model": model.id, "item": item, "evidence": evidence}
    return journal.once([Command(ref, Happened.FREE_TICKED, community.code, by, at, body)], do)[0]


def untick(*, by: Actor, community: Place, model: Model, item: str, at: datetime, ref: UUID) -> Answer:
    """The thing is not done after all."""

    def do(fresh: list[Command]) -> list[Outcome]:
        FreeTick.objects.filter(community=community, model=model.id, item=item).delete()
        return [Accepted({"item": item})]

    body = {"model": model.id, "item": item}
    return journal.once([Command(ref, Happened.FREE_UNTICKED, community.code, by, at, body)], do)[0]


@dataclass(frozen=True)
class Applying:
    """What is applied with: the outbreak, the criteria, and how each stood."""

    outbreak: Outbreak
    model: Model
    verdicts: Sequence[Verdict]
    last: Step | None = None
    """Where the application before stands."""

    @property
    def evidence(self) -> list[Mapping[str, Any]]:
        return [
            {"kind": one.criterion.kind, "met": one.met, **{key: str(value) for key, value in one.fact.items()}}
            for one in self.verdicts
        ]


def apply(*, by: Actor, community: Place, applying: Applying, at: datetime, ref: UUID) -> Answer:
    """The community applies, with its evidence as it stood. Refused: not all met; one is on its way already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not all_met(applying.verdicts):
            return [Refused("reports.free_not_met")]
        if applying.last in (Step.APPLIED, Step.REVIEWED, Step.FILED, Step.PUBLISHED):
            return [Refused("reports.free_on_its_way")]
        row = FreeApplication.objects.create(
            community=community, outbreak=applying.outbreak, model=applying.model.id, at=at, evidence=applying.evidence
        )
        FreeStep.objects.create(application=row, step=Step.APPLIED, at=at, by=by.key)
        return [Accepted({"application": str(row.pk)})]

    body = {"model": applying.model.id, "outbreak": str(applying.outbreak.pk), "evidence": applying.evidence}
    return journal.once([Command(ref, Happened.FREE_APPLIED, community.code, by, at, body)], do)[0]


@dataclass(frozen=True)
class Onward:
    """The next step of an application, and what is said with it."""

    application: FreeApplication
    stands: Step | None
    step: Step
    words: str = ""


def move_on(*, by: Actor, community: Place, onward: Onward, at: datetime, ref: UUID) -> Answer:
    """The application is a step further. Refused: a step that does not follow; sent back or ended without words."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if onward.stands is None or onward.step not in NEXT[onward.stands]:
            return [Refused("reports.free_wrong_step")]
        if onward.step in (Step.RETURNED, Step.REVOKED) and not onward.words.strip():
            return [Refused("reports.free_say_why")]
        FreeStep.objects.create(
            application=onward.application, step=onward.step, words=onward.words.strip()[:300], at=at, by=by.key
        )
        return [Accepted({"application": str(onward.application.pk), "step": onward.step})]

    body = {"application": str(onward.application.pk), "step": onward.step, "words": onward.words}
    return journal.once([Command(ref, Happened.FREE_MOVED_ON, community.code, by, at, body)], do)[0]

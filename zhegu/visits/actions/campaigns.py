"""Campaigns: the roster of doors is frozen when one opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Max

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.outbreaks import queries as outbreaks
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.registers.models import Presence
from zhegu.visits.actions.kinds import PURPOSE, Happened
from zhegu.visits.actions.saying import settle
from zhegu.visits.models import Campaign, Door, Said
from zhegu.visits.rules import BadQuestion, Excuse, Question, What, renewed

SCOPE = Scope.everything("a campaign goes to every door of the community")


@dataclass(frozen=True)
class NewCampaign:
    """A campaign as the office describes it."""

    name: str
    starts_on: date
    ends_on: date
    questions: tuple[Question, ...] = ()
    name_bo: str = ""
    masks: bool = False
    advice: str = ""

    @property
    def body(self) -> dict:
        """As it is journalled."""
        return {
            "name": self.name, "name_bo": self.name_bo, "starts_on": self.starts_on.isoformat(), "masks": self.masks,
            "ends_on": self.ends_on.isoformat(), "questions": [one.plain for one in self.questions], "advice": self.advice,
        }  # fmt: skip


def _wrong(campaign: NewCampaign) -> Refused | None:
    if not campaign.name.strip():
        return Refused("visits.name_needed")
    if campaign.ends_on < campaign.starts_on:
        return Refused("visits.ends_too_early")
    if not (campaign.questions or campaign.masks or campaign.advice.strip()):
        return Refused("visits.nothing_to_do")
    return None


def open_campaign(*, by: Actor, community: Place, campaign: NewCampaign, at: datetime, ref: UUID) -> Answer:
    """Every household that somebody belongs to, and everybody without one, is a door of it; households of which
    all are away begin excused. Facts: `campaign`, `no`, `doors`. Refused: no name, an end before the start,
    nothing to ask, give or say."""
    outbreak = outbreaks.open_outbreak(SCOPE, community)

    def do(fresh: list[Command]) -> list[Outcome]:
        if refused := _wrong(campaign):
            return [refused]
        last = Campaign.objects.select_for_update().filter(community=community).aggregate(no=Max("no"))["no"] or 0
        made = Campaign.objects.create(
            id=ref, community=community, outbreak=outbreak, no=last + 1, name=campaign.name.strip(),
            name_bo=campaign.name_bo.strip(), questions=[one.plain for one in campaign.questions], masks=campaign.masks,
            advice=campaign.advice.strip(), starts_on=campaign.starts_on, ends_on=campaign.ends_on, opened_at=at,
            opened_by=by.key,
        )  # fmt: skip
        doors = _freeze(made)
        _excuse_the_away(made, doors, by, at)
        return [Accepted({"campaign": str(ref), "no": made.no, "doors": len(doors)})]

    command = Command(ref, Happened.OPENED, community.code, by, at, campaign.body, PURPOSE, outbreak and outbreak.pk)
    return journal.once([command], do)[0]


def _freeze(campaign: Campaign) -> list[Door]:
    houses = registers.households(SCOPE, campaign.community).filter(size__gt=0)
    alone = registers.people(SCOPE, campaign.community).filter(household=None)
    doors = [
        Door(campaign=campaign, household=one, grid=one.grid, unit=one.unit, people=one.size, order=one.order)
        for one in houses
    ]  # fmt: skip
    doors += [Door(campaign=campaign, person=one, grid=one.grid, people=1) for one in alone]
    return Door.objects.bulk_create(doors, batch_size=500)


def _excuse_the_away(campaign: Campaign, doors: list[Door], by: Actor, at: datetime) -> None:
    here = registers.people(SCOPE, campaign.community, registers.Wanted(presence=Presence.HERE)).order_by()
    houses = set(here.exclude(household=None).values_list("household", flat=True))
    alone = set(here.filter(household=None).values_list("pk", flat=True))
    away = [door for door in doors if door.household_id not in houses and door.person_id not in alone]
    Said.objects.bulk_create(
        [Said(id=new_id(), door=door, what=What.EXCUSE, at=at, by=by.key, code=Excuse.AWAY) for door in away],
        batch_size=500,
    )
    settle(away)


def change_questions(
    *, by: Actor, campaign: Campaign, questions: Sequence[Question], at: datetime, ref: UUID
) -> Answer:
    """From now on these are asked; facts: `version`. What was answered stays with the question it was given to, also
    where that is asked no more, and a phone that does not know of it yet may still deliver.

    Refused: a closed campaign, the same question twice, too many over all versions, nothing left to ask, give or say.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        row = Campaign.objects.select_for_update().get(pk=campaign.pk)
        if row.closed_at:
            return [Refused("visits.closed")]
        if not (questions or row.masks or row.advice):
            return [Refused("visits.nothing_to_do")]
        try:
            now, earlier = renewed(row.asked, row.no_more_asked, questions)
        except BadQuestion as bad:
            return [Refused(bad.reason)]
        if now != row.asked:
            row.questions, row.earlier = [one.plain for one in now], [one.plain for one in earlier]
            row.version += 1
            row.save(update_fields=["questions", "earlier", "version"])
        return [Accepted({"campaign": str(row.pk), "version": row.version})]

    body = {"campaign": str(campaign.pk), "questions": [{**one.plain, "code": ""} for one in questions]}
    command = Command(ref, Happened.QUESTIONS_CHANGED, campaign.community.code, by, at, body, PURPOSE, campaign.outbreak_id)
    return journal.once([command], do)[0]


def close_campaign(*, by: Actor, campaign: Campaign, at: datetime, ref: UUID) -> Answer:
    """Nobody goes there any more; what phones still hold of before is taken. Refused: it is closed."""

    def do(fresh: list[Command]) -> list[Outcome]:
        done = Campaign.objects.filter(pk=campaign.pk, closed_at=None).update(closed_at=at)
        return [Accepted({"campaign": str(campaign.pk)}) if done else Refused("visits.closed")]

    return _once(Happened.CLOSED, campaign, by, at, ref, do)


def reopen_campaign(*, by: Actor, campaign: Campaign, at: datetime, ref: UUID) -> Answer:
    """Closing was a mistake. Refused: it is open."""

    def do(fresh: list[Command]) -> list[Outcome]:
        done = Campaign.objects.filter(pk=campaign.pk).exclude(closed_at=None).update(closed_at=None)
        return [Accepted({"campaign": str(campaign.pk)}) if done else Refused("visits.open_already")]

    return _once(Happened.REOPENED, campaign, by, at, ref, do)


def _once(kind: Happened, campaign: Campaign, by: Actor, at: datetime, ref: UUID, do: journal.Do) -> Answer:
    body = {"campaign": str(campaign.pk)}
    command = Command(ref, kind, campaign.community.code, by, at, body, PURPOSE, campaign.outbreak_id)
    return journal.once([command], do)[0]

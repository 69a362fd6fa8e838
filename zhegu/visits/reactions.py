"""A door of somebody without a household is that of the person who is shown, of two rows of one."""

import json
from collections.abc import Iterable
from uuid import UUID, uuid5

from zhegu.journal.models import Entry
from zhegu.lib.scope import Actor, Scope
from zhegu.registers import queries as registers
from zhegu.registers.actions import Follows, Happened, follow_merge, follow_parting
from zhegu.visits import actions
from zhegu.visits.models import Campaign, Door, Said
from zhegu.visits.rules import Excuse, Standing, What

REGISTER = Actor.system("register")
SCOPE = Scope.everything("open campaigns follow what the register has learned")
LIVE = (Standing.DONE, Standing.MISSING)
"""Somebody was at such a door, or will be: only for one of these may another be over."""


def _has_a_door(row: Door, to: UUID) -> bool:
    """Both doors stay in the campaign, whose sum is that of its freezing; `merged` says which is to be visited."""
    return Door.objects.filter(campaign=row.campaign_id, person=to).exists()


def _of(row: Door, lang: str) -> str:
    return (lang == "bo" and row.campaign.name_bo) or row.campaign.name


FOLLOWING = (
    Follows(Door.objects.select_related("campaign").all, stays=_has_a_door, says=_of),
)


def merged(entry: Entry) -> None:
    """In a campaign that is open nobody is visited at two doors: of two where nobody was yet (their own, or their own and
    their household's) one is over, `elsewhere`. It stays in the campaign with that word, and so does its visit where both
    were visited: then people choose."""
    follow_merge(entry, FOLLOWING)
    merge, kept, dropped = _facts(entry)
    house = registers.person(SCOPE, kept).household
    for campaign in Campaign.objects.filter(closed_at=None, doors__person__in=[kept, dropped]).distinct():
        own = list(campaign.doors.filter(person__in=[kept, dropped]))
        shared = campaign.doors.filter(household=house).first() if house else None
        own.sort(key=lambda door: (door.standing != Standing.DONE, door.person_id != kept))
        first = next((door for door in [shared, *own] if door and door.standing in LIVE), None)
        _close(entry, merge, campaign, [door for door in own if door != first and door.standing == Standing.MISSING])


def _close(entry: Entry, merge: UUID, campaign: Campaign, doors: Iterable[Door]) -> None:
    items = [
        actions.Word(ref=uuid5(merge, str(door.pk)), at=entry.at, door=door.pk, what=What.EXCUSE, code=Excuse.ELSEWHERE, follows=door.word)
        for door in doors
    ]  # fmt: skip
    if items:
        actions.say_words(by=REGISTER, scope=SCOPE, community=campaign.community, items=items)


def parted(entry: Entry) -> None:
    """Two people after all: their doors go back, and whichever was over for the merge is to be visited again."""
    follow_parting(entry, FOLLOWING)
    merge, kept, dropped = _facts(entry)
    doors = Door.objects.filter(person__in=[kept, dropped]).select_related("campaign__community")
    for door in doors:
        word = uuid5(merge, str(door.pk))
        if Said.objects.filter(pk=word, undone=None).exists():
            item = actions.UndoSaid(ref=uuid5(word, "parted"), at=entry.at, said_id=word)
            actions.undo_said(by=REGISTER, scope=SCOPE, community=door.campaign.community, items=[item])


def _facts(entry: Entry) -> tuple[UUID, UUID, UUID]:
    facts = json.loads(entry.answer)["facts"]
    return UUID(facts["merge"]), UUID(facts["kept"]), UUID(facts["dropped"])


REACTIONS = {Happened.PEOPLE_MERGED: (merged,), Happened.MERGE_UNDONE: (parted,)}

"""A home that was forgotten, or moved in since, is put on the list of an open distribution."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.handouts.actions.kinds import PURPOSE, Happened
from zhegu.handouts.models import Handout, Share
from zhegu.handouts.rules import due
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.registers import queries as registers

SCOPE = Scope.everything("whoever belongs to the community may be put on the list of its distribution")


@dataclass(frozen=True)
class AddShare:
    """This household, or this person who belongs to none."""

    ref: UUID
    household: UUID | None = None
    person: UUID | None = None


@dataclass(frozen=True)
class DropShare:
    """It was put on the list by mistake."""

    ref: UUID
    share: UUID


def add_shares(*, by: Actor, handout: Handout, items: Sequence[AddShare], at: datetime) -> list[Answer]:
    """Each has a share as it stands now; facts: `share`. Refused: it is closed, nobody lives there or they are not of this
    community, they are on the list."""
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        row = Handout.objects.select_for_update().get(pk=handout.pk)
        return [_add(by, row, by_ref[one.ref], at) for one in fresh]

    return journal.once([_command(Happened.ADDED, handout, by, at, i.ref, household=i.household, person=i.person) for i in items], do)


def _command(kind: Happened, handout: Handout, by: Actor, at: datetime, ref: UUID, **body: UUID | None) -> Command:
    said = {"handout": str(handout.pk)} | {name: str(value or "") for name, value in body.items()}
    return Command(ref, kind, handout.community.code, by, at, said, PURPOSE, handout.outbreak_id)


def _add(by: Actor, handout: Handout, item: AddShare, at: datetime) -> Outcome:
    if handout.closed_at:
        return Refused("handouts.closed")
    found = _share(handout, item)
    if found is None:
        return Refused("handouts.unknown_home")
    rows = Share.objects.select_for_update(of=("self",))
    before = rows.filter(handout=handout, household=found.household, person=found.person).first()
    if before and (before.dropped is None or before.given_id):
        return Refused("handouts.on_the_list")
    found.pk = before.pk if before else found.pk
    found.added, found.added_by = at, by.key
    found.save(force_insert=before is None, force_update=before is not None)
    return Accepted({"share": str(found.pk)})


def _share(handout: Handout, item: AddShare) -> Share | None:
    if item.household:
        home = registers.households(SCOPE, handout.community).filter(pk=item.household, size__gt=0).first()
        amount = due(handout.per, handout.amount, home.size) if home else 0
        return home and Share(handout=handout, household=home, grid=home.grid, order=home.order, people=home.size, amount=amount)
    who = registers.people(SCOPE, handout.community).filter(pk=item.person, household=None).first()
    return who and Share(handout=handout, person=who, grid=who.grid, people=1, amount=handout.amount)


def drop_shares(*, by: Actor, handout: Handout, items: Sequence[DropShare], at: datetime) -> list[Answer]:
    """They are off the list again. Refused: it is closed, they stood on it when it opened, or something was ever handed out to
    them."""
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        row = Handout.objects.select_for_update().get(pk=handout.pk)
        return [_drop(row, by_ref[one.ref], at) for one in fresh]

    return journal.once([_command(Happened.DROPPED, handout, by, at, i.ref, share=i.share) for i in items], do)


def _drop(handout: Handout, item: DropShare, at: datetime) -> Outcome:
    if handout.closed_at:
        return Refused("handouts.closed")
    row = Share.objects.select_for_update(of=("self",)).filter(handout=handout, pk=item.share, dropped=None).exclude(added=None).first()
    if row is None:
        return Refused("handouts.not_added")
    if row.all_given.exists():
        return Refused("handouts.had_before")
    row.dropped = at
    row.save(update_fields=["dropped"])
    return Accepted({"share": str(item.share)})

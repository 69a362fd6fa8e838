"""Somebody is put in charge of a household, or no longer is."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from zhegu.accounts.models import Staff
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.registers.models import Household
from zhegu.responsibility.models import Keeper


class Happened(StrEnum):
    """Journal kinds of this app."""

    PUT_IN_CHARGE = "responsibility.put_in_charge"
    KEEPER_ENDED = "responsibility.keeper_ended"


def put_in_charge(*, by: Actor, household: Household, staff: Staff, at: datetime, ref: UUID) -> Answer:
    """They answer for the household from then on; facts: `keeper`. Refused: they do so already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if Keeper.objects.filter(household=household, staff=staff, until=None).exists():
            return [Refused("responsibility.already")]
        Keeper.objects.create(id=ref, household=household, staff=staff, since=at, given_by=by.key)
        return [Accepted({"keeper": str(ref)})]

    body = {"household": str(household.pk), "staff": str(staff.pk)}
    return journal.once([Command(ref, Happened.PUT_IN_CHARGE, household.community.code, by, at, body)], do)[0]


def end_keeper(*, by: Actor, keeper: Keeper, at: datetime, ref: UUID) -> Answer:
    """They answer for it no longer; that they did stays written. Refused: that was so already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        done = Keeper.objects.filter(pk=keeper.pk, until=None).update(until=at)
        return [Accepted({"keeper": str(keeper.pk)}) if done else Refused("responsibility.ended_already")]

    body = {"keeper": str(keeper.pk)}
    command = Command(ref, Happened.KEEPER_ENDED, keeper.household.community.code, by, at, body)
    return journal.once([command], do)[0]

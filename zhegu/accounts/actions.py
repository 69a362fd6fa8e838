"""Staff and their roles; and the record of who looked."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from zhegu.accounts.models import Look, LookSubject, Role, RoleGrant, Staff, WrongPassword
from zhegu.accounts.rules import window_began
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place


class Happened(StrEnum):
    """Journal kinds of this app."""

    STAFF_ADDED = "accounts.staff_added"
    ROLE_GIVEN = "accounts.role_given"
    ROLE_TAKEN = "accounts.role_taken"
    PASSWORD_SET = "accounts.password_set"  # noqa: S105


def add_staff(
    *, by: Actor, community: Place, username: str, name: str, password: str, name_bo: str = "",
    at: datetime, ref: UUID,
) -> Answer:
    """Someone can log in. Refused: the log-in name is taken. The password never enters the journal."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if Staff.objects.filter(username=username).exists():
            return [Refused("accounts.username_taken")]
        staff = Staff(username=username, name=name, name_bo=name_bo)
        staff.set_password(password)
        staff.save()
        return [Accepted({"staff": str(staff.id)})]

    body = {"username": username, "name": name, "name_bo": name_bo}
    return journal.once([Command(ref, Happened.STAFF_ADDED, community.code, by, at, body)], do)[0]


def give_role(*, by: Actor, staff: Staff, role: Role, place: Place, at: datetime, ref: UUID) -> Answer:
    """The person holds the role at the place; giving it twice changes nothing."""

    def do(fresh: list[Command]) -> list[Outcome]:
        RoleGrant.objects.get_or_create(
            staff=staff, role=role, place=place, until=None, defaults={"since": at, "given_by": by.key}
        )
        return [Accepted({"staff": str(staff.id)})]

    body = {"staff": str(staff.id), "role": role, "place": place.code}
    return journal.once([Command(ref, Happened.ROLE_GIVEN, place.community_code, by, at, body)], do)[0]


def take_role(*, by: Actor, grant: RoleGrant, at: datetime, ref: UUID) -> Answer:
    """The person no longer holds the role there."""

    def do(fresh: list[Command]) -> list[Outcome]:
        RoleGrant.objects.filter(pk=grant.pk, until=None).update(until=at)
        return [Accepted({"staff": str(grant.staff_id)})]

    body = {"staff": str(grant.staff_id), "role": grant.role, "place": grant.place.code}
    return journal.once([Command(ref, Happened.ROLE_TAKEN, grant.place.community_code, by, at, body)], do)[0]


def record_look(
    scope: Scope, *, community: str, screen: str, fields: Iterable[str], people: Iterable[UUID],
    at: datetime, reason: str = "",
) -> Look:
    """One row for one screen of sensitive values, with everyone whose values were on it."""
    look = Look.objects.create(
        actor=scope.actor.key, community=community, at=at, screen=screen, reason=reason,
        fields=",".join(sorted(fields)),
    )
    LookSubject.objects.bulk_create(LookSubject(look=look, person=person) for person in people)
    return look


def note_wrong_password(*, username: str, address: str, at: datetime) -> None:
    """A failed log-in counts towards the lock; those past the window are forgotten."""
    WrongPassword.objects.filter(at__lt=window_began(at)).delete()
    WrongPassword.objects.create(username=username[:40].lower(), address=address, at=at)

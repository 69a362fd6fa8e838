"""Staff and their roles; the phones they work on; and the record of who looked."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from zhegu.accounts import rules
from zhegu.accounts.models import (
    Capacity,
    Device,
    Enrolment,
    Look,
    LookSubject,
    Role,
    RoleGrant,
    ServesAs,
    Staff,
    StaffCode,
    StaffKey,
    WrongPassword,
)
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
    STAFF_LEFT = "accounts.staff_left"
    PHONE_INVITED = "accounts.phone_invited"
    PHONE_ENROLLED = "accounts.phone_enrolled"
    PHONE_REVOKED = "accounts.phone_revoked"
    PHONE_WRITTEN_OFF = "accounts.phone_written_off"
    STAFF_CODES_MADE = "accounts.staff_codes_made"
    SIGNED_ON = "accounts.signed_on"
    LOCKED_OUT = "accounts.locked_out"
    SERVES_AS = "accounts.serves_as"
    TEAM_KEPT = "accounts.team_kept"
    TEAM_ENDED = "accounts.team_ended"


def add_staff(
    *, by: Actor, community: Place, username: str, name: str, password: str, name_bo: str = "",
    role: Role | None = None, place: Place | None = None, at: datetime, ref: UUID,
) -> Answer:
    """Someone can log in, and holds the role at the place (the community where none is named) if one is given.

    Refused: the log-in name is taken; a role above the communities that is not one of those there. The password never
    enters the journal.
    """
    where = place or community

    def do(fresh: list[Command]) -> list[Outcome]:
        if Staff.objects.filter(username=username).exists():
            return [Refused("accounts.username_taken")]
        if role and not rules.may_be_held(role, where.code):
            return [Refused("accounts.role_above")]
        staff = Staff(username=username, name=name, name_bo=name_bo)
        staff.set_password(password)
        staff.save()
        if role:
            RoleGrant.objects.create(staff=staff, role=role, place=where, since=at, given_by=by.key)
        return [Accepted({"staff": str(staff.id)})]

    body = {"username": username, "name": name, "name_bo": name_bo}
    if role:
        body |= {"role": role, "place": where.code}
    return journal.once([Command(ref, Happened.STAFF_ADDED, community.code, by, at, body)], do)[0]


def give_role(*, by: Actor, staff: Staff, role: Role, place: Place, at: datetime, ref: UUID) -> Answer:
    """The person holds the role at the place; giving it twice changes nothing. Refused: a role above the communities that
    is not one of those there."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not rules.may_be_held(role, place.code):
            return [Refused("accounts.role_above")]
        RoleGrant.objects.get_or_create(
            staff=staff, role=role, place=place, until=None, defaults={"since": at, "given_by": by.key}
        )
        return [Accepted({"staff": str(staff.id)})]

    body = {"staff": str(staff.id), "role": role, "place": place.code}
    return journal.once([Command(ref, Happened.ROLE_GIVEN, place.community_code, by, at, body)], do)[0]


def serve_as(
    *, by: Actor, community: Place, staff: Staff, serves_as: ServesAs, at: datetime, ref: UUID
) -> Answer:
    """From now on the person is counted among those who serve so."""

    def do(fresh: list[Command]) -> list[Outcome]:
        Capacity.objects.create(staff=staff, serves_as=serves_as, since=at)
        return [Accepted({"staff": str(staff.id)})]

    body = {"staff": str(staff.id), "serves_as": serves_as}
    return journal.once([Command(ref, Happened.SERVES_AS, community.code, by, at, body)], do)[0]


def take_role(*, by: Actor, grant: RoleGrant, at: datetime, ref: UUID) -> Answer:
    """The person no longer holds the role there. Refused: nobody would be left in the office."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if grant.role == Role.OFFICE and _last_in_office(grant.staff_id, grant.place.code):
            return [Refused("accounts.last_in_office")]
        RoleGrant.objects.filter(pk=grant.pk, until=None).update(until=at)
        return [Accepted({"staff": str(grant.staff_id)})]

    body = {"staff": str(grant.staff_id), "role": grant.role, "place": grant.place.code}
    return journal.once([Command(ref, Happened.ROLE_TAKEN, grant.place.community_code, by, at, body)], do)[0]


def _last_in_office(staff_id: UUID, place_code: str) -> bool:
    """Whether the place would be without anyone who can give roles."""
    others = RoleGrant.objects.filter(role=Role.OFFICE, until=None, place__code=place_code, staff__is_active=True)
    return not others.exclude(staff=staff_id).exists()


def set_password(
    *, by: Actor, community: Place, staff: Staff, password: str, at: datetime, ref: UUID
) -> Answer:
    """The person logs in with this password from now on; their open sessions end."""

    def do(fresh: list[Command]) -> list[Outcome]:
        staff.set_password(password)
        staff.save(update_fields=["password"])
        return [Accepted({"staff": str(staff.id)})]

    body = {"staff": str(staff.id)}
    return journal.once([Command(ref, Happened.PASSWORD_SET, community.code, by, at, body)], do)[0]


def leave(*, by: Actor, community: Place, staff: Staff, at: datetime, ref: UUID) -> Answer:
    """The person holds no role in the community any more and is locked out of its phones.

    Whoever holds none anywhere cannot log in. Refused: leaving oneself.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        if by == staff.actor:
            return [Refused("accounts.not_oneself")]
        RoleGrant.objects.filter(staff=staff, until=None, place__code__startswith=community.code).update(until=at)
        StaffKey.objects.filter(staff=staff, device__community=community, revoked=None).update(revoked=at)
        if not RoleGrant.objects.filter(staff=staff, until=None).exists():
            Staff.objects.filter(pk=staff.pk).update(is_active=False)
        return [Accepted({"staff": str(staff.id)})]

    body = {"staff": str(staff.id)}
    return journal.once([Command(ref, Happened.STAFF_LEFT, community.code, by, at, body)], do)[0]


# --- phones


def invite_phone(*, by: Actor, community: Place, at: datetime, ref: UUID) -> Answer:
    """One phone may join within 30 minutes with `Enrolment.token` (scanned) or `.code` (typed)."""

    def do(fresh: list[Command]) -> list[Outcome]:
        made = Enrolment(community=community, made_by=by.key, made_at=at, expires=at + rules.ENROLMENT_LASTS)
        made.token_hash, made.code_hash = rules.hashed(made.token), rules.hashed(made.code)
        made.save()
        return [Accepted({"enrolment": str(made.id)})]

    return journal.once([Command(ref, Happened.PHONE_INVITED, community.code, by, at, {})], do)[0]


def _invitation(shown: str) -> Enrolment | None:
    try:
        wanted = {"code_hash": rules.hashed(rules.read_short_code(shown))}
    except rules.BadCode:
        wanted = {"token_hash": rules.hashed(shown)}
    return Enrolment.objects.select_for_update().filter(**wanted).select_related("community").first()


def enrol_phone(
    *, shown: str, name: str, token: str, asked_by: str, at: datetime, ref: UUID
) -> Answer | None:
    """A phone belongs to the community that invited it, under the next free table number.

    `shown` is what was scanned or typed, `token` what the phone will show from now on, `asked_by` the phone's own reference: with it the same phone
    may ask again, when the answer was lost, until it is first heard of. None: nobody was invited with
    this. Refused: the invitation has expired, or another phone used it.
    """
    with transaction.atomic():
        invitation = _invitation(shown)
        if invitation is None:
            return None
        if again := _asked_again(invitation, asked_by, token):
            return Answer(ref, "accepted", "", _enrolled(again), new=False)

        def do(fresh: list[Command]) -> list[Outcome]:
            if invitation.device_id:
                return [Refused("accounts.invitation_used")]
            if at >= invitation.expires:
                return [Refused("accounts.invitation_expired")]
            device = _new_device(invitation, name, token, at)
            Enrolment.objects.filter(pk=invitation.pk).update(device=device, asked_by=asked_by)
            return [Accepted(_enrolled(device))]

        by = Actor("invitation", str(invitation.id))
        body = {"name": name, "invited_by": invitation.made_by}
        return journal.once([Command(ref, Happened.PHONE_ENROLLED, invitation.community.code, by, at, body)], do)[0]


def _enrolled(device: Device) -> dict:
    return {"device": str(device.id), "table_no": device.table_no}


def _asked_again(invitation: Enrolment, asked_by: str, token: str) -> Device | None:
    """The device of a phone whose first answer was lost, with its new token."""
    if not asked_by or asked_by != invitation.asked_by:
        return None
    waiting = Device.objects.filter(pk=invitation.device_id, last_seen=None)
    return waiting.first() if waiting.update(**_kept_of(token)) else None


def _kept_of(token: str) -> dict:
    """What is kept of a token: its hash, and a beginning by which people can tell it from another."""
    return {"token_hash": rules.hashed(token), "token_prefix": token[:6]}


def _new_device(invitation: Enrolment, name: str, token: str, at: datetime) -> Device:
    known = Device.objects.filter(community=invitation.community)
    table_no = (known.aggregate(last=Max("table_no"))["last"] or 0) + 1
    return Device.objects.create(
        community=invitation.community, name=name or str(table_no), table_no=table_no,
        enrolled_by=invitation.made_by, enrolled_at=at, expires=at + rules.DEVICE_LASTS, **_kept_of(token),
    )


def make_staff_codes(
    *, by: Actor, community: Place, staff: Iterable[Staff], at: datetime, ref: UUID
) -> Answer:
    """Each of these people has one one-time code; an unused one they had before no longer works."""
    people = list(staff)

    def do(fresh: list[Command]) -> list[Outcome]:
        StaffCode.objects.filter(staff__in=people, community=community, device=None).update(expires=at)
        codes = [
            StaffCode(staff=one, community=community, made_by=by.key, made_at=at, expires=at + rules.STAFF_CODE_LASTS)
            for one in people
        ]
        for code in codes:
            code.code_hash = rules.hashed(code.code)
        StaffCode.objects.bulk_create(codes)
        return [Accepted({"codes": [str(code.id) for code in codes]})]

    body = {"staff": [str(one.id) for one in people]}
    return journal.once([Command(ref, Happened.STAFF_CODES_MADE, community.code, by, at, body)], do)[0]


def sign_on(*, device: Device, typed: str, new_key: str, at: datetime, ref: UUID) -> Answer | None:
    """The code's owner may work on this phone; facts: `staff` and `key` (the id of their StaffKey).

    `new_key` (base64 of 32 random bytes) is kept unless the person has a key here already. None: no
    such code in the phone's community. Refused: the code has expired or was used on another phone.
    The same phone may send the same code again, when an answer was lost.
    """
    try:
        wanted = rules.hashed(rules.read_short_code(typed))
    except rules.BadCode:
        return None
    with transaction.atomic():
        code = StaffCode.objects.select_for_update().filter(code_hash=wanted, community=device.community).first()
        if code is None:
            return None

        def do(fresh: list[Command]) -> list[Outcome]:
            if code.device_id not in (None, device.pk):
                return [Refused("accounts.code_used")]
            if at >= code.expires:
                return [Refused("accounts.code_expired")]
            StaffCode.objects.filter(pk=code.pk).update(device=device)
            key, _ = StaffKey.objects.get_or_create(
                device=device, staff_id=code.staff_id, defaults={"key": new_key, "since": at}
            )
            StaffKey.objects.filter(pk=key.pk).update(revoked=None)
            return [Accepted({"staff": str(code.staff_id), "key": str(key.pk)})]

        body = {"staff": str(code.staff_id)}
        command = Command(ref, Happened.SIGNED_ON, device.community.code, device.actor, at, body)
        return journal.once([command], do)[0]


def lock_out(*, by: Actor, device: Device, staff: Staff, at: datetime, ref: UUID) -> Answer:
    """What the person sends from this phone is set aside from now on; it pulls nothing for them."""

    def do(fresh: list[Command]) -> list[Outcome]:
        StaffKey.objects.filter(device=device, staff=staff, revoked=None).update(revoked=at)
        return [Accepted({"device": str(device.id), "staff": str(staff.id)})]

    body = {"device": str(device.id), "staff": str(staff.id)}
    return journal.once([Command(ref, Happened.LOCKED_OUT, device.community.code, by, at, body)], do)[0]


def revoke_phone(*, by: Actor, device: Device, reason: str, at: datetime, ref: UUID) -> Answer:
    """The phone reads nothing more; what it still delivers is set aside for the office to judge."""

    def do(fresh: list[Command]) -> list[Outcome]:
        Device.objects.filter(pk=device.pk, revoked=None).update(revoked=at)
        return [Accepted({"device": str(device.id)})]

    body = {"device": str(device.id), "name": device.name, "reason": reason}
    return journal.once([Command(ref, Happened.PHONE_REVOKED, device.community.code, by, at, body)], do)[0]


def write_off_phone(*, by: Actor, device: Device, reason: str, at: datetime, ref: UUID) -> Answer:
    """Nobody waits for what this phone may still hold from before `at`; should it come, it counts."""

    def do(fresh: list[Command]) -> list[Outcome]:
        Device.objects.filter(pk=device.pk).update(written_off=at)
        return [Accepted({"device": str(device.id)})]

    body = {"device": str(device.id), "name": device.name, "reason": reason}
    return journal.once([Command(ref, Happened.PHONE_WRITTEN_OFF, device.community.code, by, at, body)], do)[0]


def note_contact(device: Device, *, at: datetime, unsent: int | None) -> None:
    """The phone was heard of; with `unsent`, how many commands it still holds. No event: not journalled."""
    fresh = device.last_seen and (at - device.last_seen).total_seconds() < 30
    if fresh and unsent in (None, device.unsent) and unsent != 0:
        return
    heard = {"last_seen": at}
    if unsent is not None:
        heard |= {"unsent": unsent, "emptied": at if unsent == 0 else F("emptied")}
    Device.objects.filter(pk=device.pk).update(**heard)


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

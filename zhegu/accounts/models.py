"""Staff, their roles at places, their devices, and who looked at what."""

import hmac
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from zhegu.accounts import rules
from zhegu.accounts.roles import Role, ServesAs
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.vault.fields import SealedText
from zhegu.vault.keyring import derived_key


class StaffDoor(BaseUserManager["Staff"]):
    """Finds staff by log-in name."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(username=username)


class Staff(AbstractBaseUser):
    """Someone who works with the system."""

    id = models.UUIDField(primary_key=True, default=new_id)
    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_bo = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)

    objects = StaffDoor()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: list[str] = ["name"]

    @property
    def actor(self) -> Actor:
        return Actor("staff", str(self.id))


class RoleGrant(models.Model):
    """A role at a place, from a day until it is taken back."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=16, choices=Role.choices)
    place = models.ForeignKey(Place, models.PROTECT)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    given_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "role", "place"], condition=models.Q(until=None), name="one_open_grant"
            )
        ]


class Capacity(models.Model):
    """In which capacity somebody serves, from a moment on until the next row; staff where none stands."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="capacities")
    serves_as = models.CharField(max_length=12, choices=ServesAs.choices)
    since = models.DateTimeField()

    class Meta:
        ordering = ["since", "pk"]
        indexes = [models.Index(fields=["staff", "since"])]


class StationedTeam(models.Model):
    """People whom another unit sent to work here for a time: which unit, who, from which day to which."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT)
    home_unit = models.CharField(max_length=80)
    begins = models.DateField()
    ends = models.DateField(null=True)
    members = models.ManyToManyField(Staff, related_name="teams")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("begins")), name="stay_ends_after_it_begins"
            )
        ]


class Look(models.Model):
    """One screen or request on which sensitive values were read."""

    id = models.UUIDField(primary_key=True, default=new_id)
    actor = models.CharField(max_length=80)
    community = models.CharField(max_length=15, db_index=True)
    at = models.DateTimeField(db_index=True)
    screen = models.CharField(max_length=64)
    reason = models.CharField(max_length=200, blank=True)
    fields = models.CharField(max_length=200)


class LookSubject(models.Model):
    """Whose values were read, so that a person can find who looked."""

    look = models.ForeignKey(Look, models.CASCADE, related_name="subjects")
    person = models.UUIDField(db_index=True)


class WrongPassword(models.Model):
    """A failed log-in. Kept an hour, in the database, so that a restart does not unlock."""

    username = models.CharField(max_length=40)
    address = models.CharField(max_length=45)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["username", "at"]), models.Index(fields=["address", "at"])]


# --- phones and tablets


class Device(models.Model):
    """A phone or tablet that several people share at one table. Its token is stored as a hash."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT)
    name = models.CharField(max_length=60)
    table_no = models.PositiveIntegerField()
    token_hash = models.BinaryField(max_length=32, unique=True)
    token_prefix = models.CharField(max_length=8)
    enrolled_by = models.CharField(max_length=80)
    enrolled_at = models.DateTimeField()
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    last_seen = models.DateTimeField(null=True)
    unsent = models.PositiveIntegerField(null=True)
    """How many commands it said were waiting when it was last heard; None: it has never said."""
    emptied = models.DateTimeField(null=True)
    """When it last said that nothing waits."""
    written_off = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "table_no"], name="one_device_per_table_no")]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        return Actor("device", str(self.id), str(self.id))

    def standing(self, at: datetime) -> rules.Standing:
        return rules.standing(at, self.expires, self.revoked)


def _derived(purpose: str, row: UUID) -> bytes:
    """The secret of a row: nothing but its hash is stored, yet the office can show it again."""
    return hmac.digest(derived_key(settings.DATA, purpose), row.bytes, "sha256")


class Enrolment(models.Model):
    """An invitation for one phone, shown in the office as a code to scan or to type."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.CASCADE)
    token_hash = models.BinaryField(max_length=32, unique=True)
    code_hash = models.BinaryField(max_length=32, unique=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    expires = models.DateTimeField()
    device = models.ForeignKey(Device, models.CASCADE, null=True)
    asked_by = models.CharField(max_length=40, blank=True)
    """The phone's own reference of its request: the same phone may ask again when the answer was lost."""

    @property
    def token(self) -> str:
        return rules.token(_derived("enrolment", self.id))

    @property
    def code(self) -> str:
        return rules.short_code(_derived("enrolment-code", self.id))


class StaffCode(models.Model):
    """A one-time code with which a person signs on at a phone for the first time."""

    id = models.UUIDField(primary_key=True, default=new_id)
    staff = models.ForeignKey(Staff, models.CASCADE)
    community = models.ForeignKey(Place, models.CASCADE)
    code_hash = models.BinaryField(max_length=32, unique=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    expires = models.DateTimeField()
    device = models.ForeignKey(Device, models.CASCADE, null=True)

    @property
    def code(self) -> str:
        return rules.short_code(_derived("staff-code", self.id))


class StaffKey(models.Model):
    """What one person signs with on one phone; it stays the same when they sign on there again."""

    id = models.UUIDField(primary_key=True, default=new_id)
    device = models.ForeignKey(Device, models.CASCADE, related_name="keys")
    staff = models.ForeignKey(Staff, models.CASCADE)
    key = SealedText()
    since = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "staff"], name="one_key_per_device_and_person")]

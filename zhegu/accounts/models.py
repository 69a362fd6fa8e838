"""Staff, their roles at places, their devices, and who looked at what."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor
from zhegu.places.models import Place


class Role(models.TextChoices):
    """What someone does at a place; one person may hold several at several places."""

    OFFICE = "office"
    LEADER = "leader"
    GRID_WORKER = "grid_worker"
    SAMPLER = "sampler"
    LAB = "lab"
    OBSERVER = "observer"


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

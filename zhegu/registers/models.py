"""People and households of a community."""

from django.db import models
from django.db.models import Q

from zhegu.lib.ids import new_id
from zhegu.places.models import Place
from zhegu.vault.fields import SealedText


class Residence(models.TextChoices):
    """How someone belongs here."""

    RESIDENT = "resident"
    INCOMER = "incomer"


class Presence(models.TextChoices):
    """Where someone is: away still belongs here; moved away and died do not."""

    HERE = "here"
    AWAY = "away"
    MOVED_AWAY = "moved_away"
    DIED = "died"


class Household(models.Model):
    """People who live behind one door. `no` is the register's own number, where it has one."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="households")
    grid = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    no = models.CharField(max_length=40, blank=True)
    head_name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    door = models.CharField(max_length=40, blank=True)
    order = models.PositiveIntegerField(default=0)
    ended = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["community", "no"]),
            models.Index(fields=["grid", "order"]),
            models.Index(fields=["community", "door"]),
        ]


class Person(models.Model):
    """Someone of the register. Belongs to exactly one grid, or stands on the "no grid" list.

    Id number and phone are sealed; the indexes beside them find them by whole value and last four.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="people")
    grid = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="members")
    residence = models.CharField(max_length=10, choices=Residence.choices, default=Residence.RESIDENT)
    relation = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120)
    name_bo = models.CharField(max_length=200, blank=True)
    nickname = models.CharField(max_length=80, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    birth_date = models.DateField(null=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    id_kind = models.CharField(max_length=24, blank=True)
    id_valid = models.BooleanField(default=False)
    id_number = SealedText(blank=True, default="")
    id_index = models.BinaryField(max_length=16, default=b"")
    id_tail_index = models.BinaryField(max_length=16, default=b"")
    phone = SealedText(blank=True, default="")
    phone_index = models.BinaryField(max_length=16, default=b"")
    phone_tail_index = models.BinaryField(max_length=16, default=b"")
    note = SealedText(blank=True, default="")
    code = models.CharField(max_length=17, unique=True)
    presence = models.CharField(max_length=12, choices=Presence.choices, default=Presence.HERE)
    presence_since = models.DateField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    added = models.DateTimeField()
    purpose = models.CharField(max_length=24, default="register")

    class Meta:
        indexes = [
            models.Index(fields=["community", "presence"]),
            models.Index(fields=["grid", "name"]),
            models.Index(fields=["id_index"], condition=~Q(id_index=b""), name="person_by_id"),
            models.Index(fields=["id_tail_index"], condition=~Q(id_tail_index=b""), name="person_by_id_tail"),
            models.Index(fields=["phone_index"], condition=~Q(phone_index=b""), name="person_by_phone"),
            models.Index(
                fields=["phone_tail_index"], condition=~Q(phone_tail_index=b""), name="person_by_phone_tail"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class NameKey(models.Model):
    """One reading of a person's name: exact, elements, pinyin, initials, bo, wylie, latin, nickname."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="keys")
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["community", "key"])]

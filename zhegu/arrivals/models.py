"""Who arrived, with whom, from where; notices to register oneself by; building sites and their people."""

from django.db import models
from django.db.models import Q

from zhegu.arrivals.rules import HealthCode, Kind, Test, Transport, Way
from zhegu.lib.ids import new_id
from zhegu.monitoring.models import Measure
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.registers.models import Person
from zhegu.vault.fields import SealedText


def _of(words: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Arrival(models.Model):
    """One person who came. Those who travel together share `party`, the id of whoever was written down first.

    `risk` is what was said about where they were; what the risk areas say of that day counts beside it.
    Until someone decides, nothing follows from it.
    """

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    grid = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    outbreak = models.ForeignKey(Outbreak, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    party = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    way = models.CharField(max_length=12, choices=_of(Way))
    kind = models.CharField(max_length=10, choices=_of(Kind))
    name = models.CharField(max_length=120)
    sex = models.CharField(max_length=1, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    id_number = SealedText(blank=True, default="")
    phone = SealedText(blank=True, default="")
    hukou = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=200, blank=True)
    came_from = models.CharField(max_length=80)
    via = models.CharField(max_length=200, blank=True)
    left = models.DateField(null=True)
    arrived = models.DateTimeField()
    transport = models.CharField(max_length=8, choices=_of(Transport))
    transport_no = models.CharField(max_length=40, blank=True)
    health_code = models.CharField(max_length=8, choices=_of(HealthCode), blank=True)
    test = models.CharField(max_length=8, choices=_of(Test), blank=True)
    tested_at = models.DateTimeField(null=True)
    doses = models.PositiveSmallIntegerField(null=True)
    risk = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=200, blank=True)
    measure = models.CharField(max_length=60, blank=True)
    """Code of the measure somebody decided on; '' with `decided`: none is needed."""
    laid = models.ForeignKey(Measure, models.SET_NULL, null=True, related_name="+")
    """The measure itself, while it is kept."""
    decided = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=80, blank=True)
    decided_why = models.CharField(max_length=200, blank=True)
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-arrived", "-id"]
        indexes = [
            models.Index(fields=["community", "-arrived"]),
            models.Index(fields=["community"], condition=Q(decided=None, undone=None), name="arrivals_to_decide"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Leg(models.Model):
    """Where somebody was, and when: kept only of people under a measure, and not for long (privacy P9)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="legs")
    day = models.DateField()
    place = SealedText()
    what = SealedText(blank=True, default="")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        ordering = ["day", "id"]


class Notice(models.Model):
    """A printed notice whose code lets people register themselves, until a day. Its token is stored as a hash."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.CASCADE, related_name="+")
    grid = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    where = models.CharField(max_length=120)
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]


class Try(models.Model):
    """Somebody sent an entry from a notice. Kept an hour, so that a restart does not forget who sends too many."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="tries")
    address = models.CharField(max_length=45)
    at = models.DateTimeField(db_index=True)


class Site(models.Model):
    """A building site: who builds there, whom to call, whether its people may leave it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    grid = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80)
    contractor = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=80, blank=True)
    contact_phone = SealedText(blank=True, default="")
    leave_ban = models.BooleanField(default=False)
    closed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="one_site_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """Someone of the register who works at a site, until they leave it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    site = models.ForeignKey(Site, models.CASCADE, related_name="workers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    origin = models.CharField(max_length=80, blank=True)
    since = models.DateField()
    dorm = models.CharField(max_length=40, blank=True)
    doses = models.PositiveSmallIntegerField(null=True)
    left = models.DateField(null=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [models.UniqueConstraint(fields=["site", "person"], condition=Q(left=None), name="works_there_once")]

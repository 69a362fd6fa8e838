"""What is to be disinfected, and what was: with what, how strong, how long, how much. No field for a resident."""

from django.db import models
from django.db.models import Q

from zhegu.lib.ids import new_id
from zhegu.places.models import Place
from zhegu.sanitation.rules import Agent, Method, SpotKind


def _of(kinds: type) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in kinds]


class Spot(models.Model):
    """A street, a hall, a toilet: how large, and how often a day it is to be disinfected (0: when somebody says so)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    name_bo = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=10, choices=_of(SpotKind))
    area = models.PositiveIntegerField()
    per_day = models.PositiveSmallIntegerField()
    since = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["community", "name"], condition=Q(closed=None), name="one_spot_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Disinfection(models.Model):
    """A spot was disinfected, as whoever did it says."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    spot = models.ForeignKey(Spot, models.PROTECT, related_name="done")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    agent = models.CharField(max_length=10, choices=_of(Agent))
    method = models.CharField(max_length=6, choices=_of(Method))
    mg_per_litre = models.PositiveIntegerField(null=True)
    minutes = models.PositiveSmallIntegerField()
    litres = models.DecimalField(max_digits=6, decimal_places=1)
    area = models.PositiveIntegerField()
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["community", "-at"])]

"""Outbreaks, and two facts about people that neighbours share."""

from functools import cached_property

from django.db import models
from django.db.models import Q

from zhegu.lib.ids import new_id
from zhegu.outbreaks.rules import Phase, Profile, Result, StandingKind, read_profile
from zhegu.places.models import Place
from zhegu.registers.models import Person


class Outbreak(models.Model):
    """One outbreak in one community, with its own copy of the profile it was opened from."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="outbreaks")
    profile_id = models.CharField(max_length=80)
    profile = models.JSONField()
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-opened"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "profile_id"], condition=Q(closed=None), name="one_open_outbreak_per_disease"
            )
        ]

    def __str__(self) -> str:
        return self.profile_id

    @cached_property
    def rules(self) -> Profile:
        """The profile's copy, typed."""
        return read_profile(self.profile)

    @property
    def is_open(self) -> bool:
        return self.closed is None


class Standing(models.Model):
    """What a person is to an outbreak; without a row they are nothing to it."""

    outbreak = models.ForeignKey(Outbreak, models.CASCADE, related_name="standings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in StandingKind])
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outbreak", "person"], name="one_standing_per_person")]


class Tested(models.Model):
    """A person's test under an outbreak: when the swab was taken, and what came of it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    outbreak = models.ForeignKey(Outbreak, models.CASCADE, related_name="tests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    result = models.CharField(max_length=10, choices=[(r.value, r.value) for r in Result])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outbreak", "person", "at"], name="one_result_per_swab")]
        indexes = [models.Index(fields=["person", "at"])]


class Review(models.Model):
    """Somebody looked at the outbreak: which phase holds from then on, and why it is (still) needed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    outbreak = models.ForeignKey(Outbreak, models.CASCADE, related_name="reviews")
    phase = models.CharField(max_length=20, choices=[(p.value, p.value) for p in Phase])
    why = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["outbreak", "at"])]


class RiskArea(models.Model):
    """What was said of an area elsewhere from a day on; without a level it is lifted."""

    id = models.UUIDField(primary_key=True, default=new_id)
    outbreak = models.ForeignKey(Outbreak, models.CASCADE, related_name="risk_areas")
    name = models.CharField(max_length=120)
    name_bo = models.CharField(max_length=160, blank=True)
    code = models.CharField(max_length=15, blank=True)
    """Of the division, where it is known (GB/T 2260)."""
    level = models.CharField(max_length=20, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-since", "-at"]
        indexes = [models.Index(fields=["outbreak", "since"])]

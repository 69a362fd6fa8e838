"""Posts, their shifts, who stands in them, and what one shift hands to the next."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from zhegu.accounts.models import Staff
from zhegu.lib.ids import new_id
from zhegu.places.models import Place
from zhegu.rosters import rules
from zhegu.rosters.rules import PostKind


class Post(models.Model):
    """Where somebody is always on: a gate, a store, a route. Whoever holds a role at `place` or above sees it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in PostKind])
    name = models.CharField(max_length=80)
    name_bo = models.CharField(max_length=120, blank=True)
    closed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="one_post_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Shift(models.Model):
    """Some hours at a post. It belongs to the day on which it begins."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="shifts")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    crew = models.ManyToManyField(Staff, through="Duty", related_name="+")
    cancelled = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts", "post__name"]
        indexes = [models.Index(fields=["community", "ends"])]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="a_shift_lasts"),
            models.UniqueConstraint(fields=["post", "starts"], condition=Q(cancelled=None), name="one_shift_at_a_time"),
        ]

    @property
    def day(self) -> date:
        """The day it belongs to."""
        return rules.belongs_to(self.starts)

    @property
    def word(self) -> str:
        """What people call it: morning, day, evening, night, full."""
        return rules.word(self.starts, self.ends)


class Duty(models.Model):
    """One person in one shift."""

    shift = models.ForeignKey(Shift, models.CASCADE, related_name="duties")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    leads = models.BooleanField(default=False)

    class Meta:
        ordering = ["-leads", "staff__name"]
        constraints = [models.UniqueConstraint(fields=["shift", "staff"], name="once_in_a_shift")]


class HandedOver(models.Model):
    """What a shift leaves to the next: a word, and numbers. Its id is the ref of the command (form F25)."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="handovers")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    notes = models.TextField(blank=True)
    counts = models.JSONField(default=dict)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.CharField(max_length=80, blank=True)
    undone = models.DateTimeField(null=True)
    by_name = taken_by_name = ""
    """Filled in by `queries.named`, for a screen."""

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["shift"], condition=Q(undone=None), name="a_shift_is_handed_over_once")
        ]


class Cook(models.Model):
    """Who cooks for those of one shift of a day, by what people call it; for how many is counted from the shifts."""

    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    day = models.DateField()
    word = models.CharField(max_length=8)
    name = models.CharField(max_length=80)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "day", "word"], name="one_cook_a_shift")]

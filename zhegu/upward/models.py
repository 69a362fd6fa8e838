"""Figures as they are stated, day by day; where they go; and from whom they come."""

from django.db import models
from django.db.models import Q

from zhegu.lib.ids import new_id


class Sender(models.Model):
    """Another installation that may state figures of a place: known by its key, numbered by its own count."""

    id = models.CharField(primary_key=True, max_length=16)
    place = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    last = models.PositiveBigIntegerField(default=0)
    heard = models.DateTimeField(null=True)
    admitted = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place", "admitted"]


class Statement(models.Model):
    """The figures of a community for a day as known at a moment; a later one of the same day is a new version.

    `seq` is its number on the way up from here. `sender` is empty for what was counted here.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    seq = models.PositiveBigIntegerField(unique=True)
    place = models.CharField(max_length=12)
    name = models.CharField(max_length=80, blank=True)
    name_bo = models.CharField(max_length=120, blank=True)
    day = models.DateField()
    version = models.PositiveIntegerField()
    newest = models.BooleanField(default=True)
    as_of = models.DateTimeField()
    arrived = models.DateTimeField()
    figures = models.JSONField()
    sender = models.ForeignKey(Sender, models.PROTECT, null=True)
    sender_seq = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["place", "day", "version"], name="statement_version_once"),
            models.UniqueConstraint(fields=["place", "day"], condition=Q(newest=True), name="statement_newest_once"),
            models.UniqueConstraint(fields=["sender", "sender_seq"], name="statement_received_once"),
        ]
        indexes = [models.Index(fields=["day", "place"], condition=Q(newest=True), name="statement_board")]


class Way(models.Model):
    """The way up from this installation: one row. `given` is the last number given, `taken` the last one acknowledged."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    address = models.CharField(max_length=200, blank=True)
    given = models.PositiveBigIntegerField(default=0)
    taken = models.PositiveBigIntegerField(default=0)
    tried = models.DateTimeField(null=True)
    reached = models.DateTimeField(null=True)
    problem = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_way_up")]

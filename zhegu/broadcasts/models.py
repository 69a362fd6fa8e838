"""What is announced to everybody, in which languages, and where and when it was. No field for a resident."""

from django.db import models

from zhegu.broadcasts.rules import LONGEST, Channel, Spoken
from zhegu.lib.ids import new_id
from zhegu.places.models import Place


def _of(kinds: type) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in kinds]


class Announcement(models.Model):
    """Words for everybody; a leader approves them before they go out."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    zh = models.CharField(max_length=LONGEST, blank=True)
    bo = models.CharField(max_length=LONGEST, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    approved = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=80, blank=True)
    over = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["community", "-at"])]

    def __str__(self) -> str:
        return self.title


class Play(models.Model):
    """It was announced: how, where, when, in which language, for how long, how many leaflets."""

    id = models.UUIDField(primary_key=True)
    announcement = models.ForeignKey(Announcement, models.PROTECT, related_name="plays")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    channel = models.CharField(max_length=12, choices=_of(Channel))
    place = models.CharField(max_length=80)
    spoken = models.CharField(max_length=4, choices=_of(Spoken))
    minutes = models.PositiveSmallIntegerField(default=0)
    leaflets = models.PositiveIntegerField(default=0)
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["announcement", "-at"])]

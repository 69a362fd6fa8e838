"""Legal holds, periods a community set otherwise, and what became of each night."""

from django.db import models
from django.db.models import Q

from zhegu.lib.ids import new_id
from zhegu.places.models import Place


class Hold(models.Model):
    """Nothing of a purpose (or of an outbreak) is destroyed while it stands, for reasons that were weighed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="holds")
    purpose = models.CharField(max_length=32, blank=True)
    outbreak = models.UUIDField(null=True)
    legality = models.CharField(max_length=400)
    necessity = models.CharField(max_length=400)
    security = models.CharField(max_length=400)
    since = models.DateTimeField()
    until = models.DateField()
    by = models.CharField(max_length=80)
    lifted = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(condition=~Q(legality="") & ~Q(necessity="") & ~Q(security=""), name="hold_was_weighed")
        ]


class Period(models.Model):
    """How many days a community keeps something, where it decided otherwise than the house."""

    community = models.ForeignKey(Place, models.CASCADE, related_name="periods")
    kept = models.CharField(max_length=64)
    days = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=400)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "kept"], name="one_period_per_thing")]


class Night(models.Model):
    """One night's work: begun once a day; `trouble` names the parts that failed."""

    day = models.DateField(unique=True)
    began = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    destroyed = models.PositiveIntegerField(default=0)
    did = models.JSONField(default=dict)
    trouble = models.JSONField(default=list)

    class Meta:
        ordering = ["-day"]

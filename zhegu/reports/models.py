"""What was handed on: every file made from a form, so that anyone can tell later what was reported."""

from django.db import models

from zhegu.lib.ids import new_id
from zhegu.places.models import Place


class Submission(models.Model):
    """One file made from a form: of which moment, by whom, and the SHA-256 of its bytes.

    `fields` are the columns that were on it, `revealed` whether sensitive ones stood there in full,
    and then `reason` says why.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    form = models.CharField(max_length=24)
    round_no = models.PositiveIntegerField(null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    format = models.CharField(max_length=8)
    language = models.CharField(max_length=4)
    as_of = models.DateTimeField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    rows = models.PositiveIntegerField()
    fields = models.JSONField()
    revealed = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["community", "made_at"])]

    def __str__(self) -> str:
        return f"{self.form} {self.sha256[:8]}"

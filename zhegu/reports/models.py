"""What was handed on: every file made from a form, so that anyone can tell later what was reported."""

from django.db import models

from zhegu.lib.ids import new_id
from zhegu.places.models import Place


class Blank(models.Model):
    """An upper office's blank form as it came, and who asks for it. It holds no person's data."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    asked_by = models.CharField(max_length=120, blank=True)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=80)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-kept_at"]
        indexes = [models.Index(fields=["community", "kept_at"])]

    def __str__(self) -> str:
        return self.name


class Meaning(models.Model):
    """What a header means, as a person of the community said: holds for every blank that says the same.

    `path` is the header with its groups, on a sheet taken for `form`; `means` a field (`F1.due`, `head.unit`)
    or `-` for nothing.
    """

    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    form = models.CharField(max_length=8)
    path = models.CharField(max_length=400)
    means = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "form", "path"], name="one_meaning_a_header")]

    def __str__(self) -> str:
        return f"{self.path} = {self.means}"


class Submission(models.Model):
    """One file made from a form: of which moment, by whom, and the SHA-256 of its bytes.

    `fields` are the columns that were on it, `revealed` whether sensitive ones stood there in full,
    and then `reason` says why. Of a filled blank `cells` keeps the figures that were written, never people's data;
    `sent_to` and `sent_at` say to whom it went.
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
    blank = models.ForeignKey(Blank, models.PROTECT, null=True, related_name="filled")
    cells = models.JSONField(default=dict)
    sent_to = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["community", "made_at"])]

    def __str__(self) -> str:
        return f"{self.form} {self.sha256[:8]}"

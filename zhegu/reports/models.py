"""What was handed on: every file made from a form, so that anyone can tell later what was reported."""

from django.db import models

from zhegu.lib.ids import new_id
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.reports.rules.free import Step
from zhegu.reports.rules.notes import LONGEST_NOTE
from zhegu.reports.rules.periods import Step as Approval


class Blank(models.Model):
    """An upper office's blank form as it came, and who asks for it, on what ground, how often, until when.

    It holds no person's data.
    """

    class Every(models.TextChoices):
        ONCE = "once"
        DAY = "day"
        WEEK = "week"
        MONTH = "month"

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    asked_by = models.CharField(max_length=120, blank=True)
    ground = models.CharField(max_length=200, blank=True)
    every = models.CharField(max_length=6, choices=Every.choices, blank=True)
    until = models.DateField(null=True)
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


class OwnColumns(models.Model):
    """How a community has a form's columns from a moment on: their order, their names, which are shown.

    The newest that was not undone holds; without one the catalogue's columns do.
    """

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    form = models.CharField(max_length=8)
    columns = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["community", "form", "at"])]

    def __str__(self) -> str:
        return self.form


class FreeTick(models.Model):
    """A thing of a checklist for being free of an outbreak that somebody says is done, and how one sees it."""

    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    model = models.CharField(max_length=40)
    item = models.CharField(max_length=40)
    evidence = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "model", "item"], name="one_tick_an_item")]

    def __str__(self) -> str:
        return self.item


class FreeApplication(models.Model):
    """A community's application to be called free of an outbreak, with its evidence as it stood that day."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    outbreak = models.ForeignKey(Outbreak, models.PROTECT, related_name="+")
    model = models.CharField(max_length=40)
    at = models.DateTimeField()
    evidence = models.JSONField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.model} {self.at:%Y-%m-%d}"


class FreeStep(models.Model):
    """One step on an application's way: who took it, when, and what they said."""

    application = models.ForeignKey(FreeApplication, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Step])
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.step


class DayNote(models.Model):
    """What no record knows of a day: what went wrong, and the plan for the next. One version; the newest holds."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    day = models.DateField()
    problems = models.CharField(max_length=LONGEST_NOTE, blank=True)
    plan = models.CharField(max_length=LONGEST_NOTE, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["community", "day", "at"])]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class PeriodReport(models.Model):
    """One version of what a community reported for a period of a form it is asked for; numbered from 1.

    `locked_at`: when the last of the levels there were then approved it; it stays approved, whoever leads later.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    blank = models.ForeignKey(Blank, models.PROTECT, related_name="period_reports")
    first = models.DateField()
    last = models.DateField()
    no = models.PositiveIntegerField()
    made = models.ForeignKey(Submission, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-first", "-no"]
        constraints = [models.UniqueConstraint(fields=["blank", "first", "no"], name="one_version_a_number")]
        indexes = [models.Index(fields=["community", "first"])]

    def __str__(self) -> str:
        return f"{self.first:%Y-%m-%d} {self.no}"

    @property
    def taken(self) -> list[Approval]:
        return [Approval(one.step) for one in self.steps.all()]


class PeriodStep(models.Model):
    """One step of a version: handed in, approved at a level, closed, or sent back with the reason."""

    report = models.ForeignKey(PeriodReport, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Approval])
    words = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "step"], name="one_step_of_a_kind")]

    def __str__(self) -> str:
        return self.step

"""Measures people live under, what happened to each, who contests it, and how people were every day."""

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from zhegu.lib.ids import new_id
from zhegu.monitoring.rules import Did, Ended, Ground, How, Reached, Slot
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.registers.models import Household, Person
from zhegu.vault.fields import SealedText


def _of(words: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


HELD = Q(second=False) | Q(approved__isnull=False)
"""Holds or once did: agreed to where a second approver is needed, so never one that was declined or still waits."""
HOLDS = Q(ended=None) & HELD
"""Restricts somebody: not over, and agreed to where a second approver is needed."""


class Measure(models.Model):
    """A measure of the outbreak's profile, on one person or on everybody of a place."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="measures")
    outbreak = models.ForeignKey(Outbreak, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")
    """Set where it was laid on the household as one; each member has a row of their own."""
    laid = models.UUIDField(db_index=True)
    """The ref under which it was laid on: what came together is approved together."""
    ground = models.CharField(max_length=10, choices=_of(Ground))
    evidence = SealedText(blank=True, default="")
    exposure_place = SealedText(blank=True, default="")
    exposed = models.DateTimeField(null=True)
    risk = models.CharField(max_length=20, blank=True)
    day0 = models.DateField()
    holds_from = models.DateField()
    begun = models.DateTimeField()
    by = models.CharField(max_length=80)
    second = models.BooleanField()
    """Somebody else has to agree before it restricts anybody."""
    approved = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=80, blank=True)
    stage_ends = models.JSONField(default=list)
    """The true last days of the stages that are over."""
    looked_on = models.DateField()
    review_on = models.DateField()
    clinic_agreed = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    how = models.CharField(max_length=16, choices=_of(Ended), blank=True)
    ended_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["begun", "id"]
        indexes = [
            models.Index(fields=["community", "ended", "review_on"]),
            models.Index(fields=["person", "ended"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, place__isnull=False) | Q(person__isnull=False, place=None), name="on_a_person_or_a_place"
            ),
            models.CheckConstraint(
                condition=Q(ended=None, how="") | (Q(ended__isnull=False) & ~Q(how="")), name="ended_somehow"
            ),
            models.UniqueConstraint(fields=["outbreak", "code", "person"], condition=Q(ended=None), name="one_open_measure_a_person"),
            models.UniqueConstraint(fields=["outbreak", "code", "place"], condition=Q(ended=None), name="one_open_measure_a_place"),
        ]  # fmt: skip

    @property
    def waits(self) -> bool:
        """For a second approver."""
        return self.second and self.approved is None and self.ended is None

    @property
    def held_since(self) -> datetime:
        """From when on it restricts anybody: its second approval, where it needed one."""
        return self.approved or self.begun

    @property
    def holds(self) -> bool:
        return self.ended is None and not self.waits

    @property
    def stage_days(self) -> tuple[date, ...]:
        return tuple(date.fromisoformat(day) for day in self.stage_ends)


class Step(models.Model):
    """One thing that happened to a measure."""

    id = models.UUIDField(primary_key=True, default=new_id)
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    did = models.CharField(max_length=10, choices=_of(Did))
    note = SealedText(blank=True, default="")

    class Meta:
        ordering = ["at", "id"]


class Contest(models.Model):
    """Somebody says a measure on them is not right; it is answered with reasons. Its id is the ref of its command."""

    id = models.UUIDField(primary_key=True)
    measure = models.ForeignKey(Measure, models.CASCADE, related_name="contests")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    words = SealedText()
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answer = SealedText(blank=True, default="")
    upheld = models.BooleanField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "person"], condition=Q(answered=None), name="one_open_contest_a_person")
        ]  # fmt: skip


class Check(models.Model):
    """How somebody was, in the morning or the evening of a day. Its id is the ref of its command."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    outbreak = models.ForeignKey(Outbreak, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    day = models.DateField()
    slot = models.CharField(max_length=8, choices=_of(Slot))
    by = models.CharField(max_length=80)
    how = models.CharField(max_length=6, choices=_of(How))
    reached = models.CharField(max_length=10, choices=_of(Reached), default=Reached.YES)
    temperature = models.PositiveSmallIntegerField(null=True)
    symptoms = models.JSONField(default=list)
    mood = models.PositiveSmallIntegerField(null=True)
    note = SealedText(blank=True, default="")
    """What they need, in their own words."""
    abnormal = models.BooleanField(default=False)
    handled = models.DateTimeField(null=True)
    handled_by = models.CharField(max_length=80, blank=True)
    handling = SealedText(blank=True, default="")
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["community", "day", "slot"]),
            models.Index(fields=["person", "-at"]),
            models.Index(fields=["community"], condition=Q(abnormal=True, handled=None, undone=None), name="for_the_clinic"),
        ]  # fmt: skip

    @property
    def celsius(self) -> str:
        """`36.6`, or nothing where it was not measured."""
        return "" if self.temperature is None else f"{self.temperature // 10}.{self.temperature % 10}"

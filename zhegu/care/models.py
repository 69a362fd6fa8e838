"""People who need care, who asked after them, and hints that somebody may."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from zhegu.accounts.models import Staff
from zhegu.care.rules import How, Source, next_contact
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.places.models import Place
from zhegu.registers.models import Household, Person
from zhegu.vault.fields import SealedText


def _of(words: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class CareNeed(models.Model):
    """Somebody needs care: why, how often they are asked, who looks after them. At most one open a person."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="care")
    categories = models.JSONField(default=list)
    every_days = models.PositiveSmallIntegerField(default=7)
    helper = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    illness = SealedText(blank=True, default="")
    medicine = SealedText(blank=True, default="")
    medicine_until = models.DateField(null=True)
    due_on = models.DateField(null=True)
    contact_name = SealedText(blank=True, default="")
    contact_phone = SealedText(blank=True, default="")
    need = SealedText(blank=True, default="")
    source = models.CharField(max_length=8, choices=_of(Source))
    since = models.DateTimeField()
    by = models.CharField(max_length=80)
    last_contact = models.DateTimeField(null=True)
    ended = models.DateTimeField(null=True)
    ended_why = SealedText(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["community", "ended"])]
        constraints = [models.UniqueConstraint(fields=["person"], condition=Q(ended=None), name="one_open_care")]

    @property
    def next_on(self) -> date | None:
        last = clock.local_day(self.last_contact) if self.last_contact else None
        return next_contact(clock.local_day(self.since), last, self.every_days)


class Contact(models.Model):
    """Somebody asked after them: how, whether they were reached, what they need, what came of it."""

    id = models.UUIDField(primary_key=True)
    care = models.ForeignKey(CareNeed, models.CASCADE, related_name="contacts")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    how = models.CharField(max_length=8, choices=_of(How))
    reached = models.BooleanField(default=True)
    need = SealedText(blank=True, default="")
    result = SealedText(blank=True, default="")
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]


class Hint(models.Model):
    """Somebody said that care may be needed here, or the office said that a remark is none of ours."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    household = models.ForeignKey(Household, models.CASCADE, null=True, related_name="+")
    source = models.CharField(max_length=8, choices=_of(Source))
    categories = models.JSONField(default=list)
    words = SealedText(blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    settled = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=None, household=None), name="a_hint_is_about_somebody")
        ]

    @property
    def whose(self) -> Any:
        return self.person or self.household

"""Outbreaks, and two facts about people that neighbours share."""

from functools import cached_property

from django.db import models
from django.db.models import Q

from zhegu.accounts.models import Staff
from zhegu.lib.ids import new_id
from zhegu.outbreaks.rules import Phase, Post, Profile, Result, StandingKind, read_profile
from zhegu.places.models import Place
from zhegu.registers.models import Person
from zhegu.vault.fields import SealedText


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


class Bulletin(models.Model):
    """What an office above says of the situation: numbers by place, and changes of risk areas."""

    id = models.UUIDField(primary_key=True, default=new_id)
    outbreak = models.ForeignKey(Outbreak, models.CASCADE, related_name="bulletins")
    issuer = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    """The day its numbers are of, 0 to 24 h."""
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-day", "-at"]


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
    bulletin = models.ForeignKey(Bulletin, models.CASCADE, null=True, related_name="areas")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-since", "-at"]
        indexes = [models.Index(fields=["outbreak", "since"])]


class ProfileChange(models.Model):
    """Somebody wants another number in the outbreak's copy of its profile; a second person decides."""

    id = models.UUIDField(primary_key=True, default=new_id)
    outbreak = models.ForeignKey(Outbreak, models.CASCADE, related_name="changes")
    path = models.CharField(max_length=200)
    was = models.JSONField()
    becomes = models.JSONField()
    why = models.CharField(max_length=300)
    source = models.CharField(max_length=200)
    confidence = models.CharField(max_length=1)
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)
    accepted = models.BooleanField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["outbreak", "path"], condition=Q(decided_at=None), name="one_open_change_per_number"
            )
        ]


class GroupMember(models.Model):
    """Someone of the group that leads an outbreak: their duty, how to call them, and who calls them."""

    id = models.UUIDField(primary_key=True, default=new_id)
    outbreak = models.ForeignKey(Outbreak, models.CASCADE, related_name="group")
    post = models.CharField(max_length=10, choices=[(p.value, p.value) for p in Post])
    name = models.CharField(max_length=80)
    duty = models.CharField(max_length=200, blank=True)
    phone = SealedText(blank=True, default="")
    called_by = models.ForeignKey("self", models.SET_NULL, null=True, related_name="calls")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)


class Directive(models.Model):
    """What an office above asks for, and by when."""

    id = models.UUIDField(primary_key=True, default=new_id)
    outbreak = models.ForeignKey(Outbreak, models.CASCADE, related_name="directives")
    issuer = models.CharField(max_length=120)
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    received = models.DateField()
    due = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-received", "-at"]


class DirectiveFor(models.Model):
    """Someone a directive is for: when they read it, when it was done, and what they say of it."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="readers")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    read = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)
    said = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["directive", "staff"], name="one_reader_once")]


class BulletinCount(models.Model):
    """One place's line in a bulletin: what is new, and all so far where it says so."""

    bulletin = models.ForeignKey(Bulletin, models.CASCADE, related_name="counts")
    order = models.PositiveIntegerField()
    place = models.CharField(max_length=80)
    new_confirmed = models.PositiveIntegerField()
    new_asymptomatic = models.PositiveIntegerField()
    all_confirmed = models.PositiveIntegerField(null=True)
    all_asymptomatic = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["order"]

"""What happened, by whom, when: one table that is audit entry, event and queue entry at once."""

from django.db import models

from zhegu.vault.fields import SealedText


class Entry(models.Model):
    """One command and its final answer. Refers to everything by plain ids and codes."""

    seq = models.BigAutoField(primary_key=True)
    ref = models.UUIDField(unique=True)
    kind = models.CharField(max_length=64)
    community = models.CharField(max_length=15)
    actor = models.CharField(max_length=80)
    device = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    arrived = models.DateTimeField()
    fingerprint = models.BinaryField(max_length=32)
    status = models.CharField(max_length=12)
    answer = models.TextField()
    body_seal = models.BinaryField(max_length=32)
    number = models.BigIntegerField(null=True)
    link = models.BinaryField(max_length=32, null=True)
    reacted = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "number"], name="one_entry_per_number")]
        indexes = [
            models.Index(fields=["community", "kind", "at"]),
            models.Index(fields=["seq"], condition=models.Q(reacted=None), name="journal_to_react"),
            models.Index(fields=["seq"], condition=models.Q(number=None), name="journal_to_seal"),
        ]


class Body(models.Model):
    """The words of a command, apart and under their purpose, so that they can be destroyed."""

    ref = models.UUIDField(primary_key=True)
    purpose = models.CharField(max_length=32, db_index=True)
    outbreak = models.UUIDField(null=True)
    salt = models.BinaryField(max_length=16)
    content = SealedText()


class Head(models.Model):
    """The end of one community's chain."""

    community = models.CharField(max_length=15, primary_key=True)
    number = models.BigIntegerField(default=0)
    link = models.BinaryField(max_length=32)


class Stuck(models.Model):
    """A reaction that failed: shown on a screen until it succeeds."""

    entry = models.ForeignKey(Entry, models.CASCADE)
    reaction = models.CharField(max_length=80)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200)
    next_try = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "reaction"], name="one_stuck_reaction")]

"""What the phone's door keeps for itself: what each phone was told last, and what was set aside."""

from django.db import models

from zhegu.accounts.models import Device
from zhegu.lib.ids import new_id
from zhegu.vault.fields import SealedText


class Told(models.Model):
    """What one phone knows: the hashes of the rows it has, and of those it was offered last.

    A phone that names the offered cursor has it; one that names the known cursor lost the offer.
    """

    device = models.OneToOneField(Device, models.CASCADE, primary_key=True)
    known_cursor = models.CharField(max_length=32, blank=True)
    known = models.BinaryField(default=b"")
    offered_cursor = models.CharField(max_length=32, blank=True)
    offered = models.BinaryField(default=b"")


class SetAside(models.TextChoices):
    """Why something delivered was not carried out but kept; the texts are in texts/sync.tsv."""

    REVOKED = "sync.device_revoked"
    EXPIRED = "sync.device_expired"
    STAFF = "sync.staff_locked_out"
    PROOF = "sync.bad_proof"
    UNREADABLE = "sync.unreadable"


class Quarantined(models.Model):
    """Something a phone delivered that nobody could vouch for at once; a person decides."""

    id = models.UUIDField(primary_key=True, default=new_id)
    device = models.ForeignKey(Device, models.CASCADE)
    ref = models.CharField(max_length=40)
    digest = models.BinaryField(max_length=32)
    reason = models.CharField(max_length=32, choices=SetAside.choices)
    arrived = models.DateTimeField()
    content = SealedText()
    settled = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "digest"], name="one_row_per_parcel_set_aside")]
        indexes = [models.Index(fields=["device", "settled"])]

"""Links that open one person's own page, and what people ask for about their data."""

from django.db import models

from zhegu.lib.ids import new_id
from zhegu.places.models import Place
from zhegu.registers.models import Person
from zhegu.residents.rules import Asked
from zhegu.vault.fields import SealedText


class Link(models.Model):
    """Opens the page of one person until it ends or is withdrawn. Its token is stored as a hash."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    opened = models.DateTimeField(null=True)
    """When it was last opened, so that the person notices if it was not them."""

    class Meta:
        ordering = ["-made_at"]


class Wish(models.Model):
    """Somebody asks for a correction or takes back what they had agreed to; it is answered in words."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    what = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Asked])
    words = SealedText()
    at = models.DateTimeField()
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answer = SealedText(blank=True, default="")

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["community"], condition=models.Q(answered=None), name="wishes_to_answer")]

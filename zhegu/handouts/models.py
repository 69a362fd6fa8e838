"""Distributions, the share of every home, and what was handed out."""

from django.db import models
from django.db.models import F, Q

from zhegu.handouts.rules import Confirmed, How, Per, Voucher
from zhegu.lib.ids import new_id
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.registers.models import Household, Person
from zhegu.stock.models import Item, Slip, Store, said_amount


def _of(words: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Handout(models.Model):
    """A distribution: so much of a thing from a store, for every home of the list, once. `card_round`: the round
    whose card is asked for; None where none is."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="handouts")
    outbreak = models.ForeignKey(Outbreak, models.PROTECT, null=True, related_name="+")
    no = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    name_bo = models.CharField(max_length=120, blank=True)
    store = models.ForeignKey(Store, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    per = models.CharField(max_length=10, choices=_of(Per))
    amount = models.BigIntegerField()
    card_round = models.PositiveIntegerField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-no"]
        constraints = [
            models.UniqueConstraint(fields=["community", "no"], name="one_handout_of_a_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_handout_gives_something"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def said(self) -> str:
        return said_amount(self.amount)


class Share(models.Model):
    """What is due to a household, or to somebody without one; people and amount are those of the opening, or of when it
    was `added`: somebody was forgotten, or moved in. `dropped`: it was taken off the list again, and stands on it only where
    a phone that did not know handed it out (`ON_LIST`). `given` is the handing out that counts, kept in the transaction of each."""

    id = models.UUIDField(primary_key=True, default=new_id)
    handout = models.ForeignKey(Handout, models.CASCADE, related_name="shares")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    grid = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    order = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField()
    amount = models.BigIntegerField()
    added = models.DateTimeField(null=True)
    added_by = models.CharField(max_length=80, blank=True)
    dropped = models.DateTimeField(null=True)
    given = models.ForeignKey("Given", models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["handout", "grid", "order"])]
        constraints = [
            models.UniqueConstraint(fields=["handout", "household"], name="one_share_a_household"),
            models.UniqueConstraint(fields=["handout", "person"], name="one_share_a_person"),
            models.CheckConstraint(condition=Q(household=None) ^ Q(person=None), name="a_share_is_somebodys"),
        ]

    @property
    def place(self) -> Place:
        """Where somebody must work to hand it out."""
        return self.grid or self.handout.community

    @property
    def label(self) -> str:
        """Whose it is."""
        return self.household.label if self.household else self.person.name

    @property
    def said(self) -> str:
        return said_amount(self.amount)


class Given(models.Model):
    """Somebody was handed a share; its id is the command's ref. Goods leave the store by `slip`; None: the books had
    not so much. A second one for the same share is kept: the goods are gone."""

    id = models.UUIDField(primary_key=True)
    share = models.ForeignKey(Share, models.CASCADE, related_name="all_given")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    amount = models.BigIntegerField()
    how = models.CharField(max_length=8, choices=_of(How))
    confirmed = models.CharField(max_length=8, choices=_of(Confirmed))
    card_serial = models.BigIntegerField(null=True)
    card_kid = models.CharField(max_length=64, blank=True)
    voucher = models.CharField(max_length=12, choices=_of(Voucher))
    slip = models.ForeignKey(Slip, models.PROTECT, null=True, related_name="+")
    undone = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    looked_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["card_serial", "card_kid"], condition=Q(undone=None), name="handout_cards")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="what_is_given_is_something"),
            models.CheckConstraint(condition=Q(looked_at=None) | ~Q(looked_by=""), name="who_looked_is_known"),
        ]

    @property
    def said(self) -> str:
        return said_amount(self.amount)


ON_LIST = Q(dropped=None) | Q(given__isnull=False)
"""Shares that count."""
BY_WAY = (F("grid__no").asc(nulls_last=True), "order", "pk")
"""Shares in the order in which one walks."""

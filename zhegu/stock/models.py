"""Stores, things, lots; slips with their moves; what the moves add up to."""

from django.db import models
from django.db.models import F, Q

from zhegu.accounts.models import Staff
from zhegu.lib.ids import new_id
from zhegu.places.models import Place
from zhegu.stock.rules import DonorKind, Gear, ItemKind, MoveKind, StoreKind, said_amount
from zhegu.vault.fields import SealedText


class Store(models.Model):
    """Where goods lie: the yard, a checkpoint, a warehouse that stands for a month."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="stores")
    name = models.CharField(max_length=80)
    name_bo = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in StoreKind])
    closed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="one_store_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """A sort of thing in one size and unit."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="items")
    name = models.CharField(max_length=80)
    name_bo = models.CharField(max_length=120, blank=True)
    spec = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=20)
    kind = models.CharField(max_length=14, choices=[(k.value, k.value) for k in ItemKind])
    gear = models.CharField(max_length=8, choices=[(g.value, g.value) for g in Gear], blank=True)
    eat_now = models.BooleanField(default=False)
    code = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["kind", "name", "spec"]
        constraints = [
            models.UniqueConstraint(fields=["community", "name", "spec", "unit"], name="one_item_of_a_name")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.spec}".strip()


class Lot(models.Model):
    """What came together: a lot number and a last day, either of which may be unknown."""

    id = models.UUIDField(primary_key=True, default=new_id)
    item = models.ForeignKey(Item, models.PROTECT, related_name="lots")
    number = models.CharField(max_length=40, blank=True)
    expiry = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number", "expiry"], nulls_distinct=False, name="one_lot")
        ]


class Slip(models.Model):
    """One act of moving goods, with its running number; its id is the ref it was made under."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    no = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in MoveKind])
    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=80)
    counterpart = models.CharField(max_length=120, blank=True)
    receiver = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=200, blank=True)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")

    class Meta:
        ordering = ["-no"]
        constraints = [models.UniqueConstraint(fields=["community", "no"], name="one_slip_of_a_number")]

    @property
    def is_undone(self) -> bool:
        return hasattr(self, "undone_by")


class Move(models.Model):
    """So much of a lot, out of a store, into a store, or both. Never changed, never deleted by hand."""

    slip = models.ForeignKey(Slip, models.CASCADE, related_name="moves")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="moves")
    out_of = models.ForeignKey(Store, models.PROTECT, null=True, related_name="+")
    into = models.ForeignKey(Store, models.PROTECT, null=True, related_name="+")
    bin = models.CharField(max_length=20, blank=True)
    amount = models.BigIntegerField()
    price = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_move_moves_something"),
            models.CheckConstraint(
                condition=~Q(out_of=None, into=None) & (Q(out_of=None) | Q(into=None) | ~Q(out_of=F("into"))),
                name="a_move_goes_somewhere",
            ),
        ]


class Balance(models.Model):
    """What all moves of a lot add up to in a store; kept in the transaction of each move."""

    store = models.ForeignKey(Store, models.PROTECT, related_name="balances")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="balances")
    bin = models.CharField(max_length=20, blank=True)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["store", "lot"], name="one_balance"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="stock_is_never_negative"),
        ]

    @property
    def said(self) -> str:
        return said_amount(self.amount)


class Donation(models.Model):
    """What somebody gave. Kept for the books; shown in public only as the donor agreed."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    no = models.PositiveIntegerField()
    day = models.DateField()
    donor_kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in DonorKind])
    donor = models.CharField(max_length=120, blank=True)
    contact = SealedText(blank=True)
    cash = models.BigIntegerField(default=0)
    goods = models.CharField(max_length=200, blank=True)
    value = models.BigIntegerField(default=0)
    purpose = models.CharField(max_length=200, blank=True)
    used_for = models.CharField(max_length=200, blank=True)
    public = models.BooleanField(default=False)
    received_by = models.CharField(max_length=80)
    slip = models.OneToOneField(Slip, models.PROTECT, null=True, related_name="donation")

    class Meta:
        ordering = ["-no"]
        constraints = [
            models.UniqueConstraint(fields=["community", "no"], name="one_receipt_of_a_number"),
            models.CheckConstraint(condition=Q(cash__gte=0) & Q(value__gte=0), name="gifts_are_not_debts"),
        ]


class Loan(models.Model):
    """Equipment that somebody has and brings back: who, what, since when. Its id is the ref of the lending; its goods
    left the store by `slip`. `settled`: nothing of it is out any more, kept in the transaction of each return."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    holder = models.CharField(max_length=80)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    mark = models.CharField(max_length=60, blank=True)
    due = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    slip = models.OneToOneField(Slip, models.PROTECT, related_name="loan")
    settled = models.DateTimeField(null=True)
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["community", "at"], condition=Q(settled=None), name="loans_that_are_out")]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="a_loan_lends_something")]


class LoanBack(models.Model):
    """So much of a loan came back into a store by `slip`, or, without one, is lost. Its id is the command's ref."""

    id = models.UUIDField(primary_key=True)
    loan = models.ForeignKey(Loan, models.CASCADE, related_name="backs")
    amount = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    note = models.CharField(max_length=200, blank=True)
    slip = models.OneToOneField(Slip, models.PROTECT, null=True, related_name="loan_back")
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="what_comes_back_is_something")]

    @property
    def said(self) -> str:
        return said_amount(self.amount)


class PickList(models.Model):
    """What is to be taken out of a store, for several destinations at once. `done`: its slips moved it; `dropped`: nobody
    will. Which lots are taken is reckoned from what lies there, until it is done."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    no = models.PositiveIntegerField()
    store = models.ForeignKey(Store, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    done = models.DateTimeField(null=True)
    dropped = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-no"]
        constraints = [
            models.UniqueConstraint(fields=["community", "no"], name="one_pick_list_of_a_number"),
            models.CheckConstraint(condition=Q(done=None) | Q(dropped=None), name="a_pick_list_is_done_or_dropped"),
        ]

    @property
    def is_open(self) -> bool:
        return self.done is None and self.dropped is None


class PickLine(models.Model):
    """So much of a thing for one destination: a store, or whoever is named."""

    pick = models.ForeignKey(PickList, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    into = models.ForeignKey(Store, models.PROTECT, null=True, related_name="+")
    to = models.CharField(max_length=120, blank=True)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    slip = models.ForeignKey(Slip, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_pick_line_takes_something"),
            models.CheckConstraint(condition=Q(into=None) ^ Q(to=""), name="a_pick_line_goes_to_one_place"),
        ]

    @property
    def destination(self) -> str:
        return self.into.name if self.into else self.to


class Box(models.Model):
    """Goods packed together under a label and handed over as one. What is in it lies in `store`, a store of its own from the
    packing until it is `opened` (counted at its destination) or `dropped` (unpacked where it was packed)."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    no = models.PositiveIntegerField()
    store = models.OneToOneField(Store, models.PROTECT, related_name="box")
    out_of = models.ForeignKey(Store, models.PROTECT, related_name="+")
    into = models.ForeignKey(Store, models.PROTECT, null=True, related_name="+")
    to = models.CharField(max_length=120, blank=True)
    slip = models.OneToOneField(Slip, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    holder = models.CharField(max_length=80)
    links = models.PositiveSmallIntegerField(default=0)
    opened = models.DateTimeField(null=True)
    opened_by = models.CharField(max_length=80, blank=True)
    opening = models.UUIDField(null=True)
    """The ref of the opening: the ids of its slips follow from it."""
    differences = models.PositiveSmallIntegerField(default=0)
    dropped = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-no"]
        constraints = [
            models.UniqueConstraint(fields=["community", "no"], name="one_box_of_a_number"),
            models.CheckConstraint(condition=Q(opened=None) | Q(dropped=None), name="a_box_is_opened_or_unpacked"),
            models.CheckConstraint(condition=Q(into=None) ^ Q(to=""), name="a_box_goes_to_one_place"),
            models.CheckConstraint(condition=~Q(holder=""), name="somebody_has_the_box"),
        ]

    def __str__(self) -> str:
        return self.store.name

    @property
    def is_packed(self) -> bool:
        return self.opened is None and self.dropped is None

    @property
    def destination(self) -> str:
        return self.into.name if self.into else self.to


class BoxHand(models.Model):
    """A box changed hands: link `n` of its chain."""

    id = models.UUIDField(primary_key=True)
    box = models.ForeignKey(Box, models.CASCADE, related_name="chain")
    n = models.PositiveSmallIntegerField()
    giver = models.CharField(max_length=80)
    taker = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ["box", "n"]
        constraints = [
            models.UniqueConstraint(fields=["box", "n"], name="one_link_of_a_box"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="a_box_goes_from_one_to_another"),
        ]

"""Orders with their lines, the batches they are gathered into, and what went back into the list."""

from django.db import models
from django.db.models import Q

from zhegu.lib.ids import new_id
from zhegu.orders.rules.shelves import left
from zhegu.orders.rules.states import BackReason, Consent, OrderKind, Source, State, state
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.registers.models import Household, Person
from zhegu.vault.fields import SealedText


def _of(words: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Desk(models.Model):
    """The last numbers a community gave to an order and to a batch, locked while the next is given; and whether every
    home is asked every day."""

    community = models.OneToOneField(Place, models.PROTECT, related_name="+", primary_key=True)
    last_order = models.PositiveIntegerField(default=0)
    last_batch = models.PositiveIntegerField(default=0)
    asks_daily = models.BooleanField(default=False)


class Batch(models.Model):
    """Orders of one kind that go out together. `closed`: it is on its way, and nothing in it changes."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="batches")
    no = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=_of(OrderKind))
    name = models.CharField(max_length=80)
    cut_off = models.DateTimeField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    closed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-no"]
        constraints = [models.UniqueConstraint(fields=["community", "no"], name="one_batch_of_a_number")]

    def __str__(self) -> str:
        return self.name


class Asked(models.Model):
    """Somebody asked at a home whether it needs anything; its id is the ref of the command."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    undone = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["household", "-at"]), models.Index(fields=["community", "at"])]


class Order(models.Model):
    """Somebody behind a door asked for something. Its id is the ref it was placed under."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="orders")
    outbreak = models.ForeignKey(Outbreak, models.PROTECT, null=True, related_name="+")
    no = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=_of(OrderKind))
    source = models.CharField(max_length=8, choices=_of(Source))
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="orders")
    grid = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    door = models.CharField(max_length=40, blank=True)
    asker = SealedText(blank=True, default="")
    phone = SealedText(blank=True, default="")
    note = SealedText(blank=True, default="")
    on_behalf = SealedText(blank=True, default="")
    """Who wrote the slip for them, where they did not themselves."""
    urgent = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, related_name="orders")
    asked = models.ForeignKey(Asked, models.PROTECT, null=True, related_name="orders")
    cancelled = models.DateTimeField(null=True)
    delivered = models.DateTimeField(null=True)

    class Meta:
        ordering = ["no"]
        indexes = [
            models.Index(fields=["community", "kind", "-no"]),
            models.Index(fields=["community", "kind"], condition=Q(batch=None, cancelled=None, delivered=None), name="orders_open"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["community", "no"], name="one_order_of_a_number"),
            models.CheckConstraint(condition=Q(cancelled=None) | Q(delivered=None), name="never_cancelled_and_delivered"),
        ]

    def __str__(self) -> str:
        return f"#{self.no}"

    @property
    def state(self) -> State:
        return state(self.cancelled, self.delivered, self.batch_id is not None)

    @property
    def due(self) -> int | None:
        """Fen to be paid for all its lines; None where a price is not known."""
        prices = [(line.price, line.quantity) for line in self.lines.all()]
        return None if any(price is None for price, _ in prices) else sum(price * n for price, n in prices)


class Shop(models.Model):
    """A supply partner whose things are ordered by its daily board. Its menu opens by a link, stored as a hash."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    phone = models.CharField(max_length=20, blank=True)
    token_hash = models.BinaryField(max_length=32, unique=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="one_shop_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Offer(models.Model):
    """A thing on a shop's board of one day. `price`: fen for one; `stock`, `per_home`: None where there is no end."""

    id = models.UUIDField(primary_key=True)
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="offers")
    day = models.DateField()
    item = models.CharField(max_length=80)
    unit = models.CharField(max_length=20, blank=True)
    spec = models.CharField(max_length=40, blank=True)
    price = models.BigIntegerField()
    stock = models.PositiveIntegerField(null=True)
    per_home = models.PositiveIntegerField(null=True)
    off = models.DateTimeField(null=True)
    asked = 0
    """How many are in orders that hold; `queries.board` says it."""

    class Meta:
        ordering = ["item", "spec"]
        constraints = [
            models.UniqueConstraint(fields=["shop", "day", "item", "spec"], name="one_offer_of_a_thing_a_day"),
            models.CheckConstraint(condition=Q(price__gte=0), name="an_offer_costs_not_below_nought"),
        ]

    @property
    def left(self) -> int | None:
        """How many are still there; None where the shop counts none."""
        return left(self.stock, self.asked)


class OrderLine(models.Model):
    """So many of a thing. `price`: fen for one; None where nobody knows it yet."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=80)
    quantity = models.PositiveIntegerField()
    unit = models.CharField(max_length=20, blank=True)
    spec = models.CharField(max_length=40, blank=True)
    price = models.BigIntegerField(null=True)
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="lines")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="one_line_at_a_position"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="a_line_asks_for_something"),
            models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="a_price_is_not_below_nought"),
        ]


class Substitute(models.Model):
    """Another thing for a line that a shop cannot fill, at its price, and what the household said to it: nothing changes
    before they have. `was_…`: the line as it was asked for. Of medicine, another maker of the same drug."""

    id = models.UUIDField(primary_key=True)
    order = models.ForeignKey(Order, models.CASCADE, related_name="substitutes")
    position = models.PositiveSmallIntegerField()
    was_item = models.CharField(max_length=80, blank=True)
    was_quantity = models.PositiveIntegerField()
    was_unit = models.CharField(max_length=20, blank=True)
    was_spec = models.CharField(max_length=40, blank=True)
    was_price = models.BigIntegerField(null=True)
    was_offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="+")
    item = models.CharField(max_length=80)
    quantity = models.PositiveIntegerField()
    unit = models.CharField(max_length=20, blank=True)
    spec = models.CharField(max_length=40, blank=True)
    price = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    agreed = models.BooleanField(null=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, blank=True)
    who = SealedText(blank=True, default="")
    how = models.CharField(max_length=8, choices=_of(Consent), blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], condition=Q(answered=None), name="one_question_a_line"),
            models.CheckConstraint(condition=Q(agreed=None, answered=None) | Q(agreed__isnull=False, answered__isnull=False), name="an_answer_has_its_moment"),
            models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="a_substitute_costs_not_below_nought"),
        ]

    @property
    def returns(self) -> int | None:
        """Fen the household pays less, or has back, by the answer; None where a price is not known or none is needed."""
        if self.agreed is None or self.was_price is None or (self.agreed and self.price is None):
            return None
        now = self.price * self.quantity if self.agreed else 0
        return max(0, self.was_price * self.was_quantity - now)


class Back(models.Model):
    """An order went back into the list, and why."""

    id = models.UUIDField(primary_key=True)
    order = models.ForeignKey(Order, models.CASCADE, related_name="backs")
    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    reason = models.CharField(max_length=20, choices=_of(BackReason))
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]


class Medicine(models.Model):
    """What exactly is to be bought, for whom, and what became of their insurance card. For the medicine team only."""

    order = models.OneToOneField(Order, models.CASCADE, primary_key=True, related_name="medicine")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    drug = SealedText()
    strength = models.CharField(max_length=40)
    maker = models.CharField(max_length=80, blank=True)
    boxes = models.PositiveSmallIntegerField()
    only_this_brand = models.BooleanField(default=False)
    prescription = models.BooleanField(default=False)
    lasts_until = models.DateField(null=True)
    """When what they have is used up."""
    card_taken = models.DateTimeField(null=True)
    card_taken_by = models.CharField(max_length=80, blank=True)
    card_back = models.DateTimeField(null=True)
    card_back_by = models.CharField(max_length=80, blank=True)
    bought = models.DateTimeField(null=True)
    bought_at = models.CharField(max_length=80, blank=True)
    cost = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(boxes__gte=1), name="medicine_comes_in_boxes"),
            models.CheckConstraint(condition=Q(card_back=None) | Q(card_taken__isnull=False), name="a_card_taken_comes_back"),
            models.CheckConstraint(condition=Q(cost=None) | Q(cost__gte=0), name="medicine_costs_not_below_nought"),
        ]


class BoxPhoto(models.Model):
    """The box as it was bought, beside the request; `content` is a JPEG in base64. For the medicine team only."""

    id = models.UUIDField(primary_key=True)
    order = models.ForeignKey(Order, models.CASCADE, related_name="box_photos")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    content = SealedText()

    class Meta:
        ordering = ["at", "id"]

"""Keys, the lists they sign, and every card that was ever issued."""

from django.db import models
from django.db.models import Q

from zhegu.cards.rules.issuing import KeyFacts
from zhegu.cards.rules.states import CardState, card_state
from zhegu.lib.ids import new_id
from zhegu.places.models import Place

SAMPLED, PASS, SUPPLY, LISTS = 1, 2, 3, 0


class Root(models.Model):
    """The key above all others. Its private half is on paper; on disk only until it is put away."""

    id = models.UUIDField(primary_key=True, default=new_id)
    point = models.BinaryField(max_length=65, unique=True)
    certificate = models.BinaryField()
    made = models.DateTimeField()
    printed = models.DateTimeField(null=True)
    put_away = models.DateTimeField(null=True)
    only = models.BooleanField(default=True, unique=True, editable=False)
    """There is one root, also when two people set it up at once."""


class CardKey(models.Model):
    """One signing key: of a community, a role (1 sampled, 2 pass, 3 supply) and a month; role 0 signs
    lists and belongs to no community. The private half is the key file named by the kid."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, null=True, related_name="card_keys")
    role = models.PositiveSmallIntegerField()
    month = models.CharField(max_length=7)
    edition = models.PositiveSmallIntegerField(default=1)
    kid = models.BinaryField(max_length=8, unique=True)
    certificate = models.BinaryField()
    opens = models.DateTimeField()
    closes = models.DateTimeField()
    listed = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "role", "month", "edition"], name="one_card_key_per_role_and_month"
            )
        ]

    @property
    def facts(self) -> KeyFacts:
        return KeyFacts(self.pk, self.opens, self.closes, self.listed, self.revoked)

    @property
    def kid_hex(self) -> str:
        return bytes(self.kid).hex()


class CardCount(models.Model):
    """The last number given out of one community, kind, round and grid."""

    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.PositiveSmallIntegerField()
    round_no = models.PositiveIntegerField()
    grid_no = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "kind", "round_no", "grid_no"], name="one_card_count"
            )
        ]


class IssuedCard(models.Model):
    """A signed card. It names nobody; `holder` is the tag of the person it was made for, '' if pre-printed.

    What it says can be signed again from these facts, letter by letter.
    """

    key = models.ForeignKey(CardKey, models.PROTECT, related_name="cards")
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.PositiveSmallIntegerField(default=SAMPLED)
    round_no = models.PositiveIntegerField()
    grid_no = models.PositiveIntegerField()
    serial = models.BigIntegerField()
    time = models.BigIntegerField()
    iat = models.BigIntegerField()
    exp = models.BigIntegerField()
    holder = models.BinaryField(max_length=10, default=b"")
    activated = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)
    why = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=24, default="sampling_card")
    outbreak = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "kind", "serial"], name="one_card_per_serial"),
            models.CheckConstraint(
                condition=Q(serial__gte=1) & Q(serial__lt=1 << 53), name="card_serial_fits"
            ),
            models.CheckConstraint(
                condition=Q(round_no__gte=1, round_no__lte=65_535), name="card_round_fits"
            ),
            models.CheckConstraint(condition=Q(grid_no__gte=1, grid_no__lte=255), name="card_grid_fits"),
        ]
        indexes = [
            models.Index(fields=["community", "round_no", "grid_no"]),
            models.Index(fields=["exp"], condition=~Q(revoked=None), name="card_revoked"),
            models.Index(fields=["exp"], condition=Q(activated=None, holder=b""), name="card_not_handed_out"),
        ]

    def __str__(self) -> str:
        return str(self.serial)

    def state(self, round_closed: bool) -> CardState:
        handed_out = self.activated is not None or bool(self.holder)
        return card_state(handed_out=handed_out, revoked=self.revoked is not None, round_closed=round_closed)


class ClosedRound(models.Model):
    """A round that is over: its cards that were not handed out have lapsed."""

    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    round_no = models.PositiveIntegerField()
    closed = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "round_no"], name="one_closed_round")]


class SignedList(models.Model):
    """The newest list of its kind, as phones get it. `facts` is the hash of what it says, its time apart."""

    what = models.CharField(max_length=10)
    place = models.CharField(max_length=15, blank=True)
    round_no = models.PositiveIntegerField(default=0)
    seq = models.PositiveBigIntegerField()
    made = models.DateTimeField()
    facts = models.BinaryField(max_length=32)
    signed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "place", "round_no"], name="one_signed_list")]

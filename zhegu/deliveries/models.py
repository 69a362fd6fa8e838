"""Runs with their trucks, people, doors and visits; what is carried and who held it; money of each door."""

from django.db import models
from django.db.models import F, Q

from zhegu.accounts.models import Staff
from zhegu.deliveries.rules.custody import CashKind, Steps, Thing, Unfit, Witness
from zhegu.deliveries.rules.problem import RunKind
from zhegu.lib.ids import new_id
from zhegu.orders.models import BackReason, Batch, Order
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.registers.models import Household
from zhegu.vault.fields import SealedText


def _of(words: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class ErrandRun(models.Model):
    """A batch on its way: drafted, planned, begun, closed. `plan` holds what was told before promising."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="runs")
    outbreak = models.ForeignKey(Outbreak, models.PROTECT, null=True, related_name="+")
    batch = models.OneToOneField(Batch, models.PROTECT, related_name="run")
    kind = models.CharField(max_length=24, choices=_of(RunKind))
    name = models.CharField(max_length=80)
    depot = models.CharField(max_length=80, blank=True)
    station = models.CharField(max_length=80, blank=True)
    station_metres = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    plan = models.JSONField(default=dict)
    planned = models.DateTimeField(null=True)
    begun = models.DateTimeField(null=True)
    closed = models.DateTimeField(null=True)
    paid = models.BigIntegerField(null=True)
    """Fen on the receipt of the station or shop."""

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(condition=Q(begun=None) | Q(planned__isnull=False), name="a_run_begins_planned"),
            models.CheckConstraint(condition=Q(closed=None) | Q(begun__isnull=False), name="a_run_closes_begun"),
        ]

    def __str__(self) -> str:
        return self.name


class RunTruck(models.Model):
    """A vehicle (or someone on foot) of a run. `out`: it drives no further."""

    run = models.ForeignKey(ErrandRun, models.CASCADE, related_name="trucks")
    no = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    capacity = models.PositiveSmallIntegerField()
    shift_minutes = models.PositiveSmallIntegerField()
    out = models.DateTimeField(null=True)
    driven = models.PositiveIntegerField(null=True)
    """Metres by its own meter, once it is back; distances are learnt from them."""

    class Meta:
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["run", "no"], name="one_truck_of_a_number")]

    def __str__(self) -> str:
        return self.name


class RunMember(models.Model):
    """Somebody of the run's team: with a truck, or counting at the depot."""

    run = models.ForeignKey(ErrandRun, models.CASCADE, related_name="team")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    truck = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "staff"], name="once_in_a_team")]


class RunStop(models.Model):
    """A door of a run. `skipped`: its things were left there, and why."""

    id = models.UUIDField(primary_key=True, default=new_id)
    run = models.ForeignKey(ErrandRun, models.CASCADE, related_name="stops")
    no = models.PositiveSmallIntegerField()
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")
    grid = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    door = models.CharField(max_length=40)
    x = models.IntegerField(default=0)
    y = models.IntegerField(default=0)
    urgent = models.BooleanField(default=False)
    due = models.BigIntegerField(default=0)
    """Fen to be paid, as far as prices were known when the run was drafted."""
    skipped = models.DateTimeField(null=True)
    skip_reason = models.CharField(max_length=20, choices=_of(BackReason), blank=True)

    class Meta:
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["run", "no"], name="one_stop_of_a_number")]


class RunVisit(models.Model):
    """A step of a truck's way: at a door, the station or the depot; which things it takes and gives there."""

    run = models.ForeignKey(ErrandRun, models.CASCADE, related_name="visits")
    truck = models.PositiveSmallIntegerField()
    day = models.PositiveSmallIntegerField()
    position = models.PositiveIntegerField()
    place = models.CharField(max_length=8)
    stop = models.ForeignKey(RunStop, models.CASCADE, null=True, related_name="visits")
    minute = models.PositiveIntegerField()
    collect = models.JSONField(default=list)
    hand_back = models.JSONField(default=list)

    class Meta:
        ordering = ["truck", "position"]
        constraints = [models.UniqueConstraint(fields=["run", "truck", "position"], name="one_visit_at_a_position")]


class Parcel(models.Model):
    """A thing that is carried. It has exactly one holder, and `links` hand-overs led to them."""

    id = models.UUIDField(primary_key=True, default=new_id)
    run = models.ForeignKey(ErrandRun, models.CASCADE, related_name="parcels")
    stop = models.ForeignKey(RunStop, models.CASCADE, related_name="parcels")
    order = models.ForeignKey(Order, models.CASCADE, null=True, related_name="parcels")
    no = models.PositiveSmallIntegerField()
    thing = models.CharField(max_length=8, choices=_of(Thing))
    what = models.CharField(max_length=120, blank=True)
    size = models.CharField(max_length=40, blank=True)
    mark = models.CharField(max_length=40, blank=True)
    """The number stamped on a cylinder, read when it is fetched."""
    price = models.BigIntegerField(default=0)
    holder = models.CharField(max_length=80)
    links = models.PositiveSmallIntegerField(default=0)
    collected = models.DateTimeField(null=True)
    filled = models.DateTimeField(null=True)
    disinfected = models.DateTimeField(null=True)
    returned = models.DateTimeField(null=True)
    unfit = models.CharField(max_length=10, choices=_of(Unfit), blank=True)
    called_off = models.DateTimeField(null=True)
    """Nothing of it is wanted any more since then: it goes back to the depot, or never left it."""

    class Meta:
        ordering = ["no"]
        indexes = [models.Index(fields=["run", "holder"])]
        constraints = [
            models.UniqueConstraint(fields=["run", "no"], name="one_parcel_of_a_number"),
            models.UniqueConstraint(fields=["run", "mark"], condition=~Q(mark=""), name="one_cylinder_of_a_mark"),
            models.CheckConstraint(condition=~Q(holder=""), name="somebody_holds_it"),
            models.CheckConstraint(condition=Q(filled=None) | Q(unfit=""), name="filled_or_unfit"),
            models.CheckConstraint(
                condition=Q(filled=None) | Q(collected__isnull=False), name="collected_before_filled"
            ),
            models.CheckConstraint(
                condition=Q(disinfected=None) | Q(filled__isnull=False) | ~Q(unfit=""), name="filled_before_disinfected"
            ),
            models.CheckConstraint(
                condition=~Q(thing=Thing.CYLINDER) | Q(returned=None) | Q(disinfected__isnull=False),
                name="disinfected_before_returned",
            ),
            models.CheckConstraint(condition=Q(returned=None) | Q(holder="door"), name="returned_is_at_the_door"),
            models.CheckConstraint(condition=Q(returned=None) | Q(called_off=None), name="what_is_called_off_is_not_brought"),
        ]  # fmt: skip

    @property
    def steps(self) -> Steps:
        return Steps(Thing(self.thing), self.collected, self.filled, self.disinfected, self.returned, self.unfit)


class HandOver(models.Model):
    """A thing changed hands: link `n` of its chain, under the ref of the act that may have moved several."""

    parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="chain")
    n = models.PositiveSmallIntegerField()
    ref = models.UUIDField(db_index=True)
    giver = models.CharField(max_length=80)
    taker = models.CharField(max_length=80)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    witness = models.CharField(max_length=10, choices=_of(Witness))
    knocked = models.DateTimeField(null=True)
    called = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    confirmed = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["parcel", "n"]
        indexes = [models.Index(fields=["taker"], condition=Q(confirmed=None, witness="both"), name="to_be_confirmed")]
        constraints = [
            models.UniqueConstraint(fields=["parcel", "n"], name="one_link_of_a_chain"),
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="from_one_to_another"),
            models.CheckConstraint(
                condition=~Q(witness=Witness.DOOR) | Q(knocked__isnull=False), name="the_door_was_knocked_at"
            ),
        ]  # fmt: skip


class CashCount(models.Model):
    """Somebody counted a bag. Two people must have found the same."""

    id = models.UUIDField(primary_key=True)
    stop = models.ForeignKey(RunStop, models.CASCADE, related_name="counts")
    fen = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=Q(fen__gte=0), name="a_count_is_not_below_nought")]


class CashEntry(models.Model):
    """Money of a household that came or went. Never changed; `undone` where it was written by mistake."""

    id = models.UUIDField(primary_key=True)
    stop = models.ForeignKey(RunStop, models.CASCADE, related_name="cash")
    kind = models.CharField(max_length=8, choices=_of(CashKind))
    fen = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    note = models.CharField(max_length=200, blank=True)
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(fen__gt=0), name="cash_moves_something"),
            models.CheckConstraint(condition=~Q(kind=CashKind.LENT) | ~Q(note=""), name="lent_for_a_reason"),
        ]


class DoorPhoto(models.Model):
    """What was left at a door, as it lay there; `content` is a JPEG in base64. For the team of its run only."""

    id = models.UUIDField(primary_key=True)
    stop = models.ForeignKey(RunStop, models.CASCADE, related_name="photos")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    content = SealedText()

    class Meta:
        ordering = ["at", "id"]


class GridWay(models.Model):
    """How far two grids are apart, as their workers say."""

    community = models.ForeignKey(Place, models.CASCADE, related_name="+")
    one = models.ForeignKey(Place, models.CASCADE, related_name="+")
    other = models.ForeignKey(Place, models.CASCADE, related_name="+")
    metres = models.PositiveIntegerField()

    class Meta:
        ordering = ["one__no", "other__no"]
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="one_way_between_grids")]

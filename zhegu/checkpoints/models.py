"""Gates, who is let through without being asked, crossings, and what stays of them in numbers."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from zhegu.checkpoints.rules import (
    Did,
    Direction,
    Errand,
    Found,
    LeaveRule,
    Outcome,
    Recheck,
    Vehicle,
    Why,
    celsius,
)
from zhegu.lib.ids import new_id
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.vault.fields import SealedText


def _of(words: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Gate(models.Model):
    """A place on a road where people are asked. Whoever keeps it holds the role at `place` or above."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="gates")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    name_bo = models.CharField(max_length=120, blank=True)
    road = models.CharField(max_length=120, blank=True)
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    checks = models.JSONField(default=list)
    """Codes of what is asked; empty: what the open outbreak's profile says, else the house's list."""
    plate_prefix = models.CharField(max_length=4, blank=True)
    closed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="one_gate_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Allowed(models.Model):
    """A vehicle that is let through: a supply truck, an ambulance; at one gate or at all, for a time."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    gate = models.ForeignKey(Gate, models.CASCADE, null=True, related_name="+")
    plate = models.CharField(max_length=20)
    plate_key = models.CharField(max_length=20, db_index=True)
    errand = models.CharField(max_length=12, choices=_of(Errand))
    whose = models.CharField(max_length=120, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    given_by = models.CharField(max_length=80)
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ["until", "plate_key"]
        constraints = [models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="a_permission_lasts")]

    @property
    def holds_until(self) -> datetime:
        return min(self.until, self.ended) if self.ended else self.until


class Crossing(models.Model):
    """Somebody stood at a gate. Its id is the ref of the command; numbers are sealed and never needed."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="crossings")
    outbreak = models.ForeignKey(Outbreak, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    direction = models.CharField(max_length=3, choices=_of(Direction))
    vehicle = models.CharField(max_length=12, choices=_of(Vehicle))
    plate = models.CharField(max_length=20, blank=True)
    plate_key = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=120, blank=True)
    id_number = SealedText(blank=True, default="")
    phone = SealedText(blank=True, default="")
    people = models.PositiveSmallIntegerField(default=1)
    coming_from = models.CharField(max_length=80, blank=True)
    going_to = models.CharField(max_length=80, blank=True)
    errand = models.CharField(max_length=12, choices=_of(Errand))
    checks = models.JSONField(default=dict)
    temperature = models.PositiveSmallIntegerField(null=True)
    tested_at = models.DateTimeField(null=True)
    doses = models.PositiveSmallIntegerField(null=True)
    card_serial = models.BigIntegerField(null=True)
    card_kid = models.CharField(max_length=64, blank=True)
    card = models.CharField(max_length=6, blank=True)
    permit_no = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=20, choices=_of(Outcome))
    why = models.CharField(max_length=20, choices=_of(Why))
    note = models.CharField(max_length=200, blank=True)
    offline = models.BooleanField(default=False)
    recheck = models.CharField(max_length=16, choices=_of(Recheck), blank=True)
    reconciled = models.DateTimeField(null=True)
    reconciled_by = models.CharField(max_length=80, blank=True)
    undone = models.DateTimeField(null=True)
    emptied = models.BooleanField(default=False)
    """Turned back, and long enough ago: who it was is gone, that it was so still counts."""

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["gate", "-at"]), models.Index(fields=["community", "-at"]),
            models.Index(fields=["community", "plate_key", "-at"]),
            models.Index(fields=["community"], condition=Q(offline=True, reconciled=None), name="to_be_reconciled"),
        ]  # fmt: skip
        constraints = [models.CheckConstraint(condition=Q(people__gte=1), name="somebody_crosses")]

    @property
    def celsius(self) -> str:
        """`36.6`, or nothing where it was not measured."""
        return celsius(self.temperature)


class Leave(models.Model):
    """A rule of going out: which grids, on which days, in which hours, with how fresh a card; for a time."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    grids = models.JSONField(default=list)
    weekdays = models.JSONField(default=list)
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    card_hours = models.PositiveSmallIntegerField(null=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    given_by = models.CharField(max_length=80)
    ended = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since", "name"]
        constraints = [models.CheckConstraint(condition=Q(until__gt=models.F("since")), name="a_leave_lasts")]

    @property
    def rule(self) -> LeaveRule:
        """The rule as a value."""
        return LeaveRule(tuple(self.grids), tuple(self.weekdays), self.opens, self.closes, self.card_hours)


class Route(models.Model):
    """Where a patrol goes: points in order. Who goes when stands in the rosters, at a post of that name."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    name_bo = models.CharField(max_length=120, blank=True)
    points = models.JSONField(default=list)
    closed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="one_route_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Finding(models.Model):
    """A patrol passed a point: how many people it met and what it did. There is no field for a name."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    route = models.ForeignKey(Route, models.PROTECT, related_name="findings")
    point = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    found = models.CharField(max_length=12, choices=_of(Found))
    people = models.PositiveSmallIntegerField(default=0)
    did = models.CharField(max_length=12, choices=_of(Did))
    undone = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["community", "-at"])]

    @property
    def point_name(self) -> str:
        """The point's name, or its number where the route has fewer by now."""
        return self.route.points[self.point] if self.point < len(self.route.points) else str(self.point + 1)


class DayCount(models.Model):
    """A gate's day in numbers, written every night: it outlives the crossings and names nobody (form F12b)."""

    gate = models.ForeignKey(Gate, models.CASCADE, related_name="days")
    day = models.DateField()
    vehicles_in = models.PositiveIntegerField(default=0)
    vehicles_out = models.PositiveIntegerField(default=0)
    people_in = models.PositiveIntegerField(default=0)
    people_out = models.PositiveIntegerField(default=0)
    turned_back = models.PositiveIntegerField(default=0)
    fever = models.PositiveIntegerField(default=0)
    referred = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["day", "gate__name"]
        constraints = [models.UniqueConstraint(fields=["gate", "day"], name="one_count_a_gate_and_day")]

"""Rounds, their frozen rosters, tables and slots, tubes and swabs."""

from django.db import models
from django.db.models import F, Q

from zhegu.accounts.models import Device, Staff
from zhegu.lib.ids import new_id
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.registers.models import Household, Person, Residence
from zhegu.sampling.rules import (
    RATIOS,
    Aside,
    Excuse,
    Gone,
    MissingReason,
    Single,
    SiteDuty,
    Standing,
    TubeResult,
)

CARD_ACTIVE = "active"


def choices(words: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Round(models.Model):
    """One sampling of a community, from the freezing of its roster to its closing."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="rounds")
    outbreak = models.ForeignKey(Outbreak, models.PROTECT, related_name="rounds")
    recheck_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="rechecks")
    no = models.PositiveIntegerField()
    name = models.CharField(max_length=60, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mix_ratio = models.PositiveSmallIntegerField()
    single_only = models.JSONField(default=list)
    infant_below_months = models.PositiveSmallIntegerField(null=True)
    excuse_infants = models.BooleanField(default=False)
    body_site = models.CharField(max_length=10, default="throat")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    without_grid_reason = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True)
    difference_note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-no"]
        constraints = [
            models.UniqueConstraint(fields=["community", "no"], name="one_round_per_number"),
            models.CheckConstraint(condition=Q(no__gte=1, no__lte=65_535), name="round_number_fits_a_card"),
            models.CheckConstraint(condition=Q(mix_ratio__in=RATIOS), name="round_ratio_is_validated"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="round_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.community_id}/{self.no}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Line(models.Model):
    """One person on a round's roster. Grid, household and residence are those of the freezing.

    `standing` is `rules.partition` of the facts beside it, kept with them in one transaction.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    round = models.ForeignKey(Round, models.PROTECT, related_name="lines")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    grid = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")
    residence = models.CharField(max_length=10, choices=Residence.choices)
    standing = models.CharField(max_length=10, choices=choices(Standing), default=Standing.MISSING)
    single_why = models.CharField(max_length=20, choices=choices(Single), blank=True)

    opening_excuse = models.CharField(max_length=10, choices=choices(Excuse), blank=True)
    excuse = models.CharField(max_length=10, choices=choices(Excuse), blank=True)
    excuse_note = models.CharField(max_length=200, blank=True)
    excused_by = models.CharField(max_length=80, blank=True)
    excused_at = models.DateTimeField(null=True)

    gone = models.CharField(max_length=10, choices=choices(Gone), blank=True)
    gone_by = models.CharField(max_length=80, blank=True)
    gone_at = models.DateTimeField(null=True)

    reason = models.CharField(max_length=12, choices=choices(MissingReason), blank=True)
    reason_note = models.CharField(max_length=200, blank=True)
    called = models.BooleanField(default=False)
    comes_at = models.DateTimeField(null=True)
    noted_by = models.CharField(max_length=80, blank=True)
    noted_at = models.DateTimeField(null=True)

    version = models.UUIDField(null=True)
    """The ref of the last act on excuse, gone or reason: what a phone has seen, or has not."""

    added_reason = models.CharField(max_length=16, blank=True)
    added_by = models.CharField(max_length=80, blank=True)
    added_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="one_line_per_person_and_round"),
            models.CheckConstraint(condition=Q(excuse="") | ~Q(excused_by=""), name="excuse_has_an_author"),
            models.CheckConstraint(condition=Q(gone="") | ~Q(gone_by=""), name="gone_has_an_author"),
            models.CheckConstraint(
                condition=Q(added_at=None) | ~Q(added_reason="", added_by=""), name="addition_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.EXCUSED) | ~Q(excuse=""), name="excused_by_an_excuse"
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.MOVED) | Q(gone=Gone.MOVED), name="moved_only_if_gone"
            ),
            models.CheckConstraint(
                condition=~Q(standing=Standing.NOT_FOUND) | Q(gone=Gone.NOT_FOUND), name="not_found_only_if_gone"
            ),
        ]
        indexes = [
            models.Index(fields=["round", "standing", "grid", "excuse", "reason"], name="standings_of_a_round"),
            models.Index(fields=["round", "grid"]),
        ]


class Table(models.Model):
    """A sampling table of a round: which grids come to it, who works there, on which phone."""

    id = models.UUIDField(primary_key=True, default=new_id)
    round = models.ForeignKey(Round, models.CASCADE, related_name="tables")
    no = models.PositiveSmallIntegerField()
    grids = models.ManyToManyField(Place, related_name="+")
    staff = models.ManyToManyField(Staff, through="Seat", related_name="+")
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["round", "no"], name="one_table_per_number")]


class Seat(models.Model):
    """Who works at a table, and what they do there; a guide or disinfector of the whole site sits at each."""

    table = models.ForeignKey(Table, models.CASCADE, related_name="seats")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    duty = models.CharField(max_length=12, choices=choices(SiteDuty))

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["table", "staff"], name="one_seat_each_at_a_table")]


class Slot(models.Model):
    """People of one grid are called to a table at this time, so that no queue forms."""

    id = models.UUIDField(primary_key=True, default=new_id)
    round = models.ForeignKey(Round, models.CASCADE, related_name="slots")
    table = models.ForeignKey(Table, models.CASCADE, related_name="slots")
    grid = models.ForeignKey(Place, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    people = models.PositiveIntegerField()
    called_at = models.DateTimeField(null=True)
    called_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["starts_at", "table__no"]


class Handover(models.Model):
    """Tubes changed hands: from whom, to whom, by which courier, when. Its id is the command's ref."""

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="handovers")
    to = models.CharField(max_length=120)
    courier = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)


class Tube(models.Model):
    """A tube as the phone named it. Its grid is that of the first swab; `swabs` counts what is in it."""

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="tubes")
    label = models.CharField(max_length=40)
    ratio = models.PositiveSmallIntegerField()
    grid = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    device = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    swabs = models.PositiveIntegerField(default=0)
    handover = models.ForeignKey(Handover, models.PROTECT, null=True, related_name="tubes")
    result = models.CharField(max_length=10, choices=choices(TubeResult), blank=True)
    result_at = models.DateTimeField(null=True)
    result_by = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["opened_at", "label"]
        constraints = [
            models.CheckConstraint(condition=Q(ratio__in=RATIOS), name="tube_ratio_is_validated"),
            models.CheckConstraint(condition=Q(result="") | ~Q(result_by=""), name="result_has_an_author"),
        ]
        indexes = [models.Index(fields=["round", "label"])]


class Sample(models.Model):
    """A swab that was really taken; its id is the command's ref. Never deleted: undone, or standing aside.

    `card` is "" without a card, "active", or why the card that was handed over is not active.
    """

    id = models.UUIDField(primary_key=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="samples")
    line = models.ForeignKey(Line, models.PROTECT, related_name="samples")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    tube = models.ForeignKey(Tube, models.PROTECT, related_name="samples")
    position = models.PositiveSmallIntegerField()
    serial = models.BigIntegerField(null=True)
    kid = models.BinaryField(max_length=32, default=b"")
    card = models.CharField(max_length=40, blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=80)
    device = models.CharField(max_length=40, blank=True)
    at_home = models.BooleanField(default=False)
    body_site = models.CharField(max_length=10)
    override = models.CharField(max_length=200, blank=True)
    aside = models.CharField(max_length=16, choices=choices(Aside), blank=True)
    undone_at = models.DateTimeField(null=True)
    undo_ref = models.UUIDField(null=True)
    undone_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person"], condition=Q(aside="", undone_at=None),
                name="one_valid_sample_per_person_and_round",
            ),
            models.UniqueConstraint(
                fields=["serial", "kid"], condition=Q(card=CARD_ACTIVE, undone_at=None),
                name="a_card_is_one_persons",
            ),
            models.CheckConstraint(
                condition=~Q(card=CARD_ACTIVE) | Q(serial__isnull=False), name="active_card_has_a_serial"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["round", "taken_at"])]


class Conflict(models.Model):
    """Two people said different things about one line without knowing of each other. The later word
    stands; this one is kept until a person has looked."""

    id = models.UUIDField(primary_key=True)
    line = models.ForeignKey(Line, models.CASCADE, related_name="conflicts")
    what = models.CharField(max_length=10)
    said = models.CharField(max_length=40)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=80, blank=True)


class Undo(models.Model):
    """A swab was taken back before it arrived: kept until it does."""

    sample = models.UUIDField(primary_key=True)
    ref = models.UUIDField(null=True)
    community = models.CharField(max_length=15)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    device = models.CharField(max_length=40, blank=True)


class Report(models.Model):
    """A phone said that everything it took in the round has been sent."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="reports")
    device = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "device"], name="one_report_per_phone_and_round")]


class Tally(models.Model):
    """The figures of one grid in one round, kept in the transaction of each act. Equal to a recount,
    always; `grid` None counts those who belong to no grid. Never one row for a whole round: that one
    would be everybody's bottleneck."""

    id = models.UUIDField(primary_key=True, default=new_id)
    round = models.ForeignKey(Round, models.CASCADE, related_name="tallies")
    grid = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    households = models.IntegerField(default=0)
    residents = models.IntegerField(default=0)
    incomers = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    excused = models.IntegerField(default=0)
    missing = models.IntegerField(default=0)
    moved = models.IntegerField(default=0)
    not_found = models.IntegerField(default=0)
    single = models.IntegerField(default=0)
    mixed = models.IntegerField(default=0)
    at_home = models.IntegerField(default=0)
    cards = models.IntegerField(default=0)
    swabs = models.IntegerField(default=0)
    tubes = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "grid"], name="one_tally_per_grid"),
            models.UniqueConstraint(fields=["round"], condition=Q(grid=None), name="one_tally_without_a_grid"),
        ]

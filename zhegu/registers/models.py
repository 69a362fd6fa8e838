"""People and households of a community."""

from django.db import models

from zhegu.lib.ids import new_id
from zhegu.places.models import Place
from zhegu.vault.fields import SealedText, index_of


class Sex(models.TextChoices):
    """As the papers say; '' where nobody wrote it down."""

    MALE = "m"
    FEMALE = "f"


class Residence(models.TextChoices):
    """How someone belongs here."""

    RESIDENT = "resident"
    INCOMER = "incomer"


class Presence(models.TextChoices):
    """Where someone is: away still belongs here; moved away and died do not."""

    HERE = "here"
    AWAY = "away"
    MOVED_AWAY = "moved_away"
    DIED = "died"


class Household(models.Model):
    """People who live behind one door. `no` is the register's own number, where it has one."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="households")
    grid = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    no = models.CharField(max_length=40, blank=True)
    head_name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    door = models.CharField(max_length=40, blank=True)
    order = models.PositiveIntegerField(default=0)
    note = SealedText(blank=True, default="")
    ended = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["community", "no"]),
            models.Index(fields=["grid", "order"]),
            models.Index(fields=["community", "door"]),
        ]

    @property
    def label(self) -> str:
        """What people call it."""
        return self.head_name or self.no or self.door or self.address

    @property
    def number(self) -> str:
        """What stands at its door: the register's number, else the door's."""
        return self.no or self.door


class Person(models.Model):
    """Someone of the register. Belongs to exactly one grid, or stands on the "no grid" list.

    Id number and phone are sealed; the indexes beside them find them by whole value and last four.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="people", db_index=False)
    grid = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="members")
    residence = models.CharField(max_length=10, choices=Residence.choices, default=Residence.RESIDENT)
    relation = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120)
    name_bo = models.CharField(max_length=200, blank=True)
    nickname = models.CharField(max_length=80, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    birth_date = models.DateField(null=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    id_kind = models.CharField(max_length=24, blank=True)
    id_valid = models.BooleanField(default=False)
    id_number = SealedText(blank=True, default="")
    id_index = models.BinaryField(max_length=16, default=b"")
    id_tail_index = models.BinaryField(max_length=16, default=b"")
    phone = SealedText(blank=True, default="")
    phone_index = models.BinaryField(max_length=16, default=b"")
    phone_tail_index = models.BinaryField(max_length=16, default=b"")
    note = SealedText(blank=True, default="")
    code = models.CharField(max_length=20, unique=True)
    """As printed: `R1:` and 17 characters."""
    presence = models.CharField(max_length=12, choices=Presence.choices, default=Presence.HERE)
    presence_since = models.DateField(null=True)
    filled = models.JSONField(default=dict)
    """Fields this row shows for those merged into it, by whose they are; '' where someone emptied one since."""
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    added = models.DateTimeField()
    purpose = models.CharField(max_length=24, default="register")

    class Meta:
        indexes = [
            models.Index(fields=["community", "merged_into", "grid", "presence", "residence"]),
            models.Index(fields=["community", "birth_year"]),
            models.Index(fields=["community", "name", "name_bo", "nickname"], name="names_of_a_community"),
            models.Index(fields=["id_index"]),
            models.Index(fields=["id_tail_index"]),
            models.Index(fields=["phone_index"]),
            models.Index(fields=["phone_tail_index"]),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def mark(self, field: str) -> str:
        """One fact as it stands, as a mark that tells nothing: forms carry it to notice changes made meanwhile."""
        value = getattr(self, field)
        return index_of(f"{value if value is not None else ''} ", f"form.{self.pk}.{field}").hex()[:16]

    def show_id(self, number: str, kind: str, valid: bool) -> None:
        """The paper's number (already tidied) with its blind indexes; '' for none."""
        self.id_number, self.id_kind, self.id_valid = number, kind, valid
        self.id_index, self.id_tail_index = id_index(number), id_tail_index(number)

    def show_phone(self, number: str) -> None:
        """The number to call (already tidied) with its blind indexes; '' for none."""
        self.phone = number
        self.phone_index, self.phone_tail_index = phone_index(number), phone_tail_index(number)


TAIL = 4
LEAST_WITH_TAIL = 8
"""A shorter number has no tail: its last four would give too much of it away."""


def _tail(number: str) -> str:
    return number[-TAIL:] if len(number) >= LEAST_WITH_TAIL else ""


def id_index(number: str) -> bytes:
    """Blind index of a tidied id number."""
    return index_of(number, "person.id_number")


def id_tail_index(number: str) -> bytes:
    """Blind index of a tidied id number's last four, or of four characters themselves."""
    return index_of(number if len(number) == TAIL else _tail(number), "person.id_tail")


def phone_index(number: str) -> bytes:
    """Blind index of a tidied phone number."""
    return index_of(number, "person.phone")


def phone_tail_index(number: str) -> bytes:
    """Blind index of a tidied phone number's last four, or of four digits themselves."""
    return index_of(number if len(number) == TAIL else _tail(number), "person.phone_tail")


class NameKey(models.Model):
    """One reading of a person's name: exact, elements, pinyin, initials, bo, wylie, latin, nickname, part.

    Found by ranges, so the order of keys must be that of their bytes (SQLite's own; on PostgreSQL a
    database with the C collation).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="keys")
    community = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    key = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["community", "kind", "key", "person"])]


class Merge(models.Model):
    """Two rows were the same person: `dropped` is shown as `kept`, until it is undone."""

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kept = models.ForeignKey(Person, models.CASCADE, related_name="merges")
    dropped = models.ForeignKey(Person, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    undone = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dropped"], condition=models.Q(undone=None), name="merged_once")
        ]


class Followed(models.Model):
    """A row of another room (`what`: its table) that went with a merge, so that it goes back whenever that is undone."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="followed")
    what = models.CharField(max_length=60)
    row = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merge", "what", "row"], name="followed_once")]


class Different(models.Model):
    """Someone looked: these two are not the same person, though they look alike. `one` < `other`."""

    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="different_once")]


class Trace(models.Model):
    """Which journal entry (`ref`) tells of which person or household (`subject`)."""

    subject = models.UUIDField(db_index=True)
    ref = models.UUIDField()


class ImportDraft(models.Model):
    """An upload on its way into the register: read and shown, and nothing of it counts until confirmed.

    `found` is what was read, `said` what a person corrected and decided. Both go when it is written or dropped.
    """

    class Step(models.TextChoices):
        READING = "reading"
        READ = "read"
        WRITING = "writing"
        WRITTEN = "written"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=new_id)
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    step = models.CharField(max_length=8, choices=Step.choices, default=Step.READING)
    said = models.JSONField(default=dict)
    found = SealedText(blank=True, default="")
    problem = models.CharField(max_length=80, blank=True)
    ref = models.UUIDField(default=new_id)
    """Under which it will be journalled: confirming twice writes once."""


class ImportFile(models.Model):
    """One uploaded workbook; its bytes are sealed, for they hold numbers in clear."""

    id = models.UUIDField(primary_key=True, default=new_id)
    draft = models.ForeignKey(ImportDraft, models.CASCADE, related_name="files")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = SealedText()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "order"], name="import_files_in_order")]

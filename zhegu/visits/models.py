"""Campaigns, their doors, and everything that was said of a door."""

from django.db import models
from django.db.models import Q

from zhegu.lib.ids import new_id
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.registers.models import Household, Person
from zhegu.vault.fields import SealedText
from zhegu.visits.rules import Question, Standing, What, question_of


def _of(words: type) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


class Campaign(models.Model):
    """Everybody of a community is to be visited once: survey, masks and advice in one. `questions` as in rules."""

    id = models.UUIDField(primary_key=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="campaigns")
    outbreak = models.ForeignKey(Outbreak, models.PROTECT, null=True, related_name="+")
    no = models.PositiveIntegerField()
    name = models.CharField(max_length=80)
    name_bo = models.CharField(max_length=120, blank=True)
    questions = models.JSONField(default=list)
    earlier = models.JSONField(default=list)
    """Questions of earlier versions that are asked no more: what was answered to them is kept."""
    version = models.PositiveSmallIntegerField(default=1)
    masks = models.BooleanField(default=False)
    advice = models.CharField(max_length=400, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-no"]
        constraints = [
            models.UniqueConstraint(fields=["community", "no"], name="one_campaign_of_a_number"),
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="a_campaign_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def asked(self) -> tuple[Question, ...]:
        return tuple(question_of(one) for one in self.questions)

    @property
    def no_more_asked(self) -> tuple[Question, ...]:
        return tuple(question_of(one) for one in self.earlier)

    @property
    def ever_asked(self) -> tuple[Question, ...]:
        """What an answer may belong to: a phone may not know of the newest version yet."""
        return (*self.asked, *self.no_more_asked)


class Door(models.Model):
    """One door of a campaign: a household, somebody without one, or a place somebody found (`name`, `where`).

    Grid, unit and people are those of the freezing. What it is (`standing` and the like) is `rules.door_of` of all
    that was said, kept in the transaction of each word.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="doors")
    household = models.ForeignKey(Household, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    where = models.CharField(max_length=200, blank=True)
    grid = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    order = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField(null=True)
    added_by = models.CharField(max_length=80, blank=True)
    standing = models.CharField(max_length=10, choices=_of(Standing), default=Standing.MISSING)
    clash = models.BooleanField(default=False)
    visit = models.UUIDField(null=True)
    word = models.UUIDField(null=True)
    excuse = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = [models.Index(fields=["campaign", "standing", "grid"])]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "household"], name="one_door_a_household"),
            models.UniqueConstraint(fields=["campaign", "person"], name="one_door_a_person"),
            models.CheckConstraint(
                condition=~Q(household=None, person=None, name=""), name="a_door_is_somebodys"
            ),
            models.CheckConstraint(condition=Q(added_at=None) | ~Q(added_by=""), name="an_added_door_has_an_author"),
        ]

    @property
    def place(self) -> Place:
        """Where somebody must work to go there; a unit's code begins with its grid's."""
        return self.unit or self.grid or self.campaign.community

    @property
    def label(self) -> str:
        """What people call it."""
        if self.household:
            return self.household.label
        return self.person.name if self.person else self.name


class Said(models.Model):
    """One thing said of a door: a visit with its answers, or a word. Its id is the ref of the command."""

    id = models.UUIDField(primary_key=True)
    door = models.ForeignKey(Door, models.CASCADE, related_name="said")
    what = models.CharField(max_length=8, choices=_of(What))
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    on_behalf = models.CharField(max_length=80, blank=True)
    from_paper = models.BooleanField(default=False)
    follows = models.UUIDField(null=True)
    code = models.CharField(max_length=20, blank=True)
    answers = SealedText(blank=True, default="")
    masks = models.PositiveSmallIntegerField(default=0)
    advised = models.BooleanField(default=False)
    note = SealedText(blank=True, default="")
    undone = models.DateTimeField(null=True)
    aside = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]

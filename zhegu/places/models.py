"""Places: prefecture, county, town, community, grid, joint-household unit, sites.

The code is the path: a place lies within every place whose code its own begins with
(GB/T 2260 six digits, GB/T 10114 three, three for the community, three for the grid).
"""

from django.db import models
from django.db.models.functions import Length

from zhegu.lib.ids import new_id

models.CharField.register_lookup(Length)


class Kind(models.TextChoices):
    """What sort of place; the texts are in texts/places.tsv."""

    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWN = "town"
    COMMUNITY = "community"
    GRID = "grid"
    UNIT = "unit"
    SITE = "site"


class Place(models.Model):
    """One place. `no` is the short number people say (grid 8)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    code = models.CharField(max_length=24, unique=True)
    no = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=80, blank=True)
    name_bo = models.CharField(max_length=120, blank=True)
    within = models.ForeignKey("self", models.PROTECT, null=True, related_name="inside")
    order = models.PositiveIntegerField(default=0)
    closed = models.DateTimeField(null=True)

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["kind", "code"])]

    def __str__(self) -> str:
        return self.code

    @property
    def community_code(self) -> str:
        """The community this place is or lies in; shorter codes stand for themselves."""
        return self.code[:12]

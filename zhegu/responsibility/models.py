"""Who was put in charge of one household."""

from django.db import models
from django.db.models import Q

from zhegu.accounts.models import Staff
from zhegu.lib.ids import new_id
from zhegu.registers.models import Household


class Keeper(models.Model):
    """Someone answers for this household, beside and before its unit's head and its grid's worker."""

    id = models.UUIDField(primary_key=True, default=new_id)
    household = models.ForeignKey(Household, models.CASCADE, related_name="keepers")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    given_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["household", "staff"], condition=Q(until=None), name="keeps_a_household_once")
        ]
        indexes = [models.Index(fields=["household", "since"])]

"""How long is kept who was in charge of a household."""

from zhegu.lib.upkeep import Kept
from zhegu.responsibility.models import Keeper

DAYS = 365

KEPT = (
    Kept("responsibility.keepers", "staff", DAYS, "ended", "house: who answered on a past day is asked within a year",
         lambda due: Keeper.objects.filter(household__community=due.community, until__lt=due.before)),
)

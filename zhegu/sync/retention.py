"""How long parcels that were set aside are kept, once somebody has decided about them."""

from zhegu.lib.upkeep import Due, Kept
from zhegu.sync.models import Quarantined


def _settled(due: Due):
    return Quarantined.objects.filter(device__community=due.community, settled__lt=due.before)


KEPT = (
    Kept("sync.set_aside", "sync", 30, "settled", "house: long enough to ask about a decision", _settled),
)

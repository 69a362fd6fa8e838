"""Of two rows of one person the one that is shown is cared for."""

from uuid import UUID

from zhegu.care.models import CareNeed, Hint
from zhegu.registers.actions import Follows, reactions_of


def _cared_for(row: CareNeed, to: UUID) -> bool:
    """Both stand on the ledger: somebody reads the two and ends one."""
    return row.ended is None and CareNeed.objects.filter(person=to, ended=None).exists()


FOLLOWING = (
    Follows(CareNeed.objects.all, stays=_cared_for),
    Follows(Hint.objects.all),
)

REACTIONS = reactions_of(__name__, FOLLOWING)

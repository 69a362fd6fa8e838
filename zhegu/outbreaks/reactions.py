"""Of two rows of one person the tests stand with the one that is shown."""

from uuid import UUID

from zhegu.outbreaks.models import Tested
from zhegu.registers.actions import Follows, reactions_of


def _known(row: Tested, to: UUID) -> bool:
    """The same swab is written down there already."""
    return Tested.objects.filter(outbreak=row.outbreak_id, at=row.at, person=to).exists()


FOLLOWING = (
    Follows(Tested.objects.all, stays=_known),
)

REACTIONS = reactions_of(__name__, FOLLOWING)

"""A door of somebody without a household is that of the person who is shown, of two rows of one."""

from uuid import UUID

from zhegu.registers.actions import Follows, reactions_of
from zhegu.visits.models import Door


def _has_a_door(row: Door, to: UUID) -> bool:
    """Both doors stay in the campaign, whose sum is that of its freezing."""
    return Door.objects.filter(campaign=row.campaign_id, person=to).exists()


FOLLOWING = (
    Follows(Door.objects.all, stays=_has_a_door),
)

REACTIONS = reactions_of(__name__, FOLLOWING)

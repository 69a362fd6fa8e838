"""A door of somebody without a household is that of the person who is shown, of two rows of one."""

from uuid import UUID

from zhegu.journal.models import Entry
from zhegu.registers.actions import Follows, follow_merge, follow_parting
from zhegu.registers.actions import Happened as Registered
from zhegu.visits.models import Door


def _has_a_door(row: Door, to: UUID) -> bool:
    """Both doors stay in the campaign, whose sum is that of its freezing."""
    return Door.objects.filter(campaign=row.campaign_id, person=to).exists()


FOLLOWING = (
    Follows(Door.objects.all, stays=_has_a_door),
)


def merged(entry: Entry) -> None:
    follow_merge(entry, FOLLOWING)


def parted(entry: Entry) -> None:
    follow_parting(entry, FOLLOWING)


REACTIONS = {Registered.PEOPLE_MERGED: (merged,), Registered.MERGE_UNDONE: (parted,)}

"""A share of somebody without a household is that of the person who is shown, of two rows of one."""

from uuid import UUID

from zhegu.handouts.models import Share
from zhegu.journal.models import Entry
from zhegu.registers.actions import Follows, follow_merge, follow_parting
from zhegu.registers.actions import Happened as Registered


def _has_a_share(row: Share, to: UUID) -> bool:
    """Both shares stay on the list, whose sum is that of its opening."""
    return Share.objects.filter(handout=row.handout_id, person=to).exists()


FOLLOWING = (Follows(Share.objects.all, stays=_has_a_share),)


def merged(entry: Entry) -> None:
    follow_merge(entry, FOLLOWING)


def parted(entry: Entry) -> None:
    follow_parting(entry, FOLLOWING)


REACTIONS = {Registered.PEOPLE_MERGED: (merged,), Registered.MERGE_UNDONE: (parted,)}

"""Of two rows of one person the tests stand with the one that is shown."""

from uuid import UUID

from zhegu.journal.models import Entry
from zhegu.outbreaks.models import Tested
from zhegu.registers.actions import Follows, follow_merge, follow_parting
from zhegu.registers.actions import Happened as Registered


def _known(row: Tested, to: UUID) -> bool:
    """The same swab is written down there already."""
    return Tested.objects.filter(outbreak=row.outbreak_id, at=row.at, person=to).exists()


FOLLOWING = (
    Follows(Tested.objects.all, stays=_known),
)


def merged(entry: Entry) -> None:
    follow_merge(entry, FOLLOWING)


def parted(entry: Entry) -> None:
    follow_parting(entry, FOLLOWING)


REACTIONS = {Registered.PEOPLE_MERGED: (merged,), Registered.MERGE_UNDONE: (parted,)}

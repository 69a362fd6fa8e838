"""Of two rows of one person the one that is shown is cared for."""

from uuid import UUID

from zhegu.care.models import CareNeed, Hint
from zhegu.journal.models import Entry
from zhegu.registers.actions import Follows, follow_merge, follow_parting
from zhegu.registers.actions import Happened as Registered


def _cared_for(row: CareNeed, to: UUID) -> bool:
    """Both stand on the ledger: somebody reads the two and ends one."""
    return row.ended is None and CareNeed.objects.filter(person=to, ended=None).exists()


FOLLOWING = (
    Follows(CareNeed.objects.all, stays=_cared_for),
    Follows(Hint.objects.all),
)


def merged(entry: Entry) -> None:
    follow_merge(entry, FOLLOWING)


def parted(entry: Entry) -> None:
    follow_parting(entry, FOLLOWING)


REACTIONS = {Registered.PEOPLE_MERGED: (merged,), Registered.MERGE_UNDONE: (parted,)}

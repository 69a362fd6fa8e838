"""Medicine is for the person who is shown, of two rows of one."""

from zhegu.journal.models import Entry
from zhegu.orders.models import Medicine
from zhegu.registers.actions import Follows, follow_merge, follow_parting
from zhegu.registers.actions import Happened as Registered

FOLLOWING = (
    Follows(Medicine.objects.all),
)


def merged(entry: Entry) -> None:
    follow_merge(entry, FOLLOWING)


def parted(entry: Entry) -> None:
    follow_parting(entry, FOLLOWING)


REACTIONS = {Registered.PEOPLE_MERGED: (merged,), Registered.MERGE_UNDONE: (parted,)}

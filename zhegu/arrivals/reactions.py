"""Arrivals and work at a site are those of the person who is shown, of two rows of one."""

from uuid import UUID

from zhegu.arrivals.models import Arrival, Worker
from zhegu.journal.models import Entry
from zhegu.registers.actions import Follows, follow_merge, follow_parting
from zhegu.registers.actions import Happened as Registered


def _works_there(row: Worker, to: UUID) -> bool:
    return row.left is None and Worker.objects.filter(site=row.site_id, person=to, left=None).exists()


FOLLOWING = (
    Follows(Arrival.objects.all),
    Follows(Worker.objects.all, stays=_works_there),
)


def merged(entry: Entry) -> None:
    follow_merge(entry, FOLLOWING)


def parted(entry: Entry) -> None:
    follow_parting(entry, FOLLOWING)


REACTIONS = {Registered.PEOPLE_MERGED: (merged,), Registered.MERGE_UNDONE: (parted,)}

"""Own pages and wishes are those of the person who is shown, of two rows of one."""

from zhegu.journal.models import Entry
from zhegu.registers.actions import Follows, follow_merge, follow_parting
from zhegu.registers.actions import Happened as Registered
from zhegu.residents.models import Link, Wish

FOLLOWING = (
    Follows(Link.objects.all), Follows(Wish.objects.all),
)


def merged(entry: Entry) -> None:
    follow_merge(entry, FOLLOWING)


def parted(entry: Entry) -> None:
    follow_parting(entry, FOLLOWING)


REACTIONS = {Registered.PEOPLE_MERGED: (merged,), Registered.MERGE_UNDONE: (parted,)}

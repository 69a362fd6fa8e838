"""Arrivals and work at a site are those of the person who is shown, of two rows of one."""

from uuid import UUID

from zhegu.arrivals.models import Arrival, Worker
from zhegu.registers.actions import Follows, reactions_of


def _works_there(row: Worker, to: UUID) -> bool:
    return row.left is None and Worker.objects.filter(site=row.site_id, person=to, left=None).exists()


FOLLOWING = (
    Follows(Arrival.objects.all),
    Follows(Worker.objects.all, stays=_works_there),
)

REACTIONS = reactions_of(__name__, FOLLOWING)

"""A gate's days in numbers, kept when the crossings are gone. They name nobody and repeat what the journal
holds already, so they are figures of the night and not acts."""

from dataclasses import asdict
from datetime import date, datetime

from zhegu.checkpoints import queries
from zhegu.checkpoints.models import DayCount, Gate
from zhegu.lib.scope import Scope

SCOPE = Scope.everything("the numbers of a gate's day outlive its entries")
NUMBERS = ["vehicles_in", "vehicles_out", "people_in", "people_out", "turned_back", "fever", "referred"]


def count_days(*, since: date, until: date, as_of: datetime) -> int:
    """The numbers of these days are written down; answers how many. The same entries give the same numbers."""
    rows = []
    for gate in Gate.objects.select_related("community").all():
        counted = queries.nightly_counts(SCOPE, gate, since, until, as_of)
        rows += [DayCount(gate=gate, day=day, **asdict(numbers)) for (day, _), numbers in counted.items()]
    DayCount.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["gate", "day"], update_fields=NUMBERS, batch_size=200
    )
    return len(rows)

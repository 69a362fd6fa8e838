"""Which journal entry tells of whom, so that a person's history is found."""

from collections.abc import Iterable
from uuid import UUID

from zhegu.registers.models import Trace


def leave_traces(ref: UUID, subjects: Iterable[object]) -> None:
    """The entry under this ref tells of these people and households. Within the action's transaction."""
    Trace.objects.bulk_create((Trace(subject=one, ref=ref) for one in subjects), batch_size=5000)

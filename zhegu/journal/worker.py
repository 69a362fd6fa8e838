"""Feeds `wiring.py`: when something was journalled, these react. Also seals the chain on PostgreSQL."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from django.db import connection, transaction

from zhegu.journal import chain
from zhegu.journal.models import Entry, Stuck
from zhegu.lib import clock

Reaction = Callable[[Entry], None]
Wiring = Mapping[str, Sequence[Reaction]]
BATCH = 100


def _claimed() -> list[Entry]:
    waiting = Entry.objects.filter(reacted=None).order_by("seq")
    if connection.vendor == "postgresql":
        waiting = waiting.select_for_update(skip_locked=True)
    return list(waiting[:BATCH])


def _try(entry: Entry, reaction: Reaction) -> None:
    name = f"{reaction.__module__}.{reaction.__name__}"
    try:
        with transaction.atomic():
            reaction(entry)
        Stuck.objects.filter(entry=entry, reaction=name).delete()
    except Exception as error:  # a failing reaction is shown and tried again; it may not stop the others
        stuck, _ = Stuck.objects.get_or_create(
            entry=entry, reaction=name, defaults={"next_try": clock.now(), "last_error": ""}
        )
        stuck.failures += 1
        stuck.last_error = type(error).__name__
        stuck.next_try = clock.now() + timedelta(seconds=min(3600, 2**stuck.failures))
        stuck.save()


def work(wiring: Wiring) -> int:
    """Lets the wiring react to what is new and retries what is stuck and due; how many rows it took."""
    with transaction.atomic():
        entries = _claimed()
        for entry in entries:
            if entry.status == "accepted":
                for reaction in wiring.get(entry.kind, ()):
                    _try(entry, reaction)
        Entry.objects.filter(pk__in=[e.pk for e in entries]).update(reacted=clock.now())
    _retry(wiring)
    if connection.vendor == "postgresql":
        chain.seal()
    return len(entries)


def _retry(wiring: Wiring) -> None:
    by_name = {f"{r.__module__}.{r.__name__}": r for reactions in wiring.values() for r in reactions}
    for stuck in Stuck.objects.filter(next_try__lte=clock.now()).select_related("entry")[:BATCH]:
        if stuck.reaction in by_name:
            _try(stuck.entry, by_name[stuck.reaction])

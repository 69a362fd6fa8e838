"""Reading the journal: a place's time-line, what one actor did, what is stuck."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from zhegu.journal.models import Body, Entry, Stuck
from zhegu.lib.scope import NotFound, Scope
from zhegu.lib.upkeep import Due


def _within(scope: Scope) -> QuerySet[Entry]:
    if scope.whole:
        return Entry.objects.all()
    wanted = Q(pk__in=[])
    for place in scope.places():
        wanted |= Q(community=place) if len(place) >= 12 else Q(community__startswith=place)
    return Entry.objects.filter(wanted)


def timeline(
    scope: Scope, community: str, *, kinds: Iterable[str] = (), since: datetime | None = None,
    until: datetime | None = None,
) -> QuerySet[Entry]:
    """What happened in a community, oldest first; raises NotFound outside the scope."""
    if not scope.covers(community):
        raise NotFound(community)
    entries = _within(scope).filter(community=community).order_by("at", "seq")
    if kinds:
        entries = entries.filter(kind__in=list(kinds))
    if since:
        entries = entries.filter(at__gte=since)
    return entries.filter(at__lt=until) if until else entries


def bodies(entries: Iterable[Entry]) -> dict:
    """The stored words of entries already fetched by right, by ref; destroyed ones are absent."""
    return Body.objects.in_bulk([entry.ref for entry in entries])


def stuck(scope: Scope) -> QuerySet[Stuck]:
    """Reactions that failed and wait for their next try."""
    return Stuck.objects.filter(entry__in=_within(scope)).select_related("entry").order_by("next_try")


def communities(scope: Scope) -> list[str]:
    """Codes of the communities of the scope that have a chain."""
    return sorted(set(_within(scope).order_by().values_list("community", flat=True).distinct()))


def bodies_kept(
    scope: Scope, community: str, purpose: str, *, outbreaks: Iterable | None = None,
    arrived_before: datetime | None = None,
) -> QuerySet[Body]:
    """The words kept for a purpose: those of these outbreaks, those that arrived before a moment; for rules
    of retention. Raises NotFound unless the scope is everything: words belong to the rooms that wrote them.
    """
    if not scope.whole:
        raise NotFound(community)
    entries = Entry.objects.filter(community=community)
    if arrived_before:
        entries = entries.filter(arrived__lt=arrived_before)
    kept = Body.objects.filter(purpose=purpose, ref__in=entries.values("ref"))
    return kept if outbreaks is None else kept.filter(outbreak__in=list(outbreaks))


def old_words(scope: Scope, purpose: str) -> Callable[[Due], QuerySet[Body]]:
    """What a rule of retention finds where words of a purpose go so long after they arrived."""
    return lambda due: bodies_kept(scope, due.community.code, purpose, arrived_before=due.before)

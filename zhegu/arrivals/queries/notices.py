"""Notices by which people register themselves."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from zhegu.arrivals.models import Notice, Try
from zhegu.arrivals.rules import OFFICE
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.places.models import Place
from zhegu.vault.tokens import hashed


def notices(scope: Scope, community: Place) -> QuerySet[Notice]:
    """Notices of a community, the newest first; for the office."""
    if not scope.covers(community.code, OFFICE):
        raise NotFound(community.code)
    return Notice.objects.filter(community=community).select_related("grid")


def notice(scope: Scope, community: Place, notice_id: UUID) -> Notice:
    """One of them; raises NotFound."""
    return known(notices(scope, community).select_related("community").filter(pk=notice_id).first(), notice_id)


def notice_with_token(scope: Scope, shown: str, at: datetime) -> Notice:
    """The notice of this code, while it counts; raises NotFound. For the public door alone."""
    counting = Notice.objects.filter(token_hash=hashed(shown), expires__gt=at, revoked=None)
    found = counting.select_related("community", "grid").first() if scope.whole else None
    if found is None:
        raise NotFound("notice")
    return found


def tries_from(scope: Scope, of: Notice, address: str, since: datetime) -> tuple[int, int]:
    """How many entries came from this address and by this notice since then. For the public door alone."""
    if not scope.whole:
        raise NotFound(str(of.pk))
    lately = Try.objects.filter(at__gte=since)
    return lately.filter(address=address).count(), lately.filter(notice=of).count()

"""Reading announcements, and what was announced, as known at any moment."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhegu.broadcasts.models import Announcement, Play
from zhegu.broadcasts.rules import HEARD, TELLS
from zhegu.lib import clock
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.places.models import Place


def _reached(scope: Scope, community: Place) -> None:
    if not scope.covers(community.code, *TELLS):
        raise NotFound(community.code)


def announcements(scope: Scope, community: Place) -> QuerySet[Announcement]:
    """Those that are not over, the newest first; raises NotFound outside the scope."""
    _reached(scope, community)
    return Announcement.objects.filter(community=community, over=None)


def announcement(scope: Scope, announcement_id: UUID) -> Announcement:
    """One of them, those that are over too; raises NotFound."""
    found = known(Announcement.objects.filter(pk=announcement_id).select_related("community").first(), announcement_id)
    _reached(scope, found.community)
    return found


def plays(scope: Scope, community: Place, since: date, until: date, as_of: datetime) -> QuerySet[Play]:
    """What was announced on these days and not taken back by that moment, the newest first; raises NotFound."""
    _reached(scope, community)
    found = Play.objects.filter(announcement__community=community, at__gte=clock.begins(since), at__lte=clock.ends(until, as_of))
    return found.filter(Q(undone=None) | Q(undone__gt=as_of)).select_related("announcement")


def play(scope: Scope, play_id: UUID) -> Play:
    """One of them; raises NotFound."""
    found = known(Play.objects.filter(pk=play_id).select_related("announcement__community").first(), play_id)
    _reached(scope, found.announcement.community)
    return found


def heard(scope: Scope, community: Place, since: date, until: date, as_of: datetime) -> int:
    """How often something was announced by loudspeaker on these days."""
    return plays(scope, community, since, until, as_of).filter(channel__in=HEARD).count()

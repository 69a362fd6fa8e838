"""Reading links and wishes. For the office; a link's own page is found by its token alone."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from zhegu.lib.scope import NotFound, Scope
from zhegu.places.models import Place
from zhegu.registers.models import Person
from zhegu.residents.models import Link, Wish
from zhegu.vault.tokens import hashed

KEEPS = ("office",)


def links(scope: Scope, community: Place, at: datetime) -> QuerySet[Link]:
    """Links that open something now, the newest first."""
    if not scope.covers(community.code, *KEEPS):
        raise NotFound(community.code)
    return Link.objects.filter(community=community, revoked=None, expires__gt=at).select_related("person__grid")


def link(scope: Scope, link_id: UUID) -> Link:
    """One of them, over or not; raises NotFound."""
    found = Link.objects.filter(pk=link_id).select_related("community", "person__grid").first()
    if found is None or not scope.covers(found.community.code, *KEEPS):
        raise NotFound(str(link_id))
    return found


def link_with_token(scope: Scope, shown: str, at: datetime) -> Link:
    """The link of this token, while it counts; raises NotFound. For the person's own page alone."""
    counting = Link.objects.filter(token_hash=hashed(shown), revoked=None, expires__gt=at)
    found = counting.select_related("community", "person__grid", "person__household").first() if scope.whole else None
    if found is None:
        raise NotFound("link")
    return found


def wishes(scope: Scope, community: Place) -> QuerySet[Wish]:
    """What people ask for and nobody has answered, the oldest first."""
    if not scope.covers(community.code, *KEEPS):
        raise NotFound(community.code)
    return Wish.objects.filter(community=community, answered=None).select_related("person__grid")


def wish(scope: Scope, wish_id: UUID) -> Wish:
    """One of them; raises NotFound."""
    found = Wish.objects.filter(pk=wish_id).select_related("community", "person").first()
    if found is None or not scope.covers(found.community.code, *KEEPS):
        raise NotFound(str(wish_id))
    return found


def wishes_of(scope: Scope, person: Person) -> QuerySet[Wish]:
    """What one person asked for, answered or not, the newest first."""
    if not scope.covers(person.community.code, *KEEPS):
        raise NotFound(str(person.pk))
    return Wish.objects.filter(person=person).order_by("-at")

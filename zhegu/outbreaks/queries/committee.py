"""Reading what a committee steers by: the group, directives, bulletins, numbers of the profile."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zhegu.accounts import queries as accounts
from zhegu.lib.scope import NotFound, Scope
from zhegu.outbreaks.models import (
    Bulletin,
    Directive,
    DirectiveFor,
    GroupMember,
    Outbreak,
    ProfileChange,
)
from zhegu.outbreaks.rules import Called, Post, numbers_in, sources_of, tree, value_at
from zhegu.places import queries as places
from zhegu.places.models import Place

STEERS = ("office", "leader")


def _steered(scope: Scope, outbreak: Outbreak) -> Outbreak:
    """The outbreak, for those who steer it; raises NotFound."""
    if not scope.covers(outbreak.community.code, *STEERS):
        raise NotFound(str(outbreak.pk))
    return outbreak


def _one(scope: Scope, rows: QuerySet, row_id: UUID) -> Any:
    found = rows.select_related("outbreak__community").filter(pk=row_id).first()
    if found is None:
        raise NotFound(str(row_id))
    _steered(scope, found.outbreak)
    return found


# --- numbers of the outbreak's profile


@dataclass(frozen=True)
class Number:
    """One number of a profile with the source that speaks for it, and the change that waits for it."""

    path: str
    value: float
    claim: str
    url: str
    confidence: str
    waits: ProfileChange | None


def numbers(scope: Scope, outbreak: Outbreak) -> list[Number]:
    """Every number of the outbreak's own copy, in its order."""
    waits = {one.path: one for one in changes(scope, outbreak).filter(decided_at=None)}
    found = []
    for path in numbers_in(outbreak.profile):
        source: Mapping[str, Any] = next(iter(sources_of(outbreak.profile, path)), {})
        found.append(
            Number(
                path, value_at(outbreak.profile, path), source.get("claim", ""), source.get("url", ""),
                source.get("confidence", ""), waits.get(path),
            )
        )  # fmt: skip
    return found


def changes(scope: Scope, outbreak: Outbreak) -> QuerySet[ProfileChange]:
    """What was asked for and decided, newest first."""
    return ProfileChange.objects.filter(outbreak=_steered(scope, outbreak))


def change(scope: Scope, change_id: UUID) -> ProfileChange:
    """One of them; raises NotFound."""
    return _one(scope, ProfileChange.objects, change_id)


# --- the leading group


def group(scope: Scope, outbreak: Outbreak) -> list[tuple[GroupMember, Called]]:
    """Everyone of the group now, callers before those they call, each with their place in the phone tree."""
    rows = {str(one.pk): one for one in GroupMember.objects.filter(outbreak=_steered(scope, outbreak), until=None)}
    said = [
        (key, str(one.called_by_id) if one.called_by_id else None, Post(one.post), bool(one.phone))
        for key, one in sorted(rows.items(), key=lambda item: item[1].since)
    ]
    return [(rows[place.id], place) for place in tree(said)]


def member(scope: Scope, member_id: UUID) -> GroupMember:
    """One of them; raises NotFound."""
    return _one(scope, GroupMember.objects, member_id)


# --- directives


def directives(scope: Scope, outbreak: Outbreak) -> QuerySet[Directive]:
    """What was asked from above, newest first, with `asked`, `have_read` and `have_done`."""
    return Directive.objects.filter(outbreak=_steered(scope, outbreak)).annotate(
        asked=Count("readers"), have_read=Count("readers", filter=~Q(readers__read=None)),
        have_done=Count("readers", filter=~Q(readers__done=None)),
    )  # fmt: skip


def directive(scope: Scope, directive_id: UUID) -> Directive:
    """One of them; raises NotFound."""
    return _one(scope, Directive.objects, directive_id)


def readers(scope: Scope, of: Directive) -> QuerySet[DirectiveFor]:
    """Whom it is for, by name."""
    _steered(scope, of.outbreak)
    return DirectiveFor.objects.filter(directive=of).select_related("staff").order_by("staff__name")


def _mine(scope: Scope) -> QuerySet[DirectiveFor]:
    rows = DirectiveFor.objects.filter(staff__in=accounts.who_looks(scope), directive__withdrawn=None)
    return rows.select_related("directive__outbreak__community")


def my_directives(scope: Scope, community: Place) -> QuerySet[DirectiveFor]:
    """What is asked of whoever looks (on a phone: of those signed on there), not done first, the nearest day first;
    raises NotFound outside the scope."""
    here = places.reached(scope, community)
    return _mine(scope).filter(directive__outbreak__community=here).order_by("done", "directive__due", "directive__at")


def my_directive(scope: Scope, directive_id: UUID) -> DirectiveFor:
    """One of them; raises NotFound."""
    found = _mine(scope).filter(directive=directive_id).first()
    if found is None:
        raise NotFound(str(directive_id))
    places.reached(scope, found.directive.outbreak.community)
    return found


def left_to_do(rows: Iterable[DirectiveFor], today: date) -> tuple[int, int]:
    """(not done yet, of them overdue)."""
    left = [one for one in rows if one.done is None]
    return len(left), sum(1 for one in left if one.directive.due and one.directive.due < today)


def possible_readers(scope: Scope, outbreak: Outbreak) -> QuerySet:
    """Who works in the community."""
    return accounts.staff_at(scope, _steered(scope, outbreak).community.code)


# --- bulletins


def bulletins(scope: Scope, outbreak: Outbreak) -> QuerySet[Bulletin]:
    """Those that count, newest first, with their numbers and areas."""
    rows = Bulletin.objects.filter(outbreak=_steered(scope, outbreak), undone=None)
    return rows.prefetch_related("counts", "areas")


def bulletin(scope: Scope, bulletin_id: UUID) -> Bulletin:
    """One of them; raises NotFound."""
    return _one(scope, Bulletin.objects, bulletin_id)

"""Who someone is and what they may see."""

from datetime import datetime

from django.db.models import QuerySet

from zhegu.accounts.models import Look, RoleGrant, Staff, WrongPassword
from zhegu.accounts.rules import may_try, window_began
from zhegu.lib.scope import Actor, Grant, NotFound, Scope
from zhegu.places.queries import within


def scope_of(staff: Staff, *, device: str = "", purpose: str = "") -> Scope:
    """The scope of everything this person holds now; inactive staff hold nothing."""
    grants = frozenset(
        Grant(role, place)
        for role, place in RoleGrant.objects.filter(staff=staff, until=None).values_list("role", "place__code")
    )
    return Scope(Actor("staff", str(staff.id), device), grants if staff.is_active else frozenset(), purpose)


def staff_at(scope: Scope, community_code: str) -> QuerySet[Staff]:
    """Active staff with a role in the community; raises NotFound outside the scope."""
    if not scope.covers(community_code) and not any(p.startswith(community_code) for p in scope.places()):
        raise NotFound(community_code)
    return Staff.objects.filter(
        is_active=True, grants__until=None, grants__place__code__startswith=community_code
    ).distinct().order_by("name")


def staff_member(scope: Scope, community_code: str, staff_id: object) -> Staff:
    """One of them; raises NotFound."""
    found = staff_at(scope, community_code).filter(pk=staff_id).first()
    if found is None:
        raise NotFound(str(staff_id))
    return found


def grants_in(scope: Scope, community_code: str) -> QuerySet[RoleGrant]:
    """Open grants within the scope's places of the community."""
    return RoleGrant.objects.filter(
        within(scope, "place__code"), until=None, place__code__startswith=community_code
    ).select_related("staff", "place").order_by("place__code", "role")


def looks_at(scope: Scope, person_id: object, community_code: str) -> QuerySet[Look]:
    """Who read this person's sensitive values, newest first."""
    if not scope.covers(community_code):
        raise NotFound(community_code)
    return Look.objects.filter(community=community_code, subjects__person=person_id).order_by("-at")


def may_log_in(username: str, address: str, at: datetime) -> bool:
    """Whether this name from this address may try another password now."""
    wrong = WrongPassword.objects.filter(at__gte=window_began(at))
    return may_try(wrong.filter(username=username[:40].lower()).count(), wrong.filter(address=address).count())

"""Who someone is and what they may see."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhegu.accounts.models import (
    Capacity,
    Device,
    Enrolment,
    Look,
    RoleGrant,
    ServesAs,
    Staff,
    StaffCode,
    StaffKey,
    StationedTeam,
    WrongPassword,
)
from zhegu.accounts.rules import hashed, may_try, window_began, within_community
from zhegu.lib.scope import Actor, Grant, NotFound, Scope, known, role_at
from zhegu.places.models import Place
from zhegu.places.queries import community, within
from zhegu.prepared.reading import prepared


def scope_of(staff: Staff, *, device: str = "", purpose: str = "") -> Scope:
    """The scope of everything this person holds now; inactive staff hold nothing, and whoever works above the
    communities reads figures."""
    roles = RoleGrant.objects.filter(staff=staff, until=None).values_list("role", "place__code")
    grants = frozenset(grant for role, place in roles for grant in role_at(role, place))
    return Scope(Actor("staff", str(staff.id), device), grants if staff.is_active else frozenset(), purpose)


def staff_at(scope: Scope, community_code: str) -> QuerySet[Staff]:
    """Active staff with a role in the community; raises NotFound outside the scope."""
    if not scope.covers(community_code) and not any(p.startswith(community_code) for p in scope.places()):
        raise NotFound(community_code)
    return Staff.objects.filter(
        is_active=True, grants__until=None, grants__place__code__startswith=community_code
    ).distinct().order_by("name")


def holders(scope: Scope, community: Place, *roles: str) -> list[Staff]:
    """Who holds one of these roles for the whole community now, by name; raises NotFound outside the scope."""
    held = RoleGrant.objects.filter(role__in=roles, place=community, until=None)
    return list(staff_at(scope, community.code).filter(pk__in=held.values("staff")))


def staff_member(scope: Scope, community_code: str, staff_id: object) -> Staff:
    """One of them; raises NotFound."""
    return known(staff_at(scope, community_code).filter(pk=staff_id).first(), staff_id)


def staff_named(scope: Scope, username: str) -> Staff:
    """The person with this log-in name, within the scope's places; raises NotFound."""
    found = Staff.objects.filter(username=username).first()
    held = found and RoleGrant.objects.filter(within(scope, "place__code"), staff=found, until=None)
    if not found or not (scope.whole or (held and held.exists())):
        raise NotFound(username)
    return found


def community_of(scope: Scope, staff: Staff) -> Place:
    """The community in which this person works, or the place above where they work above all; raises NotFound."""
    held = RoleGrant.objects.filter(within(scope, "place__code"), staff=staff).order_by("until", "pk")
    grant = held.select_related("place").first()
    if grant is None:
        raise NotFound(staff.username)
    if grant.place.community_code == grant.place.code:
        return grant.place
    return community(scope, grant.place.community_code)


def grants_in(scope: Scope, community_code: str) -> QuerySet[RoleGrant]:
    """Open grants within the scope's places of the community."""
    return RoleGrant.objects.filter(
        within(scope, "place__code"), until=None, place__code__startswith=community_code
    ).select_related("staff", "place").order_by("place__code", "role")


def grants_between(scope: Scope, community_code: str, start: datetime, end: datetime, *roles: str) -> QuerySet[RoleGrant]:
    """Roles that were held at any moment from `start` until `end` at the community, a place in it, or one that
    covers it; raises NotFound outside the scope. Who was responsible is no secret within a community."""
    if not scope.covers(community_code) and not any(p.startswith(community_code) for p in scope.places()):
        raise NotFound(community_code)
    covering = [community_code[:length] for length in (4, 6, 9)]
    return RoleGrant.objects.filter(
        Q(until=None) | Q(until__gt=start), Q(place__code__startswith=community_code) | Q(place__code__in=covering),
        role__in=roles, since__lt=end,
    ).select_related("staff", "place").order_by("place__code", "since", "pk")


def places_held(scope: Scope, codes: Iterable[str], at: datetime, *roles: str) -> set[str]:
    """Of these places those at which somebody holds one of the roles at that moment; raises NotFound where whoever asks
    works neither there nor above nor below. Who is responsible is no secret between them."""
    asked = set(codes)
    for code in asked:
        if not scope.reaches(code):
            raise NotFound(code)
    held = RoleGrant.objects.filter(Q(until=None) | Q(until__gt=at), place__code__in=asked, role__in=roles, since__lte=at)
    return set(held.values_list("place__code", flat=True))


def looks_at(scope: Scope, person_id: object, community_code: str) -> QuerySet[Look]:
    """Who read this person's sensitive values, newest first."""
    if not scope.covers(community_code):
        raise NotFound(community_code)
    return Look.objects.filter(community=community_code, subjects__person=person_id).order_by("-at")


def may_log_in(username: str, address: str, at: datetime) -> bool:
    """Whether this name from this address may try another password now."""
    wrong = WrongPassword.objects.filter(at__gte=window_began(at))
    return may_try(wrong.filter(username=username[:40].lower()).count(), wrong.filter(address=address).count())


# --- phones


def devices(scope: Scope, community: Place) -> QuerySet[Device]:
    """Phones of a community by table number; raises NotFound unless the scope covers all of it."""
    if not scope.covers(community.code):
        raise NotFound(community.code)
    return Device.objects.filter(community=community).select_related("community").order_by("table_no")


def device(scope: Scope, community: Place, device_id: object) -> Device:
    """One of them; raises NotFound."""
    return known(devices(scope, community).filter(pk=device_id).first(), device_id)


def unreported(scope: Scope, community: Place, since: datetime) -> QuerySet[Device]:
    """Phones that may still hold something made before `since`.

    Not among them: those that said after `since` that nothing waits, those written off by name after
    it, and those enrolled after it.
    """
    return devices(scope, community).filter(
        Q(emptied=None) | Q(emptied__lt=since),
        Q(written_off=None) | Q(written_off__lt=since),
        enrolled_at__lt=since,
    )


def device_with_token(scope: Scope, shown: str) -> Device | None:
    """The phone that holds this token, revoked and expired ones too; its standing is for the door to judge."""
    if not scope.whole:
        raise NotFound("token")
    return next(iter(_with_token(hashed(shown))), None)


@prepared
def _with_token(token: bytes) -> QuerySet[Device]:
    return Device.objects.filter(token_hash=token).select_related("community")


def people_on(scope: Scope, device: Device) -> QuerySet[StaffKey]:
    """Those who have signed on at this phone, with their keys, locked-out ones too."""
    if not scope.covers(device.community.code):
        raise NotFound(str(device.pk))
    return StaffKey.objects.filter(device=device).select_related("staff").order_by("staff__name")


Held = list[tuple[Grant, datetime | None]]
"""Roles within one community, each with the moment at which it was taken back (None: it is held)."""


def keys_of(scope: Scope, community: Place, devices: Iterable[UUID]) -> list[StaffKey]:
    """Keys of everyone who has signed on at these phones, as far as they are the community's."""
    if not scope.covers(community.code):
        raise NotFound(community.code)
    return _keys_on(community.pk, set(devices))


@prepared
def _keys_on(community: UUID, devices: Iterable[UUID]) -> QuerySet[StaffKey]:
    of_community = StaffKey.objects.filter(device__pk__in=devices, device__community__pk=community)
    return of_community.select_related("staff", "device")


def roles_of(scope: Scope, community: Place, staff: Iterable[Staff]) -> dict[UUID, Held]:
    """Of those of them who are active: the roles within the community, past ones too.

    What someone did while holding a role counts, also when it is delivered after the role was taken back.
    """
    if not scope.covers(community.code):
        raise NotFound(community.code)
    held: dict[UUID, Held] = {one.pk: [] for one in staff if one.is_active}
    for one, role, place, until in _grants(held):
        for grant in role_at(role, place):
            if part := within_community(grant.place, community.code):
                held[one].append((Grant(grant.role, part), until))
    return held


@prepared
def _grants(staff: Iterable[UUID]) -> QuerySet[RoleGrant, tuple]:
    return RoleGrant.objects.filter(staff__pk__in=staff).values_list("staff", "role", "place__code", "until")


def _now(held: Held) -> set[Grant]:
    return {grant for grant, until in held if until is None}


def person_scope(scope: Scope, device: Device, staff: Staff) -> Scope:
    """What this person now holds within the phone's community, as they act on it."""
    held = roles_of(scope, device.community, [staff]).get(staff.pk, [])
    return Scope(Actor("staff", str(staff.pk), str(device.pk)), frozenset(_now(held)), "phone")


def device_scope(scope: Scope, device: Device) -> Scope:
    """What everyone signed on at this phone now holds together, within its community: what it may pull."""
    signed_on = [key.staff for key in people_on(scope, device) if key.revoked is None]
    grants = {grant for held in roles_of(scope, device.community, signed_on).values() for grant in _now(held)}
    return Scope(device.actor, frozenset(grants), "phone")


def who_looks(scope: Scope) -> list[UUID]:
    """Whose own things this scope shows: whoever it is, or, on a phone, whoever is signed on at it."""
    if scope.actor.kind == "staff":
        return [UUID(scope.actor.id)]
    if scope.actor.kind != "device":
        return []
    return list(StaffKey.objects.filter(device=scope.actor.id, revoked=None).values_list("staff_id", flat=True))


def enrolment(scope: Scope, community: Place, enrolment_id: object) -> Enrolment:
    """An invitation for a phone of this community; raises NotFound."""
    found = Enrolment.objects.filter(pk=enrolment_id, community=community).select_related("device").first()
    if found is None or not scope.covers(community.code):
        raise NotFound(str(enrolment_id))
    return found


def staff_codes(scope: Scope, community: Place, at: datetime) -> QuerySet[StaffCode]:
    """One-time codes of the community that still work."""
    if not scope.covers(community.code):
        raise NotFound(community.code)
    return StaffCode.objects.filter(community=community, device=None, expires__gt=at).select_related(
        "staff"
    ).order_by("staff__name")


def capacities(scope: Scope, community: Place, at: datetime) -> dict[UUID, ServesAs]:
    """In which capacity the community's people served at that moment, by their id; those who were staff are left out. Raises
    NotFound outside the scope."""
    if not scope.reaches(community.code):
        raise NotFound(community.code)
    here = RoleGrant.objects.filter(place__code__startswith=community.code).values("staff")
    said = Capacity.objects.filter(staff__in=here, since__lte=at).order_by("since", "pk").values_list("staff", "serves_as")
    last = {one: ServesAs(serves_as) for one, serves_as in said}
    return {one: serves_as for one, serves_as in last.items() if serves_as != ServesAs.STAFF}


def teams(scope: Scope, community: Place) -> QuerySet[StationedTeam]:
    """Teams of the community, those still here first by day; raises NotFound outside the scope."""
    if not scope.covers(community.code):
        raise NotFound(community.code)
    return StationedTeam.objects.filter(community=community).prefetch_related("members").order_by("-begins", "home_unit")


def team(scope: Scope, community: Place, team_id: object) -> StationedTeam:
    """One of them; raises NotFound."""
    return known(teams(scope, community).filter(pk=team_id).first(), team_id)


def members_among(scope: Scope, community: Place, ids: Iterable[str], of: StationedTeam | None = None) -> tuple[Staff, ...]:
    """Those of the community's staff with these ids, and of the team itself, whose people may hold no role any more;
    raises NotFound for any other id."""
    may_belong = {str(one.pk): one for one in (*staff_at(scope, community.code), *(of.members.all() if of else ()))}
    wanted = set(ids)
    if wanted - set(may_belong):
        raise NotFound("staff")
    return tuple(may_belong[one] for one in sorted(wanted))

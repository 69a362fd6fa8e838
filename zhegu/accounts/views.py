"""Office pages: who works here, in which roles, and their log-ins."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhegu.accounts import actions, queries, stationed
from zhegu.accounts.models import Role, RoleGrant, ServesAs, Staff, StationedTeam
from zhegu.journal.actions import Answer
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.ids import new_id, read_id
from zhegu.lib.passwords import made_password
from zhegu.lib.scope import NotFound
from zhegu.lib.texts import text
from zhegu.pages.doors import accepted, day_said, office_page, ref_of
from zhegu.places import queries as places
from zhegu.places.models import Place


def _member(request: HttpRequest, staff_id: UUID) -> Staff:
    return queries.staff_member(request.scope, request.community.code, staff_id)


def _by_person(grants: Iterable[RoleGrant]) -> list[tuple[Staff, list[RoleGrant]]]:
    """Each person once, by name, with what they hold."""
    found: dict[UUID, tuple[Staff, list[RoleGrant]]] = {}
    for grant in grants:
        found.setdefault(grant.staff_id, (grant.staff, []))[1].append(grant)
    return sorted(found.values(), key=lambda row: (row[0].name, row[0].username))


@require_GET
@office_page("office")
def team(request: HttpRequest) -> HttpResponse:
    """Everyone who holds a role in the community."""
    grants = queries.grants_in(request.scope, request.community.code).filter(staff__is_active=True)
    serving = queries.capacities(request.scope, request.community, clock.now())
    context = {
        "people": [(*row, serving.get(row[0].pk, ServesAs.STAFF)) for row in _by_person(grants)],
        "grids": places.grids(request.scope, request.community),
        "roles": Role.values,
        "capacities": ServesAs.values,
        "teams": queries.teams(request.scope, request.community),
        "today": clock.local(clock.now()).date(),
    }
    return render(request, "accounts/team.html", context)


def _chosen(request: HttpRequest) -> tuple[Role, list[Place]]:
    """The role and the places that were ticked; the whole community where no grid was."""
    try:
        role = Role(request.POST.get("role", ""))
    except ValueError as unknown:
        raise NotFound("role") from unknown
    wanted = set(request.POST.getlist("grid"))
    grids = [grid for grid in places.grids(request.scope, request.community) if grid.code in wanted]
    return role, grids or [request.community]


def _capacity(request: HttpRequest) -> ServesAs:
    try:
        return ServesAs(request.POST.get("serves_as", ServesAs.STAFF))
    except ValueError as unknown:
        raise NotFound("serves_as") from unknown


def _serve(request: HttpRequest, staff: Staff, serves_as: ServesAs, ref: UUID) -> None:
    by, at = request.scope.actor, clock.now()
    accepted(
        actions.serve_as(by=by, community=request.community, staff=staff, serves_as=serves_as, at=at, ref=ref)
    )


def _give(request: HttpRequest, staff: Staff) -> None:
    role, where = _chosen(request)
    for place in where:
        accepted(
            actions.give_role(
                by=request.scope.actor, staff=staff, role=role, place=place, at=clock.now(), ref=new_id()
            )
        )


def _shown_once(request: HttpRequest, staff: Staff, answer: Answer, password: str) -> HttpResponse:
    """The password on the page that answers, never kept: a second press shows none."""
    context = {"member": staff, "password": password if answer.new else ""}
    return render(request, "accounts/password.html", context)


@require_POST
@office_page("office")
def add(request: HttpRequest) -> HttpResponse:
    """Someone new can log in, with a role; their first password is shown this once."""
    said = {key: request.POST.get(key, "").strip() for key in ("username", "name", "name_bo")}
    if not said["username"] or not said["name"]:
        raise RefusedError(Refused("accounts.name_needed"))
    if any(len(said[key]) > longest for key, longest in (("username", 40), ("name", 80), ("name_bo", 120))):
        raise RefusedError(Refused("accounts.too_long"))
    _chosen(request)
    serves_as = _capacity(request)
    password = made_password()
    answer = actions.add_staff(
        by=request.scope.actor, community=request.community, **said, password=password, at=clock.now(),
        ref=ref_of(request),
    )  # fmt: skip
    staff = Staff(id=UUID(accepted(answer)["staff"]), username=said["username"], name=said["name"])
    _give(request, staff)
    if serves_as != ServesAs.STAFF:
        _serve(request, staff, serves_as, new_id())
    return _shown_once(request, staff, answer, password)


@require_POST
@office_page("office")
def give_roles(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """The person holds one more role, at one or several places."""
    staff = _member(request, staff_id)
    _give(request, staff)
    messages.success(request, text("accounts.role_given", request.lang, name=staff.name))
    return redirect("accounts:team")


@require_POST
@office_page("office")
def serves(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """The person serves in another capacity from now on."""
    staff, serves_as = _member(request, staff_id), _capacity(request)
    _serve(request, staff, serves_as, ref_of(request))
    capacity = text(f"accounts.serves_{serves_as}", request.lang)
    messages.success(request, text("accounts.serves_now", request.lang, name=staff.name, capacity=capacity))
    return redirect("accounts:team")


@require_POST
@office_page("office")
def take_role(request: HttpRequest, staff_id: UUID, grant_id: int) -> HttpResponse:
    """The person holds that role no longer."""
    staff = _member(request, staff_id)
    grant = queries.grants_in(request.scope, request.community.code).filter(staff=staff, pk=grant_id).first()
    if grant is None:
        raise NotFound("grant")
    accepted(actions.take_role(by=request.scope.actor, grant=grant, at=clock.now(), ref=ref_of(request)))
    messages.success(request, text("accounts.role_taken", request.lang, name=staff.name))
    return redirect("accounts:team")


@require_POST
@office_page("office")
def new_password(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """A new password, shown this once."""
    staff, password = _member(request, staff_id), made_password()
    answer = actions.set_password(
        by=request.scope.actor, community=request.community, staff=staff, password=password, at=clock.now(),
        ref=ref_of(request),
    )  # fmt: skip
    accepted(answer)
    return _shown_once(request, staff, answer, password)


@require_POST
@office_page("office")
def leave(request: HttpRequest, staff_id: UUID) -> HttpResponse:
    """The person holds nothing here any more."""
    staff = _member(request, staff_id)
    accepted(
        actions.leave(
            by=request.scope.actor, community=request.community, staff=staff, at=clock.now(), ref=ref_of(request)
        )
    )
    messages.success(request, text("accounts.has_left", request.lang, name=staff.name))
    return redirect("accounts:team")


# --- teams another unit sent


def _day(said: str) -> date | None:
    """A day of the form; None where it is empty."""
    return day_said(said, RefusedError(Refused("accounts.day_unreadable")))


@require_POST
@office_page("office")
def keep_team(request: HttpRequest) -> HttpResponse:
    """A team from elsewhere with its unit, its days and its people; or one that stands, changed."""
    known = _team(request) if request.POST.get("team") else None
    begins = _day(request.POST.get("begins", ""))
    unit = request.POST.get("home_unit", "").strip()
    if begins is None:
        raise RefusedError(Refused("accounts.day_unreadable"))
    if len(unit) > 80:
        raise RefusedError(Refused("accounts.too_long"))
    members = queries.members_among(request.scope, request.community, request.POST.getlist("member"), known)
    stay = stationed.Stay(unit, begins, _day(request.POST.get("ends", "")), members)
    by, at = request.scope.actor, clock.now()
    accepted(
        stationed.keep_team(by=by, community=request.community, stay=stay, known=known, at=at, ref=ref_of(request))
    )
    messages.success(request, text("accounts.team_is_kept", request.lang, unit=unit))
    return redirect("accounts:team")


def _team(request: HttpRequest) -> StationedTeam:
    return queries.team(request.scope, request.community, read_id(request.POST.get("team", "")))


@require_POST
@office_page("office")
def end_team(request: HttpRequest) -> HttpResponse:
    """Today is the team's last day."""
    known, at = _team(request), clock.now()
    on = clock.local(at).date()
    accepted(stationed.end_team(by=request.scope.actor, known=known, on=on, at=at, ref=ref_of(request)))
    messages.success(request, text("accounts.team_has_ended", request.lang, unit=known.home_unit))
    return redirect("accounts:team")

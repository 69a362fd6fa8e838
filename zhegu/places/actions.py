"""Making places."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.place_codes import GRID_MAX, grid_code, is_community_code, unit_code
from zhegu.lib.scope import Actor
from zhegu.places.models import Kind, Place


class Happened(StrEnum):
    """Journal kinds of this app."""

    COMMUNITY_FOUNDED = "places.community_founded"
    ABOVE_FOUNDED = "places.above_founded"
    GRIDS_MADE = "places.grids_made"
    UNITS_MADE = "places.units_made"
    RENAMED = "places.place_renamed"


def found_community(
    *, by: Actor, code: str, name: str = "", name_bo: str = "", at: datetime, ref: UUID
) -> Answer:
    """A community with this code stands. Refused: a code of another form, or one that is taken."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not is_community_code(code):
            return [Refused("places.bad_code")]
        if Place.objects.filter(code=code).exists():
            return [Refused("places.code_taken")]
        place = Place.objects.create(kind=Kind.COMMUNITY, code=code, name=name, name_bo=name_bo)
        return [Accepted({"place": str(place.id), "code": code})]

    body = {"code": code, "name": name, "name_bo": name_bo}
    return journal.once([Command(ref, Happened.COMMUNITY_FOUNDED, code, by, at, body)], do)[0]


ABOVE = {4: Kind.PREFECTURE, 6: Kind.COUNTY, 9: Kind.TOWN}


def found_above(*, by: Actor, code: str, name: str, name_bo: str = "", at: datetime, ref: UUID) -> Answer:
    """A town, county or prefecture stands under this code, so that roles can be held there.

    Refused: a code that is none of them, or one that is taken.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        if len(code) not in ABOVE or not code.isdecimal():
            return [Refused("places.bad_code")]
        if Place.objects.filter(code=code).exists():
            return [Refused("places.code_taken")]
        place = Place.objects.create(kind=ABOVE[len(code)], code=code, name=name[:80], name_bo=name_bo[:120])
        return [Accepted({"place": str(place.id), "code": code})]

    body = {"code": code, "name": name, "name_bo": name_bo}
    return journal.once([Command(ref, Happened.ABOVE_FOUNDED, code, by, at, body)], do)[0]


def make_grids(*, by: Actor, community: Place, numbers: Iterable[int], at: datetime, ref: UUID) -> Answer:
    """These grids stand (those already there are left alone). Refused: a number outside 1..255."""
    wanted = sorted(set(numbers))

    def do(fresh: list[Command]) -> list[Outcome]:
        if any(not 1 <= no <= GRID_MAX for no in wanted):
            return [Refused("places.grid_number")]
        known = set(Place.objects.filter(kind=Kind.GRID, within=community).values_list("no", flat=True))
        new = [no for no in wanted if no not in known]
        Place.objects.bulk_create(
            Place(kind=Kind.GRID, code=grid_code(community.code, no), no=no, within=community, order=no)
            for no in new
        )
        return [Accepted({"made": new})]

    command = Command(ref, Happened.GRIDS_MADE, community.code, by, at, {"numbers": wanted})
    return journal.once([command], do)[0]


def make_units(*, by: Actor, grid: Place, numbers: Iterable[int], at: datetime, ref: UUID) -> Answer:
    """These joint-household units stand in the grid."""
    wanted = sorted(set(numbers))

    def do(fresh: list[Command]) -> list[Outcome]:
        known = set(Place.objects.filter(kind=Kind.UNIT, within=grid).values_list("no", flat=True))
        new = [no for no in wanted if no not in known]
        Place.objects.bulk_create(
            Place(kind=Kind.UNIT, code=unit_code(grid.code, no), no=no, within=grid) for no in new
        )
        return [Accepted({"made": new})]

    command = Command(ref, Happened.UNITS_MADE, grid.community_code, by, at, {"grid": grid.code, "numbers": wanted})
    return journal.once([command], do)[0]


def rename(*, by: Actor, place: Place, name: str, name_bo: str, at: datetime, ref: UUID) -> Answer:
    """The place bears these names."""

    def do(fresh: list[Command]) -> list[Outcome]:
        Place.objects.filter(pk=place.pk).update(name=name, name_bo=name_bo)
        return [Accepted({"place": str(place.id)})]

    body = {"place": place.code, "name": name, "name_bo": name_bo}
    return journal.once([Command(ref, Happened.RENAMED, place.community_code, by, at, body)], do)[0]

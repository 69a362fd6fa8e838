"""Plain builders: communities and grids."""

from zhegu.lib.place_codes import grid_code
from zhegu.places.models import Kind, Place

A = "540526101001"
B = "540526101002"


def community(code: str = A, grids: int = 3) -> Place:
    made = Place.objects.create(kind=Kind.COMMUNITY, code=code, name=f"C{code[-3:]}")
    for no in range(1, grids + 1):
        Place.objects.create(kind=Kind.GRID, code=grid_code(code, no), no=no, within=made, order=no)
    return made


def above(code: str = A[:6], kind: Kind = Kind.COUNTY) -> Place:
    return Place.objects.create(kind=kind, code=code, name=f"P{code}")


def grid(of: Place, no: int) -> Place:
    return Place.objects.get(code=grid_code(of.code, no))

"""The cast: Ana (office of A), Bo (sampler of A's grid 1), Chen (office of B: the outsider)."""

from zhegu.accounts.models import Role, RoleGrant, Staff
from zhegu.journal.tests.make import MORNING
from zhegu.places.models import Place

PASSWORD = "yak-butter-tea-9"


def staff(username: str, role: Role = Role.OFFICE, *places: Place) -> Staff:
    made = Staff(username=username, name=username.title())
    made.set_password(PASSWORD)
    made.save()
    for place in places:
        RoleGrant.objects.create(staff=made, role=role, place=place, since=MORNING, given_by="system:test")
    return made

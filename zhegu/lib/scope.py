"""Who acts, and what they may see: frozen values, handed on explicitly.

A place is named by its code. Codes are hierarchical (county 6 digits, town 9, community 12,
grid 15), so a place covers every code that begins with its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

Row = TypeVar("Row")

COMMUNITY_DIGITS = 12
WATCHES, LEADS = "observer", "leader"
SPEAKS_ABOVE = "speaks_above"
"""What a leader of a town, a county or a prefecture holds: to approve what communities report; opens nobody's page."""


@dataclass(frozen=True)
class Actor:
    """Someone or something that acts: kind is staff, device, system or resident."""

    kind: str
    id: str
    device: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"

    @classmethod
    def system(cls, reason: str) -> "Actor":
        return cls("system", reason)


@dataclass(frozen=True)
class Grant:
    """One role at one place."""

    role: str
    place: str


def role_at(role: str, place: str) -> Iterator[Grant]:
    """What a role comes to at a place. Above a community it opens figures and nobody's page, whatever it is called."""
    if len(place) >= COMMUNITY_DIGITS:
        yield Grant(role, place)
        return
    yield Grant(WATCHES, place)
    if role == LEADS:
        yield Grant(SPEAKS_ABOVE, place)


@dataclass(frozen=True)
class Scope:
    """What a read may touch. Deny by default: an empty scope sees nothing."""

    actor: Actor
    grants: frozenset[Grant] = field(default_factory=frozenset)
    purpose: str = ""
    whole: bool = False

    @classmethod
    def everything(cls, reason: str) -> "Scope":
        """For system jobs; `reason` says why, and greps."""
        return cls(Actor.system(reason), whole=True, purpose=reason)

    def places(self, *roles: str) -> tuple[str, ...]:
        """Codes of the places where one of these roles (any, if none named) is held, sorted."""
        return tuple(sorted({g.place for g in self.grants if not roles or g.role in roles}))

    def covers(self, code: str, *roles: str) -> bool:
        """Whether a place lies within those where one of these roles is held."""
        return self.whole or any(code.startswith(place) for place in self.places(*roles))

    def reaches(self, code: str, *roles: str) -> bool:
        """Whether one of these roles is held for a place, for something in it, or above it."""
        return self.whole or any(p.startswith(code) or code.startswith(p) for p in self.places(*roles))

    @property
    def only_above(self) -> str:
        """The code of the place above the communities where somebody works who holds nothing within one, else ""."""
        held = self.places()
        return min(held, key=len) if held and all(len(place) < COMMUNITY_DIGITS for place in held) else ""

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(g.role for g in self.grants)


class NotFound(LookupError):
    """Nothing of that name within the scope; doors answer 404."""


def known(row: Row | None, key: object) -> Row:
    """The row that a read of a scope gave; raises NotFound where it gave none, as if there were none at all."""
    if row is None:
        raise NotFound(str(key))
    return row

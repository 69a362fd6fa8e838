"""Who calls whom when something happens: a tree without loops. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhegu.outbreaks.rules.words import Post


@dataclass(frozen=True)
class Called:
    """Someone in the tree: `depth` 0 starts calling, `no_phone` cannot be reached."""

    id: str
    depth: int
    no_phone: bool


def would_loop(callers: Mapping[str, str | None], member: str, caller: str | None) -> bool:
    """Whether `member` being called by `caller` would make somebody wait for their own call."""
    seen = {member}
    while caller:
        if caller in seen:
            return True
        seen.add(caller)
        caller = callers.get(caller)
    return False


def tree(members: Iterable[tuple[str, str | None, Post, bool]]) -> list[Called]:
    """(id, called by, post, has a phone) of each member → everyone once, callers before those they call.

    Whoever is called by nobody present starts; leaders come first.
    """
    rank = {post: number for number, post in enumerate(Post)}
    rows = sorted(members, key=lambda one: rank[one[2]])
    present = {one[0] for one in rows}
    under: dict[str | None, list[tuple[str, bool]]] = {}
    for member, caller, _, reachable in rows:
        under.setdefault(caller if caller in present else None, []).append((member, reachable))
    found: list[Called] = []

    def walk(caller: str | None, depth: int) -> None:
        for member, reachable in under.get(caller, []):
            found.append(Called(member, depth, not reachable))
            walk(member, depth + 1)

    walk(None, 0)
    return found

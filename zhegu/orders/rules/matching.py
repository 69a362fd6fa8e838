"""Which household of the register an entry is, and what speaks for it; a guess is no match. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from zhegu.orders.rules.doors import find_doors, same_door
from zhegu.orders.rules.signup import Doubt, Entry
from zhegu.orders.rules.slate import Slate

NAME, DOOR, PHONE, GRID = "name", "door", "phone", "grid"
MOST_AMONG = 9
"""So many can be chosen by a digit; one more is kept, so that it can be said that there are more."""


@dataclass
class Home:
    """A household of the register. `hit` says by what an entry found it: its people's names, a phone."""

    id: str
    grid: str = ""
    door: str = ""
    hits: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Match:
    """One household and what speaks for it, or none and why not (`several`, `none`)."""

    household: str | None
    why: str
    among: tuple[str, ...] = ()
    """The households that fit equally well."""


def register_door(*said: str) -> str:
    """A door or address of the register, as doors of entries are written."""
    for words in filter(None, said):
        text = f"{words}室" if words.isdigit() and len(words) in (3, 4) else words
        if found := find_doors(Slate(f" {text} ")):
            return found[-1].text
    return next((words.strip() for words in said if words), "")


def _speaks_for(entry: Entry, home: Home) -> set[str]:
    found = set(home.hits)
    if entry.door and home.door and same_door(entry.door, home.door):
        found.add(DOOR)
    if entry.grid and entry.grid == home.grid:
        found.add(GRID)
    return found


def _contradicts(entry: Entry, home: Home, found: set[str]) -> bool:
    """Another door, another grid, or a name that nobody there has."""
    other_door = bool(entry.door and home.door and DOOR not in found)
    other_grid = bool(entry.grid and home.grid and GRID not in found)
    other_name = bool(entry.name and NAME not in found and PHONE not in found)
    return other_door or other_grid or other_name


def match(entry: Entry, homes: Iterable[Home]) -> Match:
    """The one home that most speaks for and nothing against; of equals none."""
    scored: dict[int, list[tuple[Home, set[str]]]] = {}
    seen = False
    for home in homes:
        found = _speaks_for(entry, home)
        if not found - {GRID}:
            continue
        seen = True
        if not _contradicts(entry, home, found):
            exact = DOOR in found and home.door == entry.door
            scored.setdefault(len(found - {GRID}) * 4 + 2 * (GRID in found) + exact, []).append((home, found))
    if not scored:
        return Match(None, "contradicts" if seen else "none")
    best = scored[max(scored)]
    if len(best) > 1:
        return Match(None, "several", tuple(home.id for home, _ in best))
    home, found = best[0]
    return Match(home.id, "+".join(part for part in (NAME, DOOR, PHONE, GRID) if part in found))


def settle(entry: Entry, found: Match) -> None:
    """Writes the match into the entry; none, or several, is for a person."""
    entry.household, entry.match, entry.among = found.household, found.why, list(found.among[: MOST_AMONG + 1])
    if found.household is None:
        entry.doubt(Doubt.SEVERAL_HOUSEHOLDS if found.why == "several" else Doubt.NO_HOUSEHOLD)

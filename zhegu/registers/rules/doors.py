"""Which household of a workbook is which in the register. Pure."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zhegu.registers.rules.households import household_number
from zhegu.registers.rules.names import element_keys, names_agree, normal
from zhegu.registers.rules.reading import HouseholdRead


@dataclass(slots=True)
class KnownHousehold:
    """A household in the register."""

    id: Any
    no: str = ""
    head: str = ""
    grid: str = ""
    address: str = ""


def map_households(
    read: Sequence[HouseholdRead], known: Sequence[KnownHousehold], votes: dict[int, Counter[Any]]
) -> dict[int, Any]:
    """id() of each household read → the id of the known one it is; each known one is used once.

    By number (with the head's name or the grid); without a number by the head's name in the same grid;
    else where most of its members (`votes`) live now.
    """
    finder = _Finder(known)
    found: dict[int, Any] = {}
    for find in (finder.by_number, finder.by_head):
        for household in read:
            if id(household) not in found and (house := find(household)):
                found[id(household)] = finder.use(house)
    for household in read:
        if id(household) not in found and not household.no and votes.get(id(household)):
            for house, _ in votes[id(household)].most_common():
                if house not in finder.used:
                    finder.used.add(house)
                    found[id(household)] = house
                    break
    return found


class _Finder:
    def __init__(self, known: Sequence[KnownHousehold]):
        self.used: set[Any] = set()
        self.numbered: dict[str, list[KnownHousehold]] = defaultdict(list)
        self.headed: dict[str, list[KnownHousehold]] = defaultdict(list)
        for house in known:
            if house.no:
                self.numbered[household_number(house.no)].append(house)
            for key in _head_keys(house.head):
                self.headed[key].append(house)

    def use(self, house: KnownHousehold) -> Any:
        self.used.add(house.id)
        return house.id

    def by_number(self, read: HouseholdRead) -> KnownHousehold | None:
        if not read.no:
            return None
        free = [h for h in self.numbered.get(household_number(read.no), ()) if h.id not in self.used]
        scored = [(score, h) for h in free if (score := _likeness(read, h))]
        return max(scored, key=lambda pair: pair[0])[1] if scored else None

    def by_head(self, read: HouseholdRead) -> KnownHousehold | None:
        """The same head in the same grid; a number on both sides has already decided."""
        grid = read.grid.key if read.grid else ""
        for key in _head_keys(read.head):
            for house in self.headed.get(key, ()):
                numbers = bool(read.no and house.no)
                if house.id not in self.used and house.grid == grid and not numbers:
                    return house
        return None


def _head_keys(head: str) -> list[str]:
    return [normal(head), *element_keys(head)] if head else []


def _likeness(read: HouseholdRead, house: KnownHousehold) -> int:
    """0 where both head and grid speak against it; more the more speaks for it."""
    grid = read.grid.key if read.grid else ""
    same_head = bool(read.head and house.head) and names_agree(read.head, house.head)
    same_grid = grid == house.grid
    unsaid = not (read.head and house.head)
    return same_head * 4 + same_grid * 2 + unsaid

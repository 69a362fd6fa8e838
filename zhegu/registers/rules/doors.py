"""Which household of a workbook is which in the register. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from zhegu.registers.rules.households import household_number
from zhegu.registers.rules.names import element_keys, names_agree, normal
from zhegu.registers.rules.reading import HouseholdRead

MEMBERS, NUMBER, HEAD, GRID = 6.0, 4.0, 3.0, 1.0
"""What speaks for it, and how loudly: the share of its known members, its number, its head, its grid."""


@dataclass(slots=True)
class KnownHousehold:
    """A household in the register."""

    id: Any
    no: str = ""
    head: str = ""
    grid: str = ""
    address: str = ""


Votes = dict[int, Counter[Any]]


def map_households(
    read: Sequence[HouseholdRead], known: Sequence[KnownHousehold], votes: Votes
) -> dict[int, Any]:
    """id() of each household read → the id of the known one it is; each is used once, the likeliest first.

    A household is known by most of its members (`votes`: where those found already live now), by its
    number with the head's name or the grid, or by the head's name in the same grid. So a list that was
    numbered anew moves nobody, and numbers that begin anew in each grid do not mix families.
    """
    pairs = _Pairs(known, votes)
    scored = [
        (-score, order, house.id, household)
        for order, household in enumerate(read)
        for house in pairs.candidates(household)
        if (score := pairs.score(household, house))
    ]
    found: dict[int, Any] = {}
    used: set[Any] = set()
    for _, _, house, household in sorted(scored, key=lambda pair: pair[:2]):
        if id(household) not in found and house not in used:
            found[id(household)] = house
            used.add(house)
    return found


class _Pairs:
    def __init__(self, known: Sequence[KnownHousehold], votes: Votes):
        self.by_id = {house.id: house for house in known}
        self.numbered: dict[str, list[KnownHousehold]] = defaultdict(list)
        self.headed: dict[tuple[str, str], list[KnownHousehold]] = defaultdict(list)
        self.votes, self.all_votes = votes, Counter[Any]()
        for count in votes.values():
            self.all_votes.update(count)
        for house in known:
            if house.no:
                self.numbered[household_number(house.no)].append(house)
            for key in _head_keys(house.head):
                self.headed[key, house.grid].append(house)

    def candidates(self, read: HouseholdRead) -> Iterator[KnownHousehold]:
        """Known households that could be it, each once."""
        found: dict[Any, KnownHousehold] = {}
        for house in self.numbered.get(household_number(read.no), ()) if read.no else ():
            found[house.id] = house
        for key in _head_keys(read.head):
            for house in self.headed.get((key, _grid(read)), ()):
                found[house.id] = house
        for house_id in self.votes.get(id(read), ()):
            if house_id in self.by_id:
                found[house_id] = self.by_id[house_id]
        return iter(found.values())

    def score(self, read: HouseholdRead, house: KnownHousehold) -> float:
        """How much speaks for it; 0 where too little does."""
        share = self.votes.get(id(read), Counter())[house.id] / max(1, self.all_votes[house.id])
        number = bool(read.no and house.no) and household_number(read.no) == household_number(house.no)
        head = bool(read.head and house.head) and names_agree(read.head, house.head)
        grid = _grid(read) == house.grid
        enough = share or (number and (head or grid or not (read.head and house.head)))
        enough = enough or (head and grid and not (read.no and house.no))
        return MEMBERS * share + NUMBER * number + HEAD * head + GRID * grid if enough else 0.0


def _grid(read: HouseholdRead) -> str:
    return read.grid.key if read.grid else ""


def _head_keys(head: str) -> list[str]:
    return [normal(head), *element_keys(head)] if head else []

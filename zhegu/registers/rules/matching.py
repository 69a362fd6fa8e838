"""Who of a workbook is who in the register (settled: the same person). Pure.

Numbers are compared by opaque tokens (blind indexes), so that nothing sealed has to be opened.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhegu.registers.rules.doors import KnownHousehold, map_households
from zhegu.registers.rules.grids import GridName
from zhegu.registers.rules.headers import Role
from zhegu.registers.rules.names import element_keys, names_agree, normal
from zhegu.registers.rules.reading import HouseholdRead, PersonRead, Reading, everyone
from zhegu.registers.rules.relations import tidy_relation

Token = bytes


@dataclass(slots=True)
class Known:
    """Someone in the register. `shown` is False for a row merged into another, or who left or died."""

    id: Any
    name: str
    birth: date | None = None
    grid: str = ""
    household: Any = None
    phone: Token = b""
    paper: Token = b""
    paper_valid: bool = False
    relation: str = ""
    residence: str = "resident"
    shown: bool = True
    sex: str = ""
    name_bo: str = ""
    nickname: str = ""


@dataclass
class Snapshot:
    """The register of one community as it stands."""

    people: list[Known] = field(default_factory=list)
    households: list[KnownHousehold] = field(default_factory=list)


@dataclass(slots=True)
class Candidate:
    """Someone read, with the tokens of their numbers; `known` once found."""

    read: PersonRead
    paper: Token = b""
    phones: tuple[Token, ...] = ()
    household: Any = None
    known: Known | None = None
    changes: frozenset[str] = frozenset()

    @property
    def grid(self) -> str:
        return self.read.grid.key if self.read.grid else ""


@dataclass
class ImportPlan:
    """What an import would do."""

    candidates: list[Candidate]
    missing: list[Known]
    doors: dict[int, Any]
    """id() of each household read → the known household it is; absent where it is new."""

    @property
    def new(self) -> list[Candidate]:
        return [c for c in self.candidates if c.known is None]

    @property
    def changed(self) -> list[Candidate]:
        return [c for c in self.candidates if c.known is not None and c.changes]

    @property
    def unchanged(self) -> int:
        return sum(c.known is not None and not c.changes for c in self.candidates)


def named_grids(candidates: Iterable[Candidate]) -> set[GridName]:
    """Every grid in which someone or some household is said to be."""
    found = {c.read.grid for c in candidates} | {c.read.household.grid for c in candidates if c.read.household}
    return {grid for grid in found if grid}


Index = Callable[[str], Token]


def plan_import(
    readings: Sequence[Reading], snapshot: Snapshot, paper_index: Index, phone_index: Index,
    told: dict[int, Any] | None = None,
) -> ImportPlan:
    """Everyone of the workbooks against the register. Someone in two workbooks counts once, the first time.

    `told`: id() of a person read → the known id a person chose, or None for "nobody we know".
    """
    candidates = _candidates(readings, paper_index, phone_index)
    match = _Match(candidates, snapshot, told or {})
    doors = match.run([h for reading in readings for h in reading.households])
    for candidate in candidates:
        if candidate.known:
            candidate.changes = changes(candidate, candidate.known, doors)
    kinds = frozenset().union(*(reading.kinds for reading in readings)) if readings else frozenset()
    missing = [k for k in snapshot.people if k.shown and k.residence in kinds and id(k) not in match.taken]
    return ImportPlan(candidates, missing, doors)


def _candidates(readings: Sequence[Reading], paper_index: Index, phone_index: Index) -> list[Candidate]:
    found = []
    for person in everyone(readings):
        paper = paper_index(person.id.text) if person.id.text else b""
        numbers = [number for number in (person.phone, *person.more_phones) if number]
        found.append(Candidate(person, paper, tuple(map(phone_index, numbers))))
    return found


def may_be(candidate: Candidate, known: Known) -> bool:
    """Nothing stands against it: two different valid papers are two people, and so are two births."""
    if candidate.read.id.valid and known.paper_valid and candidate.paper != known.paper:
        return False
    return not (candidate.read.birth and known.birth and candidate.read.birth != known.birth)


class _Match:
    """The passes, strongest first; each known person is found at most once."""

    def __init__(self, candidates: list[Candidate], snapshot: Snapshot, told: dict[int, Any]):
        self.candidates, self.snapshot, self.told = candidates, snapshot, told
        self.taken: set[int] = set()

    def run(self, households: Sequence[HouseholdRead]) -> dict[int, Any]:
        """Finds everyone; gives the households that are known."""
        self._as_told()
        self._pass(lambda c: [c.paper] if c.read.id.valid else [], lambda k: [k.paper] if k.paper_valid else [], any_birth=True)
        self._pass(_raw_paper, lambda k: [(k.paper, normal(k.name))] if k.paper and not k.paper_valid else [], any_birth=True)
        self._doors(households)
        self._pass(_birth_and_door, lambda k: [(k.birth, k.household)] if k.birth and k.household else [], named=True)
        self._pass(_grid_and_birth, lambda k: [(k.grid, k.birth)] if k.birth else [], named=True)
        self._pass(_grid_and_phones, lambda k: [(k.grid, k.phone)] if k.phone else [], named=True)
        doors = self._doors(households)
        self._pass(_all_the_same, _all_that_is_known)
        self._only_one_each()
        return doors

    def _doors(self, households: Sequence[HouseholdRead]) -> dict[int, Any]:
        """Households by what is known of their members so far."""
        doors = map_households(households, self.snapshot.households, self._votes())
        for candidate in self.candidates:
            candidate.household = doors.get(id(candidate.read.household)) if candidate.read.household else None
        return doors

    def _open(self) -> Iterable[Candidate]:
        return (c for c in self.candidates if c.known is None and id(c.read) not in self.told)

    def _as_told(self) -> None:
        by_id = {k.id: k for k in self.snapshot.people}
        for candidate in self.candidates:
            known = by_id.get(self.told.get(id(candidate.read)))
            if known is not None and id(known) not in self.taken:
                self._take(candidate, known)

    def _take(self, candidate: Candidate, known: Known) -> None:
        candidate.known = known
        self.taken.add(id(known))

    def _pass(
        self, keys: Callable[[Candidate], list[Any]], known_keys: Callable[[Known], list[Any]],
        *, named: bool = False, any_birth: bool = False,
    ) -> None:
        """Takes the first free one of the same key, the same spelling before one that only agrees."""
        index: dict[Any, list[Known]] = defaultdict(list)
        for known in self.snapshot.people:
            for key in known_keys(known):
                index[key].append(known)
        for candidate in self._open() if index else ():
            free = [k for key in keys(candidate) for k in index.get(key, ()) if id(k) not in self.taken]
            fitting = [k for k in free if any_birth or may_be(candidate, k)]
            if named:
                fitting = _by_name(candidate.read.name, fitting)
            if fitting:
                self._take(candidate, min(fitting, key=lambda k: not k.shown))

    def _votes(self) -> dict[int, Counter[Any]]:
        """Where the members already found live now."""
        votes: dict[int, Counter[Any]] = defaultdict(Counter)
        for candidate in self.candidates:
            if candidate.known and candidate.known.household and candidate.read.household:
                votes[id(candidate.read.household)][candidate.known.household] += 1
        return votes

    def _only_one_each(self) -> None:
        """Same household, agreeing name and relation, and only one such on either side."""

        def key(household: Any, relation: str, name: str) -> list[Any]:
            return [(household, relation, way) for way in (element_keys(name) or [normal(name)])] if household else []

        reads: dict[Any, list[Candidate]] = defaultdict(list)
        for candidate in self._open():
            for one in key(candidate.household, candidate.read.relation, candidate.read.name):
                reads[one].append(candidate)
        knowns: dict[Any, list[Known]] = defaultdict(list)
        for known in self.snapshot.people if reads else ():
            if id(known) not in self.taken:
                for one in key(known.household, known.relation, known.name):
                    knowns[one].append(known)
        for one, candidates in reads.items():
            if len(candidates) == 1 and len(knowns.get(one, ())) == 1:
                candidate, known = candidates[0], knowns[one][0]
                free = candidate.known is None and id(known) not in self.taken
                if free and may_be(candidate, known):
                    self._take(candidate, known)


def _by_name(name: str, known: Sequence[Known]) -> list[Known]:
    same = [k for k in known if normal(k.name) == normal(name)]
    return same or [k for k in known if names_agree(k.name, name)]


def _raw_paper(c: Candidate) -> list[Any]:
    return [(c.paper, normal(c.read.name))] if c.paper and not c.read.id.valid else []


def _birth_and_door(c: Candidate) -> list[Any]:
    return [(c.read.birth, c.household)] if c.read.birth and c.household else []


def _grid_and_birth(c: Candidate) -> list[Any]:
    return [(c.grid, c.read.birth)] if c.read.birth else []


def _grid_and_phones(c: Candidate) -> list[Any]:
    return [(c.grid, phone) for phone in c.phones]


def _all_the_same(c: Candidate) -> list[Any]:
    phone = c.phones[0] if c.phones else b""
    return [(normal(c.read.name), c.household, c.grid, c.read.relation, c.read.birth, phone, c.paper)]


def _all_that_is_known(k: Known) -> list[Any]:
    return [(normal(k.name), k.household, k.grid, k.relation, k.birth, k.phone, k.paper)]


def changes(candidate: Candidate, known: Known, doors: dict[int, Any]) -> frozenset[str]:
    """What the workbook says otherwise: name, phone, grid, household, relation.

    A cell that says nothing, or nothing that can be read, takes nothing away.
    """
    read = candidate.read
    found = {
        "name": normal(read.name) != normal(known.name),
        "phone": bool(candidate.phones) and known.phone not in candidate.phones,
        "grid": read.grid is not None and read.grid.key != known.grid,
        "household": read.household is not None and doors.get(id(read.household)) != (known.household or 0),
        "relation": Role.RELATION in read.tells and bool(read.relation) and read.relation != tidy_relation(known.relation),
    }
    return frozenset(name for name, differs in found.items() if differs)

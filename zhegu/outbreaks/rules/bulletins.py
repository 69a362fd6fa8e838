"""Reading the lines of a bulletin as they are pasted. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MANY = 10_000_000
"""No place has more cases than this; a longer number is a slip of the finger."""

_BETWEEN = re.compile(r"[\s,，、;；:：|]+")
_NUMBER = re.compile(r"\d+")


class BadLine(ValueError):
    """A line that cannot be read: which, and what stands there."""

    def __init__(self, no: int, line: str):
        super().__init__(line)
        self.no, self.line = no, line


@dataclass(frozen=True)
class PlaceCount:
    """One place: new confirmed and asymptomatic, and all so far where the bulletin says so."""

    place: str
    new_confirmed: int
    new_asymptomatic: int
    all_confirmed: int | None = None
    all_asymptomatic: int | None = None


def _lines(pasted: str) -> Iterator[tuple[int, list[str]]]:
    for no, line in enumerate(pasted.splitlines(), 1):
        said = [part for part in _BETWEEN.split(line.strip()) if part]
        if said:
            yield no, said


def read_counts(pasted: str) -> list[PlaceCount]:
    """One place a line: its name, new confirmed, new asymptomatic, and if known both sums. Raises BadLine."""
    found = []
    for no, said in _lines(pasted):
        name, numbers = said[0], said[1:]
        if not all(_NUMBER.fullmatch(n) and int(n) < MANY for n in numbers) or len(numbers) not in (2, 4) or len(name) > 80:
            raise BadLine(no, " ".join(said))
        found.append(PlaceCount(name, *map(int, numbers)))
    return found


def read_areas(pasted: str, levels: Mapping[str, str]) -> list[tuple[str, str]]:
    """One area a line: its name, then its level in words (`levels`: words → code). Raises BadLine."""
    found = []
    for no, said in _lines(pasted):
        level = levels.get(said[-1].casefold())
        if level is None or len(said) < 2 or len("".join(said[:-1])) > 120:
            raise BadLine(no, " ".join(said))
        found.append((" ".join(said[:-1]), level))
    return found

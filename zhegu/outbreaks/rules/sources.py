"""Which source speaks for which number of a profile. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

PLAIN = ("schema", "sources", "valid")
"""Parts whose numbers say nothing about the disease."""


LARGEST = 1_000_000
"""No number of a profile is larger."""


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def numbers_in(value: Any, path: str = "") -> Iterator[str]:
    """Dotted paths of every number; entries of a list go by their code or name where they have one."""
    if isinstance(value, Mapping):
        for key, inside in value.items():
            if not (path == "" and key in PLAIN):
                yield from numbers_in(inside, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for number, inside in enumerate(value):
            named = inside.get("code") if isinstance(inside, Mapping) else None
            yield from numbers_in(inside, f"{path}.{named or number}")
    elif is_number(value):
        yield path


def sources_of(whole: Mapping[str, Any], path: str) -> list[Mapping[str, Any]]:
    """The sources that speak for a number (or a part), the most particular first."""
    found = []
    for source in whole.get("sources") or []:
        spoken = [part for part in source.get("of", []) if path == part or path.startswith(f"{part}.")]
        if spoken:
            found.append((max(map(len, spoken)), source))
    return [source for _, source in sorted(found, key=lambda one: -one[0])]


def unsourced(whole: Mapping[str, Any]) -> list[str]:
    """Paths of the numbers for which no source speaks (`sources[].of` names what one speaks for)."""
    return [path for path in numbers_in(whole) if not sources_of(whole, path)]


def doubtful(whole: Mapping[str, Any]) -> list[str]:
    """Paths of the numbers whose best source still asks to be checked (confidence C or D)."""
    found = []
    for path in numbers_in(whole):
        grades = [source.get("confidence", "D") for source in sources_of(whole, path)]
        if grades and min(grades) in ("C", "D"):
            found.append(path)
    return found


class NoSuchPart(LookupError):
    """The profile has nothing under that path."""


def _step(at: Any, name: str) -> tuple[Any, Any]:
    """Where a step of a path leads: the container's key, and what lies there."""
    if isinstance(at, Mapping) and name in at:
        return name, at[name]
    if isinstance(at, list):
        for number, inside in enumerate(at):
            if isinstance(inside, Mapping) and inside.get("code") == name:
                return number, inside
        if name.isdecimal() and int(name) < len(at):
            return int(name), at[int(name)]
    raise NoSuchPart(name)


def value_at(whole: Mapping[str, Any], path: str) -> Any:
    """What stands under a dotted path; raises NoSuchPart."""
    at: Any = whole
    for name in path.split("."):
        _, at = _step(at, name)
    return at


def with_value(whole: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """The profile with another value under a path, the rest as it was; raises NoSuchPart."""
    head, _, rest = path.partition(".")
    key, inside = _step(whole, head)
    changed = with_value(inside, rest, value) if rest else value
    if isinstance(whole, Mapping):
        return {**whole, key: changed}
    return [changed if n == key else one for n, one in enumerate(whole)]  # type: ignore[return-value]


@dataclass(frozen=True)
class NewNumber:
    """Another number for a part of a profile, with the reason and the source that speaks for it."""

    path: str
    becomes: float
    why: str
    source: str
    confidence: str


def read_number(said: str) -> float:
    """7, or 37.3; whole numbers stay whole. Raises ValueError."""
    value = float(said.strip())
    if value != value or abs(value) > LARGEST:
        raise ValueError(said)
    return int(value) if value.is_integer() and "." not in said else value

"""Which happenings belong to a round, and what is said of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

PARTS = ("tube", "tubes", "sample", "batch")
"""What a happening of a round may bring into being; later ones name it without naming the round."""

SAID = ("label", "serial", "reason", "result", "how", "form", "format")
PER_ROUND = 10**9
"""A card's serial begins with its round: round * 10^9 + grid * 10^6 + n (settled in cards)."""


@dataclass(frozen=True)
class Happening:
    """One entry of the journal with its words: `body` is empty where it has been destroyed."""

    ref: str
    kind: str
    at: datetime
    arrived: datetime
    by: str
    device: str
    status: str
    reason: str
    facts: Mapping[str, Any]
    body: Mapping[str, Any] = field(default_factory=dict)


def of_round(round_id: str, round_no: int, happenings: Iterable[Happening]) -> Iterator[Happening]:
    """Those that name the round, its cards, or a swab or tube that one before them brought into it. In order."""
    known = {round_id}
    for one in happenings:
        named = set(_ids(one.body)) | set(_ids(one.facts))
        if known & named or one.ref in known or _by_number(one, round_no):
            known |= {one.ref, *_parts(one.body), *_parts(one.facts)}
            yield one


def _by_number(one: Happening, round_no: int) -> bool:
    """Cards carry the round in their serials, handed-on forms by its number."""
    if one.kind.startswith("cards."):
        leaves = [value for source in (one.body, one.facts) for _, value in _leaves(source)]
        return any(isinstance(value, int) and value // PER_ROUND == round_no for value in leaves)
    return one.kind.startswith("reports.") and one.body.get("round_no") == round_no


def details(one: Happening) -> list[tuple[str, str]]:
    """What stands in an entry beside ids, by key: labels, serials, reasons; never a name or a note."""
    words: dict[tuple[str, str], None] = {}
    for source in (one.body, one.facts):
        for key, value in _leaves(source):
            if key in SAID and value not in ("", None) and not _is_id(value):
                words[key, str(value)] = None
    return list(words)


def _ids(value: Any) -> Iterator[str]:
    for _, leaf in _leaves(value):
        if _is_id(leaf):
            yield str(leaf)


def _parts(source: Mapping[str, Any]) -> Iterator[str]:
    for key, value in source.items():
        if key in PARTS:
            yield from _ids({key: value})


def _leaves(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, inside in value.items():
            yield from _leaves(inside, name)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _leaves(inside, key)
    else:
        yield key, value


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and len(value) == 36 and value.count("-") == 4

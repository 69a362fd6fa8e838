"""What a person said a header means holds for every blank that says the same; only what is new is asked."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from zhegu.reports.rules.blanks.dictionary import NONE, SURE
from zhegu.reports.rules.blanks.proposals import Proposal, Reading, signature
from zhegu.reports.rules.blanks.words import plain

NOTHING = "-"
SHEET = "@"
LONGEST = 400
Known = Mapping[tuple[str, str], str]
"""(form, header with its groups) → `F1.due`, `head.unit`, or `-` for nothing."""


@dataclass(frozen=True)
class Question:
    """A header with its key, what is proposed for it, and whether a person settled it already."""

    key: str
    proposal: Proposal
    means: str
    settled: bool

    @property
    def sure(self) -> bool:
        return self.settled or self.proposal.confidence >= SURE


def means(one: Proposal) -> str:
    return f"{one.form}.{one.field}" if one.field and one.form != NONE else NOTHING


def sheet_key(reading: Reading) -> tuple[str, str]:
    """Under which a sheet's form is remembered: its headers as they stand."""
    return reading.form, SHEET + hashlib.sha256(signature(reading).encode()).hexdigest()[:32]


def keys(fields: Iterable[Proposal]) -> list[str]:
    """A key for each header: its words with their groups, numbered where the same words stand again."""
    seen: Counter[str] = Counter()
    found = []
    for one in fields:
        key = "/".join(plain(part) for part in one.path)[: LONGEST - 10]
        seen[key] += 1
        found.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return found


def settled(reading: Reading, known: Known) -> Reading:
    """The reading with what people said in place of what was guessed, and certain."""
    fields = []
    for key, one in zip(keys(reading.fields), reading.fields, strict=True):
        said = known.get((reading.form, key))
        if said is None:
            fields.append(one)
            continue
        form, _, name = said.partition(".")
        nothing = said == NOTHING
        fields.append(replace(one, form=NONE if nothing else form, field=None if nothing else name, confidence=1.0))
    return replace(reading, fields=tuple(fields))


def questions(reading: Reading, known: Known) -> list[Question]:
    """Every header that can be filled, in the order of reading; those the form counts itself are no question."""
    return [
        Question(key, one, means(one), (reading.form, key) in known)
        for key, one in zip(keys(reading.fields), reading.fields, strict=True)
        if not one.computed and (one.slot or one.spot)
    ]

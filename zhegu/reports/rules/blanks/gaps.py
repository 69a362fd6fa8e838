"""What a blank would still lack if it were filled now: headers nothing is known for, and lines with holes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from zhegu.lib.tables import shown
from zhegu.reports.rules.blanks.placing import NUMBER_FIELD, PERSON_FIELD, PLACE_FIELD, Data, Placed
from zhegu.reports.rules.blanks.proposals import Reading


@dataclass(frozen=True)
class Gap:
    """What is not known: a header of the form, or of one place's line; `why` where the whole header stays blank."""

    place: str
    headers: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True)
class Completeness:
    """How many cells get a value, of how many, and what is missing."""

    filled: int
    asked: int
    gaps: tuple[Gap, ...]

    @property
    def whole(self) -> bool:
        return self.filled == self.asked


def completeness(pieces: Iterable[tuple[Reading, Placed, Data]], lang: str) -> Completeness:
    """Of a form with several tables all together; lines of people are counted, never named."""
    filled, asked, gaps = 0, 0, []
    for reading, placed, data in pieces:
        cells, holes = _lines(reading, placed, data, lang)
        unknown = [(head.header, why) for head, why in placed.unfilled if why not in ("computed", "hidden", "no_blank")]
        filled += len(placed.sources)
        asked += max(cells, len(placed.sources)) + len(unknown)
        gaps += [*holes, *(Gap("", (header,), why) for header, why in unknown)]
    return Completeness(filled, asked, tuple(gaps))


def _lines(reading: Reading, placed: Placed, data: Data, lang: str) -> tuple[int, list[Gap]]:
    """Cells that were to be filled, and the lines (one a place) where some stay empty."""
    by_line: dict[int, set[str]] = defaultdict(set)
    for source in placed.sources.values():
        by_line[source.row].add(source.field)
    heads = {one.field: one.header for one in reading.fields if one.slot and one.field in data.columns and not one.computed}
    heads = {name: words for name, words in heads.items() if any(name in said for said in by_line.values())}
    found, cells = [], 0
    for row, said in sorted(by_line.items()):
        if row < 0:
            cells += len(said)
            continue
        lacking = tuple(words for name, words in heads.items() if name not in said and name != NUMBER_FIELD)
        cells += len(said) + len(lacking)
        if lacking and PERSON_FIELD not in data.columns and PLACE_FIELD in data.columns:
            found.append(Gap(shown(data.columns[PLACE_FIELD], data.rows[row].get(PLACE_FIELD), lang), lacking))
    return cells, found

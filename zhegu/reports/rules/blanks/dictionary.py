"""Which field a header means: exact words first, then words under a group, then what comes near.

The words are data (`zhegu/reports/data`); a header that is known to mean nothing here wins over a guess.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property

from zhegu.reports.rules.blanks.words import (
    GENERIC,
    NAMES,
    OF_WHICH,
    PERIODS,
    bigrams,
    core,
    counted,
    fold,
    in_brackets,
    kind,
    plain,
    spoken,
)

HEAD = "head"
NONE = "-"
EXACT, UNDER, JOINED, CORE, CORE_UNDER, INSIDE, FOLDED = 0.95, 0.97, 0.98, 0.9, 0.93, 0.9, 0.84
NEAR_LEAST, NEAR_MOST = 0.4, 0.75
SURE = 0.8
ELSEWHERE = re.compile(r"集中(?:医学)?(?:隔离|管控|观察|管理)|^集中$")
"""Groups about people who are not in the community: those at a site of the county."""


@dataclass(frozen=True)
class Guess:
    """A field with how sure it is, 0…1; `NONE` for what is known to mean nothing here."""

    form: str
    field: str
    confidence: float


@dataclass
class Entry:
    """All words for one field of one form."""

    form: str
    field: str
    words: set[str] = field(default_factory=set)
    under: list[tuple[tuple[str, ...], frozenset[str]]] = field(default_factory=list)

    @cached_property
    def cores(self) -> set[str]:
        return {core(word) for word in self.words}

    @cached_property
    def counts(self) -> set[str]:
        """What the field's own words count."""
        return {counted(word) for word in self.words} - {""}

    def counts_like(self, way: str) -> bool:
        """Whether a header counts what the field counts: of 未采人数 and 未采户数 one is the field."""
        said = counted(way)
        return not said or said in self.counts or (said == "人" and not self.counts)

    @cached_property
    def folds(self) -> set[str]:
        return {short for word in self.words if len(short := fold(word)) > 1}

    @cached_property
    def letters(self) -> set[str]:
        """Pairs of letters of everything said about the field: a group that shares none is about something else."""
        groups = [group for groups, _ in self.under for group in groups]
        return {pair for word in [*self.words, *groups] for pair in bigrams(word)}


@dataclass(frozen=True)
class Topic:
    """What titles and groups of a form speak of."""

    titles: tuple[str, ...]
    topics: tuple[str, ...]


class Dictionary:
    """Headers and the fields they mean, from rows `(form, field, under, words)`."""

    def __init__(
        self, rows: Iterable[tuple[str, str, str, str]], topics: Mapping[str, Topic], rare: frozenset[str] = frozenset()
    ) -> None:
        self.rare = rare
        """Forms upper offices seldom ask for: a sheet is one of them only if it clearly is."""
        self.entries: dict[tuple[str, str], Entry] = {}
        self.topics = topics
        for form, name, under, words in rows:
            entry = self.entries.setdefault((form, name), Entry(form, name))
            said = {way for word in words.split("|") if word for way in (plain(word), spoken(word)[0])}
            if under:
                groups = sorted((plain(group) for group in under.split("|")), key=len, reverse=True)
                entry.under.append((tuple(groups), frozenset(said)))
            else:
                entry.words |= said
        self._memo: dict[tuple[str, ...], list[Guess]] = {}

    def forms(self) -> list[str]:
        return [form for form in self.topics]

    def of_people(self, form: str) -> bool:
        """Whether a row of the form is a person, not a place."""
        return (form, "name") in self.entries

    def title(self, form: str, words: str) -> int:
        """How many of the form's title words stand in a title or sheet name."""
        said = plain(words)
        return sum(plain(word) in said for word in self.topics[form].titles)

    def guesses(self, path: Sequence[str]) -> list[Guess]:
        """What a header under its groups may mean, the surest first, at most one for each field of a form."""
        key = tuple(path)
        if key not in self._memo:
            self._memo[key] = self._guess(key)
        return self._memo[key]

    def best(self, path: Sequence[str], form: str) -> Guess | None:
        """The surest field of that form (or of none)."""
        return next((guess for guess in self.guesses(path) if guess.form in (form, NONE)), None)

    def _guess(self, path: tuple[str, ...]) -> list[Guess]:
        above, leaf = _split(path)
        if not leaf:
            return []
        found = [self._of(entry, above, leaf) for entry in self.entries.values()]
        if above and plain(leaf) in GENERIC:
            parent = self._guess(tuple(above))
            found += [Guess(one.form, one.field, round(one.confidence - 0.02, 3)) for one in parent]
        if above and plain(leaf) in NAMES:
            found += [replace(one, confidence=UNDER) for one in self._guess(tuple(above)) if one.field != NONE and one.confidence >= EXACT]
        if any(ELSEWHERE.search(spoken(parent)[0]) for parent in above if spoken(parent)):
            found.append(Guess(NONE, NONE, 0.86))
        found = _unsure_where_two_fold(found)
        best: dict[tuple[str, str], Guess] = {}
        for one in found:
            key = (one.form, one.field)
            if one.confidence > 0 and (key not in best or best[key].confidence < one.confidence):
                best[key] = one
        return sorted(best.values(), key=lambda one: (-one.confidence, one.form != NONE, one.form, one.field))

    def _of(self, entry: Entry, above: list[str], leaf: str) -> Guess:
        ways = spoken(leaf)
        sure = max(self._said(entry, above, ways), self._under(entry, above, ways))
        if entry.under and sure < UNDER and (inner := in_brackets(leaf)):
            told = self._under(entry, [ways[0]], [inner], near=False)
            sure = max(sure, told if told >= UNDER else 0.0)
        if not sure and entry.form != NONE:
            sure = _near(entry, ways[0])
        if sure and above and entry.form != NONE and not self._agrees(entry, above):
            sure = min(sure, 0.85 if self._only_here(entry, above, ways[0]) else 0.7)
        return Guess(entry.form, entry.field, round(sure, 3))

    def _said(self, entry: Entry, above: list[str], ways: list[str]) -> float:
        for parent in [plain(one) for one in above]:
            for way in ways[:1]:
                if parent + way in entry.words or way + parent in entry.words:
                    return JOINED
        for place, way in enumerate(ways):
            if way in entry.words:
                return EXACT - 0.02 * place
        way = core(ways[0])
        if (way in entry.words or way in entry.cores) and entry.counts_like(ways[0]):
            return CORE if entry.form != NONE else 0.86
        return FOLDED if fold(ways[0]) in entry.folds and entry.counts_like(ways[0]) else 0.0

    def _under(self, entry: Entry, above: list[str], ways: list[str], near: bool = True) -> float:
        parents = [spoken(one)[0] for one in above if spoken(one)]
        best = 0.0
        for groups, words in entry.under:
            cores = {core(word) for word in words}
            for group in groups:
                inside = any(group == parent or (near and len(group) > 1 and group in parent) for parent in parents)
                if inside and ways[0] in words:
                    return UNDER
                if not near:
                    continue
                if inside and (core(ways[0]) in cores or any(way in words for way in ways)):
                    best = max(best, CORE_UNDER)
                rest = _rest(ways[0], group)
                if rest and (rest in words or core(rest) in words):
                    best = max(best, INSIDE)
        return best

    def _only_here(self, entry: Entry, above: list[str], way: str) -> bool:
        """Long words that one field alone has mean it under any group, unless the group is about something unknown."""
        if len(way) < 4 or way not in entry.words or sum(way in one.words for one in self.entries.values()) > 1:
            return False
        if any(ELSEWHERE.search(parent) for parent in above) and not self.of_people(entry.form):
            return False
        nothing = self.entries.get((NONE, NONE))
        unknown = [word for word in nothing.words if len(word) > 1] if nothing is not None else []
        return not any(word in plain(parent) for parent in above for word in unknown)

    def _agrees(self, entry: Entry, above: list[str]) -> bool:
        """Whether the groups above speak of what the field is about, or of nothing in particular."""
        topics = self.topics[entry.form].topics if entry.form in self.topics else ()
        nothing = self.entries.get((NONE, NONE))
        for parent in (spoken(one)[0] for one in above if spoken(one)):
            if parent in GENERIC or OF_WHICH.match(parent):
                continue
            if ELSEWHERE.search(parent) and not self.of_people(entry.form):
                return False
            if bigrams(parent) & entry.letters or parent in entry.words:
                continue
            if nothing is not None and parent in nothing.words:
                return False
            if not any(topic in parent for topic in topics):
                return False
        return True


def _unsure_where_two_fold(found: list[Guess]) -> list[Guess]:
    """Where two fields of a form fold to the same words, neither is sure."""
    folded = [(one.form, one.field) for one in found if one.confidence == FOLDED]
    forms = [form for form, _ in set(folded)]
    return [
        Guess(one.form, one.field, NEAR_MOST) if one.confidence == FOLDED and forms.count(one.form) > 1 else one
        for one in found
    ]


def _split(path: tuple[str, ...]) -> tuple[list[str], str]:
    """Groups and leaf; “of which: X” in one cell is a group and its leaf."""
    above, leaf = [one for one in path[:-1] if plain(one)], path[-1] if path else ""
    said = plain(leaf)
    without = OF_WHICH.sub("", said)
    if without and without != said:
        return [*above, "其中"], without
    return above, leaf


def _rest(way: str, group: str) -> str:
    """What a header says beside the group's own words."""
    if len(group) < 2 or group not in way or group == way:
        return ""
    rest = way.replace(group, "", 1).strip("的之:-/、()")
    return rest


def _near(entry: Entry, way: str) -> float:
    """How near the words come, never enough to be sure."""
    if len(way) < 2 or len(way) > 16 or way in GENERIC or way in PERIODS:
        return 0.0
    best = 0.0
    of = kind(way)
    for word in entry.words:
        if len(word) < 2 or ("未" in word) != ("未" in way) or ("不" in word) != ("不" in way):
            continue
        other = kind(word)
        if of != other and (of in ("sign", "phone", "rate", "time", "why", "unit", "person", "place")):
            continue
        if word in way or way in word:
            like = min(len(word), len(way)) / max(len(word), len(way))
            best = max(best, 0.45 + 0.3 * like)
        elif bigrams(word) & bigrams(way):
            like = SequenceMatcher(None, word, way, autojunk=False).ratio()
            if like >= 0.6:
                best = max(best, 0.3 + 0.4 * like)
    return min(NEAR_MOST, best) if best >= NEAR_LEAST else 0.0

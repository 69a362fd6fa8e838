"""Things people order, under all the words they use for them. Pure: the words are data."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS = Path(__file__).resolve().parents[1] / "data" / "items.tsv"
DRUG_FORMS = (
    "缓释片|控释片|肠溶片|分散片|咀嚼片|含片|泡腾片|片|胶囊|软胶囊|口服液|口服溶液|颗粒|冲剂|混悬液|混悬滴剂|糖浆|滴丸|丸|滴眼液|滴耳液|滴剂|"
    "软膏|乳膏|膏药|贴膏|注射液|气雾剂|喷雾剂|喷雾|吸入剂|粉雾剂|栓|散|胰岛素|酊|合剂|冻干粉"
)
LONGEST_RUN = 40
"""Of things written without a gap."""
_DRUG = re.compile(rf"(?:{DRUG_FORMS})$")
_TIBETAN_LETTER = re.compile("[\u0f40-\u0fbc]")
_LETTERS = "米面油纸"
_LETTERED = re.compile("[A-Za-z][\u3400-\u9fff]{1,4}")
_VAGUE = re.compile(r"(?:药|药片|药丸)$")
_NOT_DRUGS = re.compile(r"(?:[薯刀切贴锅尿冰名卡麦纸唱照影]片|肉丸|鱼丸|丸子|牙膏|[洗护]\w*膏|豆瓣\w*|药膏皂|瓦片|创可贴)$")


@dataclass(frozen=True)
class Thing:
    """Something to order: its own name, the unit it is usually told in, and what kind of thing it is."""

    name: str
    unit: str | None = None
    kind: str = ""

    @property
    def is_gas(self) -> bool:
        return self.kind == "gas"


def _apart(run: str, at: int) -> bool:
    """Whether a word can end here: མར is no butter within the syllable དམར."""
    return at >= len(run) or not (_TIBETAN_LETTER.match(run[at - 1]) and _TIBETAN_LETTER.match(run[at]))


class Catalogue:
    """Every word for every thing. What stands in no catalogue is ordered by the words people wrote."""

    def __init__(self, rows: Iterable[dict[str, str]]):
        self.by_word: dict[str, Thing] = {}
        for row in rows:
            thing = Thing(row["item"], row.get("unit") or None, row.get("kind") or "")
            for word in (row["item"], *(row.get("aliases") or "").split(), *(row.get("bo") or "").split()):
                self.by_word.setdefault(word.lower(), thing)
        self.longest = max(map(len, self.by_word), default=0)

    def named(self, word: str) -> Thing | None:
        """The thing this whole word means."""
        return self.by_word.get(word.strip("་། ").lower())

    def also(self, words: Iterable[str]) -> "Catalogue":
        """This catalogue with more things, each under its own word; A包 is also called A."""
        more = Catalogue([])
        things = {word: Thing(word) for word in words}
        letters = {word[0].lower(): thing for word, thing in things.items() if _LETTERED.fullmatch(word)}
        more.by_word = letters | {word.lower(): thing for word, thing in things.items()} | self.by_word
        more.longest = max(map(len, more.by_word), default=0)
        return more

    def called(self, things: Iterable[Thing]) -> "Catalogue":
        """This catalogue with 米, 面, 油 for the only one of these things that has the letter in its name; for none of several."""
        names = {letter: [thing for thing in things if letter in thing.name] for letter in _LETTERS}
        more = Catalogue([])
        several = {letter for letter, found in names.items() if len(found) > 1}
        more.by_word = {word: thing for word, thing in self.by_word.items() if word not in several} | {letter: found[0] for letter, found in names.items() if len(found) == 1}
        more.longest = self.longest
        return more

    def split(self, run: str) -> list[Thing] | None:
        """The run as things written without a gap (白菜土豆); None where something is left over."""
        if not run:
            return []
        if len(run) > LONGEST_RUN:
            return None
        for size in range(min(self.longest, len(run)), 0, -1):
            thing = self.by_word.get(run[:size].lower())
            rest = self.split(run[size:]) if thing else None
            if thing and rest is not None and _apart(run, size):
                return [thing, *rest]
        return None

    def tail(self, run: str) -> tuple[str, Thing] | None:
        """What stands before the longest thing (of two letters or more) at the end of a run."""
        for size in range(min(self.longest, len(run) - 1), 1, -1):
            if (thing := self.by_word.get(run[-size:].lower())) and _apart(run, len(run) - size):
                return run[:-size], thing
        return None

    def inside(self, text: str) -> list[Thing]:
        """The things a title speaks of, in order, each once; words of one letter only after a verb of buying."""
        found: dict[str, Thing] = {}
        at = 0
        while at < len(text):
            for size in range(min(self.longest, len(text) - at), 0, -1):
                thing = self.by_word.get(text[at : at + size].lower())
                if thing and (size > 1 or re.search(r"[换买订购送]$", text[:at]) or (thing.is_gas and text[:at].endswith("要"))):
                    found.setdefault(thing.name, thing)
                    at += size - 1
                    break
            at += 1
        return list(found.values())


@cache
def everyday() -> Catalogue:
    """The catalogue that comes with the house."""
    with WORDS.open(encoding="utf-8", newline="") as lines:
        return Catalogue(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def written(word: str, catalogue: Catalogue) -> Thing:
    """A thing under the words someone wrote."""
    if thing := catalogue.named(word):
        return thing
    if _DRUG.search(word) and not _NOT_DRUGS.search(word) and len(word) > 2:
        return Thing(word, None, "drug")
    return Thing(word, None, "vague" if _VAGUE.search(word) else "")

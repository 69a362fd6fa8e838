"""Every sentence stands in three languages, and every sentence used is in the catalogue."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, python_files
from tests.support.review import PAGE, page
from zhegu.lib.texts import Text, catalogue, read_catalogue

TIBETAN = re.compile(r"[ༀ-࿿]")
CHINESE = re.compile(r"[㐀-䶿一-鿿]")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
IN_PAGES = r"""(?:\{%\s*t|\bt\()\s*["'`]([a-z0-9_]+\.[a-z0-9_]+)["'`]"""
ALL = list(read_catalogue())


def wrong(row: Text) -> str:
    """What is wrong with a row; '' if nothing."""
    if not (row.zh.strip() and row.bo.strip() and row.en.strip()):
        return "empty"
    if row.bo in (row.zh, row.en) or not (TIBETAN.search(row.bo) or not re.search(r"[A-Za-z㐀-鿿]{2}", row.zh)):
        return "Tibetan is missing"
    if CHINESE.search(row.bo):
        return "Chinese in the Tibetan"
    if row.grade not in set("ABCD"):
        return "no grade"
    places = {lang: set(PLACEHOLDER.findall(getattr(row, lang))) for lang in ("zh", "bo", "en")}
    if not places["zh"] == places["bo"] == places["en"]:
        return f"placeholders differ: {places}"
    return ""


def test_every_sentence_stands_in_three_languages():
    assert {row.key: wrong(row) for row in ALL if wrong(row)} == {}


@pytest.mark.parametrize(
    ("row", "flaw"),
    [
        (Text("a.b", "取消", "", "Cancel", "A"), "empty"),
        (Text("a.b", "取消", "取消", "Cancel", "A"), "Tibetan is missing"),
        (Text("a.b", "取消", "Cancel", "Cancel", "A"), "Tibetan is missing"),
        (Text("a.b", "还差 {n} 人", "མི་ {m}", "{n} left", "A"), "placeholders"),
        (Text("a.b", "取消", "འདོར་བ", "Cancel", ""), "no grade"),
        (Text("a.b", "取消", "འདོར་བ", "Cancel", "A"), ""),
    ],
)
def test_the_check_finds_what_is_wrong(row: Text, flaw: str):
    assert wrong(row).startswith(flaw) and bool(wrong(row)) == bool(flaw)


def test_keys_stand_once():
    assert len(catalogue()) == len(ALL)


def used_keys() -> dict[str, str]:
    """Whole keys named in templates, Python and the phone, with a place where they are used."""
    used: dict[str, str] = {}
    for path in [*ROOT.glob("zhegu/**/templates/**/*.html"), *ROOT.glob("phone/src/**/*.vue"), *ROOT.glob("phone/src/**/*.ts")]:
        if path.name.endswith(".test.ts"):
            continue
        for call in re.findall(IN_PAGES, path.read_text()):
            used[call] = str(path.relative_to(ROOT))
    for path in python_files():
        for call in re.findall(r"""\btext\(\s*f?["']([a-z0-9_]+\.[a-z0-9_]+)["']""", path.read_text()):
            used[call] = str(path.relative_to(ROOT))
    return used


def test_every_key_used_is_in_the_catalogue():
    assert {key: place for key, place in used_keys().items() if key not in catalogue()} == {}


def hard_coded(path: Path) -> list[int]:
    """Lines of a page with words of a language in them, outside comments."""
    return [
        n for n, line in enumerate(path.read_text().splitlines(), 1)
        if (CHINESE.search(line) or TIBETAN.search(line)) and not line.strip().startswith(("//", "*", "/*", "{#", "<!--"))
    ]


def test_pages_carry_no_sentences_of_their_own():
    pages = [*ROOT.glob("zhegu/**/templates/**/*.html"), *ROOT.glob("phone/src/**/*.vue")]
    assert {str(p.relative_to(ROOT)): hard_coded(p) for p in pages if hard_coded(p)} == {}


def test_the_review_list_is_current():
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m tests.support.review writes it anew"

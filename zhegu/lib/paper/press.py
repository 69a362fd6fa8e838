"""The press: a template and what is to stand on it become a PDF.

What is printed travels as JSON through `sys.inputs`; it is never formatted into Typst source, so a
name that looks like a program is printed as a name.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from zhegu.lib.clock import local
from zhegu.lib.paper.fonts import CHINESE, TIBETAN, Fonts, find_fonts
from zhegu.lib.tables import Words, say
from zhegu.lib.texts import text

TEMPLATES = Path(__file__).with_name("templates")
BOTH = ("zh", "bo")


@dataclass(frozen=True)
class Imprint:
    """Who prints, for which office, when, and in which languages (side by side, in this order)."""

    office: str
    by: str
    at: datetime
    langs: tuple[str, ...] = BOTH

    def words(self, key: str, **values: Any) -> list[str]:
        """The sentence once per language of this sheet."""
        return [text(key, lang, **values) for lang in self.langs]

    def say(self, words: Words) -> list[str]:
        """Once per language; words that are the same in all of them stand once."""
        return list(dict.fromkeys(say(words, lang) for lang in self.langs))

    @property
    def lang(self) -> str:
        """The language of the values in the cells."""
        return self.langs[0]


def press(template: str, sent: Mapping[str, Any], imprint: Imprint, fonts: Fonts | None = None) -> bytes:
    """The PDF of `templates/<template>.typ` with `sent` on it. Raises FontMissing before pressing."""
    return typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=fonts or find_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"sent": json.dumps({**sent, "foot": _foot(imprint)}, ensure_ascii=False)},
        timestamp=int(imprint.at.timestamp()),
        pdf_tags=False,
    )


def _foot(imprint: Imprint) -> dict[str, Any]:
    return {
        "office": imprint.office,
        "printed": imprint.words("paper.printed", at=f"{local(imprint.at):%Y-%m-%d %H:%M}", by=imprint.by),
        "page": imprint.words("paper.page"),
        "lang": {"zh": "zh", "bo": "bo", "en": "en"}[imprint.lang],
        "chinese": CHINESE,
        "tibetan": TIBETAN,
    }

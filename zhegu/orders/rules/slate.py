"""A line of text from which what was understood is wiped, so that what is left stands out. Pure."""

import re
from collections.abc import Iterator

WIPED = "\x01"
"""Stands where something understood stood: what was apart stays apart."""


class Slate:
    """The text, and the places already read."""

    def __init__(self, text: str):
        self.text = text

    def wipe(self, start: int, end: int, leave: str = WIPED) -> None:
        """Wipes a place; everything else keeps its position."""
        self.text = self.text[:start] + leave.ljust(end - start, WIPED)[: end - start] + self.text[end:]

    def take(self, pattern: re.Pattern[str], leave: str = WIPED) -> Iterator[re.Match[str]]:
        """Each place where the pattern stands, wiped before it is given."""
        for hit in list(pattern.finditer(self.text)):
            if hit.end() > hit.start():
                self.wipe(hit.start(), hit.end(), leave)
                yield hit

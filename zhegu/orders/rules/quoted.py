"""What a chat quotes above a reply: 「王强:2. 王强 3-102 …」. It was written before and is no new wish. Pure."""

import re

_OPENS = re.compile(r"^\s*[「『][^」』:：]{1,30}[:：]")
_CLOSES = re.compile(r"[」』]\s*$")
_LONGEST = 400
"""Lines in a quotation: a list with some hundred entries may be quoted whole."""
_LETTERS = re.compile(r"[^\w\u0f40-\u0fbc]+")


def quotes(lines: list[str]) -> set[int]:
    """The numbers of the lines that only quote; what stands nowhere else is no quotation but news."""
    found: set[int] = set()
    for start, line in enumerate(lines):
        if start + 1 in found or not _OPENS.match(line):
            continue
        end = next((at for at in range(start, min(len(lines), start + _LONGEST)) if _CLOSES.search(lines[at])), None)
        if end is not None and _stands_elsewhere(lines, start, end):
            found |= set(range(start + 1, end + 2))
    return found


def _stands_elsewhere(lines: list[str], start: int, end: int) -> bool:
    others = {_letters(line) for line in (*lines[:start], *lines[end + 1 :])}
    said = [_OPENS.sub("", lines[start]), *lines[start + 1 : end + 1]]
    return all(_letters(line) in others or not _letters(line) for line in said)


def _letters(line: str) -> str:
    return _LETTERS.sub("", line)

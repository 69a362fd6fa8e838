"""What a chat quotes above a reply: 「王强:2. 王强 3-102 …」. It was written before and is no new wish. Pure."""

import re
from dataclasses import dataclass, field

_OPENS = re.compile(r"^\s*[「『][^」』:：]{1,30}[:：]")
_CLOSES = re.compile(r"[」』]\s*$")
_DIVIDER = re.compile(r"^\s*(?:[-—–―－─]\s?){5,}\s*$")
_LONGEST = 400
"""Lines in a quotation: a list with some hundred entries may be quoted whole."""
_NUMBER = re.compile(r"^\s*[(（【\[]?\s*(\d{1,4})\s*[.、．)）】\]号]")
_LETTERS = re.compile(r"[^\w\u0f40-\u0fbc]+")


@dataclass
class Quoted:
    """The numbers of the lines that only quote, and of the lines that reply to one entry, with its number."""

    lines: set[int] = field(default_factory=set)
    replies: dict[int, int] = field(default_factory=dict)


def quotes(lines: list[str]) -> Quoted:
    """What is quoted: it stands elsewhere too, or the chat drew a line below it. Anything else is news."""
    found = Quoted()
    for start, line in enumerate(lines):
        if start + 1 in found.lines or not _OPENS.match(line):
            continue
        end = next((at for at in range(start, min(len(lines), start + _LONGEST)) if _CLOSES.search(lines[at])), None)
        if end is None:
            continue
        divided = end + 1 < len(lines) and bool(_DIVIDER.match(lines[end + 1]))
        if divided or _stands_elsewhere(lines, start, end):
            found.lines |= set(range(start + 1, end + 2 + divided))
        if divided and start == end and (number := _NUMBER.match(_OPENS.sub("", line))):
            found.replies[end + 3] = int(number[1])
    return found


def _stands_elsewhere(lines: list[str], start: int, end: int) -> bool:
    others = {_letters(line) for line in (*lines[:start], *lines[end + 1 :])}
    said = [_OPENS.sub("", lines[start]), *lines[start + 1 : end + 1]]
    return all(_letters(line) in others or not _letters(line) for line in said)


def _letters(line: str) -> str:
    return _LETTERS.sub("", line)

"""Lists written as neighbours write them, each with what a careful clerk wrote down before they were read.

A line of the truth: number, name, grid, door, phone, lines, mark; `|` parts what is as good, `-` is nothing known, `_` a space.
The mark is `.` for nothing to ask, `?` for a person to look, `~` where either is fine, `x` cancelled; letters behind
it name what nobody is scored on (l lines, c cancelled, g grid). Words behind the mark, as a strength or who pays, are
found again in what was read. A line with `!` must come back unread or flagged."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from zhegu.orders.rules.reading import read_text

_LISTS = Path(__file__).with_name("signups")
_LINE = re.compile(r"^(.*)\*(-|[\d.]+)(.*)$")
FIELDS = ("name", "grid", "door", "phone", "cancelled", "needs_check", "lines")
_SOFT = {"l": "lines", "c": "cancelled", "g": "grid"}


@dataclass
class Clerked:
    """One list, its entries in truth, and the lines that may not get lost."""

    about: str
    text: str
    truth: list[dict[str, Any]] = field(default_factory=list)
    must_surface: list[str] = field(default_factory=list)


def clerked(name: str) -> list[Clerked]:
    """All lists of the file of this name."""
    text = (_LISTS / f"{name}.txt").read_text("utf-8")
    return [_one(part) for part in re.split(r"^== ", text, flags=re.MULTILINE)[1:]]


def _one(part: str) -> Clerked:
    head, truth = part.rsplit("\n--\n", 1)
    about, text = head.split("\n", 1)
    made = Clerked(about, text)
    for line in truth.splitlines():
        if line.startswith("!"):
            made.must_surface.append(line[1:].strip())
        else:
            made.truth.append(_entry(line))
    return made


def _entry(line: str) -> dict[str, Any]:
    no, name, grid, door, phone, lines, mark, *again = line.split(" ")
    said = {"name": name, "grid": grid, "door": door, "phone": phone}
    return {
        "no": None if no == "-" else int(no),
        **{part: [None if one == "-" else one.replace("_", " ") for one in text.split("|")] for part, text in said.items()},
        "lines": [_line(one) for one in lines.split(",")] if lines != "-" else None,
        "cancelled": [mark[0] == "x"], "needs_check": [True, False] if mark[0] in "~x" else [mark[0] == "?"],
        "again": again, "soft": {_SOFT[letter] for letter in mark[1:]} | ({"lines"} if lines == "-" else set()),
    }  # fmt: skip


def _line(text: str) -> tuple[list[str], float | None, list[str | None]]:
    hit = _LINE.match(text)
    assert hit, text
    return hit[1].split("|"), None if hit[2] == "-" else float(hit[2]), [None if unit in ("-", "") else unit for unit in hit[3].split("|")]


def compared(want: dict[str, Any], got: dict[str, Any]) -> dict[str, bool]:
    """Each scored field and whether it was read as the clerk did."""
    fine = {part: got[part] in want[part] for part in FIELDS[:-1]}
    fine["lines"] = want["lines"] is None or (len(want["lines"]) == len(got["lines"]) and all(
        line["item"] in items and line["quantity"] == quantity and line["unit"] in units
        for (items, quantity, units), line in zip(want["lines"], got["lines"], strict=True)
    ))  # fmt: skip
    fine |= {f"again {words}": words.replace("_", " ") in str(got) for words in want["again"]}
    return {part: right for part, right in fine.items() if part not in want["soft"]}


def _meant(want: dict[str, Any], left: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The entry of the same number; of several, or of none with a number, the one at the same door, of the same phone or name."""
    same = [entry for entry in left if entry["no"] == want["no"]]
    alike = [entry for entry in same if any(entry[part] and entry[part] in want[part] for part in ("door", "phone", "name"))]
    return next(iter(alike or same), None)


def measure(lists: list[Clerked]) -> tuple[float, float, list[str]]:
    """The share of fields read as the clerk did, the share wrong and not flagged, and what was wrong."""
    fields = right = silent = 0
    wrong: list[str] = []
    for one in lists:
        shown = read_text(one.text.split("\n")).shown()
        left = list(shown["entries"])
        for want in one.truth:
            got = _meant(want, left)
            if got is not None:
                left.remove(got)
            told = compared(want, got) if got is not None else dict.fromkeys(FIELDS, False)
            flagged = got is not None and got["needs_check"]
            missed = [part for part, fine in told.items() if not fine]
            fields, right = fields + len(told), right + len(told) - len(missed)
            silent += 0 if flagged else len(missed)
            wrong += [f"{one.about}, no {want['no']}, {part}: want {want.get(part)}, read {got and got.get(part, got)}" for part in missed]
        fields += len(FIELDS) * len(left)
        silent += sum(len(FIELDS) for entry in left if not entry["needs_check"])
        wrong += [f"{one.about}: additional {entry}" for entry in left]
        lost = set(one.must_surface) - {line["text"] for line in shown["unread"]}
        wrong += [f"{one.about}: lost {line}" for line in lost]
        silent += len(lost)
    return right / fields, silent / fields, wrong

"""How well a reading agrees with the truth: fields that are right, and fields that are wrong without a flag."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

FIELDS = ("name", "grid", "door", "phone", "cancelled", "needs_check")


@dataclass
class Score:
    """Counts over many lists; `wrong` lists what was wrong, for whoever reads a failure."""

    fields: int = 0
    right: int = 0
    silent: int = 0
    wrong: list[str] = field(default_factory=list)
    by_field: Counter[str] = field(default_factory=Counter)

    @property
    def accuracy(self) -> float:
        return self.right / self.fields

    @property
    def silent_share(self) -> float:
        return self.silent / self.fields

    def add(self, truth: list[dict[str, Any]], read: list[dict[str, Any]], about: str) -> None:
        """Compares entry by entry, by number; a missing or additional entry is wrong in all its fields."""
        by_no: dict[Any, dict[str, Any]] = {}
        for one in read:
            by_no.setdefault(one["no"], one)
        for extra in [one for one in read if one["no"] not in {t["no"] for t in truth}]:
            self._count(False, extra["needs_check"], f"{about} additional {extra}")
        for want in truth:
            got = by_no.get(want["no"])
            for part in (*FIELDS, "lines"):
                fine = got is not None and (lines_agree(want, got) if part == "lines" else want[part] == got[part])
                self.by_field[part] += not fine
                self._count(fine, bool(got and got["needs_check"]), f"{about} no {want['no']} {part}: want {want[part]!r}, read {got and got[part]!r}; {got and got['why']} {got and got['note']}")

    def _count(self, fine: bool, flagged: bool, words: str) -> None:
        self.fields += 1
        self.right += fine
        if not fine:
            self.silent += not flagged
            self.wrong.append(f"{'' if flagged else 'SILENT '}{words}")


def lines_agree(want: dict[str, Any], got: dict[str, Any]) -> bool:
    """Things, quantities and units in order; a strength must be found again somewhere in the entry."""
    if want["cancelled"] and got["cancelled"]:
        return True
    plain = [(line["item"], line["quantity"], line["unit"]) for line in want["lines"]]
    if plain != [(line["item"], line["quantity"], line["unit"]) for line in got["lines"]]:
        return False
    everything = f"{got['lines']}{got['note']}"
    return all(line["strength"] in everything for line in want["lines"] if "strength" in line)

"""What two rows of one person show together. Pure.

The kept row shows its own facts, and where it has none those of the rows merged into it. What it shows
follows from the rows and the open merges alone, so merging, editing and undoing may come in any order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

GROUPS: dict[str, tuple[str, ...]] = {
    "name_bo": ("name_bo",),
    "nickname": ("nickname",),
    "sex": ("sex",),
    "birth": ("birth_date", "birth_year"),
    "id_number": ("id_number", "id_kind", "id_valid", "id_index", "id_tail_index"),
    "phone": ("phone", "phone_index", "phone_tail_index"),
    "note": ("note",),
    "relation": ("relation",),
    "place": ("household_id", "grid_id"),
}
"""Facts that go together, by the name under which they are filled."""

GROUP_OF = {field: group for group, fields in GROUPS.items() for field in fields}
EMPTIED = ""
"""Someone emptied the fact on the kept row while others were merged into it: it is not filled again."""


@dataclass(frozen=True)
class Filling:
    """For each group: whose facts are shown (`from_row`), or that the row's own stand empty again."""

    filled: dict[str, str]
    take: dict[str, str]
    clear: tuple[str, ...]


def filling(filled: Mapping[str, str], empty: set[str], merged: Sequence[tuple[str, set[str]]]) -> Filling:
    """How the kept row is to be filled now.

    `filled` is what it is filled with (group → whose), `empty` its groups without a value of any kind,
    `merged` the rows merged into it, earliest first, each with the groups it has something in.
    """
    now: dict[str, str] = {}
    take, clear = {}, []
    for group in GROUPS:
        if merged and filled.get(group) == EMPTIED and group in filled:
            now[group] = EMPTIED
            continue
        if group not in filled and group not in empty:
            continue
        source = next((row for row, has in merged if group in has), None)
        if source is not None:
            now[group] = take[group] = source
        elif filled.get(group):
            clear.append(group)
    return Filling(now, take, tuple(clear))


def after_change(filled: Mapping[str, str], changed: Mapping[str, bool], has_merged: bool) -> dict[str, str]:
    """The kept row's filling once facts were said anew; `changed`: group → whether it is empty now."""
    kept = {group: whose for group, whose in filled.items() if group not in changed}
    if has_merged:
        kept |= {group: EMPTIED for group, is_empty in changed.items() if is_empty}
    return kept

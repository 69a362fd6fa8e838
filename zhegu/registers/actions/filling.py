"""A kept row shows what those merged into it know; see `rules.merging`."""

from collections.abc import Mapping
from typing import Any

from zhegu.registers.actions.keys import set_name_keys
from zhegu.registers.models import Merge, Person
from zhegu.registers.rules.merging import GROUP_OF, GROUPS, after_change, filling

EMPTY: dict[str, Any] = {
    "birth_date": None, "birth_year": None, "id_valid": False, "household_id": None, "grid_id": None,
    "id_index": b"", "id_tail_index": b"", "phone_index": b"", "phone_tail_index": b"",
}  # fmt: skip
TELLING = {"id_number": "id_index", "phone": "phone_index"}
"""Whether a sealed number is there is read from its index, so that no list opens seals."""


def _has(row: Person, group: str) -> bool:
    fields = [TELLING[group]] if group in TELLING else GROUPS[group]
    return any(bool(getattr(row, name)) for name in fields)


def _merged_into(row: Person) -> list[Person]:
    """The rows merged into this one, the earliest merge first."""
    merges = Merge.objects.filter(kept=row, undone=None).select_related("dropped").order_by("at", "pk")
    return [merge.dropped for merge in merges]


def note_change(row: Person, facts: Mapping[str, Any]) -> None:
    """Facts said about the row are its own from now on, not those of a row merged into it. Not saved."""
    groups = {GROUP_OF[name] for name in facts if name in GROUP_OF}
    if groups and (row.filled or Merge.objects.filter(kept=row, undone=None).exists()):
        changed = {group: not _has(row, group) for group in groups}
        row.filled = after_change(row.filled, changed, has_merged=True)


def refill(row: Person | None) -> None:
    """The row, and whatever it is itself merged into, shows what follows from its merges. Saved."""
    while row is not None:
        merged = {str(one.pk): one for one in _merged_into(row)}
        empty = {group for group in GROUPS if not _has(row, group)}
        has = [(pk, {group for group in GROUPS if _has(one, group)}) for pk, one in merged.items()]
        now = filling(row.filled, empty, has)
        for group, source in now.take.items():
            _copy(merged[source], row, group)
        for group in now.clear:
            _clear(row, group)
        row.filled = now.filled
        row.save()
        set_name_keys([row])
        row = row.merged_into


def _copy(source: Person, row: Person, group: str) -> None:
    for name in GROUPS[group]:
        setattr(row, name, getattr(source, name))


def _clear(row: Person, group: str) -> None:
    for name in GROUPS[group]:
        setattr(row, name, EMPTY.get(name, ""))

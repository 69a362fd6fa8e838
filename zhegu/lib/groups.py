"""A long list that stands in groups of known size: any part of it is read without the rest."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar, overload

Key = TypeVar("Key")
Row = TypeVar("Row")


class Groups(Sequence[Row], Generic[Key, Row]):
    """The groups one after another. For a slice only the groups it touches are read, together.

    `sizes` says how many rows each group has, in order; `rows(keys)` gives the rows of some neighbouring groups in order,
    as something that can be sliced (a queryset).
    """

    def __init__(self, sizes: Iterable[tuple[Key, int]], rows: Callable[[list[Key]], Any]) -> None:
        self.sizes, self.rows = list(sizes), rows
        self.length = sum(n for _, n in self.sizes)

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, where: int) -> Row: ...
    @overload
    def __getitem__(self, where: slice) -> list[Row]: ...
    def __getitem__(self, where: int | slice) -> Row | list[Row]:
        if isinstance(where, int):
            place = range(len(self))[where]
            return self[place : place + 1][0]
        first, end, step = where.indices(len(self))
        touched, before, seen = [], 0, 0
        for key, length in self.sizes:
            if seen + length <= first:
                before = seen + length
            elif seen < end:
                touched.append(key)
            seen += length
        return list(self.rows(touched)[first - before : end - before])[::step] if first < end else []

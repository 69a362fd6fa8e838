"""In which order, and how far together, delivered commands are carried out. Pure."""

from collections.abc import Hashable, Iterable, Sequence

Item = tuple[Hashable, frozenset[str] | None]
"""(group, records it touches); None touches everything."""


def waves(items: Sequence[Item]) -> list[list[int]]:
    """Places of the items in lists, each of one group, to be carried out list after list.

    Two items that touch the same record keep their order; the others come together by group, so that
    ten thousand samples with their cards become a few lists and not ten thousand.
    """
    levels = list(_levels(items))
    lists: dict[tuple[int, Hashable], list[int]] = {}
    for place, ((group, _), level) in enumerate(zip(items, levels, strict=True)):
        lists.setdefault((level, group), []).append(place)
    return [places for (_, _), places in sorted(lists.items(), key=lambda one: (one[0][0], one[1][0]))]


def _levels(items: Sequence[Item]) -> Iterable[int]:
    """The level of each item: above every earlier item of another group with which it shares a record."""
    last: dict[str, tuple[int, Hashable]] = {}
    highest: dict[Hashable, int] = {}
    floor: tuple[int, Hashable] | None = None
    for group, records in items:
        if records is None:
            before = [(level, other) for other, level in highest.items()]
        else:
            before = [last[record] for record in records if record in last] + ([floor] if floor else [])
        level = max((at if other == group else at + 1 for at, other in before), default=0)
        highest[group] = max(level, highest.get(group, 0))
        if records is None:
            floor = (level, group)
        for record in records or ():
            last[record] = (level, group)
        yield level

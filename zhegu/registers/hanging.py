"""What two rows of one person have in other rooms, in words: what a merge moves, what clashes and stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from zhegu.lib.scope import NotFound, Scope
from zhegu.lib.texts import text
from zhegu.registers.actions import Follows
from zhegu.registers.models import Followed, Merge, Person
from zhegu.registers.outside.rooms import following
from zhegu.registers.rules.rights import KEEPS


@dataclass(frozen=True)
class Hanging:
    """Of a merge: what comes to the row that is shown, and what both have, so that it stays. One sentence each."""

    come: tuple[str, ...]
    stay: tuple[str, ...]


def if_merged(scope: Scope, kept: Person, dropped: Person, lang: str) -> Hanging:
    """What merging them so would do; raises NotFound for who keeps no register there."""
    if not scope.covers(kept.community.code, *KEEPS):
        raise NotFound(kept.community.code)
    come, stay = [], []
    for table in following():
        rows = list(table.rows().filter(person=dropped.pk).order_by("pk"))
        staying = [row for row in rows if table.stays(row, kept.pk)]
        come += _said(table, "follows", [row for row in rows if row not in staying], lang)
        stay += _said(table, "stays", staying, lang)
    return Hanging(tuple(come), tuple(stay))


def of_merge(scope: Scope, merge: Merge, lang: str) -> Hanging:
    """What came with it, and what is still on both; what has not come yet counts as coming."""
    came = dict[str, list[Any]]()
    for what, row in Followed.objects.filter(merge=merge).values_list("what", "row"):
        came.setdefault(what, []).append(row)
    left = if_merged(scope, merge.kept, merge.dropped, lang)
    moved = [
        sentence for table in following() if table.what in came
        for sentence in _said(table, "follows", table.rows().filter(pk__in=came[table.what]), lang)
    ]  # fmt: skip
    return Hanging((*moved, *left.come), left.stay)


def _said(table: Follows, does: str, rows: Iterable[Any], lang: str) -> list[str]:
    """One sentence, with what they are called; none for no rows."""
    found = list(rows)
    if not found:
        return []
    names = list(dict.fromkeys(name for row in found if (name := table.says(row, lang))))
    said = text(table.words(does), lang, n=len(found))
    return [f"{said} ({' · '.join(names)})" if names else said]

"""What the door itself tells phones: the rules of what is due, which every app gives and the phone runs."""

from collections.abc import Iterator
from typing import Any

from typing_extensions import TypedDict

from zhegu.lib.scope import Scope
from zhegu.places.models import Place
from zhegu.sync import offers


class HoldsRow(TypedDict):
    """A field has one of these values, or with `but` none of them."""

    field: str
    values: list[str | int | bool]
    but: bool


class DutyRow(TypedDict):
    """A rule, as `zhegu/lib/duties.py` describes it; `text` is the key of its name."""

    id: str
    text: str
    table: str
    roles: list[str]
    screen: str
    opens: str
    opens_days: int
    closes: str
    closes_days: int
    daily: list[str] | None
    lapses: bool
    done_at: str
    applies: list[HoldsRow]
    resolved: list[HoldsRow]
    mine: str
    rank: int


ROWS: dict[str, type] = {"duty": DutyRow}


def duty_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """The rules of whatever somebody on the phone does."""
    for rule in offers.duties():
        if scope.whole or scope.roles & set(rule.roles):
            yield rule.row()


TABLES = {"duty": duty_rows}

"""What the office sees of the phones' door."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db.models import QuerySet

from zhegu.lib.duties import gathered
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.places.models import Place
from zhegu.sync import offers
from zhegu.sync.models import Quarantined


@dataclass(frozen=True)
class Glance:
    """What a parcel set aside says of itself, without its contents; '' and None where it is unreadable."""

    row: Quarantined
    kind: str
    actor: str
    at: str


def quarantined(scope: Scope, community: Place) -> QuerySet[Quarantined]:
    """What waits for a decision, oldest first; raises NotFound unless the scope covers the community."""
    if not scope.covers(community.code):
        raise NotFound(community.code)
    return Quarantined.objects.filter(device__community=community, settled=None).select_related(
        "device__community"
    ).order_by("arrived", "pk")


def one_quarantined(scope: Scope, community: Place, quarantined_id: object) -> Quarantined:
    """One of the community, settled or not; raises NotFound."""
    if not scope.covers(community.code):
        raise NotFound(community.code)
    return known(Quarantined.objects.filter(pk=quarantined_id, device__community=community).select_related(
        "device__community"
    ).first(), quarantined_id)


def glances(rows: QuerySet[Quarantined]) -> list[Glance]:
    """Kind, author and time of each; nothing of what it says about people."""
    return [_glance(row) for row in rows]


def _glance(row: Quarantined) -> Glance:
    said: dict[str, Any] = {}
    try:
        read = msgspec.json.decode(json.loads(row.content)["envelope"])
        said = read if isinstance(read, dict) else {}
    except (msgspec.MsgspecError, UnicodeEncodeError, RecursionError):
        said = {}
    return Glance(row, str(said.get("kind", ""))[:64], str(said.get("actor", ""))[:40], str(said.get("at", ""))[:40])


# --- what is due, in numbers


@dataclass(frozen=True)
class GridDuties:
    """What is to do in one grid (0: in none), by rule: (open, of them late); nobody is named."""

    grid: int
    by_rule: dict[str, tuple[int, int]]

    @property
    def open(self) -> int:
        return sum(n for n, _ in self.by_rule.values())

    @property
    def late(self) -> int:
        return sum(late for _, late in self.by_rule.values())


def duties_by_grid(scope: Scope, community: Place, now: datetime) -> list[GridDuties]:
    """What phones are told to do, counted by grid: the same rules over the same rows; late ones first.

    For the office and leaders of the whole community; raises NotFound for everybody else.
    """
    if not scope.covers(community.code, "office", "leader"):
        raise NotFound(community.code)
    everything = Scope.everything("what is due is counted, nobody is named")
    rules = offers.duties()
    tables = {name: list(offers.tables()[name](everything, community)) for name in {rule.table for rule in rules}}
    found: dict[int, dict[str, tuple[int, int]]] = {}
    for duty in gathered(rules, tables, now):
        of_grid = found.setdefault(duty.row.get("grid") or 0, {})
        n, late = of_grid.get(duty.rule.code, (0, 0))
        of_grid[duty.rule.code] = (n + 1, late + duty.due.late)
    return sorted((GridDuties(grid, by_rule) for grid, by_rule in found.items()), key=lambda one: (-one.late, -one.open, one.grid))

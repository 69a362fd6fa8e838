"""What campaigns offer to reports: coverage by grid, who is missing, and today's numbers."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from zhegu.lib.ledger import Figure, FigureOffer, Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind, Plain, Table
from zhegu.places.models import Place
from zhegu.registers.ledgers import place_words
from zhegu.visits import queries
from zhegu.visits.models import Campaign, Door

WALK = (
    Column("no", "visits.no", Kind.COUNT, width=5),
    Column("grid", "visits.grid", width=9),
    Column("unit", "visits.unit", width=8),
    Column("house", "visits.house", width=9),
    Column("name", "visits.door", width=12),
    Column("address", "visits.address", width=18),
    Column("people", "visits.people", Kind.COUNT, width=5),
    Column("code", "visits.code", width=22),
    Column("standing", "visits.standing", Kind.CHOICE, words="visits.standing_", width=8),
    Column("done", "visits.tick", Kind.TICK, width=5),
    Column("heard", "visits.heard", Kind.WRITE, width=24),
)  # fmt: skip


def walk_list(scope: Scope, campaign: Campaign, doors: Iterable[Door]) -> Table:
    """Doors in the order in which one walks, with what identifies them and room for a pen."""
    codes = queries.codes(scope, campaign)
    rows = tuple(
        {
            "no": no, "grid": place_words(door.grid), "unit": place_words(door.unit) if door.unit else "",
            "house": door.household.number if door.household else "", "name": door.label,
            "address": door.household.address if door.household else door.where, "people": door.people,
            "code": codes.get(door.pk, ""), "standing": door.standing,
        }
        for no, door in enumerate(doors, 1)
    )  # fmt: skip
    return Table(WALK, rows, "visits.walk_list", Plain(campaign.name))


def today(scope: Scope, *, as_of: datetime, community: Place) -> Iterable[Figure]:
    """Homes visited today, visits at which advice was given, masks handed out; of visits not taken back by then."""
    for name, value in asdict(queries.visited_on_day(scope, community, as_of)).items():
        yield Figure(f"visits.{name}_today", f"visits.unit_{name}", f"visits.{name}_what", value, as_of, community.code)


COVERAGE = (
    Column("grid", "visits.grid"), Column("doors", "visits.doors", Kind.COUNT),
    Column("excused", "visits.standing_excused", Kind.COUNT), Column("due", "visits.due", Kind.COUNT),
    Column("done", "visits.standing_done", Kind.COUNT), Column("missing", "visits.standing_missing", Kind.COUNT),
    Column("moved", "visits.standing_moved", Kind.COUNT), Column("not_found", "visits.standing_not_found", Kind.COUNT),
    Column("people", "visits.people", Kind.COUNT), Column("seen", "visits.people_seen", Kind.COUNT),
)  # fmt: skip


def coverage(scope: Scope, *, as_of: datetime, community: Place) -> Ledger:
    """The newest campaign by grid, as known now; no rows where there is none."""
    newest = queries.campaigns(scope, community).first()
    parts = queries.coverage(scope, newest) if newest else []
    rows = tuple({"grid": place_words(place), **_numbers(part)} for place, part in parts)
    period = Plain(newest.name) if newest else None
    totals = _numbers(queries.total(scope, parts))
    return Ledger("visits.coverage", "visits.coverage", COVERAGE, rows, as_of, community.code, period, totals)


def _numbers(part: queries.Coverage) -> dict[str, int]:
    return {**asdict(part), "due": part.due}


LEDGERS = (LedgerOffer("visits.coverage", coverage, needs=("community",)),)
FIGURES = (FigureOffer("visits.today", today, needs=("community",)),)

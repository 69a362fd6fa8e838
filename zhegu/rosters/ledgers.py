"""The table rosters offer to reports: what one shift handed to the next (form F25)."""

from datetime import date, datetime, time, timedelta
from typing import Any

from zhegu.lib import clock
from zhegu.lib.ledger import Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind, Mask, Phrase
from zhegu.places.models import Place
from zhegu.rosters import queries
from zhegu.rosters.models import HandedOver
from zhegu.rosters.rules import Counted

HANDOVERS = (
    Column("day", "rosters.day", Kind.DATE), Column("post", "rosters.post"),
    Column("word", "rosters.shift", Kind.CHOICE, words="rosters.word_"),
    Column("starts", "rosters.starts", Kind.TIME), Column("ends", "rosters.ends", Kind.TIME),
    Column("crew", "rosters.crew", Kind.TEXT, Mask.NAME), Column("at", "rosters.handed_over_at", Kind.TIME),
    Column("by", "rosters.handed_over_by", Kind.TEXT, Mask.NAME),
    *(Column(one.value, f"rosters.count_{one.value}", Kind.COUNT) for one in Counted),
    Column("notes", "rosters.notes"), Column("taken_by", "rosters.taken_over_by", Kind.TEXT, Mask.NAME),
    Column("taken_at", "rosters.taken_over_at", Kind.TIME),
)  # fmt: skip


def handovers(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F25: a row a hand-over in the order they were made."""
    begin = datetime.combine(since, time.min, clock.LOCAL)
    end = datetime.combine(until + timedelta(days=1), time.min, clock.LOCAL)
    found = queries.handovers(scope, community, begin, end).filter(at__lte=as_of).prefetch_related("shift__duties__staff")
    names = queries.names(scope, community)
    rows = tuple(_row(one, names) for one in found.order_by("at", "id"))
    period = Phrase.of("rosters.period", since=since.isoformat(), until=until.isoformat())
    return Ledger("rosters.handovers", "rosters.f25_title", HANDOVERS, rows, as_of, community.code, period)


def _row(one: HandedOver, names: dict[str, str]) -> dict[str, Any]:
    shift = one.shift
    return {
        "day": shift.day, "post": shift.post.name, "word": shift.word, "starts": shift.starts, "ends": shift.ends,
        "crew": "、".join(duty.staff.name for duty in shift.duties.all()), "at": one.at, "by": names.get(one.by, ""),
        "notes": one.notes, "taken_by": names.get(one.taken_by, ""), "taken_at": one.taken_at,
        **{code.value: one.counts.get(code.value) for code in Counted},
    }  # fmt: skip


LEDGERS = (LedgerOffer("rosters.handovers", handovers, needs=("community", "since", "until")),)

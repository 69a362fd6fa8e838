"""The day in figures, as a ledger like those of the rooms: F20, and an upper office's daily report, are filled from it."""

from datetime import date, datetime, time

from zhegu.lib import clock
from zhegu.lib.ledger import Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind
from zhegu.places.models import Place
from zhegu.reports.outside.figures import specs
from zhegu.reports.queries.figures import figures

DAY = "reports.day"


def day_ledger(scope: Scope, *, as_of: datetime, community: Place, until: date) -> Ledger:
    """One row: the figures of the day `until`, as known at its end or at `as_of`, whichever was first."""
    moment = min(as_of, datetime.combine(until, time.max, clock.LOCAL))
    told = {one.spec.name: one.value for one in figures(scope, community, moment)}
    columns = (Column("day", "reports.day", Kind.DATE), *(Column(one.name, one.label, one.kind) for one in specs()))
    row = {"day": until, **{one.name: told.get(one.name) for one in specs()}}
    return Ledger(DAY, "reports.f20_title", columns, (row,), moment, community.code, None, row)


LEDGERS = (LedgerOffer(DAY, day_ledger, needs=("community", "until")),)

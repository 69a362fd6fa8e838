"""What announcements offer to reports: the log (F19), and how many broadcasts a day had."""

from collections.abc import Iterable
from datetime import date, datetime

from zhegu.accounts import queries as accounts
from zhegu.broadcasts import queries
from zhegu.lib import clock
from zhegu.lib.ledger import Figure, FigureOffer, Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind, Phrase
from zhegu.places.models import Place

LOG = (
    Column("at", "broadcasts.at", Kind.TIME), Column("channel", "broadcasts.channel", Kind.CHOICE, words="broadcasts.channel_"),
    Column("place", "broadcasts.place"), Column("content", "broadcasts.content"),
    Column("language", "broadcasts.spoken", Kind.CHOICE, words="broadcasts.spoken_"), Column("approver", "broadcasts.approver"),
    Column("by", "broadcasts.by"), Column("minutes", "broadcasts.minutes", Kind.COUNT),
    Column("leaflets", "broadcasts.leaflets", Kind.COUNT),
)  # fmt: skip


def log(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F19: a row each time something was announced; no resident stands in it."""
    names = {member.actor.key: member.name for member in accounts.staff_at(scope, community.code)}
    rows = tuple(
        {
            "at": one.at, "channel": one.channel, "place": one.place, "content": one.announcement.title, "language": one.spoken,
            "approver": names.get(one.announcement.approved_by, ""), "by": names.get(one.by, ""), "minutes": one.minutes,
            "leaflets": one.leaflets,
        }
        for one in queries.plays(scope, community, since, until, as_of).order_by("at", "id")
    )  # fmt: skip
    totals = {"minutes": sum(row["minutes"] for row in rows), "leaflets": sum(row["leaflets"] for row in rows)}
    period = Phrase.of("outbreaks.period", since=since.isoformat(), until=until.isoformat())
    return Ledger("broadcasts.log", "broadcasts.f19_title", LOG, rows, as_of, community.code, period, totals)


def today(scope: Scope, *, as_of: datetime, community: Place) -> Iterable[Figure]:
    """How often something was announced by loudspeaker that day."""
    day = clock.local_day(as_of)
    n = queries.heard(scope, community, day, day, as_of)
    yield Figure("broadcasts.heard", "broadcasts.unit_times", "broadcasts.heard_what", n, as_of, community.code)


LEDGERS = (LedgerOffer("broadcasts.log", log, needs=("community", "since", "until")),)
FIGURES = (FigureOffer("broadcasts.today", today, needs=("community",)),)

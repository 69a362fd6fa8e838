"""What disinfection offers to reports: the log (F13), the day's figures, and for how long the plan was kept."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from zhegu.accounts import queries as accounts
from zhegu.lib import clock
from zhegu.lib.ledger import Figure, FigureOffer, Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind, Named, Phrase
from zhegu.places.models import Place
from zhegu.sanitation import queries
from zhegu.sanitation.models import Spot

LOG = (
    Column("at", "sanitation.at", Kind.TIME), Column("spot", "sanitation.spot"),
    Column("kind", "sanitation.kind", Kind.CHOICE, words="sanitation.kind_"), Column("area", "sanitation.area", Kind.COUNT),
    Column("agent", "sanitation.agent", Kind.CHOICE, words="sanitation.agent_"),
    Column("mg_per_litre", "sanitation.mg_per_litre", Kind.COUNT), Column("litres", "sanitation.litres", Kind.NUMBER),
    Column("method", "sanitation.method", Kind.CHOICE, words="sanitation.method_"),
    Column("minutes", "sanitation.minutes", Kind.COUNT), Column("by", "sanitation.by"),
)  # fmt: skip


def log(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F13: a row a disinfection; who did it stands there by name, no resident does."""
    found = queries.done(scope, community, since, until, as_of).order_by("at", "id")
    names = {member.actor.key: member.name for member in accounts.staff_at(scope, community.code)}
    rows = tuple(
        {
            "at": one.at, "spot": _named(one.spot), "kind": one.spot.kind, "area": one.area, "agent": one.agent,
            "mg_per_litre": one.mg_per_litre, "litres": float(one.litres), "method": one.method, "minutes": one.minutes,
            "by": names.get(one.by, ""),
        }
        for one in found
    )  # fmt: skip
    whole = queries.amount(scope, community, since, until, as_of)
    period = Phrase.of("outbreaks.period", since=since.isoformat(), until=until.isoformat())
    totals = {"area": whole.m2, "litres": float(whole.litres)}
    return Ledger("sanitation.log", "sanitation.f13_title", LOG, rows, as_of, community.code, period, totals)


def _named(spot: Spot) -> Named:
    return Named(lambda lang: spot.name_bo if lang == "bo" and spot.name_bo else spot.name)


def today(scope: Scope, *, as_of: datetime, community: Place) -> Iterable[Figure]:
    """What was disinfected that day."""
    day = clock.local_day(as_of)
    whole = queries.amount(scope, community, day, day, as_of)
    for name, value in (("times", whole.times), ("m2", whole.m2), ("litres", float(whole.litres))):
        yield Figure(f"sanitation.{name}", f"sanitation.unit_{name}", f"sanitation.{name}_what", value, as_of, community.code)


def plan(scope: Scope, *, as_of: datetime, community: Place) -> Iterable[Figure]:
    """On how many days in a row, up to the day before, the plan was kept."""
    days = queries.unbroken(scope, community, clock.local_day(as_of) - timedelta(days=1), as_of)
    yield Figure("sanitation.days_kept", "sanitation.unit_days", "sanitation.days_kept_what", days, as_of, community.code)


LEDGERS = (LedgerOffer("sanitation.log", log, needs=("community", "since", "until")),)
FIGURES = (
    FigureOffer("sanitation.today", today, needs=("community",)),
    FigureOffer("sanitation.plan", plan, needs=("community",)),
)

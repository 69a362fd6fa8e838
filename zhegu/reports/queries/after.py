"""What the records say of how an outbreak was met: the questions of the after-action sheet (F28)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from zhegu.lib import clock
from zhegu.lib.scope import NotFound, Scope
from zhegu.lib.tables import Phrase
from zhegu.outbreaks import queries as outbreaks
from zhegu.places.models import Place
from zhegu.reports.outside.ledgers import figure_offers, offers
from zhegu.reports.queries.blanks import ledger_at
from zhegu.reports.queries.periods import period_lines
from zhegu.reports.queries.rounds import coverage, submissions
from zhegu.reports.rules.periods import Stand
from zhegu.sampling import queries as sampling

Numbers = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """One question of the sheet under its quality, with what the records say; None where they say nothing."""

    quality: str
    asked: str
    numbers: Numbers | None

    @property
    def known(self) -> Phrase:
        return Phrase.of(f"reports.after_{self.asked}_known", **self.numbers) if self.numbers else Phrase("reports.after_unknown")


def answers(scope: Scope, community: Place, as_of: datetime, since: date, until: date) -> list[Answer]:
    """Every question, for the days since…until; raises NotFound for whoever does not steer."""
    if not scope.covers(community.code, "office", "leader"):
        raise NotFound(community.code)
    moment = min(as_of, datetime.combine(until, time.max, clock.LOCAL))
    known = {"community": community, "since": since, "until": until}
    return [
        Answer("calm", "days", _days(scope, community, moment, since, until)),
        Answer("orderly", "rounds", _rounds(scope, community, moment, since)),
        Answer("orderly", "reports", _reports(scope, community, moment, since)),
        Answer("strict", "measures", _summed(scope, "monitoring.grids", known, moment, "new", "released", "abnormal", "missing")),
        Answer("strict", "gates", _gates(scope, known, moment)),
        Answer("warm", "care", _care(scope, community, moment)),
        Answer("warm", "gifts", _gifts(scope, known, moment)),
    ]


def _days(scope: Scope, community: Place, moment: datetime, since: date, until: date) -> Numbers:
    begin = datetime.combine(since, time(), clock.LOCAL)
    looks = sum(
        outbreaks.reviews(scope, one).filter(at__gte=begin, at__lte=moment).count()
        for one in outbreaks.outbreaks(scope, community)
    )
    return {"days": (until - since).days + 1, "reviews": looks}


def _rounds(scope: Scope, community: Place, moment: datetime, since: date) -> Numbers | None:
    begin = datetime.combine(since, time(), clock.LOCAL)
    found = list(sampling.rounds(scope, community).filter(opened_at__gte=begin, opened_at__lte=moment))
    totals = [coverage(scope, one, moment).totals or {} for one in found]
    sums = {name: sum(one.get(name) or 0 for one in totals) for name in ("due", "sampled")}
    return {"rounds": len(found), **sums} if found else None


def _reports(scope: Scope, community: Place, moment: datetime, since: date) -> Numbers:
    lines = [one for one in period_lines(scope, community, moment) if one.period.last >= since]
    begin = datetime.combine(since, time(), clock.LOCAL)
    files = submissions(scope, community).filter(made_at__gte=begin, made_at__lte=moment).count()
    locked, late = (sum(one.stands is stand for one in lines) for stand in (Stand.LOCKED, Stand.LATE))
    return {"locked": locked, "late": late, "files": files}


def _summed(scope: Scope, name: str, known: Mapping[str, Any], moment: datetime, *fields: str) -> Numbers | None:
    """Columns of a ledger of some days, added up over its rows; None where its room has nothing."""
    try:
        ledger = ledger_at(scope, name, known, moment)
    except NotFound:
        return None
    return _sums(ledger.rows, fields) if ledger is not None and ledger.rows else None


def _sums(rows: Iterable[Mapping[str, Any]], fields: Iterable[str]) -> Numbers:
    kept = list(rows)
    return {field: sum(row.get(field) or 0 for row in kept) for field in fields}


def _gates(scope: Scope, known: Mapping[str, Any], moment: datetime) -> Numbers | None:
    sums = _summed(scope, "checkpoints.days", known, moment, "people_in", "people_out", "turned_back", "fever")
    return {**sums, "persons": sums["people_in"] + sums["people_out"]} if sums else None


def _gifts(scope: Scope, known: Mapping[str, Any], moment: datetime) -> Numbers | None:
    if "stock.gifts" not in offers():
        return None
    ledger = ledger_at(scope, "stock.gifts", known, moment)
    if ledger is None or not ledger.rows:
        return None
    return {"gifts": len(ledger.rows), "shown": sum(bool(row["public"]) for row in ledger.rows)}


def _care(scope: Scope, community: Place, moment: datetime) -> Numbers | None:
    offer = figure_offers().get("care.today")
    if offer is None:
        return None
    said = {one.name.partition(".")[2]: one.value for one in offer.read(scope, as_of=moment, community=community)}
    return said if said.get("people") else None

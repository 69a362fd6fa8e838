"""What this room offers to reports: how one person was (F6), people under measures per grid (F7), and the day in numbers."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhegu.accounts import queries as accounts
from zhegu.lib import clock
from zhegu.lib.ledger import Figure, FigureOffer, Ledger, LedgerOffer
from zhegu.lib.scope import NotFound, Scope
from zhegu.lib.tables import Column, Kind, Mask, Phrase, sum_of
from zhegu.lib.texts import text
from zhegu.monitoring import queries
from zhegu.monitoring.models import Check
from zhegu.monitoring.rules import SEES
from zhegu.outbreaks import queries as outbreaks
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.registers.ledgers import place_words

PERSON = (
    Column("day", "monitoring.date", Kind.DATE), Column("am_temp", "monitoring.am_temp"),
    Column("pm_temp", "monitoring.pm_temp"), Column("symptoms", "monitoring.symptoms"),
    Column("test", "monitoring.tests", Kind.CHOICE, words="monitoring.result_"),
    Column("mood", "monitoring.mood", Kind.COUNT), Column("need", "monitoring.needs"),
    Column("by", "monitoring.by_way", Kind.CHOICE, words="monitoring.way_"),
    Column("who", "monitoring.asked_by", Kind.TEXT, Mask.OPEN), Column("action", "monitoring.what_done"),
)  # fmt: skip
NUMBERS = ("new", "total", "current", "released", "transferred", "abnormal", "missing")
LABELS = {"abnormal": "monitoring.abnormal"}
GRIDS = (
    Column("day", "monitoring.date", Kind.DATE), Column("grid", "monitoring.grid"),
    *(Column(name, LABELS.get(name, f"monitoring.n_{name}"), Kind.COUNT) for name in NUMBERS),
)  # fmt: skip


def _outbreak(scope: Scope, community: Place) -> Any:
    found = queries.open_outbreak(scope, community)
    if found is None:
        raise NotFound("outbreak")
    return found


def person(scope: Scope, *, as_of: datetime, community: Place, person: UUID, since: date, until: date) -> Ledger:
    """F6: a row a day on which anybody asked or tested; for whom `queries.days_of` lets see it."""
    outbreak, one = _outbreak(scope, community), registers.person(scope, person, roles=SEES)
    checks = [row for row in queries.days_of(scope, outbreak, one, since, until) if row.at <= as_of]
    tests = {clock.local_day(at): result for at, result in outbreaks.tests_of(scope, outbreak, [one.pk]).get(one.pk, []) if at <= as_of}
    names = {member.actor.key: member.name for member in accounts.staff_at(scope, community.code)}
    days = sorted({row.day for row in checks} | {day for day in tests if since <= day <= until})
    rows = tuple(_day_row(day, [row for row in checks if row.day == day], tests.get(day), names) for day in days)
    heading = Phrase.of("monitoring.f6_about", name=one.name, since=since.isoformat(), until=until.isoformat())
    return Ledger("monitoring.person", "monitoring.f6_title", PERSON, rows, as_of, community.code, heading)


def _day_row(day: date, checks: list[Check], test: Any, names: dict[str, str]) -> dict[str, Any]:
    """The last word of each half of the day; symptoms, needs and what the clinic did put together."""
    last = {row.slot: row for row in checks}
    codes = dict.fromkeys(code for row in last.values() for code in row.symptoms)
    newest = checks[-1] if checks else None
    return {
        "day": day, "am_temp": last["morning"].celsius if "morning" in last else "",
        "pm_temp": last["evening"].celsius if "evening" in last else "",
        "symptoms": "、".join(_symptom(checks[0].outbreak, code) for code in codes), "test": test,
        "mood": newest.mood if newest else None, "need": "；".join(row.note for row in last.values() if row.note),
        "by": newest.how if newest else None, "who": names.get(newest.by, "") if newest else "",
        "action": "；".join(row.handling for row in last.values() if row.handling),
    }  # fmt: skip


def _symptom(outbreak: Any, code: str) -> str:
    """In Chinese, the language of the form."""
    known = {one.code: outbreaks.symptom_name(one, "zh") for one in outbreak.rules.symptoms}
    return known.get(code) or text("monitoring.symptom_other", "zh")


def grids(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F7: a row a day and grid with anybody under a measure of their own, of one day every grid; nobody's name."""
    counted = queries.grid_days(scope, community, since, min(until, clock.local_day(as_of)), as_of)
    known = {grid.no: grid for grid in places.grids(scope, community)}
    if since == until:
        counted |= {(since, no): dict.fromkeys(NUMBERS, 0) for no in known if (since, no) not in counted}
    rows = tuple({"day": day, "grid": place_words(known.get(no)), **numbers} for (day, no), numbers in sorted(counted.items()))
    totals = sum_of(rows, NUMBERS) if since == until else None
    period = Phrase.of("monitoring.period", since=since.isoformat(), until=until.isoformat())
    return Ledger("monitoring.grids", "monitoring.f7_title", GRIDS, rows, as_of, community.code, period, totals)


def today(scope: Scope, *, as_of: datetime, community: Place) -> Iterable[Figure]:
    """People kept at home or in a place: new, now, let go, not well."""
    for name, n in asdict(queries.isolated(scope, community, as_of)).items():
        yield Figure(
            f"monitoring.isolation_{name}", "monitoring.unit_people", f"monitoring.isolation_{name}_what", n, as_of, community.code
        )


LEDGERS = (
    LedgerOffer("monitoring.person", person, needs=("community", "person", "since", "until")),
    LedgerOffer("monitoring.grids", grids, needs=("community", "since", "until")),
)
FIGURES = (FigureOffer("monitoring.today", today, needs=("community",)),)

"""The tables gates offer to reports: the register (F12) and the numbers of days (F12b)."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from zhegu.accounts import queries as accounts
from zhegu.checkpoints import queries
from zhegu.checkpoints.models import Crossing
from zhegu.checkpoints.rules import celsius
from zhegu.lib import clock
from zhegu.lib.ledger import Figure, FigureOffer, Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind, Mask, Phrase
from zhegu.places.models import Place

REGISTER = (
    Column("gate", "checkpoints.gate"), Column("at", "checkpoints.at", Kind.TIME),
    Column("direction", "checkpoints.direction", Kind.CHOICE, words="checkpoints.direction_"),
    Column("plate", "checkpoints.plate"),
    Column("vehicle", "checkpoints.vehicle", Kind.CHOICE, words="checkpoints.vehicle_"),
    Column("name", "checkpoints.name", Kind.TEXT, Mask.NAME),
    Column("id_number", "checkpoints.id_number", Kind.ID, Mask.ID),
    Column("phone", "checkpoints.phone", Kind.PHONE, Mask.PHONE),
    Column("people", "checkpoints.people", Kind.COUNT),
    Column("coming_from", "checkpoints.coming_from"), Column("going_to", "checkpoints.going_to"),
    Column("errand", "checkpoints.errand", Kind.CHOICE, words="checkpoints.errand_"),
    Column("health_code", "checkpoints.check_health_code", Kind.CHOICE, words="checkpoints.shown_"),
    Column("travel_code", "checkpoints.check_travel_code", Kind.CHOICE, words="checkpoints.shown_"),
    Column("temperature", "checkpoints.check_temperature"),
    Column("tested_at", "checkpoints.tested_at", Kind.TIME), Column("doses", "checkpoints.doses", Kind.COUNT),
    Column("permit_no", "checkpoints.permit_no"),
    Column("outcome", "checkpoints.outcome", Kind.CHOICE, words="checkpoints.outcome_"),
    Column("why", "checkpoints.why", Kind.CHOICE, words="checkpoints.why_"),
    Column("by", "checkpoints.keeper"), Column("note", "checkpoints.note"),
)  # fmt: skip
DAYS = (
    Column("day", "checkpoints.day", Kind.DATE), Column("gate", "checkpoints.gate"),
    *(
        Column(name, f"checkpoints.{name}", Kind.COUNT)
        for name in ("vehicles_in", "vehicles_out", "people_in", "people_out", "turned_back", "fever", "referred")
    ),
)  # fmt: skip


PATROLS = (
    Column("at", "checkpoints.at", Kind.TIME), Column("route", "checkpoints.route"), Column("point", "checkpoints.point"),
    Column("found", "checkpoints.found", Kind.CHOICE, words="checkpoints.found_"),
    Column("people", "checkpoints.people", Kind.COUNT),
    Column("did", "checkpoints.did", Kind.CHOICE, words="checkpoints.did_"), Column("by", "checkpoints.patrol_by"),
)  # fmt: skip


def _period(since: date, until: date) -> Phrase:
    return Phrase.of("checkpoints.period", since=since.isoformat(), until=until.isoformat())


def register(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F12: a row a crossing in the order it happened; for whom `queries.crossings` lets see them."""
    begin = datetime.combine(since, time.min, clock.LOCAL)
    end = datetime.combine(until + timedelta(days=1), time.min, clock.LOCAL)
    found = queries.crossings(scope, community, as_of).filter(at__gte=begin, at__lt=end, at__lte=as_of, undone=None)
    names = {member.actor.key: member.name for member in accounts.staff_at(scope, community.code)}
    read = cache(json.loads)
    found = found.annotate(said=Cast("checks", TextField())).order_by("at", "id")
    rows = tuple(_row(values, names, read) for values in found.values_list(*SAME, *TURNED))
    totals = {"people": sum(row["people"] for row in rows)}
    return Ledger("checkpoints.register", "checkpoints.register", REGISTER, rows, as_of, community.code, _period(since, until), totals)


SAME = (
    "at", "direction", "plate", "vehicle", "name", "id_number", "phone", "people", "coming_from", "going_to", "errand",
    "tested_at", "doses", "permit_no", "outcome", "why", "note",
)  # fmt: skip
TURNED = ("id", "gate__name", "temperature", "by", "said")
"""A year of a community has tens of thousands of rows: they are read as plain values, what was asked once for all rows that
say the same, and only what is sealed is opened through its object."""


def _row(values: tuple[Any, ...], names: dict[str, str], read: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    row = dict(zip(SAME, values, strict=False))
    pk, gate, temperature, by, said = values[len(SAME) :]
    if row["id_number"] or row["phone"]:
        sealed = Crossing(pk=pk, id_number=row["id_number"], phone=row["phone"])
        row["id_number"], row["phone"] = sealed.id_number, sealed.phone
    row["gate"], row["temperature"], row["by"] = gate, celsius(temperature), names.get(by, "")
    checks = read(said)
    row["health_code"], row["travel_code"] = checks.get("health_code"), checks.get("travel_code")
    return row


def days(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F12b: a row a gate and day on which anybody stood there; no names."""
    counted = queries.day_counts(scope, community, since, until, as_of)
    names = queries.gate_names(scope, community)
    rows = tuple(
        {"day": day, "gate": names[gate], **asdict(numbers)}
        for (day, gate), numbers in sorted(counted.items(), key=lambda one: (one[0][0], names[one[0][1]]))
    )
    totals = asdict(queries.total(scope, counted.values()))
    return Ledger("checkpoints.days", "checkpoints.days", DAYS, rows, as_of, community.code, _period(since, until), totals)


def patrols(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F14: a row a point that was passed; counts, no names of those who were met."""
    begin = datetime.combine(since, time.min, clock.LOCAL)
    end = datetime.combine(until + timedelta(days=1), time.min, clock.LOCAL)
    found = queries.findings(scope, community, begin, end).filter(at__lte=as_of).order_by("at", "id")
    names = {member.actor.key: member.name for member in accounts.staff_at(scope, community.code)}
    rows = tuple(
        {"at": one.at, "route": one.route.name, "point": one.point_name, "found": one.found, "people": one.people,
         "did": one.did, "by": names.get(one.by, "")}
        for one in found
    )  # fmt: skip
    totals = {"people": sum(row["people"] for row in rows)}
    return Ledger("checkpoints.patrols", "checkpoints.f14_title", PATROLS, rows, as_of, community.code, _period(since, until), totals)


def today(scope: Scope, *, as_of: datetime, community: Place) -> Iterable[Figure]:
    """What went in and out today, and how many vehicles from elsewhere are inside."""
    day = clock.local_day(as_of)
    numbers = asdict(queries.total(scope, queries.day_counts(scope, community, day, day, as_of).values()))
    for name in ("vehicles_in", "vehicles_out", "turned_back"):
        yield Figure(f"checkpoints.{name}", "checkpoints.unit_today", f"checkpoints.{name}", numbers[name], as_of, community.code)
    inside = queries.inside_count(scope, community, as_of)
    yield Figure("checkpoints.inside", "checkpoints.unit_now", "checkpoints.inside_what", inside, as_of, community.code)


LEDGERS = (
    LedgerOffer("checkpoints.register", register, needs=("community", "since", "until")),
    LedgerOffer("checkpoints.days", days, needs=("community", "since", "until")),
    LedgerOffer("checkpoints.patrols", patrols, needs=("community", "since", "until")),
)
FIGURES = (FigureOffer("checkpoints.today", today, needs=("community",)),)

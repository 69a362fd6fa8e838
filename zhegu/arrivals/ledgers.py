"""The tables arrivals offer to reports: who arrived (F5), building sites with their people (F18), and figures."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from zhegu.arrivals import queries
from zhegu.arrivals.models import Arrival, Worker
from zhegu.lib import clock
from zhegu.lib.ledger import Figure, FigureOffer, Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind, Mask, Named, Phrase, Plain, Words
from zhegu.lib.texts import has_text
from zhegu.monitoring import queries as monitoring
from zhegu.outbreaks import queries as outbreaks
from zhegu.places.models import Place
from zhegu.responsibility import queries as responsibility

ARRIVALS = (
    Column("no", "arrivals.no", Kind.COUNT), Column("name", "arrivals.name", Kind.TEXT, Mask.NAME),
    Column("sex", "arrivals.sex", Kind.CHOICE, words="arrivals.sex_"), Column("age", "arrivals.age", Kind.COUNT),
    Column("id_no", "arrivals.id_number", Kind.ID, Mask.ID), Column("phone", "arrivals.phone", Kind.PHONE, Mask.PHONE),
    Column("hukou_region", "arrivals.hukou"), Column("address", "arrivals.address"),
    Column("grid", "arrivals.grid", Kind.COUNT), Column("from_region", "arrivals.came_from"),
    Column("risk", "arrivals.risk"), Column("via", "arrivals.via"), Column("depart", "arrivals.left", Kind.DATE),
    Column("arrive", "arrivals.arrived", Kind.TIME),
    Column("transport", "arrivals.transport", Kind.CHOICE, words="arrivals.transport_"),
    Column("ref", "arrivals.transport_no"), Column("companions", "arrivals.companions_n", Kind.COUNT),
    Column("health_code", "arrivals.health_code", Kind.CHOICE, words="arrivals.health_code_"),
    Column("test_on_arrival", "arrivals.test", Kind.CHOICE, words="arrivals.test_"),
    Column("doses", "arrivals.doses", Kind.COUNT), Column("measure", "arrivals.measure"),
    Column("start", "arrivals.start", Kind.DATE), Column("end", "arrivals.end", Kind.DATE),
    Column("test_dates", "arrivals.test_dates"), Column("responsible", "arrivals.responsible"), Column("released_on", "arrivals.released_on", Kind.DATE),
    Column("note", "arrivals.note"),
)  # fmt: skip
SITES = (
    Column("site", "arrivals.site_name"), Column("contractor", "arrivals.contractor"), Column("contact", "arrivals.contact"),
    Column("contact_phone", "arrivals.contact_phone", Kind.PHONE, Mask.PHONE),
    Column("workers", "arrivals.people", Kind.COUNT), Column("name", "arrivals.name", Kind.TEXT, Mask.NAME),
    Column("id_number", "arrivals.id_number", Kind.ID, Mask.ID), Column("phone", "arrivals.phone", Kind.PHONE, Mask.PHONE),
    Column("origin", "arrivals.origin"), Column("arrival", "arrivals.since", Kind.DATE), Column("dorm", "arrivals.dorm"),
    Column("vaccination", "arrivals.doses", Kind.COUNT), Column("last_test", "arrivals.last_test", Kind.TIME),
    Column("leave_ban", "arrivals.leave_ban", Kind.YES),
)  # fmt: skip


def _period(since: date, until: date) -> Phrase:
    return Phrase.of("arrivals.period", since=since.isoformat(), until=until.isoformat())


def arrivals(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F5: a row a person in the order of arrival, as far as the scope sees them."""
    begin = datetime.combine(since, time.min, clock.LOCAL)
    end = datetime.combine(until + timedelta(days=1), time.min, clock.LOCAL)
    found = queries.arrivals(scope, community).filter(arrived__gte=begin, arrived__lt=end, at__lte=as_of)
    people = list(found.order_by("arrived", "id"))
    laid = [row.laid for row in people if row.laid and row.laid.begun <= as_of]
    running = {one.measure.pk: one for one in monitoring.courses(scope, laid, clock.local_day(as_of))}
    answer = _answering(scope, community, people, as_of)
    rows = tuple(
        _arrival(no, row, running.get(row.laid_id), as_of) | {"responsible": answer.get(row.pk)}
        for no, row in enumerate(people, 1)
    )
    return Ledger("arrivals.ledger", "arrivals.ledger", ARRIVALS, rows, as_of, community.code, _period(since, until), {"no": len(rows)})


def _answering(scope: Scope, community: Place, rows: Iterable[Arrival], as_of: datetime) -> dict[UUID, str]:
    """Arrival → the names of those who answer for them: whoever keeps their household or is nearest to it, else those
    of the grid in which they stay."""
    rows, when = list(rows), responsibility.When.just(as_of)
    grids = {row.grid_id: row.grid for row in rows if row.grid}
    held = responsibility.for_places(scope, community, grids.values(), when)
    houses = {row.person.household_id: row.person.household for row in rows if row.person and row.person.household}
    homes = responsibility.for_households(scope, community, list(houses.values()), when) if houses else []
    nearest = {one.household.pk: one.answers[0].held for one in homes if one.answers}
    found = {row.pk: nearest.get(row.person.household_id if row.person else None) or held.get(row.grid_id, ()) for row in rows}
    return {pk: "、".join(one.name for one in who) for pk, who in found.items()}


def _arrival(no: int, row: Arrival, course: monitoring.Course | None, as_of: datetime) -> dict[str, Any]:
    same = ("name", "sex", "phone", "address", "via", "transport", "health_code", "doses", "note")
    return {name: getattr(row, name) for name in same} | {
        "no": no, "age": clock.local(as_of).year - row.birth_year if row.birth_year else None, "id_no": row.id_number,
        "hukou_region": row.hukou, "grid": row.grid.no if row.grid else None, "from_region": row.came_from,
        "risk": outbreaks.level_words(row.risk), "depart": row.left, "arrive": row.arrived, "ref": row.transport_no,
        "companions": row.together - 1, "test_on_arrival": row.test, "measure": _measure(row, as_of),
        **_course(course, as_of),
    }  # fmt: skip


def _course(course: monitoring.Course | None, as_of: datetime) -> dict[str, Any]:
    """From when until when, which tests, and since when they are let go."""
    if course is None:
        return dict.fromkeys(("start", "end", "test_dates", "released_on"))
    laid = course.measure
    over = laid.how == "released" and laid.ended and laid.ended <= as_of
    return {
        "start": laid.holds_from, "end": course.ends_on,
        "test_dates": "、".join(state.due.latest.isoformat() for state in course.tests),
        "released_on": clock.local_day(laid.ended) if over and laid.ended else None,
    }  # fmt: skip


def _measure(row: Arrival, as_of: datetime) -> Words | None:
    """The profile's own name for it, else the texts'."""
    if row.decided is None or row.decided > as_of:
        return None
    if not row.measure:
        return Phrase.of("arrivals.no_measure")
    known = row.outbreak.rules.measures.get(row.measure) if row.outbreak else None
    if known:
        return Named(lambda lang: outbreaks.measure_name(known, lang))
    key = f"outbreaks.measure_{row.measure}"
    return Phrase.of(key) if has_text(key) else Plain(row.measure)


def sites(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F18: a row a person who worked at a site on any of these days."""
    found = list(queries.workers(scope, community, since, until))
    outbreak = outbreaks.open_outbreak(scope, community)
    tests = outbreaks.last_tests(scope, outbreak) if outbreak else {}
    counted: dict[UUID, int] = {}
    for row in found:
        counted[row.site_id] = counted.get(row.site_id, 0) + 1
    rows = tuple(_worker(row, counted, tests) for row in found)
    return Ledger("arrivals.sites", "arrivals.sites_ledger", SITES, rows, as_of, community.code, _period(since, until), {"workers": len(rows)})


def _worker(row: Worker, counted: Mapping[UUID, int], tests: Mapping[UUID, Any]) -> dict[str, Any]:
    site, person = row.site, row.person
    test = tests.get(row.person_id)
    return {
        "site": site.name, "contractor": site.contractor, "contact": site.contact, "contact_phone": site.contact_phone,
        "workers": counted[row.site_id], "name": person.name, "id_number": person.id_number, "phone": person.phone,
        "origin": row.origin, "arrival": row.since, "dorm": row.dorm, "vaccination": row.doses,
        "last_test": test.at if test else None, "leave_ban": site.leave_ban,
    }  # fmt: skip


def today(scope: Scope, *, as_of: datetime, community: Place) -> Iterable[Figure]:
    """Who arrived today, who is under the measure that followed, and how many wait for a decision."""
    n = queries.counts(scope, community, as_of)
    yield Figure("arrivals.new", "arrivals.unit_today", "arrivals.new", n.new, as_of, community.code)
    yield Figure("arrivals.current", "arrivals.unit_now", "arrivals.current_what", n.current, as_of, community.code)
    yield Figure("arrivals.to_decide", "arrivals.unit_now", "arrivals.stay_waiting", n.to_decide, as_of, community.code)


LEDGERS = (
    LedgerOffer("arrivals.ledger", arrivals, needs=("community", "since", "until")),
    LedgerOffer("arrivals.sites", sites, needs=("community", "since", "until")),
)
FIGURES = (FigureOffer("arrivals.today", today, needs=("community",)),)

"""The tables this app offers to reports: rounds, coverage (F1), tube register (F2), who is missing (F3)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from zhegu.accounts import queries as accounts
from zhegu.accounts.models import Role
from zhegu.cards.queries import printed_serial
from zhegu.lib import clock
from zhegu.lib.ledger import Figure, FigureOffer, Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind, Mask, Phrase, Table
from zhegu.places.models import Place
from zhegu.registers.ledgers import age_of, place_words
from zhegu.sampling import queries
from zhegu.sampling.models import Line, Round, Sample, Slot
from zhegu.sampling.queries import GridCoverage
from zhegu.sampling.rules import Standing

ROUNDS = (
    Column("no", "reports.round", Kind.COUNT),
    Column("opened", "sampling.opened_at", Kind.TIME),
    Column("closed", "sampling.closed_at", Kind.TIME),
)
COUNTS = (
    "households", "residents", "incomers", "due", "sampled", "single", "mixed", "tubes", "at_home", "not_sampled",
    "infant", "ill", "away", "refused", "elsewhere", "cards_issued", "difference", "negative", "positive", "pending",
)  # fmt: skip
COVERAGE = (
    Column("grid", "reports.grid"),
    *(Column(name, f"reports.{name}", Kind.COUNT) for name in COUNTS[:5]),
    Column("rate", "reports.rate", Kind.PERCENT),
    *(Column(name, f"reports.{name}", Kind.COUNT) for name in COUNTS[5:17]),
    Column("sent_at", "reports.sent_at", Kind.TIME),
    *(Column(name, f"reports.{name}", Kind.COUNT) for name in COUNTS[17:]),
    Column("note", "reports.note"),
)
REGISTER = (
    Column("site", "reports.site"), Column("round", "reports.round", Kind.COUNT), Column("tube", "reports.tube"),
    Column("mix_ratio", "reports.mix_ratio", Kind.COUNT), Column("position", "reports.position", Kind.COUNT),
    Column("name", "reports.name", mask=Mask.NAME), Column("sex", "reports.sex", Kind.CHOICE, words="reports.sex_"),
    Column("age", "reports.age", Kind.COUNT),
    Column("id_type", "reports.id_type", Kind.CHOICE, words="reports.id_type_"),
    Column("id_no", "reports.id_no", Kind.ID, Mask.ID), Column("phone", "reports.phone", Kind.PHONE, Mask.PHONE),
    Column("address", "reports.address", mask=Mask.WHOLE), Column("grid", "reports.grid"),
    Column("body_site", "reports.body_site", Kind.CHOICE, words="reports.body_site_"),
    Column("sampled_at", "reports.sampled_at", Kind.TIME), Column("card", "reports.card"),
    Column("sampler", "reports.sampler"), Column("receiver", "reports.receiver"), Column("courier", "reports.courier"),
    Column("sent_at", "reports.sent_at", Kind.TIME),
    Column("result", "reports.result", Kind.CHOICE, words="reports.result_"), Column("note", "reports.note"),
)  # fmt: skip
MISSING = (
    Column("name", "reports.name", mask=Mask.NAME), Column("grid", "reports.grid"),
    Column("phone", "reports.phone", Kind.PHONE, Mask.PHONE),
    Column("reason", "reports.reason", Kind.CHOICE, words="reports.reason_"),
    Column("handled_by", "reports.handled_by"), Column("follow_up", "reports.follow_up", Kind.DATE),
    Column("done", "reports.done", Kind.YES),
)  # fmt: skip


def _round(scope: Scope, about: Round | UUID | str) -> Round:
    return about if isinstance(about, Round) else queries.round_for(scope, UUID(str(about)))


def rounds_ledger(scope: Scope, *, as_of: datetime, community: Place) -> Ledger:
    """The rounds of a community that were open by then, newest first."""
    rows = tuple(
        {"round": row.pk, "no": row.no, "opened": row.opened_at, "closed": row.closed_at}
        for row in queries.rounds(scope, community).filter(opened_at__lte=as_of)
    )
    return Ledger("sampling.rounds", "sampling.rounds", ROUNDS, rows, as_of, community.code)


def coverage_ledger(scope: Scope, *, as_of: datetime, round: Round | UUID | str) -> Ledger:
    """One row per grid, and all together; the same function that the board shows."""
    found = _round(scope, round)
    covered = queries.coverage(scope, found, as_of)
    title = Phrase.of("sampling.round_no", no=found.no)
    rows = tuple(_coverage_row(row) for row in covered.grids)
    totals = _coverage_row(covered.whole) | {"grid": ""}
    return Ledger(
        "sampling.coverage", title, COVERAGE, rows, as_of, found.community.code,
        period=Phrase.of("sampling.period", start=_moment(found.starts_at), end=_moment(found.ends_at)),
        totals=totals, facts={"round": str(found.pk), "no": found.no},
    )  # fmt: skip


def _moment(at: datetime) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}"


def _coverage_row(row: GridCoverage) -> dict[str, Any]:
    return {
        "grid": place_words(row.grid), "households": row.households, "residents": row.residents,
        "incomers": row.incomers, "due": row.due, "sampled": row.done, "rate": row.rate, "single": row.single,
        "mixed": row.mixed, "tubes": row.tubes, "at_home": row.at_home, "not_sampled": row.not_sampled,
        "infant": row.excuses["infant"], "ill": row.excuses["ill"], "away": row.excuses["away"],
        "elsewhere": row.excuses["elsewhere"], "refused": row.reasons["refused"], "cards_issued": row.cards,
        "difference": row.difference, "sent_at": row.sent_at, "negative": row.results["negative"],
        "positive": row.results["positive"], "pending": row.results["pending"] + row.results["grey"], "note": "",
        "missing": row.missing, "roster": row.roster, "moved": row.moved, "not_found": row.not_found,
        "excused": row.excused, "code": row.grid.code if row.grid else "",
    }  # fmt: skip


def tube_register_ledger(scope: Scope, *, as_of: datetime, round: Round | UUID | str) -> Ledger:
    """One row per swab in the order of tubes and places; results only for laboratory and office."""
    found = _round(scope, round)
    names, sites = _names(scope, found), _sites(scope, found)
    sees_results = scope.covers(found.community.code, "office", "lab")
    past = queries.known_later(scope, found, as_of)
    swabs = queries.samples_then(scope, found, as_of) if past else queries.samples(scope, found)
    rows = tuple(
        _register_row(swab, found, names, sites, sees_results) for swab in swabs
    )
    title = Phrase.of("sampling.round_no", no=found.no)
    return Ledger("sampling.tube_register", title, REGISTER, rows, as_of, found.community.code)


def _register_row(
    swab: Sample, round_: Round, names: Mapping[str, str], sites: Mapping[str, Phrase], sees_results: bool
) -> dict[str, Any]:
    person, handover = swab.person, swab.tube.handover
    home = swab.line.household
    return {
        "site": sites.get(swab.device) or sites.get(str(swab.line.grid_id), ""), "round": round_.no,
        "tube": swab.tube.label, "mix_ratio": swab.tube.ratio, "position": swab.position, "name": person.name,
        "sex": person.sex, "age": age_of(person, clock.local_day(swab.taken_at)), "id_type": person.id_kind,
        "id_no": person.id_number, "phone": person.phone,
        "address": (home.address or house_of(swab.line)) if home else "", "grid": place_words(swab.line.grid),
        "body_site": swab.body_site, "sampled_at": swab.taken_at,
        "card": printed_serial(swab.serial) if swab.serial and swab.card == "active" else "",
        "sampler": names.get(swab.taken_by, ""), "receiver": handover.to if handover else "",
        "courier": handover.courier if handover else "", "sent_at": handover.at if handover else None,
        "result": swab.tube.result if sees_results else "",
        "note": Phrase.of(f"sampling.aside_{swab.aside}") if swab.aside else swab.override, "person": swab.person_id,
    }  # fmt: skip


def _names(scope: Scope, round_: Round) -> dict[str, str]:
    """Who acted, by their key; a grid worker knows only what the page shows anyway."""
    if not scope.covers(round_.community.code):
        return {}
    return {member.actor.key: member.name for member in accounts.staff_at(scope, round_.community.code)}


def _sites(scope: Scope, round_: Round) -> dict[str, Phrase]:
    """The table's words by the phone that works there and by the grids that come to it."""
    found: dict[str, Phrase] = {}
    for table in queries.tables(scope, round_):
        words = Phrase.of("sampling.table_no", no=table.no)
        found |= {str(grid.pk): words for grid in table.grids.all()}
        if table.device_id:
            found[str(table.device_id)] = words
    return found


def missing_ledger(scope: Scope, *, as_of: datetime, round: Round | UUID | str) -> Ledger:
    """One row per person who is still due, by grid and house."""
    found = _round(scope, round)
    names, workers = _names(scope, found), _workers(scope, found)
    past = queries.known_later(scope, found, as_of)
    lines = queries.missing_then(scope, found, as_of) if past else queries.missing(scope, found)
    rows = tuple(_missing_row(line, names, workers) for line in lines)
    title = Phrase.of("sampling.round_no", no=found.no)
    return Ledger("sampling.missing", title, MISSING, rows, as_of, found.community.code)


def _missing_row(line: Line, names: Mapping[str, str], workers: Mapping[Any, str]) -> dict[str, Any]:
    return {
        "name": line.person.name, "grid": place_words(line.grid), "phone": line.person.phone, "reason": line.reason,
        "handled_by": names.get(line.noted_by) or workers.get(line.grid_id, ""),
        "follow_up": clock.local_day(line.comes_at) if line.comes_at else None, "done": False,
        "person": line.person_id, "house": house_of(line),
    }  # fmt: skip


def _workers(scope: Scope, round_: Round) -> dict[Any, str]:
    """The grid workers of each grid."""
    found: dict[Any, list[str]] = {}
    for grant in accounts.grants_in(scope, round_.community.code):
        if grant.role == Role.GRID_WORKER:
            found.setdefault(grant.place_id, []).append(grant.staff.name)
    return {place: " · ".join(sorted(names)) for place, names in found.items()}


PEOPLE = (
    Column("grid", "reports.grid", width=12), Column("house", "sampling.house", width=12),
    Column("name", "reports.name", width=14), Column("age", "reports.age", Kind.COUNT, width=6),
    Column("standing", "sampling.standing", Kind.CHOICE, words="sampling.standing_", width=10),
    Column("why", "sampling.why", width=16), Column("phone", "reports.phone", Kind.PHONE, Mask.PHONE, width=14),
    Column("comes_at", "sampling.comes_at", Kind.TIME, width=17),
)  # fmt: skip
WALK = (*PEOPLE[:4], PEOPLE[5], PEOPLE[6], Column("tick", "sampling.sampled_tick", Kind.TICK), Column("pen", "reports.note", Kind.WRITE))


SCHEDULE = (
    Column("start", "sampling.from", Kind.CLOCK), Column("end", "sampling.to", Kind.CLOCK),
    Column("table", "sampling.table"), Column("grid", "reports.grid"), Column("people", "sampling.people_called", Kind.COUNT),
)  # fmt: skip


def schedule_table(round_: Round, slots: Iterable[Slot]) -> Table:
    """Which grid is called to which table when."""
    rows = [
        {
            "start": slot.starts_at, "end": slot.ends_at, "people": slot.people, "grid": place_words(slot.grid),
            "table": Phrase.of("sampling.table_no", no=slot.table.no),
        }
        for slot in slots
    ]  # fmt: skip
    return Table(SCHEDULE, rows, Phrase.of("sampling.schedule_of_round", no=round_.no))


def people_table(round_: Round, lines: Iterable[Line]) -> Table:
    """People of a round as a list to show, print and export; phones are masked."""
    return Table(PEOPLE, list(_people(round_, lines)), Phrase.of("sampling.list_of_round", no=round_.no))


BEHIND = {
    "sampled": {"standing": Standing.DONE}, "not_sampled": {"standing": Standing.MISSING},
    "infant": {"excuse": "infant"}, "ill": {"excuse": "ill"}, "away": {"excuse": "away"},
    "elsewhere": {"excuse": "elsewhere"}, "refused": {"reason": "refused"},
}  # fmt: skip


def behind_coverage(scope: Scope, *, place: str, field: str, round: Round | UUID | str) -> Table:
    """Who makes up a number of the coverage: the lines of a grid (of all, where none is named) as they stand now."""
    found = _round(scope, round)
    return people_table(found, queries.lines(scope, found, grid=place, **BEHIND.get(field, {})))


def walk_list(round_: Round, lines: Iterable[Line]) -> Table:
    """The missing by grid and house, with a box to tick and a line to write on: for going from door to door."""
    return Table(WALK, list(_people(round_, lines)), Phrase.of("sampling.walk_list_of_round", no=round_.no))


def _people(round_: Round, lines: Iterable[Line]) -> Iterator[dict[str, Any]]:
    on = clock.local_day(round_.starts_at)
    for line in lines:
        yield {
            "grid": place_words(line.grid), "house": house_of(line), "name": line.person.name,
            "age": age_of(line.person, on), "standing": line.standing, "why": why_words(line),
            "phone": line.person.phone, "comes_at": line.comes_at,
        }  # fmt: skip


def house_of(line: Line) -> str:
    """What a house is called: its number, its door, else its head."""
    home = line.household
    return (home.no or home.door or home.address or home.head_name) if home else ""


def why_words(line: Line) -> Phrase | str:
    """Excuse or reason of someone who is not done, in words."""
    if line.standing == Standing.EXCUSED:
        return Phrase.of(f"sampling.excuse_{line.excuse}")
    if line.standing == Standing.MISSING and line.reason:
        return Phrase.of(f"sampling.missing_{line.reason}")
    return ""


def figures(scope: Scope, *, as_of: datetime, round: Round | UUID | str) -> list[Figure]:
    """The numbers that go up: each with its unit and what it means."""
    found = _round(scope, round)
    whole = queries.coverage(scope, found, as_of).whole
    numbers = {
        "roster": whole.roster, "due": whole.due, "sampled": whole.done, "missing": whole.missing,
        "excused": whole.excused, "moved": whole.moved, "not_found": whole.not_found, "tubes": whole.tubes,
        "cards": whole.cards,
    }  # fmt: skip
    return [
        Figure(f"sampling.{name}", f"sampling.unit_{_unit(name)}", f"sampling.means_{name}", n, as_of, found.community.code)
        for name, n in numbers.items()
    ]  # fmt: skip


def _unit(name: str) -> str:
    return {"tubes": "tubes", "cards": "cards"}.get(name, "people")


LEDGERS = (
    LedgerOffer("sampling.rounds", rounds_ledger, ("community",)),
    LedgerOffer("sampling.coverage", coverage_ledger, ("round",), behind_coverage),
    LedgerOffer("sampling.tube_register", tube_register_ledger, ("round",)),
    LedgerOffer("sampling.missing", missing_ledger, ("round",)),
)
FIGURES = (FigureOffer("sampling.round", figures, ("round",)),)

"""Filling an upper office's blank: the bytes, the look at sensitive values and the submission belong together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from zhegu.accounts import actions as accounts
from zhegu.journal.actions import Answer
from zhegu.lib import clock
from zhegu.lib.scope import Scope
from zhegu.places.models import Place
from zhegu.reports import queries
from zhegu.reports.actions.making import Making, record_form
from zhegu.reports.outside.blanks import BlankForm, fill
from zhegu.reports.outside.xlsx import Part
from zhegu.reports.rules.blanks.placing import Data, Placed, place
from zhegu.reports.rules.blanks.proposals import Reading
from zhegu.reports.rules.blanks.sheet import ref as ref_of


@dataclass(frozen=True)
class Filling:
    """What a filled blank is put on record as: the name of its file, the kept blank it came from, who compiled it; it
    tells of the day, or of the days from `since` on.

    `only_whole` keeps nothing and hands on nothing where a table does not fit.
    """

    name: str = ""
    blank: UUID | None = None
    compiler: str = ""
    only_whole: bool = False
    since: date | None = None

    def days(self, as_of: datetime) -> dict[str, Any]:
        """From when until when, where it tells of more than the day."""
        return {"since": self.since, "until": clock.local_day(as_of)} if self.since else {}


@dataclass(frozen=True)
class Filled:
    """A filled form, what was written on each sheet, and the journal's answer (None where nothing was kept)."""

    content: bytes
    placed: list[tuple[Reading, Placed]]
    answer: Answer | None

    @property
    def fits(self) -> bool:
        return all(problem.soft for _, one in self.placed for problem in one.problems)


def fill_blank(
    scope: Scope, community: Place, form: BlankForm, filling: Filling, *, as_of: datetime, at: datetime, ref: UUID
) -> Filled:
    """The blank filled with what was known at `as_of`, on record with its hash and columns.

    Sensitive columns leave a look row naming the people; raises NotFound outside the scope.
    """
    head = queries.head_for(scope, community, as_of, compiler=filling.compiler)
    known: dict[str, Data] = {}

    def placing(part: Part, reading: Reading) -> Placed:
        if reading.form not in known:
            known[reading.form] = queries.data_for(scope, community, reading.form, as_of, filling.since)
        return place(part.blank, reading, known[reading.form], head, part.shows)

    content, placed = fill(form, placing)
    done = Filled(content, placed, None)
    if filling.only_whole and not done.fits:
        return done
    _looked(scope, community, known, placed, at, filling.name)
    fields = sorted({source.field for _, one in placed for source in one.sources.values()})
    rows = sum(len({source.row for source in one.sources.values() if source.row >= 0}) for _, one in placed)
    making = Making(
        "blank", None, "xlsx", "zh", as_of, rows, fields, reason=filling.name, blank=filling.blank,
        cells=_cells(known, placed), **filling.days(as_of),
    )  # fmt: skip
    answer = record_form(by=scope.actor, community=community, making=making, content=content, at=at, ref=ref)
    return replace(done, answer=answer)


def _cells(known: dict[str, Data], placed: Iterable[tuple[Reading, Placed]]) -> dict[str, Any]:
    """The figures that were written, by cell, with where each came from; nothing of a table of people. `own` is the
    ledger's value where the cell holds it otherwise: a share as hundredths."""
    found = {}
    for reading, one in placed:
        data = known.get(reading.form)
        if data is None or any(column.mask != "open" for column in data.columns.values()):
            continue
        for write in one.writes:
            source = one.sources[write.row, write.column]
            if source.field in data.columns and isinstance(write.value, int | float):
                row = data.rows[source.row] if source.row >= 0 else data.totals or {}
                code = row.get("code", "") if source.row >= 0 else ""
                own = row.get(source.field)
                otherwise = {"own": own} if isinstance(own, int | float) and own != write.value else {}
                found[f"{reading.sheet}!{ref_of(write.row, write.column)}"] = {
                    "form": reading.form, "field": source.field, "value": write.value, "place": code, **otherwise,
                }  # fmt: skip
    return found


def _looked(
    scope: Scope, community: Place, known: dict[str, Data], placed: Iterable[tuple[Reading, Placed]], at: datetime,
    name: str,
) -> None:
    """Who saw whose sensitive values: one row for each form on the blank."""
    for reading, one in placed:
        data = known.get(reading.form)
        if data is None:
            continue
        hidden = {source.field for source in one.sources.values() if _sensitive(data, source.field)}
        people = {
            data.rows[source.row]["person"]
            for source in one.sources.values()
            if source.row >= 0 and source.field in hidden and data.rows[source.row].get("person")
        }
        if people:
            accounts.record_look(
                scope, community=community.code, screen=f"reports:blank:{reading.form}", fields=hidden, people=people,
                at=at, reason=name,
            )  # fmt: skip


def _sensitive(data: Data, field: str) -> bool:
    return field in data.columns and data.columns[field].mask != "open"

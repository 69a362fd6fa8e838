"""Filling an upper office's blank: the bytes, the look at sensitive values and the submission belong together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.accounts import actions as accounts
from zhegu.journal.actions import Answer
from zhegu.lib.scope import Scope
from zhegu.places.models import Place
from zhegu.reports import queries
from zhegu.reports.actions.making import Making, record_form
from zhegu.reports.outside.blanks import BlankForm, fill
from zhegu.reports.outside.xlsx import Part
from zhegu.reports.rules.blanks.placing import Data, Placed, place
from zhegu.reports.rules.blanks.proposals import Reading


@dataclass(frozen=True)
class Filled:
    """A filled form, what was written on each sheet, and the journal's answer (None where nothing was kept)."""

    content: bytes
    placed: list[tuple[Reading, Placed]]
    answer: Answer

    @property
    def fits(self) -> bool:
        return all(problem.soft for _, one in self.placed for problem in one.problems)


def fill_blank(
    scope: Scope, community: Place, form: BlankForm, *, as_of: datetime, at: datetime, ref: UUID, name: str = "",
    compiler: str = "",
) -> Filled:
    """The blank filled with what was known at `as_of`, on record with its hash and columns.

    Sensitive columns leave a look row naming the people; raises NotFound outside the scope.
    """
    head = queries.head_for(scope, community, as_of, compiler=compiler)
    known: dict[str, Data] = {}

    def placing(part: Part, reading: Reading) -> Placed:
        if reading.form not in known:
            known[reading.form] = queries.data_for(scope, community, reading.form, as_of)
        return place(part.blank, reading, known[reading.form], head, part.shows)

    content, placed = fill(form, placing)
    _looked(scope, community, known, placed, at, name)
    fields = sorted({source.field for _, one in placed for source in one.sources.values()})
    rows = sum(len({source.row for source in one.sources.values() if source.row >= 0}) for _, one in placed)
    making = Making("blank", None, "xlsx", "zh", as_of, rows, fields, reason=name)
    answer = record_form(by=scope.actor, community=community, making=making, content=content, at=at, ref=ref)
    return Filled(content, placed, answer)


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

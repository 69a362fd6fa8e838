"""What an app offers to reports: ledgers (tables at one moment) and figures (numbers with a meaning).

An app's `ledgers.py` holds `LEDGERS: tuple[LedgerOffer, ...]` and, where it has any,
`FIGURES: tuple[FigureOffer, ...]`. Reports gather them by name and never ask an app anything else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Table, Words


@dataclass(frozen=True)
class Ledger:
    """Named columns and rows, true at one `as_of`, for one place (its code).

    Rows map a column's `field` to a plain value (see `tables.Kind`); `totals` is the row below them,
    counted by the app that owns the rows, never added up again by a reader. `as_of` is about
    arrival: what was known then; `period` says in words which time the rows belong to.
    """

    name: str
    title: Words
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Any], ...]
    as_of: datetime
    place: str
    period: Words | None = None
    totals: Mapping[str, Any] | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    def table(self) -> Table:
        """The same ledger as a table to show, print or export."""
        return Table(self.columns, self.rows, self.title, self.period, self.totals)

    def column(self, name: str) -> Column:
        """The column of that field; raises KeyError where the ledger has none."""
        for column in self.columns:
            if column.field == name:
                return column
        raise KeyError(f"ledger {self.name} has no column {name}")


@dataclass(frozen=True)
class Figure:
    """One number with all that makes it comparable.

    `unit` and `definition` are text keys; `place` is a code; `value` is None where nobody knows.
    """

    name: str
    unit: str
    definition: str
    value: int | float | None
    as_of: datetime
    place: str


@dataclass(frozen=True)
class LedgerOffer:
    """A ledger an app can make: `read(scope, as_of=…, **about)`, where `needs` names what `about` holds.

    Example: `LedgerOffer("sampling.coverage", coverage_ledger, needs=("round",))`.
    """

    name: str
    read: Callable[..., Ledger]
    needs: tuple[str, ...] = ()
    behind: Callable[..., Table] | None = None
    """The rows that make up one number of it, for who may see them: `behind(scope, place=…, field=…, **about)`."""

    counted: Callable[..., Ledger] | None = None
    """The same as the records say it, where `read` tells what was reported and approved: what is reported next, a
    correction above all, is filled from this."""

    roles: tuple[str, ...] = ()
    """Who alone may read it, where that is not the office and its leaders: it is offered to nobody else."""

    def at(self, scope: Scope, as_of: datetime, **about: Any) -> Ledger:
        """The ledger at that moment; raises TypeError where something it needs is not named."""
        return self._by(self.read, scope, as_of, about)

    def counted_at(self, scope: Scope, as_of: datetime, **about: Any) -> Ledger:
        """The same, with nothing in it that was only reported."""
        return self._by(self.counted or self.read, scope, as_of, about)

    def _by(self, read: Callable[..., Ledger], scope: Scope, as_of: datetime, about: Mapping[str, Any]) -> Ledger:
        absent = [need for need in self.needs if need not in about]
        if absent:
            raise TypeError(f"ledger {self.name} needs {', '.join(absent)}")
        return read(scope, as_of=as_of, **{need: about[need] for need in self.needs})


@dataclass(frozen=True)
class FigureOffer:
    """Figures an app can make in one go, with the same needs as a ledger."""

    name: str
    read: Callable[..., Iterable[Figure]]
    needs: tuple[str, ...] = ()

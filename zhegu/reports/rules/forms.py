"""A form as data: a view over one ledger, never a table to fill."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zhegu.lib.tables import Column, Kind, Mask, PaperSize

GRANULARITIES = ("round", "period", "person")
"""A form is about one round, about the days from one to another, or about one person."""
FORMATS = ("xlsx", "pdf", "csv")
KEYS = {"id", "title", "granularity", "source", "needs", "formats", "paper", "signatures", "totals", "columns", "outer", "otherwise", "reach", "most_days"}
COLUMN_KEYS = {"field", "label", "type", "mask", "width", "group"}


class BadForm(ValueError):
    """A form file that cannot be used; says which form and what is wrong."""


@dataclass(frozen=True)
class Form:
    """One form of the catalogue: which ledger fills it, its columns, and how it stands on paper.

    `needs` names what must be known to fill it (a round); `masked` columns are hidden unless the
    reader says why they must be seen. `outer` gives the names upper offices' blanks have for our fields where
    they differ; `otherwise` the ledgers that fill what they can while the source has nothing yet; `reach` the
    days a blank is filled for: the day alone, or everything since the outbreak began; `most_days` how many it can tell
    of at once, where there is an end.
    """

    id: str
    title: str
    granularity: str
    source: str
    needs: tuple[str, ...]
    formats: tuple[str, ...]
    paper: PaperSize
    signatures: tuple[str, ...]
    totals: bool
    columns: tuple[Column, ...]
    outer: Mapping[str, str] = field(default_factory=dict)
    otherwise: tuple[str, ...] = ()
    reach: str = "day"
    most_days: int = 0

    @property
    def has_sensitive(self) -> bool:
        return any(column.mask is not Mask.OPEN for column in self.columns)


def form_from(raw: Mapping[str, Any]) -> Form:
    """The form described by a mapping as read from its file; raises BadForm naming the fault."""
    name = str(raw.get("id", "?"))
    _only(name, raw, KEYS)
    columns = tuple(_column(name, column) for column in _listed(name, raw, "columns"))
    fields = [column.field for column in columns]
    doubled = sorted({one for one in fields if fields.count(one) > 1})
    if doubled:
        raise BadForm(f"{name}: column twice: {', '.join(doubled)}")
    return Form(
        id=_text(name, raw, "id"),
        title=_text(name, raw, "title"),
        granularity=_one_of(name, raw, "granularity", GRANULARITIES),
        source=_text(name, raw, "source"),
        needs=tuple(raw.get("needs", ())),
        formats=_formats(name, raw),
        paper=PaperSize[_one_of(name, raw, "paper", tuple(PaperSize.__members__))],
        signatures=tuple(raw.get("signatures", ())),
        totals=_yes(name, raw, "totals"),
        columns=columns,
        outer=dict(raw.get("outer", {})),
        otherwise=tuple(raw.get("otherwise", ())),
        reach=_one_of(name, {"reach": "day", **raw}, "reach", ("day", "outbreak")),
        most_days=_days(name, raw.get("most_days", 0)),
    )


def _column(form: str, raw: Mapping[str, Any]) -> Column:
    name = _text(form, raw, "field")
    where = f"{form}.{name}"
    _only(where, raw, COLUMN_KEYS)
    kind = Kind(_one_of(where, raw, "type", tuple(Kind)))
    return Column(
        field=name,
        label=_text(where, raw, "label"),
        kind=kind,
        mask=Mask(_one_of(where, {"mask": "open", **raw}, "mask", tuple(Mask))),
        width=_width(where, raw.get("width", 0)),
        group=raw.get("group"),
    )


def _only(name: str, raw: Mapping[str, Any], known: set[str]) -> None:
    strange = sorted(set(raw) - known)
    if strange:
        raise BadForm(f"{name}: not known: {', '.join(strange)}")


def _text(name: str, raw: Mapping[str, Any], key: str) -> str:
    value = raw.get(key)
    if not isinstance(value, str) or not value:
        raise BadForm(f"{name}: {key} is missing")
    return value


def _yes(name: str, raw: Mapping[str, Any], key: str) -> bool:
    value = raw.get(key, False)
    if not isinstance(value, bool):
        raise BadForm(f"{name}: {key} is neither true nor false: {value}")
    return value


def _listed(name: str, raw: Mapping[str, Any], key: str) -> list[Any]:
    value = raw.get(key)
    if not isinstance(value, list) or not value:
        raise BadForm(f"{name}: {key} is missing")
    return value


def _one_of(name: str, raw: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> str:
    value = raw.get(key)
    if value not in allowed:
        raise BadForm(f"{name}: {key} is {value!r}, not one of {', '.join(allowed)}")
    return str(value)


def _formats(name: str, raw: Mapping[str, Any]) -> tuple[str, ...]:
    formats = tuple(_listed(name, raw, "formats"))
    strange = [one for one in formats if one not in FORMATS]
    if strange:
        raise BadForm(f"{name}: formats: not known: {', '.join(strange)}")
    return formats


def _width(name: str, value: Any) -> float:
    if not isinstance(value, int | float) or value < 0:
        raise BadForm(f"{name}: width is {value!r}")
    return float(value)


def _days(name: str, value: Any) -> int:
    if not isinstance(value, int) or value < 0:
        raise BadForm(f"{name}: most_days is {value!r}")
    return value

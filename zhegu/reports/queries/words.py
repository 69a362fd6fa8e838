"""What stands in for the placeholders of a Word form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from zhegu.lib import clock
from zhegu.lib.scope import Scope
from zhegu.lib.tables import shown
from zhegu.places.models import Place
from zhegu.reports.outside.word import LOOPED, Named, WordForm, placeholders_of
from zhegu.reports.queries.blanks import data_for, head_for
from zhegu.reports.rules.blanks.dictionary import HEAD, SURE
from zhegu.reports.rules.blanks.naming import Meant
from zhegu.reports.rules.blanks.placing import NUMBER_FIELD, Data


@dataclass
class WordValues:
    """Values by placeholder, the ledgers they came from (of the days from `since` on), and what stays empty."""

    since: date | None = None
    values: dict[str, Any] = field(default_factory=dict)
    known: dict[str, Data] = field(default_factory=dict)
    filled: list[Meant] = field(default_factory=list)
    unfilled: list[Meant] = field(default_factory=list)

    @property
    def figures(self) -> dict[str, Any]:
        """The figures that were written, by placeholder; nothing of a table of people."""
        found: dict[str, Any] = {}
        for one in self.filled:
            data = self.known.get(one.form)
            if data is None or any(column.mask != "open" for column in data.columns.values()):
                continue
            lines: Sequence[tuple[str, Mapping[str, Any]]] = [("", data.totals or {}), *((row.get("code", ""), row) for row in data.rows)]
            for code, row in lines:
                value = row.get(one.field or "")
                if isinstance(value, int | float) and not isinstance(value, bool):
                    found[f"{one.words} {code}".strip()] = {"form": one.form, "field": one.field, "value": value, "place": code}
        return found


def word_values(
    scope: Scope, community: Place, form: WordForm, as_of: datetime, compiler: str = "", lang: str = "zh",
    since: date | None = None,
) -> WordValues:
    """The values at that moment, of its day or of the days from `since` on; raises NotFound outside the scope."""
    head = head_for(scope, community, as_of, lang, compiler)
    made = WordValues(since=since)
    for named, one in placeholders_of(form):
        said = _value(scope, community, made, named, one, head, as_of, lang)
        (made.filled if said else made.unfilled).append(one)
    return made


def _value(
    scope: Scope, community: Place, made: WordValues, named: Named, one: Meant, head: Mapping[str, Any], as_of: datetime,
    lang: str,
) -> bool:
    """Puts the placeholder's value in; False where nothing is known for it."""
    if one.field is None or one.confidence < SURE:
        return False
    if one.form == HEAD:
        made.values[named.field] = _words(head.get(one.field))
        return head.get(one.field) is not None
    if one.form not in made.known:
        made.known[one.form] = data_for(scope, community, one.form, as_of, made.since)
    data = made.known[one.form]
    if one.field not in data.columns and one.field != NUMBER_FIELD:
        return False
    total = (data.totals or {}).get(one.field)
    if not named.form:
        made.values[named.field] = _shown(data, one.field, total, lang)
        return total is not None
    table = made.values.setdefault(named.form, {LOOPED: [{} for _ in data.rows]})
    table[named.field] = _shown(data, one.field, total, lang)
    for no, (line, row) in enumerate(zip(table[LOOPED], data.rows, strict=True), 1):
        line[named.field] = str(no) if one.field == NUMBER_FIELD else _shown(data, one.field, row.get(one.field), lang)
    return bool(data.rows) or total is not None


def _shown(data: Data, name: str, value: Any, lang: str) -> str:
    return shown(data.columns[name], value, lang, mask=False) if name in data.columns and value is not None else ""


def _words(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{clock.local(value):%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value or "")

"""The same table for a browser: plain markup that the office's style sheet dresses."""

from collections.abc import Iterable
from html import escape
from itertools import groupby

from zhegu.lib.tables.table import NUMERIC, Column, Table, say, shown_rows, shown_totals


def as_html(table: Table, lang: str = "zh", mask: bool = True) -> str:
    """One escaped `<table>`; numbers carry the class `n`, the totals stand in the foot."""
    parts = ['<table class="list">', f"<caption>{_caption(table, lang)}</caption>", "<thead>"]
    parts += _head(table, lang)
    parts.append("</thead><tbody>")
    parts += [_row(table.columns, cells, "td") for cells in shown_rows(table, lang, mask)]
    parts.append("</tbody>")
    totals = shown_totals(table, lang)
    if totals:
        parts.append(f"<tfoot>{_row(table.columns, totals, 'th')}</tfoot>")
    return "".join([*parts, "</table>"])


def _caption(table: Table, lang: str) -> str:
    words = escape(say(table.title, lang))
    if table.period is None:
        return words
    return f"{words} <small>{escape(say(table.period, lang))}</small>"


def _head(table: Table, lang: str) -> Iterable[str]:
    if not table.has_groups:
        yield "<tr>" + "".join(_heading(column, lang) for column in table.columns) + "</tr>"
        return
    upper, lower = [], []
    for group, columns in groupby(table.columns, key=lambda column: column.group):
        together = list(columns)
        if group is None:
            upper += [_heading(column, lang, ' rowspan="2"') for column in together]
            continue
        upper.append(f'<th scope="colgroup" colspan="{len(together)}">{escape(say(group, lang))}</th>')
        lower += [_heading(column, lang) for column in together]
    yield f"<tr>{''.join(upper)}</tr><tr>{''.join(lower)}</tr>"


def _heading(column: Column, lang: str, span: str = "") -> str:
    return f'<th scope="col"{_class(column)}{span}>{escape(say(column.label, lang))}</th>'


def _row(columns: tuple[Column, ...], cells: list[str], tag: str) -> str:
    made = (
        f"<{tag}{_class(column)}>{escape(cell)}</{tag}>" for column, cell in zip(columns, cells, strict=True)
    )
    return f"<tr>{''.join(made)}</tr>"


def _class(column: Column) -> str:
    return ' class="n"' if column.kind in NUMERIC else ""

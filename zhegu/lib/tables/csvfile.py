"""Comma-separated text that Excel and WPS open rightly and that cannot carry a formula."""

import csv
import io
from typing import Any

from zhegu.lib.tables.table import Table, say, shown_rows, shown_totals

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(table: Table, lang: str = "zh", mask: bool = True) -> bytes:
    """UTF-8 with a byte order mark; text that a spreadsheet would run is prefixed with an apostrophe.

    The prefix rule is OWASP's for CSV injection; plain negative numbers stay numbers.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([guarded(say(column.label, lang)) for column in table.columns])
    for cells in shown_rows(table, lang, mask):
        writer.writerow([guarded(cell) for cell in cells])
    totals = shown_totals(table, lang)
    if totals:
        writer.writerow([guarded(cell) for cell in totals])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def guarded(cell: Any) -> str:
    """The cell, made text where its first character would begin a formula."""
    words = str(cell)
    if words.startswith(FORMULA_STARTS) and not _is_number(words):
        return "'" + words
    return words


def _is_number(words: str) -> bool:
    """A short plain number such as -12.5; a phone beginning with + is not one."""
    return words[0] == "-" and words[1:].replace(".", "", 1).isdecimal()

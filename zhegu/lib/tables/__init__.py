"""One table for the screen, for print, for Excel and for CSV.

An app describes a list once, as `Table(columns, rows, title, …)`; every face shows the same cells.
"""

from zhegu.lib.tables.csvfile import as_csv
from zhegu.lib.tables.html import as_html
from zhegu.lib.tables.masks import Mask, masked
from zhegu.lib.tables.table import Column, Kind, Named, Phrase, Plain, Table, Words, day, say, shown, sum_of
from zhegu.lib.tables.workbook import PaperSize, Sheet, as_xlsx, plain_xlsx

__all__ = [
    "Column",
    "Kind",
    "Mask",
    "Named",
    "PaperSize",
    "Phrase",
    "Plain",
    "Sheet",
    "Table",
    "Words",
    "as_csv",
    "as_html",
    "as_xlsx",
    "day",
    "masked",
    "plain_xlsx",
    "say",
    "shown",
    "sum_of",
]

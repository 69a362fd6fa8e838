"""A filled form as a file people hand on: Excel set up for paper, PDF with seal and signatures, CSV."""

from datetime import datetime
from html import escape

from zhegu.lib.clock import local
from zhegu.lib.paper import Imprint, Page, print_table
from zhegu.lib.tables import Phrase, Plain, Sheet, Table, Words, as_csv, as_html, as_xlsx, plain_xlsx, say
from zhegu.reports.rules import Form

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
}
LAID_OUT_ROWS = 5000
"""Beyond this many rows nobody prints or signs the workbook; it is written plain and fast."""


def form_file(
    form: Form, table: Table, kind: str, imprint: Imprint, as_of: datetime, mask: bool = True
) -> bytes:
    """The filled form as bytes of that kind (xlsx, pdf, csv); sensitive columns masked unless told."""
    if kind == "pdf":
        page = Page(signatures=form.signatures, seal=True, notes=(true_at(as_of),))
        return print_table(table, imprint, page, mask)
    if kind == "csv":
        return as_csv(table, imprint.lang, mask)
    if len(list(table.rows)) > LAID_OUT_ROWS:
        return plain_xlsx(table, imprint.lang, mask, name=form.id)
    sheet = Sheet(
        form.id,
        form.paper,
        before=(Phrase.of("reports.compiled_for", office=imprint.office), true_at(as_of)),
        after=(*(_to_sign(words) for words in form.signatures), "paper.seal_here", _printed(imprint)),
    )
    return as_xlsx((table, sheet), lang=imprint.lang, mask=mask)


def true_at(as_of: datetime) -> Words:
    """"As it was known at": the moment all figures of a form belong to."""
    return Phrase.of("reports.true_at", at=f"{local(as_of):%Y-%m-%d %H:%M}")


def _to_sign(words: str) -> Words:
    return Phrase.of("reports.to_sign", who=Phrase(words))


def _printed(imprint: Imprint) -> Words:
    return Phrase.of("paper.printed", at=f"{local(imprint.at):%Y-%m-%d %H:%M}", by=Plain(imprint.by))


def history_file(table: Table, kind: str, imprint: Imprint) -> bytes:
    """A time-line as bytes: xlsx, pdf or a whole html page."""
    if kind == "pdf":
        return print_table(table, imprint)
    if kind == "html":
        return _html_page(table, imprint.lang)
    if len(list(table.rows)) > LAID_OUT_ROWS:
        return plain_xlsx(table, imprint.lang)
    return as_xlsx((table, Sheet(before=(_printed(imprint),))), lang=imprint.lang)


def _html_page(table: Table, lang: str) -> bytes:
    title = escape(say(table.title, lang))
    head = f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head>'
    return f"{head}<body>{as_html(table, lang)}</body></html>".encode()

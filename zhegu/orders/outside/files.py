"""A sign-up in a file: chat text, or a group-buy export."""

from pathlib import Path

from zhegu.lib.sheets import limits
from zhegu.lib.sheets.workbook import OLE, UnreadableWorkbook, read_workbook
from zhegu.orders.outside import pasted
from zhegu.orders.outside.pasted import Unreadable
from zhegu.orders.rules.export import read_export
from zhegu.orders.rules.reading import read_text
from zhegu.orders.rules.signup import SignUp

ZIP = b"PK\x03\x04"
ROWS = 20_000
"""Of a sheet: one community's orders of a day have hundreds."""


def read_file(path: Path) -> SignUp:
    """The sign-up in the file. Raises Unreadable."""
    try:
        if path.stat().st_size > limits.FILE_BYTES:
            raise Unreadable(limits.TOO_LARGE, limits.shown())
        return read_bytes(path.read_bytes(), path.name)
    except OSError as missing:
        raise Unreadable("orders.signup_missing") from missing


def read_bytes(content: bytes, name: str) -> SignUp:
    """As `read_file`, from the file's bytes."""
    if content[:4] != ZIP and content[:8] != OLE:
        return read_text(pasted.lines_of(content))
    try:
        sheets = read_workbook(content, name)
    except UnreadableWorkbook as no:
        raise Unreadable(no.reason, no.values) from no
    if any(len(sheet.cells) > ROWS for sheet in sheets):
        raise Unreadable(limits.TOO_LARGE, limits.shown())
    found = read_export(sheets)
    if found is None:
        raise Unreadable("orders.signup_no_orders")
    return found

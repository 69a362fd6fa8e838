"""Workbooks that mean harm, or are broken: refused with a sentence, quickly, before anything large is opened."""

import io
import zipfile
from collections.abc import Callable

import pytest

from zhegu.lib.tables import Column
from zhegu.lib.texts import has_text
from zhegu.reports.outside.blanks import BlankForm, fill, open_blank
from zhegu.reports.outside.xlsx import Broken
from zhegu.reports.rules.blanks.placing import Data, place
from zhegu.reports.tests.blanks.drawing import drawn, forms

SHEET = "xl/worksheets/sheet1.xml"
TYPES = "[Content_Types].xml"


def blank() -> bytes:
    return drawn(forms()[0], 1).content


def changed(part: str, change: Callable[[bytes], bytes], more: dict[str, bytes] | None = None) -> bytes:
    """The blank with one part changed and others added."""
    out = io.BytesIO()
    old = zipfile.ZipFile(io.BytesIO(blank()))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def same(content: bytes) -> bytes:
    return content


def many_parts() -> bytes:
    return changed(TYPES, same, {f"xl/media/{no}.bin": b"" for no in range(2100)})


HOSTILE = {
    "a bomb of noughts": lambda: changed(SHEET, lambda _: b"<worksheet>" + b"0" * (80 * 2**20)),
    "a bomb beside the sheets": lambda: changed(TYPES, same, {"xl/media/big.bin": b"\0" * (70 * 2**20)}),
    "thousands of parts": many_parts,
    "macros": lambda: changed(TYPES, lambda was: was.replace(b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>')),
    "a macro workbook": lambda: changed(TYPES, lambda was: was.replace(b"openxmlformats-officedocument.spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml")),
    "a link that starts a program": lambda: changed(TYPES, same, {"xl/externalLinks/externalLink1.xml": b"<externalLink><ddeLink ddeService='cmd' ddeTopic='/c calc'/></externalLink>"}),
    "entities": lambda: changed(SHEET, lambda was: was.replace(b"<worksheet", b'<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet', 1)),
    "a file of the disk": lambda: changed("xl/workbook.xml", lambda was: was.replace(b"<workbook", b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook', 1)),
    "cells out of order": lambda: changed(SHEET, lambda was: was.replace(b'r="A2"', b'r="ZZZZ99999999"', 1).replace(b'r="B2"', b'r="A1"', 1)),
    "half a sheet": lambda: changed(SHEET, lambda was: was[: len(was) // 2]),
    "no sheet at all": lambda: changed(SHEET, lambda _: b""),
    "half a file": lambda: blank()[:2000],
    "another kind of document": lambda: changed(TYPES, lambda was: was.replace(b"spreadsheetml.sheet.main", b"wordprocessingml.document.main")),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_refused_with_a_sentence(kind):
    content = HOSTILE[kind]()
    with pytest.raises(Broken) as refused:
        open_blank(content)
    assert has_text(refused.value.reason)


def test_a_formula_in_the_data_is_written_as_text():
    form = open_blank(drawn(forms()[0], 1).content)
    evil = '=HYPERLINK("http://example.invalid","x")<&\x00'

    def placing(part, reading):
        return place(part.blank, reading, Data({"grid": Column("grid", "")}, ({"grid": evil},)), {}, part.shows)

    again = open_blank(_filled(form, placing))
    cells = [cell for cell in again.parts[0].blank.cells.values() if cell.text.startswith("=")]
    assert [cell.formula for cell in cells] == [""] and cells[0].text == evil.replace("\x00", "")


def _filled(form: BlankForm, placing) -> bytes:
    content, _ = fill(form, placing)
    return content

"""Merged ranges of OpenDocument sheets, which the workbook reader does not tell."""

import io
import zipfile

from lxml import etree

from zhegu.lib.sheets.cells import Range

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def merged_ranges(content: bytes) -> dict[str, list[Range]]:
    """Sheet name → its merged ranges; {} for any other kind of file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "content.xml" not in archive.namelist():
            return {}
        with archive.open("content.xml") as part:
            return _read(part)


def _read(part: io.BufferedIOBase | zipfile.ZipExtFile) -> dict[str, list[Range]]:
    found: dict[str, list[Range]] = {}
    name, row = "", 0
    events = etree.iterparse(part, events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False)
    for event, element in events:
        if element.tag == _TABLE + "table" and event == "start":
            name, row = element.get(_TABLE + "name", ""), 0
            found[name] = []
        elif element.tag == _TABLE + "table-row" and event == "end":
            found[name] += _ranges(element, row)
            row += int(element.get(_TABLE + "number-rows-repeated", "1"))
            element.clear()
    return found


def _ranges(row_element: etree._Element, row: int) -> list[Range]:
    found, column = [], 0
    for cell in row_element:
        down = int(cell.get(_TABLE + "number-rows-spanned", "1"))
        across = int(cell.get(_TABLE + "number-columns-spanned", "1"))
        if down > 1 or across > 1:
            found.append(((row, column), (row + down - 1, column + across - 1)))
        column += int(cell.get(_TABLE + "number-columns-repeated", "1"))
    return found

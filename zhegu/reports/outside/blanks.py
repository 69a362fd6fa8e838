"""An upper office's blank form from its bytes: what it asks for, and the same bytes with the answers in it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from zhegu.reports.outside.headers import dictionary
from zhegu.reports.outside.xlsx import Package, Part, open_package, patched, read_sheets
from zhegu.reports.outside.xlsx.counting import results
from zhegu.reports.outside.xlsx.patching import asking_to_count
from zhegu.reports.outside.xlsx.reading import workbook_part
from zhegu.reports.rules.blanks.confirming import Known, settled, sheet_key
from zhegu.reports.rules.blanks.placing import Placed, Write
from zhegu.reports.rules.blanks.proposals import Reading, parted, read


@dataclass(frozen=True)
class BlankForm:
    """A blank form as sent: its package, its sheets, and how each table of them is understood.

    A sheet with several tables is several pieces; hidden sheets are left alone.
    """

    package: Package
    parts: tuple[Part, ...]
    pieces: tuple[Part, ...]
    readings: tuple[Reading, ...]

    def visible(self) -> list[tuple[Part, Reading]]:
        return list(zip(self.pieces, self.readings, strict=True))


def open_blank(content: bytes) -> BlankForm:
    """The form of these bytes; raises Broken where they are no usable workbook."""
    package = open_package(content)
    parts = tuple(read_sheets(package))
    shown = [part for part in parts if not part.blank.hidden]
    pieces = tuple(replace(part, blank=one) for part in shown for one in parted(part.blank, dictionary()))
    return BlankForm(package, parts, pieces, tuple(read(piece.blank, dictionary()) for piece in pieces))


def understood(form: BlankForm, known: Known) -> BlankForm:
    """The form with what people of the community said its headers mean."""
    readings = []
    for part, first in form.visible():
        said = known.get(sheet_key(first), "")
        reading = read(part.blank, dictionary(), said) if said and said != first.form else first
        readings.append(settled(reading, known))
    return replace(form, readings=tuple(readings))


def fill(
    form: BlankForm, placing: Callable[[Part, Reading], Placed]
) -> tuple[bytes, list[tuple[Reading, Placed]]]:
    """The form's bytes with what `placing` says for each piece; every untouched part stays byte for byte."""
    placed = [(part, reading, placing(part, reading)) for part, reading in form.visible()]
    filled: dict[str, list[Write]] = {}
    for part, _, one in placed:
        if one.writes:
            filled.setdefault(part.path, []).extend(one.writes)
    changed = {}
    if filled:
        counted, recount = results(form.parts, filled)
        for part in form.parts:
            if part.path in filled:
                changed[part.path] = patched(part, filled[part.path], counted.get(part.path, ()))
        if recount:
            book = workbook_part(form.package)
            changed[book] = asking_to_count(form.package.read(book))
    return form.package.with_parts(changed), [(reading, one) for _, reading, one in placed]

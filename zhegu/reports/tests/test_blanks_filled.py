"""Drawn blank forms, filled: every other byte stays, formulas are right, and what does not fit is said."""

import io
import os
import re
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.reports import actions
from zhegu.reports.outside.blanks import open_blank
from zhegu.reports.tests.blanks.drawing import drawn, forms
from zhegu.sampling.tests.make import Day

pytestmark = pytest.mark.django_db

SEED = int(os.environ["ZHEGU_SEED"])
OF_GRIDS = [
    form for form in forms()
    if "=due" in str(form) and "=residents" in str(form) and "=grid" in str(form) and form.get("rows", 0) > 1
]  # fmt: skip
ALWAYS_COUNTING = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""


@pytest.fixture
def day() -> Day:
    made = Day().open()
    made.take(made.people[0])
    return made


def fill(day: Day, content: bytes):
    now = clock.now()
    return actions.fill_blank(day.scope, day.community, open_blank(content), actions.Filling("t"), as_of=now, at=now, ref=new_id())


def around_the_cells(sheet: bytes) -> tuple[bytes, bytes]:
    """A sheet's bytes before and after its cells, without the range it says it uses."""
    before, _, rest = sheet.partition(b"<sheetData")
    return re.sub(rb"<dimension[^>]*>", b"", before), rest.rpartition(b"</sheetData>")[2]


def test_only_blank_cells_of_the_sheet_change(day):
    for form in forms():
        before = drawn(form, SEED).content
        only_blanks_differ(before, fill(day, before).content)


def only_blanks_differ(before: bytes, after: bytes) -> None:
    old, new = zipfile.ZipFile(io.BytesIO(before)), zipfile.ZipFile(io.BytesIO(after))
    assert new.namelist() == old.namelist()
    changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    assert around_the_cells(old.read("xl/worksheets/sheet1.xml")) == around_the_cells(new.read("xl/worksheets/sheet1.xml"))
    was, now = (openpyxl.load_workbook(io.BytesIO(content)).worksheets[0] for content in (before, after))
    for row in was.iter_rows():
        for cell in row:
            assert cell.value is None or now[cell.coordinate].value == cell.value
            assert now[cell.coordinate].style_id == cell.style_id


def test_every_grid_has_its_row_and_its_figures(day):
    for form in OF_GRIDS:
        made = drawn(form, SEED)
        sheet = openpyxl.load_workbook(io.BytesIO(fill(day, made.content).content), data_only=True).worksheets[0]
        columns = {name: re.sub(r"\d", "", cell) for cell, name in made.expected.fields.items()}
        rows = range(made.expected.first, made.expected.first + 3)
        assert [sheet[f"{columns['due']}{row}"].value for row in rows] == [2, 2, 2]
        assert sorted(sheet[f"{columns['sampled']}{row}"].value for row in rows) == [0, 0, 1]


def test_a_moment_of_yesterday_gives_yesterdays_figures(day):
    made = drawn(OF_GRIDS[0], SEED)
    before = clock.now()
    day.take(day.people[2])
    columns = {name: re.sub(r"\d", "", cell) for cell, name in made.expected.fields.items()}

    def sampled(as_of) -> int:
        done = actions.fill_blank(
            day.scope, day.community, open_blank(made.content), actions.Filling("t"), as_of=as_of, at=clock.now(),
            ref=new_id(),
        )
        sheet = openpyxl.load_workbook(io.BytesIO(done.content), data_only=True).worksheets[0]
        return sum(sheet[f"{columns['sampled']}{made.expected.first + row}"].value for row in range(3))

    assert (sampled(before), sampled(clock.now())) == (1, 2)


def test_a_ledger_longer_than_its_table_is_told_and_the_table_left_alone(day):
    for form in OF_GRIDS:
        made = drawn(form, SEED, rows=2)
        done = fill(day, made.content)
        assert not done.fits
        facts = [problem.facts for _, one in done.placed for problem in one.problems]
        assert facts == [{"there": 2, "needed": len(day.community.inside.filter(kind="grid"))}]


def test_libreoffice_opens_every_filled_form_and_counts_as_we_did(day, tmp_path):
    made = [drawn(form, SEED) for form in OF_GRIDS]
    for place, one in enumerate(made):
        (tmp_path / f"{place}.xlsx").write_bytes(fill(day, one.content).content)
    _opened_and_saved(tmp_path)
    for place, one in enumerate(made):
        ours, theirs = (
            openpyxl.load_workbook(tmp_path / folder / f"{place}.xlsx", data_only=True).worksheets[0]
            for folder in ("", "out")
        )
        formulas = openpyxl.load_workbook(io.BytesIO(one.content)).worksheets[0]
        for row in formulas.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert ours[cell.coordinate].value == pytest.approx(theirs[cell.coordinate].value), cell.coordinate


def _opened_and_saved(folder: Path) -> None:
    """Every workbook of the folder through LibreOffice, which counts all formulas anew, into `out`."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(ALWAYS_COUNTING, encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx"]
    files = [str(path) for path in sorted(folder.glob("*.xlsx"))]
    subprocess.run([*command, "--outdir", str(folder / "out"), *files], check=True, capture_output=True, timeout=180)
    assert len(list((folder / "out").glob("*.xlsx"))) == len(files)

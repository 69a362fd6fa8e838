"""Real files: every format is read alike; hostile ones are refused quickly and cheaply."""

import io
import json
import os
import subprocess
import sys
import zipfile

import pytest

from zhegu.lib.sheets import limits
from zhegu.lib.sheets.cells import Sheet
from zhegu.lib.sheets.workbook import UnreadableWorkbook, open_workbook, read_workbook
from zhegu.registers.rules.book import read_book
from zhegu.registers.tests.files import as_ods, as_xls, as_xlsx
from zhegu.registers.tests.layouts import LAYOUTS
from zhegu.registers.tests.rosters import Village

FORMATS = {"xlsx": as_xlsx, "xls": as_xls, "ods": as_ods}


def told(reading):
    return (
        reading.rows, len(reading.people), len(reading.households), reading.by_grid(),
        sorted((s.sheet, s.row, s.column, s.reason) for s in (*reading.warnings, *reading.rejected)),
        [[(s.sheet, s.row) for s in spots] for spots in reading.duplicates],
    )  # fmt: skip


@pytest.mark.parametrize("layout", ["one_sheet", "two_levels", "sheet_per_grid", "by_household"])
@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_reads_alike(kind, layout):
    for seed in (4, 5):
        sheets, truth = LAYOUTS[layout](Village(seed, families=25))
        reading = read_book(read_workbook(FORMATS[kind](sheets), f"book.{kind}"), f"book.{kind}")
        assert told(reading) == told(read_book(sheets, f"book.{kind}"))
        assert (reading.rows, len(reading.people)) == (truth.rows, truth.people)


def test_a_workbook_with_the_wrong_ending_is_read_all_the_same():
    content = as_xlsx([Sheet("Sheet1", [["姓名", "电话"], ["扎西", "13900000000"]])])
    assert read_workbook(content, "book.xls")[0].cells[1][0] == "扎西"


def test_hidden_sheets_are_left_out():
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["姓名"])
    book.create_sheet("旧名单").sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert [sheet.name for sheet in read_workbook(out.getvalue(), "book.xlsx")] == ["Sheet"]


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def bomb():
    return zipped(xl__worksheets__sheet1_dot_xml=bytes(limits.INFLATED_BYTES + 1))


def lying_bomb():
    """The archive says the part is small; it is not."""
    content = bytearray(bomb())
    small = (1000).to_bytes(4, "little")
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(mark)
        content[at + offset : at + offset + 4] = small
    return bytes(content)


def a_million_rows():
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 1_000_001))
    return zipped(xl__worksheets__sheet1_dot_xml=b"<sheetData>" + rows + b"</sheetData>")


def a_far_cell(place=b"XFD1048576"):
    row = place.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return zipped(xl__worksheets__sheet1_dot_xml=b'<row r="%s"><c r="%s"><v>1</v></c></row>' % (row, place))


def many_parts():
    return zipped(**{f"part{n}": b"" for n in range(3000)})


@pytest.mark.parametrize("make", [bomb, lying_bomb, a_million_rows, a_far_cell, many_parts], ids=lambda f: f.__name__)
def test_a_hostile_file_is_refused_within_five_seconds_and_300_mb(make, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(make())
    words = "import resource,sys;from pathlib import Path;from zhegu.lib.sheets.workbook import *\n"
    words += f"try: open_workbook(Path({str(path)!r}))\n"
    words += "except UnreadableWorkbook as no: print(no.reason)\n"
    words += "use=resource.getrusage(resource.RUSAGE_SELF);peak=open('/proc/self/status').read().split('VmHWM:')[1].split()[0]\n"
    words += "print(int(peak)//1024,use.ru_utime+use.ru_stime)"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True, env=os.environ)
    reason, used = done.stdout.split("\n")[:2]
    megabytes, seconds = map(float, used.split())
    assert reason == limits.TOO_LARGE and megabytes < 300 and seconds < 5


def with_content(xml):
    """An OpenDocument workbook with this content."""
    content, out = as_ods([Sheet("Sheet1", [["姓名", "电话"], ["扎西", "13900000000"]])]), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            said = old.read(part).decode()
            new.writestr(part.filename, xml(said) if part.filename == "content.xml" else said)
    return out.getvalue()


def test_billion_laughs_never_laugh():
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>'
    laughing = with_content(lambda xml: xml.replace("?>", f"?>{declared}", 1).replace("扎西", "&l9;"))
    try:
        sheets = read_workbook(laughing, "x.ods")
    except UnreadableWorkbook:
        return
    assert len(str(sheets[0].cells)) < 10_000


def test_an_old_workbook_whose_last_cell_is_far_away_is_refused():
    import xlwt

    book = xlwt.Workbook()
    for name in range(40):
        book.add_sheet(str(name)).write(65535, 255, 1)
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(UnreadableWorkbook) as no:
        read_workbook(out.getvalue(), "x.xls")
    assert no.value.reason == limits.TOO_LARGE


@pytest.mark.parametrize("content", [b"", b"hello", b"<html></html>", b"PK\x03\x04junk", b"PK\x05\x06" + bytes(18),
                                     b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)])  # fmt: skip
def test_what_is_no_workbook_says_so(content):
    with pytest.raises(UnreadableWorkbook) as no:
        read_workbook(content, "x.xlsx")
    assert no.value.reason == "tables.not_a_workbook" and no.value.name == "x.xlsx"


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(UnreadableWorkbook) as no:
        open_workbook(tmp_path / "none.xlsx")
    assert no.value.reason == "tables.file_missing"


def zhegu(data, *words):
    env = os.environ | {"ZHEGU_DATA": str(data)}
    env.pop("ZHEGU_DATABASE", None)
    return subprocess.run([sys.executable, "-m", "zhegu", *words], capture_output=True, text=True, env=env, check=False)


def test_the_command_imports_into_an_empty_folder_and_prints_one_object(tmp_path):
    sheets, truth = LAYOUTS["one_sheet"](Village(11))
    book = tmp_path / "花名册.xlsx"
    book.write_bytes(as_xlsx(sheets))
    words = ["people", "import", str(book), "--community", "540526101001", "--json"]
    for turn, (new, unchanged) in enumerate([(truth.people, 0), (truth.people, 0), (0, truth.people)]):
        done = zhegu(tmp_path / "data", *words, *(["--dry-run"] if turn == 0 else []))
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert (found["people"], found["households"]) == (truth.people, truth.households)
        assert (found["new"], found["unchanged"], found["changed"], found["missing"]) == (new, unchanged, 0, 0)
        assert {(w["sheet"], w["row"], w["column"], w["reason"]) for w in found["warnings"]} == set(truth.places)
        assert "workbook" not in json.dumps(found["warnings"])


def test_several_workbooks_name_their_places(tmp_path):
    paths = []
    for name, layout, seed in (("常住.xlsx", "one_sheet", 12), ("外来人员.xlsx", "ledger", 13)):
        paths.append(tmp_path / name)
        paths[-1].write_bytes(as_xlsx(LAYOUTS[layout](Village(seed))[0]))
    done = zhegu(tmp_path / "data", "people", "import", *map(str, paths), "--community", "540526101001", "--json", "--dry-run")
    found = json.loads(done.stdout)
    assert {w["workbook"] for w in found["warnings"]} == {"常住.xlsx", "外来人员.xlsx"}


def test_the_command_says_what_is_wrong_and_ends_with_2(tmp_path):
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"hello")
    done = zhegu(tmp_path / "data", "people", "import", str(bad), "--community", "540526101001")
    assert done.returncode == 2 and "bad.xlsx" in done.stderr and "没有写入任何内容" in done.stderr
    done = zhegu(tmp_path / "data", "people", "import", str(bad), "--community", "12")
    assert done.returncode == 2 and "社区代码" in done.stderr


def test_an_open_document_that_repeats_a_cell_a_billion_times_is_refused():
    def repeated(xml):
        xml = xml.replace("<table:table-row>", '<table:table-row table:number-rows-repeated="1000000">')
        return xml.replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="1000" ')

    with pytest.raises(UnreadableWorkbook):
        read_workbook(with_content(repeated), "x.ods")

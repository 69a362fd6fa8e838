"""Writes a workbook line by line and keeps, beside it, what an importer should make of it.

Everything about the people is invented: names from a small stock, ids with the area code of a
county that has been renamed, mobile numbers in a segment nobody hands out.
"""

import html
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
TIBETAN = str.maketrans("0123456789", "༠༡༢༣༤༥༦༧༨༩")
NAMES = ["扎西多吉", "次仁卓玛", "索朗坚参", "丹增平措", "尼玛达瓦", "边巴次仁", "格桑央金", "洛桑旺堆", "白玛曲珍", "强巴罗布", "德吉措姆", "贡觉桑布", "王建国", "李秀英", "普布顿珠", "仓决拉姆", "旦增曲扎", "米玛仓决"]


def check(body: str) -> str:
    return "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def card(birth: str, n: int = 1, area: str = "542227") -> str:
    body = f"{area}{birth}{n:03d}"
    return body + check(body)


def wrong(birth: str, n: int = 1) -> str:
    good = card(birth, n)
    return good[:-1] + ("0" if good[-1] != "0" else "1")


def tel(n: int) -> str:
    return f"166{n:08d}"


def name(n: int) -> str:
    return NAMES[n % len(NAMES)]


@dataclass
class Book:
    wb: Any = field(default_factory=openpyxl.Workbook)
    rows: int = 0
    people: int = 0
    houses: int = 0
    grids: Counter = field(default_factory=Counter)
    warnings: list = field(default_factory=list)
    rejected: list = field(default_factory=list)
    seen: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)  # what a formula had come to when it was saved

    def sheet(self, title: str) -> "Page":
        first = len(self.wb.worksheets) == 1 and self.wb.active.max_row == 1
        ws = self.wb.active if first and self.wb.active["A1"].value is None else None
        ws = ws or self.wb.create_sheet()
        ws.title = title
        return Page(self, ws)

    def save(self, path: Path) -> None:
        self.wb.save(path)
        if not self.values:
            return
        with zipfile.ZipFile(path) as old:
            parts = {each.filename: old.read(each) for each in old.infolist()}

        def known(found: re.Match) -> str:
            value = self.values.get("=" + html.unescape(found[2]))
            if value is None:
                return found[0]
            kind = ' t="str"' if isinstance(value, str) else ""
            return f"<c{found[1]}{kind}><f>{found[2]}</f><v>{value}</v></c>"

        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
            for part, body in parts.items():
                if part.startswith("xl/worksheets/"):
                    text = body.decode()
                    form = r"<c([^>]*)><f>([^<]*)</f><v ?/?>(?:</v>)?</c>"
                    body = re.sub(form, known, text).encode()
                new.writestr(part, body)

    def crowd(self) -> "Book":
        """The same register two columns to the right, with remarks below, a cover before and contacts behind."""
        for ws in self.wb.worksheets:
            merged = list(ws.merged_cells.ranges)
            for each in merged:
                ws.unmerge_cells(str(each))
            ws.insert_cols(1, 2)
            for each in merged:
                each.shift(col_shift=2)
                ws.merge_cells(str(each))
            ws.cell(ws.max_row + 1, 3, "注：1.外出人员请注明去向；2.本表一式两份。")
            ws.cell(ws.max_row + 2, 4, "填表人：")
        cover = self.wb.create_sheet("封面", 0)
        cover["B3"], cover["B6"], cover["C6"] = "人口登记册", "联系人：德吉", f"联系电话：{tel(999)}"
        contacts = self.wb.create_sheet("网格员名单")
        contacts.append(["网格", "网格员", "联系电话"])
        for no in range(1, 5):
            contacts.append([f"第{no}网格", name(no), tel(990 + no)])
        return self

    def truth(self) -> dict:
        return {
            "rows": self.rows,
            "people": self.people,
            "households": self.houses,
            "by_grid": {k: v for k, v in sorted(self.grids.items()) if k},
            "without_grid": self.grids[""],
            "warnings": sorted(self.warnings),
            "rejected": sorted(self.rejected),
            "duplicates": sorted(v for v in self.seen.values() if len(v) > 1),
        }


@dataclass
class Page:
    book: Book
    ws: Any
    at: int = 0

    def put(self, *cells: Any, across: int = 0) -> int:
        """A row nobody stands in: a title, a header, a total, a blank."""
        self.at += 1
        for column, value in enumerate(cells, 1):
            if value is not None:
                self.ws.cell(self.at, column, value)
        if across:
            self.ws.merge_cells(
                start_row=self.at, end_row=self.at, start_column=1, end_column=across
            )
        return self.at

    def join(self, *ranges: str) -> None:
        for each in ranges:
            self.ws.merge_cells(each)

    def line(
        self, *cells: Any, grid: Any = "", n: int = 1, h: int = 0, same: str = "", **more: Any
    ) -> int:
        """A row that counts: `n` people of one grid, `h` households that begin in it, `w` its
        warnings {column: reason}, `no` the column that has it refused, `same` a full number
        that stands in other rows too."""
        row, where = self.put(*cells), self.ws.title
        self.book.rows += 1
        self.book.houses += h
        for column, reason in more.get("w", {}).items():
            self.book.warnings.append((where, row, column, reason))
        if "no" in more:
            self.book.rejected.append((where, row, more["no"], "name_missing"))
            return row
        places = self.book.seen.setdefault(same or f"{where}{row}", [])
        places.append((where, row))
        if len(places) == 1:
            self.book.people += n
            self.book.grids[str(grid)] += n
        return row

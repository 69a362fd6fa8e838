"""Draws blank forms as upper offices do: titles, head lines, header bands, blanks, totals, feet, and what they decorate with."""

import io
import random
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc00000000301010018dd8db00000000049454e44ae426082"
)
MADE = datetime(2026, 1, 1)
NUMBERS = ("households", "residents", "incomers", "due", "sampled", "tubes", "not_sampled", "new", "total", "current")


@dataclass
class Expected:
    """What a drawn form means: fields by their cell, the rows of blanks, how it is laid out."""

    fields: dict[str, str] = field(default_factory=dict)
    nothing: set[str] = field(default_factory=set)
    first: int = 0
    last: int = 0
    orientation: str = "rows"
    computed: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Drawn:
    """A blank form's bytes with what it means."""

    name: str
    content: bytes
    expected: Expected


def forms() -> list[dict[str, Any]]:
    """The forms of `forms.yaml`."""
    return yaml.safe_load((Path(__file__).parent / "forms.yaml").read_text(encoding="utf-8"))


def drawn(form: dict[str, Any], seed: int, rows: int | None = None) -> Drawn:
    """The form with decorations of that seed."""
    return _Drawing(form, random.Random(seed), rows).all()


def _split(said: str) -> tuple[str, str]:
    words, _, name = said.rpartition("=")
    return words, name


class _Drawing:
    def __init__(self, form: dict[str, Any], chance: random.Random, rows: int | None) -> None:
        self.form, self.chance = form, chance
        self.rows = rows if rows is not None else form.get("rows", 0)
        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.out, {"in_memory": True})
        self.book.set_properties({"created": MADE})
        self.expected = Expected()
        self.edge = self.book.add_format({"border": 1, "align": "center", "text_wrap": True})
        self.bold = self.book.add_format({"bold": True, "align": "center", "font_size": 16})
        self.plain = self.book.add_format({})
        self.share = self.book.add_format({"border": 1, "num_format": "0.0%"})
        self.skip = chance.choice((0, 0, 1))
        self.printed = chance.random() < 0.5
        self.at = chance.choice((0, 0, 1))
        """First row and column of the drawing."""

    def all(self) -> Drawn:
        self.sheet = self.book.add_worksheet(self.chance.choice(("Sheet1", "统计表", "表1")))
        width = self._width()
        title = self.form["title"]
        if width > 2:
            self.sheet.merge_range(self.at, self.skip, self.at, self.skip + width - 1, title, self.bold)
        else:
            self.sheet.write(self.at, self.skip, title, self.bold)
        self.at += 1
        self._labels(self.form.get("head", []), width)
        self._body(width)
        self._labels(self.form.get("foot", []), width)
        if self.chance.random() < 0.5:
            self.sheet.write(self.at, self.skip, "注\uff1a1.本表于每日17\uff1a00前报送\uff1b2.采样率=实采÷应采。")
        self._decorate(width)
        self.book.close()
        return Drawn(self.form["name"], self.out.getvalue(), self.expected)

    def _width(self) -> int:
        if "columns" in self.form:
            return len(list(_leaves(self.form["columns"])))
        if "down" in self.form:
            across = self.form["across"]
            return 2 + (across if isinstance(across, int) else len(across)) + bool(self.form.get("sum"))
        return 4

    def _labels(self, said: list[str], width: int) -> None:
        """Labels of head or foot in one row: each with its blank to the right, or a cell with a colon."""
        if not said:
            return
        step = max(2, width // len(said))
        for place, one in enumerate(said):
            words, name = _split(one)
            column = self.skip + place * step
            self.sheet.write(self.at, column, words + "\uff1a", self.plain)
            if step > 2 and self.chance.random() < 0.4:
                self.sheet.merge_range(self.at, column + 1, self.at, column + 2, "", self.plain)
            else:
                self.sheet.write_blank(self.at, column + 1, None, self.edge)
            self._means(self.at, column, name)
        self.at += 1

    def _means(self, row: int, column: int, name: str) -> None:
        cell = xl_rowcol_to_cell(row, column)
        if name:
            self.expected.fields[cell] = name
        else:
            self.expected.nothing.add(cell)

    def _body(self, width: int) -> None:
        if "columns" in self.form:
            self._band(self.form["columns"])
            self._table(width)
        elif "down" in self.form:
            self._down()
        elif "list" in self.form:
            self._list()
        else:
            self._cells()

    # --- a header band over rows of blanks

    def _band(self, columns: list[Any]) -> None:
        depth = _depth(columns)
        self.names: list[str] = []
        self._heads(columns, self.at, self.skip, depth)
        self.at += depth
        if self.form.get("numbers"):
            for place in range(len(self.names)):
                self.sheet.write(self.at, self.skip + place, place + 1, self.edge)
            self.at += 1

    def _heads(self, columns: list[Any], row: int, column: int, depth: int) -> int:
        for one in columns:
            if isinstance(one, dict):
                ((group, inner),) = one.items()
                wide = len(list(_leaves(inner)))
                self._box(row, column, row, column + wide - 1, group)
                self._heads(inner, row + 1, column, depth - 1)
                column += wide
            else:
                words, name = _split(one)
                self._box(row, column, row + depth - 1, column, self._spread(words))
                self._means(row, column, name)
                self.names.append(name)
                column += 1
        return column

    def _spread(self, words: str) -> str:
        if len(words) == 2 and re.match(r"[\u4e00-\u9fff]{2}$", words) and self.chance.random() < 0.3:
            return self.chance.choice((" ", "  ", "\u3000", "\n")).join(words)
        if len(words) > 4 and "(" not in words and re.match(r"[\u4e00-\u9fff]+$", words) and self.chance.random() < 0.3:
            return words[:2] + "\n" + words[2:]
        return words.replace("(", "\uff08").replace(")", "\uff09") if self.chance.random() < 0.5 else words

    def _box(self, top: int, left: int, bottom: int, right: int, words: str) -> None:
        if (top, left) == (bottom, right):
            self.sheet.write(top, left, words, self.edge)
        else:
            self.sheet.merge_range(top, left, bottom, right, words, self.edge)

    def _table(self, width: int) -> None:
        total = self.form.get("total")
        if total == "above":
            self._total(self.at, self.at + 1, self.at + self.rows)
            self.at += 1
        first = self.at
        self.expected.first, self.expected.last = first + 1, first + self.rows
        for place in range(self.rows):
            for column in range(width):
                self.sheet.write_blank(first + place, self.skip + column, None, self.edge)
            if "places" in self.form:
                self.sheet.write(first + place, self.skip + self.names.index("grid"), self.form["places"][place], self.edge)
            if "no" in self.names and self.printed:
                self.sheet.write(first + place, self.skip + self.names.index("no"), place + 1, self.edge)
            self._counted(first + place)
        self.at += self.rows
        if total == "below":
            self._total(self.at, first, self.at - 1)
            self.at += 1

    def _counted(self, row: int) -> None:
        def cell(name: str) -> str:
            return xl_rowcol_to_cell(row, self.skip + self.names.index(name))

        if {"rate", "due", "sampled"} <= set(self.names):
            formula = f"=IF({cell('due')}=0,0,{cell('sampled')}/{cell('due')})"
            self.sheet.write_formula(row, self.skip + self.names.index("rate"), formula, self.share, 0)
            self.expected.computed.add("rate")

    def _total(self, row: int, first: int, last: int) -> None:
        words = self.form.get("sum") or self.chance.choice(("合计", "合  计", "总计"))
        self.sheet.write(row, self.skip, words, self.edge)
        for place, name in enumerate(self.names):
            column = self.skip + place
            if place and name in NUMBERS:
                letter = xl_col_to_name(column)
                self.sheet.write_formula(row, column, f"=SUM({letter}{first + 1}:{letter}{last + 1})", self.edge, 0)
            elif place:
                self.sheet.write_blank(row, column, None, self.edge)

    # --- figures down, places across

    def _down(self) -> None:
        across = self.form["across"]
        count = across if isinstance(across, int) else len(across)
        self.sheet.merge_range(self.at, self.skip, self.at, self.skip + 1, self.form["corner"], self.edge)
        for place in range(count):
            words = across[place] if isinstance(across, list) else ""
            self.sheet.write(self.at, self.skip + 2 + place, words, self.edge)
        if self.form.get("sum"):
            self.sheet.write(self.at, self.skip + 2 + count, self.form["sum"], self.edge)
        self.at += 1
        self.expected.orientation, self.expected.first = "columns", self.at + 1
        for one in self.form["down"]:
            group, inner = next(iter(one.items())) if isinstance(one, dict) else ("", [one])
            if group:
                self._box(self.at, self.skip, self.at + len(inner) - 1, self.skip, group)
            for leaf in inner:
                words, name = _split(leaf)
                column = self.skip + bool(group)
                self._box(self.at, column, self.at, self.skip + 1, words)
                self._means(self.at, column, name)
                for place in range(count + bool(self.form.get("sum"))):
                    self.sheet.write_blank(self.at, self.skip + 2 + place, None, self.edge)
                if self.form.get("sum"):
                    left, right = xl_rowcol_to_cell(self.at, self.skip + 2), xl_rowcol_to_cell(self.at, self.skip + 1 + count)
                    self.sheet.write_formula(self.at, self.skip + 2 + count, f"=SUM({left}:{right})", self.edge, 0)
                self.at += 1
        self.expected.last = self.at

    # --- labels beside blanks

    def _list(self) -> None:
        """A group, a figure and its blank in each line."""
        self.expected.orientation = "cells"
        for place, words in enumerate(("类别", "项目", "数量", "备注")):
            self.sheet.write(self.at, self.skip + place, words, self.edge)
        self.at += 1
        for one in self.form["list"]:
            ((group, inner),) = one.items()
            self._box(self.at, self.skip, self.at + len(inner) - 1, self.skip, group)
            for leaf in inner:
                words, name = _split(leaf)
                self.sheet.write(self.at, self.skip + 1, words, self.edge)
                self._means(self.at, self.skip + 1, name)
                self.sheet.write_blank(self.at, self.skip + 2, None, self.edge)
                self.sheet.write_blank(self.at, self.skip + 3, None, self.edge)
                self.at += 1

    def _cells(self) -> None:
        self.expected.orientation = "cells"
        for line in self.form["cells"]:
            if isinstance(line, str):
                self.sheet.merge_range(self.at, self.skip, self.at, self.skip + 3, line, self.edge)
            else:
                for place, one in enumerate(line):
                    words, name = _split(one)
                    column = self.skip + 2 * place
                    self.sheet.write(self.at, column, words, self.edge)
                    self.sheet.write_blank(self.at, column + 1, None, self.edge)
                    self._means(self.at, column, name)
            self.at += 1

    # --- what forms are decorated with

    def _decorate(self, width: int) -> None:
        sheet, chance, book = self.sheet, self.chance, self.book
        last = self.at
        if chance.random() < 0.5:
            sheet.insert_textbox(1, width + 3, "盖章处", {"width": 120, "height": 60})
        if chance.random() < 0.5:
            sheet.insert_image(0, width + 3, "mark.png", {"image_data": io.BytesIO(PICTURE)})
        if chance.random() < 0.5:
            sheet.data_validation(4, self.skip + 1, last, self.skip + 1, {"validate": "any", "input_title": "提示", "input_message": "请如实填写"})
        if chance.random() < 0.5:
            sheet.conditional_format(4, self.skip, last, self.skip + width - 1, {"type": "cell", "criteria": ">", "value": 9000, "format": book.add_format({"font_color": "red"})})
        if chance.random() < 0.5:
            sheet.set_landscape()
            sheet.set_paper(8)
            sheet.repeat_rows(0, 3)
            sheet.print_area(0, 0, last, self.skip + width - 1)
            sheet.set_footer("&C第 &P 页 共 &N 页")
        if chance.random() < 0.4:
            book.define_name("本表", f"='{sheet.name}'!$A$1:$B$2")
        if chance.random() < 0.4:
            sheet.freeze_panes(4, 2)
        if chance.random() < 0.4:
            sheet.write_comment(0, self.skip + width + 4, "填写单位全称")
        if chance.random() < 0.4:
            more = book.add_worksheet("填表说明")
            more.write(0, 0, "一、本表由社区填写。")
            more.write(1, 0, "二、应采人数为常住和外来人口之和。")
        if chance.random() < 0.4:
            hidden = book.add_worksheet("字典")
            hidden.write_column(0, 0, ["男", "女", "是", "否"])
            hidden.hide()


def _leaves(columns: list[Any]):
    for one in columns:
        if isinstance(one, dict):
            yield from _leaves(next(iter(one.values())))
        else:
            yield one


def _depth(columns: list[Any]) -> int:
    return max(1 + (_depth(next(iter(one.values()))) if isinstance(one, dict) else 0) for one in columns)

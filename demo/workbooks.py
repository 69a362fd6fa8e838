"""The demo community's registers as communities keep them, and what an importer should find in them.

    python -m demo.workbooks FOLDER [SEED]

writes 常住人口花名册.xlsx and 外来人员台账.xlsx with a `.truth.json` beside each. Cells are typed as
people type them: dates four ways, numbers as numbers, Tibetan and full-width digits, spaces.
"""

import json
import sys
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from demo.community import Community, make
from demo.people import CHECKS, Person

FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
TIBETAN = str.maketrans("0123456789", "༠༡༢༣༤༥༦༧༨༩")
# How many people each mistake befalls: residents, incomers.
MISTAKES = {
    "id_check_digit": (5, 4), "id_lost_digits": (4, 3), "id_missing": (3, 2), "phone_invalid": (5, 4),
    "phone_missing": (7, 5), "birth_unreadable": (3, 0), "birth_differs_from_id": (4, 0),
}  # fmt: skip
TWICE = (3, 2)
NAMELESS = (2, 1)


@dataclass
class Row:
    """One line of a register: cells by column, as typed."""

    cells: dict[str, Any]
    household: int = 0
    warnings: set[str] = field(default_factory=set)
    rejected: bool = False


@dataclass
class Truth:
    """What an importer should say about a workbook."""

    rows: int = 0
    people: int = 0
    households: int = 0
    by_grid: dict[str, int] = field(default_factory=dict)
    without_grid: int = 0
    warnings: dict[str, int] = field(default_factory=dict)
    rejected: int = 0
    duplicates: int = 0


def typed_birth(random: Random, born: date) -> Any:
    """A date as someone types it: a date cell, or one of three texts."""
    forms = (born, born.isoformat(), f"{born:%Y%m%d}", f"{born.year}年{born.month}月{born.day}日")
    return random.choice(forms)


def typed_number(random: Random, number: str) -> str:
    """An id number as someone types it; never as a number cell, which would lose its digits."""
    spaced = f"{number[:6]} {number[6:]}"
    return random.choices((number, number.lower(), spaced, number.translate(FULL_WIDTH)), (90, 4, 3, 3))[0]


def typed_phone(random: Random, phone: str) -> Any:
    """A phone as someone types it: text, a number cell, spaced, or in Tibetan digits."""
    if not phone.isdigit():
        return phone
    spaced = f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    return random.choices((phone, int(phone), spaced, phone.translate(TIBETAN)), (70, 22, 5, 3))[0]


def typed_grid(random: Random, grid: int) -> str:
    return random.choice((f"第{grid}网格", f"{grid}组")) if grid else random.choice(("", "待定", "/"))


def spoil(random: Random, row: Row, person: Person, mistake: str) -> None:
    """Makes the mistake in the row; the row knows it."""
    number = person.id_number
    wrong = {
        "id_check_digit": lambda: number[:17] + random.choice([c for c in CHECKS if c != number[17]]),
        "id_lost_digits": lambda: int(number[:17] + "0") // 1000 * 1000,
        "id_missing": lambda: random.choice(("", "无")),
        "phone_invalid": lambda: random.choice((person.phone[:10], "12" + person.phone[2:], person.phone + "1")),
        "phone_missing": lambda: random.choice(("", "无", "/")),
        "birth_unreadable": lambda: random.choice(("不详", f"{person.birth.year}-13-05")),
        "birth_differs_from_id": lambda: f"{person.birth.year - 1}-{person.birth:%m-%d}",
    }[mistake]
    row.cells[mistake.split("_")[0]] = wrong()
    row.warnings.add(mistake)


def spoil_some(random: Random, lines: list[tuple[Row, Person]], column: int) -> None:
    """Each mistake befalls its number of people, nobody twice."""
    untouched = [(r, p) for r, p in lines if p.id_kind == "resident_id" and p.id_number and p.phone.isdigit()]
    random.shuffle(untouched)
    for mistake, counts in MISTAKES.items():
        for row, person in (untouched.pop() for _ in range(counts[column])):
            spoil(random, row, person, mistake)


def clean_rows(lines: list[tuple[Row, Person]]) -> list[tuple[Row, Person]]:
    """Lines whose number is whole and valid."""
    return [(r, p) for r, p in lines if not r.warnings and p.id_kind == "resident_id" and p.id_number]


def add_extra(random: Random, lines: list[tuple[Row, Person]], column: int) -> list[Row]:
    """People entered a second time further down, and lines without a name."""
    rows = [row for row, _ in lines]
    for row, _ in random.sample(clean_rows(lines), TWICE[column]):
        again = Row({**row.cells, "relation": "亲戚"}, row.household, {"twice"})
        rows.insert(random.randrange(rows.index(row) + 1, len(rows) + 1), again)
    for row, _ in random.sample(lines, NAMELESS[column]):
        nameless = Row({**row.cells, "name": "", "id": "", "birth": "", "phone": ""}, row.household, rejected=True)
        rows.insert(rows.index(row) + 1, nameless)
    return rows


def truth_of(rows: list[Row], grid_of: dict[int, int]) -> Truth:
    """Counted over the rows as they were written; `grid_of` gives each row's grid by its identity."""
    people = [r for r in rows if not r.rejected and "twice" not in r.warnings]
    grids = Counter(grid_of[id(r)] for r in people)
    return Truth(
        rows=len(rows), people=len(people),
        households=len({r.household for r in rows if r.household}),
        by_grid={str(no): grids[no] for no in sorted(grids) if no}, without_grid=grids[0],
        warnings=dict(Counter(w for r in rows for w in sorted(r.warnings) if w != "twice")),
        rejected=sum(r.rejected for r in rows), duplicates=sum("twice" in r.warnings for r in rows),
    )  # fmt: skip


def resident_rows(community: Community, seed: int, respelt: bool = False) -> tuple[list[Row], Truth]:
    """The residents' lines, household by household; `respelt` writes each name its other way."""
    random = Random(f"residents {seed}")
    lines: list[tuple[Row, Person]] = []
    for household in community.households:
        grid = typed_grid(random, household.grid)
        for person in household.members:
            name = (person.name.other or person.name.zh) if respelt else person.name.zh
            cells = {
                "grid": grid, "no": f"{household.no:03d}", "head": household.head.name.zh, "name": name,
                "relation": person.relation, "sex": "男" if person.sex == "m" else "女",
                "id": typed_number(random, person.id_number), "birth": typed_birth(random, person.birth),
                "phone": typed_phone(random, person.phone), "address": household.address, "note": person.note,
            }  # fmt: skip
            lines.append((Row(cells, household.no, set() if person.id_number else {"id_missing"}), person))
    spoil_some(random, lines, 0)
    rows = add_extra(random, lines, 0)
    grid_of_household = {h.no: h.grid for h in community.households}
    return rows, truth_of(rows, {id(r): grid_of_household[r.household] for r in rows})


def incomer_rows(community: Community, seed: int) -> tuple[list[Row], Truth]:
    """The incomers' lines in the order of arrival."""
    random = Random(f"incomers {seed}")
    kinds = {"resident_id": "居民身份证", "passport": "护照", "taiwan_permit": "台湾居民来往大陆通行证"}
    lines: list[tuple[Row, Person]] = []
    for person in sorted(community.incomers, key=lambda p: (p.arrived, p.id_number)):
        assert person.arrived
        cells = {
            "name": person.name.zh, "sex": "男" if person.sex == "m" else "女",
            "age": person.arrived.year - person.birth.year,
            "kind": kinds.get(person.id_kind, "港澳居民来往内地通行证"), "id": typed_number(random, person.id_number),
            "phone": typed_phone(random, person.phone), "origin": person.origin,
            "arrived": random.choice((f"{person.arrived:%Y.}{person.arrived.month}.{person.arrived.day}",
                                      f"{person.arrived.month}月{person.arrived.day}日", person.arrived)),
            "errand": person.errand, "address": person.address, "grid": typed_grid(random, person.grid),
            "note": person.note,
        }  # fmt: skip
        lines.append((Row(cells, 0, set() if person.grid else {"no_grid"}), person))
    spoil_some(random, [(r, p) for r, p in lines if p.grid], 1)
    rows = add_extra(random, lines, 1)
    numbers = {r.cells["id"]: p.grid for r, p in lines if r.cells["id"]}
    grid_of = {id(r): p.grid for r, p in lines}
    return rows, truth_of(rows, {id(r): grid_of.get(id(r), numbers.get(r.cells["id"], 0)) for r in rows})


RESIDENT_COLUMNS = {
    "grid": "网格", "no": "户号", "head": "户主", "name": "姓名", "relation": "与户主关系", "sex": "性别",
    "id": "身份证号", "birth": "出生日期", "phone": "联系电话", "address": "住址", "note": "备注",
}  # fmt: skip
GROUPS = {"no": ("家庭信息", 2), "name": ("人员信息", 5), "phone": ("联系方式", 2)}
INCOMER_COLUMNS = {
    "name": "姓名\nམིང་།", "sex": "性别", "age": "年龄", "kind": "证件类型", "id": "证件号码",
    "phone": "联系电话\nཁ་པར།", "origin": "来源地", "arrived": "抵达时间", "errand": "事由/单位（工地）",
    "address": "住址/工地名称", "grid": "网格", "note": "备注",
}  # fmt: skip
OF_HOUSEHOLD = ("no", "head", "address")


class Page:
    """One sheet being written, line by line."""

    def __init__(self, book: xlsxwriter.Workbook, name: str):
        self.sheet = book.add_worksheet(name)
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.bold = book.add_format({"bold": True, "align": "center", "border": 1})
        self.line = 0

    def write(self, cells: list[Any]) -> None:
        for column, value in enumerate(cells):
            if isinstance(value, date):
                self.sheet.write_datetime(self.line, column, value, self.day)
            elif isinstance(value, int):
                self.sheet.write_number(self.line, column, value)
            elif value:
                self.sheet.write_string(self.line, column, value)
        self.line += 1

    def title(self, words: str, width: int) -> None:
        self.sheet.merge_range(self.line, 0, self.line, width, words, self.bold)
        self.line += 1

    def two_level_header(self) -> None:
        """Groups above, words below; columns without a group span both lines."""
        column, last = 1, 0
        self.sheet.merge_range(self.line, 0, self.line + 1, 0, "序号", self.bold)
        for key, word in RESIDENT_COLUMNS.items():
            if key in GROUPS:
                group, width = GROUPS[key]
                self.sheet.merge_range(self.line, column, self.line, column + width - 1, group, self.bold)
                last = column + width
            if column < last:
                self.sheet.write_string(self.line + 1, column, word, self.bold)
            else:
                self.sheet.merge_range(self.line, column, self.line + 1, column, word, self.bold)
            column += 1
        self.line += 2

    def households(self, rows: list[Row], start: int = 1) -> None:
        """The lines, with the household's cells merged over its members; two lines are left blank."""
        at = 0
        while at < len(rows):
            end = at
            while end < len(rows) and rows[end].household == rows[at].household:
                end += 1
            self._household(rows[at:end], start + at)
            at = end
            if start + at in (400, 401):
                self.line += 1

    def _household(self, rows: list[Row], number: int) -> None:
        first = self.line
        for offset, row in enumerate(rows):
            own = {k: v for k, v in row.cells.items() if offset == 0 or k not in OF_HOUSEHOLD}
            self.write([number + offset, *(own.get(k, "") for k in RESIDENT_COLUMNS)])
        for position, key in enumerate(RESIDENT_COLUMNS, 1):
            if key in OF_HOUSEHOLD and len(rows) > 1:
                self.sheet.merge_range(first, position, self.line - 1, position, rows[0].cells[key])


def write_residents(path: Path, community: Community, rows: list[Row], sheet_per_grid: bool = False) -> None:
    """常住人口花名册: a title, a two-level header, merged households, totals and signatures."""
    grid_of = {h.no: h.grid for h in community.households}
    pages = [(f"第{no}网格", [r for r in rows if grid_of[r.household] == no]) for no in community.grids]
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        for name, lines in pages if sheet_per_grid else [("Sheet1", rows)]:
            page = Page(book, name)
            page.title(f"{community.name}常住人口花名册", len(RESIDENT_COLUMNS))
            page.write([f"填报单位：{community.name}居委会", *[""] * 6, "填报日期：2022年8月20日"])
            page.two_level_header()
            page.households(lines)
            page.write(["合计", "", f"{len({r.household for r in lines})}户", "", f"{len(lines)}人"])
            page.write(["填表人：                审核人：                "])


def write_incomers(path: Path, community: Community, rows: list[Row]) -> None:
    """外来人员台账: a title, the unit and period, one header line in two languages."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        page = Page(book, "外来人员")
        page.title(f"{community.name}外来人员台账", len(INCOMER_COLUMNS))
        page.title(f"{community.name}居委会        2022年7月20日—8月20日", len(INCOMER_COLUMNS))
        page.write(["序号", *INCOMER_COLUMNS.values()])
        for number, row in enumerate(rows, 1):
            page.write([number, *(row.cells.get(k, "") for k in INCOMER_COLUMNS)])


def write_all(folder: Path, seed: int = 2022) -> dict[str, Truth]:
    """Both workbooks and their truths stand in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    community = make(seed)
    residents, resident_truth = resident_rows(community, seed)
    incomers, incomer_truth = incomer_rows(community, seed)
    write_residents(folder / "常住人口花名册.xlsx", community, residents)
    write_incomers(folder / "外来人员台账.xlsx", community, incomers)
    truths = {"常住人口花名册": resident_truth, "外来人员台账": incomer_truth}
    for name, truth in truths.items():
        content = json.dumps(asdict(truth), ensure_ascii=False, indent=1)
        (folder / f"{name}.truth.json").write_text(content, encoding="utf-8")
    return truths


if __name__ == "__main__":
    print(write_all(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2022))

"""Registers made afresh from a seed, in many layouts, with what an importer should find in them.

People are invented from name elements; id numbers get a right check digit (or a wrong one on purpose).
The truth is known by construction: it is counted while cells are written, never read back.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from zhegu.lib.sheets.cells import Range, Sheet
from zhegu.registers.rules.ids import check_character

NAMES = ["扎西", "次仁", "卓玛", "平措", "丹增", "尼玛", "达瓦", "米玛", "拉巴", "普布", "巴桑", "边巴", "多吉", "罗布", "白玛", "拉姆", "洛桑", "格桑", "索朗", "坚参", "阿旺", "晋美", "顿珠", "朗杰", "旺久", "旺堆", "央金", "曲珍", "益西", "土登"]
INCOMER_NAMES = ["卞棠", "陶穗", "邬泓", "栾峪", "祁朔", "尚垚", "樊砚", "屈屿", "阮澜", "佟禾"]
RELATIONS = ["妻", "子", "女", "父", "母", "弟", "妹", "孙子", "孙女", "儿媳", "女婿"]
TIBETAN = "༠༡༢༣༤༥༦༧༨༩"
CHINESE = "零一二三四五六七八九十"


@dataclass
class Someone:
    name: str
    relation: str
    sex: str
    birth: date
    id: Any
    phone: Any
    birth_cell: Any
    grid: int
    note: str = ""
    id_reason: str = ""
    phone_reason: str = ""
    birth_reason: str = ""
    valid_id: str = ""


@dataclass
class Family:
    no: int
    grid: int
    people: list[Someone]
    address: str = ""

    @property
    def head(self) -> Someone:
        return self.people[0]


@dataclass
class Truth:
    rows: int = 0
    people: int = 0
    households: int = 0
    by_grid: Counter = field(default_factory=Counter)
    without_grid: int = 0
    places: list[tuple[str, int, str, str]] = field(default_factory=list)
    rejected: list[tuple[str, int, str]] = field(default_factory=list)
    duplicates: list[list[tuple[str, int]]] = field(default_factory=list)
    seen: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

    def person(self, who: Someone, sheet: str, row: int, grid: int | None) -> None:
        """Counts someone written in this row (0-based), once per whole valid number."""
        if who.valid_id:
            spots = self.seen.setdefault(who.valid_id, [])
            spots.append((sheet, row + 1))
            if len(spots) == 2:
                self.duplicates.append(spots)
            if len(spots) > 1:
                return
        self.people += 1
        if grid:
            self.by_grid[str(grid)] += 1
        else:
            self.without_grid += 1

    def warn(self, sheet: str, row: int, column: str, reason: str) -> None:
        if reason and (sheet, row + 1, column, reason) not in self.places:
            self.places.append((sheet, row + 1, column, reason))


@dataclass
class Page:
    """A sheet being written."""

    name: str
    cells: list[list[Any]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)

    def add(self, row: list[Any]) -> int:
        self.cells.append(list(row))
        return len(self.cells) - 1

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merged.append(((top, left), (bottom, right)))

    def sheet(self) -> Sheet:
        width = max(map(len, self.cells), default=0)
        return Sheet(self.name, [row + [""] * (width - len(row)) for row in self.cells], self.merged)


class Village:
    """Invented families in grids, typed as messily as people type."""

    def __init__(self, seed: int, families: int = 40, grids: int = 4, tidy: bool = False):
        self.random = random.Random(seed)
        self.tidy = tidy
        self.grids = grids
        self.families = [self._family(no + 1, grid) for no, grid in enumerate(sorted(
            self.random.randint(1, grids) for _ in range(families)))]
        self._list_someone_twice()

    def _list_someone_twice(self) -> None:
        """Someone stands again in a later household, with the number typed another way."""
        for _ in range(self.random.randint(0, 2)):
            first, later = sorted(self.random.sample(range(len(self.families)), 2))
            who = self.pick(self.families[first].people)
            guest = self._someone("亲属", self.families[later].grid)
            if who.valid_id and all(one.name != who.name for one in self.families[later].people):
                number = who.valid_id
                guest.name, guest.sex, guest.birth, guest.valid_id = who.name, who.sex, who.birth, number
                guest.id, guest.id_reason = self.pick([number, number.lower(), wide(number), tibetan(number)]), ""
                guest.birth_cell, guest.birth_reason = who.birth, ""
                self.families[later].people.append(guest)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def pick(self, choices: Any) -> Any:
        return self.random.choice(list(choices))

    def _family(self, no: int, grid: int) -> Family:
        size = self.random.choice([1, 2, 3, 3, 4, 5])
        people = [self._someone("户主" if n == 0 else self.pick(RELATIONS), grid) for n in range(size)]
        names = set()
        for who in people:
            while who.name in names:
                who.name = self._name()
            names.add(who.name)
        return Family(no, grid, people, f"{grid}组{no}号院")

    def _name(self) -> str:
        return "".join(self.random.sample(NAMES, 2))

    def _someone(self, relation: str, grid: int) -> Someone:
        birth = date(1935, 1, 1) + timedelta(days=self.random.randint(0, 31000))
        sex = self.pick("男女")
        order = self.random.randint(0, 499) * 2 + (sex == "男")
        first = f"540526{birth:%Y%m%d}{order:03d}"
        number = first + check_character(first)
        who = Someone(self._name(), relation, sex, birth, number, self._phone(), birth, grid, valid_id=number)
        self._type_id(who, number)
        self._type_phone(who)
        self._type_birth(who)
        return who

    def _phone(self) -> str:
        if self.chance(0.05):
            return f"08931{self.random.randint(0, 999999):06d}"
        return f"1{self.pick('3456789')}{self.random.randint(0, 10**9 - 1):09d}"

    def _type_id(self, who: Someone, number: str) -> None:
        style = self.random.random()
        if self.tidy or style < 0.6:
            return
        if style < 0.65:
            who.id, who.id_reason, who.valid_id = self.pick(["", "无"]), "id_missing", ""
        elif style < 0.70:
            wrong = number[:17] + ("X" if number[17] != "X" else "3")
            who.id, who.id_reason, who.valid_id = wrong, "id_check_digit", ""
        elif style < 0.74:
            lost = float(number[:15] + "000") if number.isdigit() else number[:1] + "." + number[1:6] + "E+17"
            who.id, who.id_reason, who.valid_id = lost, "id_lost_digits", ""
        else:
            who.id = self.pick([
                number.lower(), f" {number}", f"{number[:6]} {number[6:14]} {number[14:]}", wide(number),
                tibetan(number), number + "\u3000", f"{number[:6]}-{number[6:14]}-{number[14:]}",
            ])

    def _type_phone(self, who: Someone) -> None:
        number, style = str(who.phone), self.random.random()
        if self.tidy or style < 0.5:
            return
        if style < 0.56:
            who.phone, who.phone_reason = self.pick(["", "无", "/"]), "phone_missing"
        elif style < 0.61:
            who.phone, who.phone_reason = self.pick([number[:-1], number + "1", "2" + number[1:], "不知道5"]), "phone_invalid"
        elif number[0] == "0":
            who.phone = self.pick([f"{number[:4]}-{number[4:]}", f"({number[:4]}){number[4:]}"])
        else:
            who.phone = self.pick([
                float(number), wide(number), tibetan(number), f"{number[:3]} {number[3:7]} {number[7:]}",
                f"{number[:3]}-{number[3:7]}-{number[7:]}", f"{number}/{self._mobile()}", f"+86 {number}", f"{number}、{self._mobile()}",
            ])

    def _mobile(self) -> str:
        return f"13{self.random.randint(0, 10**9 - 1):09d}"

    def _type_birth(self, who: Someone) -> None:
        day, style = who.birth, self.random.random()
        if self.tidy or style < 0.2:
            return
        if style < 0.24:
            who.birth_cell, who.birth_reason = self.pick(["不详", f"{day.year}-13-{day.day}", "19??年"]), "birth_unreadable"
            return
        if style < 0.28:
            day = day + timedelta(days=self.random.randint(40, 400))
            who.birth_reason = "birth_differs_from_id" if who.valid_id else ""
        elif style < 0.32:
            who.birth_cell = ""
            return
        who.birth_cell = self.pick([
            day.isoformat(), f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}",
            float(f"{day:%Y%m%d}"), f"{day.year}/{day.month}/{day.day}", day, wide(f"{day.year}-{day.month:02d}-{day.day:02d}"),
            tibetan(f"{day.year}.{day.month}.{day.day}"), float((day - date(1899, 12, 30)).days) if day.year >= 1911 else day,
        ])

    def grid_cell(self, no: int) -> Any:
        """A grid as someone would type it."""
        return self.pick([
            f"第{no}网格", f"{no}组", float(no), f"{no}", wide(str(no)), tibetan(str(no)), f"{no}号网格", f"网格{no}",
            f"第{chinese(no)}网格", f"{no:02d}", chinese(no), f"དྲ་མིག་{tibetan(str(no))}", f"Grid {no}", f"第 {no} 网格",
        ])


def wide(text: str) -> str:
    """Full-width digits."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalnum() else c for c in text)


def tibetan(text: str) -> str:
    """Tibetan digits."""
    return "".join(TIBETAN[int(c)] if c.isascii() and c.isdigit() else c for c in text)


def chinese(no: int) -> str:
    """一 … 十九."""
    return CHINESE[no] if no <= 10 else "十" + (CHINESE[no - 10] if no > 10 else "")

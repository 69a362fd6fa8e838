"""The layouts in which the invented registers are written, each with its truth."""

from collections.abc import Callable
from typing import Any

from zhegu.lib.sheets.cells import Sheet
from zhegu.registers.tests.rosters import Family, Page, Someone, Truth, Village, tibetan, wide

WORDS = {
    "serial": ["序号", "编号", "序  号", "No."],
    "grid": ["网格", "所属网格", "网格号", "片区", "Grid", "དྲ་མིག", "网格\nདྲ་མིག", "所在组"],
    "no": ["户号", "户编号", "家庭编号", "Household No", "ཁྱིམ་ཨང"],
    "head": ["户主", "户主姓名", "户主\nཁྱིམ་བདག", "Head"],
    "name": ["姓名", "姓 名", "人员姓名", "Name", "མིང་།", "姓名（汉）", "姓名\nམིང"],
    "relation": ["与户主关系", "关系", "同户主关系", "Relationship"],
    "sex": ["性别", "Sex", "ཕོ་མོ"],
    "id": ["身份证号", "身份证号码", "公民身份号码", "证件号", "证件号码", "ID", "ID number", "ཐོབ་ཐང་ལག་ཁྱེར།", "居民身份证\n号码"],
    "birth": ["出生日期", "出生年月日", "生日", "Date of birth", "སྐྱེས་ཚེས།"],
    "phone": ["联系电话", "手机", "电话", "联系方式", "手机号码", "Phone", "ཁ་པར།", "联系电话\nཁ་པར།"],
    "address": ["住址", "家庭住址", "现住址", "Address", "སྡོད་གནས།"],
    "note": ["备注", "说明", "Remarks", "ཟུར་བརྗོད།"],
    "members": ["家庭成员", "家庭成员情况", "成员", "Members", "家庭成员（姓名、关系）"],
    "count": ["人数", "家庭人口数", "人口"],
}


class Writer:
    """Writes one table of one row per person, and counts what it writes."""

    def __init__(self, village: Village, truth: Truth, page: Page, parts: list[str], left: int = 0):
        self.v, self.truth, self.page, self.left = village, truth, page, left
        self.parts = parts
        self.words = {part: village.pick(WORDS[part]) for part in parts}

    def row(self, cells: dict[str, Any]) -> int:
        return self.page.add([""] * self.left + [cells.get(part, "") for part in self.parts])

    def column(self, part: str) -> int:
        return self.left + self.parts.index(part)

    def header(self) -> int:
        return self.row(self.words)

    def title(self, text: str) -> int:
        row = self.page.add([""] * self.left + [text])
        self.page.merge(row, self.left, row, self.left + len(self.parts) - 1)
        return row

    def person(self, who: Someone, family: Family, first: bool, grid: Any, serial: int, extra: dict[str, Any]) -> int:
        cells = {
            "serial": float(serial), "grid": grid, "name": who.name, "relation": who.relation, "sex": who.sex,
            "id": who.id, "birth": who.birth_cell, "phone": who.phone, "note": who.note,
            **extra,
        }
        return self.row(cells)

    def count(self, who: Someone, row: int, grid: int | None, nothing_typed: bool = False) -> None:
        """What the reader should find in this row."""
        self.truth.rows += 1
        if not who.name:
            self.truth.rejected.append((self.page.name, row + 1, self.words["name"]))
            return
        for part, reason in (("id", who.id_reason), ("phone", who.phone_reason), ("birth", who.birth_reason)):
            if part in self.parts:
                self.truth.warn(self.page.name, row, self.words[part], reason)
        if "grid" in self.parts and grid is None:
            self.truth.warn(self.page.name, row, self.words["grid"], "no_grid")
        if "id" not in self.parts:
            who.valid_id = ""
        self.truth.person(who, self.page.name, row, grid)


PERSON_PARTS = ["name", "relation", "sex", "id", "birth", "phone"]


def shuffled(v: Village, parts: list[str]) -> list[str]:
    found = list(parts)
    v.random.shuffle(found)
    return found


def messy_ends(w: Writer, people: int) -> None:
    """Totals, footers and blank rows as they follow a list."""
    v = w.v
    if v.chance(0.5):
        w.page.add([])
    total = w.page.add([""] * w.left + [v.pick(["合计", "总计", "合 计", "共计"]), "", f"{people}人"])
    if v.chance(0.5):
        w.page.merge(total, w.left, total, w.left + 1)
    w.page.add([""] * w.left + [v.pick(["填表人：扎西        审核人：卓玛", "制表：", "审核人：      联系电话：13900000000"])])
    w.page.add([""] * w.left + ["制表人", "次仁", "", "日期", "2022年8月20日"])


def write_people(w: Writer, families: list[Family], grid_known: int | None = None, merged: bool = True,
                 numbers: bool = True, pages: int = 0, sections: bool = False) -> None:
    """One row per person under a header already written."""
    v, serial, last_grid = w.v, 0, None
    for written, family in enumerate(families, 1):
        if sections and family.grid != last_grid:
            w.title(v.pick([f"第{family.grid}网格", f"{family.grid}组", f"网格{tibetan(str(family.grid))}"]))
        last_grid = family.grid
        top = len(w.page.cells)
        for n, who in enumerate(family.people):
            serial += 1
            grid: int | None = grid_known or family.grid
            cell = v.grid_cell(family.grid) if "grid" in w.parts else ""
            if "grid" in w.parts and not sections and v.chance(0 if v.tidy else 0.03):
                cell, grid = v.pick(["", "待定", "/"]), None
            name = "" if v.chance(0.02) and not v.tidy and n else who.name
            extra: dict[str, Any] = {}
            if n == 0 or not merged:
                extra = {"no": f"{family.no:03d}" if numbers else "", "head": family.head.name, "address": family.address}
            who.name = name
            row = w.person(who, family, n == 0, cell, serial, extra)
            w.count(who, row, grid)
        if merged:
            for part in ("no", "head", "address"):
                if part in w.parts and (part != "no" or numbers):
                    w.page.merge(top, w.column(part), len(w.page.cells) - 1, w.column(part))
        if pages and written % pages == 0 and family is not families[-1]:
            w.page.add([""] * w.left + [v.pick(["小计", "本页小计"]), "", f"{pages}户"])
            w.page.add([""] * w.left + ["填表人："])
            w.title("哲古社区人员花名册（续）")
            w.header()
    w.truth.households += len(families)


def one_sheet(v: Village) -> tuple[list[Sheet], Truth]:
    """One row per person, one header row, household cells merged or repeated."""
    truth, page = Truth(), Page(v.pick(["Sheet1", "花名册", "常住人口"]))
    household = v.pick([["no", "head"], ["head"], ["no", "head", "address"]])
    merged = v.chance(0.6) or "no" not in household
    parts = ["serial", *shuffled(v, ["grid", *household]), *shuffled(v, PERSON_PARTS), "note"]
    w = Writer(v, truth, page, parts, left=v.random.choice([0, 0, 1]))
    for _ in range(v.random.randint(0, 3)):
        w.title(v.pick(["哲古社区常住人口花名册", "填报单位：哲古社区居委会", "2022年8月"]))
    if v.chance(0.3):
        page.add([])
    w.header()
    if v.chance(0.3):
        page.add([""] * w.left + [float(n + 1) for n in range(len(parts))])
    write_people(w, v.families, merged=merged, numbers="no" in household, pages=v.random.choice([0, 7]))
    messy_ends(w, truth.people)
    return [page.sheet()], truth


def two_levels(v: Village) -> tuple[list[Sheet], Truth]:
    """A header of two or three levels with group words over the columns."""
    truth, page = Truth(), Page("人口登记表")
    parts = ["serial", "grid", "no", "head", "name", "relation", "sex", "id", "birth", "phone", "address", "note"]
    w = Writer(v, truth, page, parts)
    w.title("哲古社区常住人口登记表")
    w.row({"serial": "填报单位：哲古社区", "id": "填报日期：2022年8月20日"})
    three = v.chance(0.5)
    top = w.row({"serial": w.words["serial"], "grid": w.words["grid"], "no": "户籍情况" if three else "家庭信息",
                 "name": "基本情况" if three else "人员信息", "phone": "联系信息", "note": w.words["note"]})
    levels = 2
    if three:
        middle = w.row({"no": "家庭", "name": "身份", "birth": "出生", "phone": "联系"})
        for first, last in (("no", "head"), ("name", "id"), ("phone", "address")):
            page.merge(middle, w.column(first), middle, w.column(last))
        levels = 3
    w.row({part: w.words[part] for part in parts if part not in ("serial", "grid", "note")})
    for first, last in (("no", "head"), ("name", "birth"), ("phone", "address")):
        page.merge(top, w.column(first), top, w.column(last))
    for part in ("serial", "grid", "note"):
        page.merge(top, w.column(part), top + levels - 1, w.column(part))
    write_people(w, v.families)
    messy_ends(w, truth.people)
    return [page.sheet()], truth


def sheet_per_grid(v: Village) -> tuple[list[Sheet], Truth]:
    """One sheet per grid, named for it or titled with it; a cover, a summary and an empty sheet."""
    truth, sheets = Truth(), []
    style = v.pick(["第{}网格", "{}组", "Grid {}", "{}", "网格{}", "དྲ་མིག་{}", "title"])
    cover = Page("封面")
    for line in ("哲古社区", "人口花名册", "2022年8月", "联系人：扎西", "电话：13900000000"):
        cover.add(["", line])
    summary = Page(v.pick(["汇总", "统计表", "各网格情况"]))
    summary.add(["各网格人口统计表"])
    summary.add(["网格", "网格员", "户数", "人数", "男", "女", "联系电话"])
    sheets += [cover.sheet()]
    for no in range(1, v.grids + 1):
        families = [family for family in v.families if family.grid == no]
        summary.add([f"第{no}网格", "次仁", float(len(families)), 12.0, 6.0, 6.0, "13900000000"])
        digits = v.pick([str(no), tibetan(str(no)), wide(str(no))])
        page = Page(f"表{'甲乙丙丁戊己庚辛'[no - 1]}" if style == "title" else style.format(digits))
        w = Writer(v, truth, page, ["serial", "no", "head", *shuffled(v, PERSON_PARTS)])
        w.title(f"哲古社区第{no}网格人口花名册" if style == "title" else "哲古社区人口花名册")
        w.header()
        for restart, family in enumerate(families, 1):
            family.no = restart
        write_people(w, families, grid_known=no, merged=v.chance(0.7))
        messy_ends(w, 9)
        sheets.append(page.sheet())
    summary.add(["合计", "", 99.0, 99.0])
    sheets += [summary.sheet(), Sheet("Sheet9", [])]
    return sheets, truth


def sections(v: Village) -> tuple[list[Sheet], Truth]:
    """One sheet without a grid column: a line that names the grid stands above each part."""
    truth, page = Truth(), Page("Sheet1")
    w = Writer(v, truth, page, ["serial", "no", "head", *PERSON_PARTS])
    w.title("哲古社区花名册")
    w.header()
    write_people(w, v.families, sections=True)
    messy_ends(w, truth.people)
    return [page.sheet()], truth


def stacked(v: Village) -> tuple[list[Sheet], Truth]:
    """Every grid's table below the other, each with its own title and header."""
    truth, page = Truth(), Page("Sheet1")
    for no in range(1, v.grids + 1):
        families = [family for family in v.families if family.grid == no]
        w = Writer(v, truth, page, ["serial", "head", *shuffled(v, PERSON_PARTS)])
        w.title(f"第{no}网格居民名单")
        w.header()
        write_people(w, families, grid_known=no, numbers=False)
        page.add([])
    return [page.sheet()], truth


def _brackets(v: Village, who: Someone, style: int, tells_numbers: bool) -> str:
    number = who.valid_id
    phone = str(who.phone) if isinstance(who.phone, str) and who.phone.isdigit() and not who.phone_reason else ""
    facts = [who.relation] + ([number] if tells_numbers and number else []) + ([phone] if tells_numbers and phone else [])
    if style == 0:
        return f"{who.name}（{'，'.join(facts)}）"
    if style == 1:
        return f"{who.name}({','.join(facts)})"
    return who.name


def by_household(v: Village) -> tuple[list[Sheet], Truth]:
    """One row per household: the head in columns, the members in one cell."""
    truth, page = Truth(), Page(v.pick(["户籍表", "Sheet1"]))
    parts = ["serial", "grid", "no", "head", "id", "phone", "members", "count", "address"]
    if v.chance(0.3):
        parts.remove("no")
    w = Writer(v, truth, page, parts)
    w.words["id"] = v.pick(["户主身份证号", "身份证号", "户主证件号码"])
    w.words["phone"] = v.pick(["户主电话", "联系电话", "联系方式"])
    w.title("哲古社区住户登记表")
    w.header()
    style, mark = v.random.choice([0, 1, 2]), v.pick(["、", "；", ";", "\n", "，"])
    tells_numbers, with_head = style < 2 and v.chance(0.5), v.chance(0.5)
    if style == 2 and v.chance(0.4):
        mark = " "
    for family in v.families:
        head, others = family.people[0], family.people[1:]
        listed = ([head] if with_head else []) + others
        cell = mark.join(_brackets(v, who, style, tells_numbers and who is not head) for who in listed)
        row = w.row({"serial": float(family.no), "grid": v.grid_cell(family.grid), "no": float(family.no), "head": head.name,
                     "id": head.id, "phone": head.phone, "members": cell, "count": float(len(family.people)),
                     "address": family.address})
        w.count(head, row, family.grid)
        for who in others:
            who.valid_id = who.valid_id if tells_numbers else ""
            truth.person(who, page.name, row, family.grid)
    truth.households += len(v.families)
    messy_ends(w, truth.people)
    return [page.sheet()], truth


def line_by_line(v: Village) -> tuple[list[Sheet], Truth]:
    """One row per household; names, numbers and phones stand line by line in their cells."""
    truth, page = Truth(), Page("Sheet1")
    w = Writer(v, truth, page, ["serial", "grid", "no", "name", "relation", "id", "phone"])
    w.words["name"] = v.pick(["家庭成员姓名", "家庭成员", "姓名"])
    w.header()
    for family in v.families:
        for who in family.people:
            who.id = who.id if isinstance(who.id, str) else who.id_reason and f"{who.id:.5E}"
            who.phone = who.phone if isinstance(who.phone, str) else str(int(who.phone))
            if not who.id:
                who.id = "无"
            if not who.phone:
                who.phone = "无"
        lines = {part: "\n".join(str(getattr(who, part)).strip() for who in family.people) for part in ("name", "relation", "id", "phone")}
        row = w.row({"serial": float(family.no), "grid": v.grid_cell(family.grid), "no": float(family.no), **lines})
        truth.rows += 1
        for who in family.people:
            for part, reason in (("id", who.id_reason), ("phone", who.phone_reason)):
                truth.warn(page.name, row, w.words[part], reason)
            truth.person(who, page.name, row, family.grid)
    truth.households += len(v.families)
    return [page.sheet()], truth


def wide_blocks(v: Village) -> tuple[list[Sheet], Truth]:
    """One row per household with a group of columns for each member."""
    truth, page = Truth(), Page("Sheet1")
    most = max(len(family.people) for family in v.families)
    lead = ["序号", "网格", "户号"]
    inner = ["姓名", "与户主关系", "身份证号", "联系电话"]
    top = page.add([*lead, *[word for n in range(most) for word in (f"成员{n + 1}", "", "", "")]])
    page.add(["", "", "", *inner * most])
    for c in range(3):
        page.merge(top, c, top + 1, c)
    for n in range(most):
        page.merge(top, 3 + 4 * n, top, 6 + 4 * n)
    for family in v.families:
        cells = [x for who in family.people for x in (who.name, who.relation, who.id, who.phone)]
        row = page.add([float(family.no), v.grid_cell(family.grid), float(family.no), *cells])
        truth.rows += 1
        for who in family.people:
            truth.warn(page.name, row, "身份证号", who.id_reason)
            truth.warn(page.name, row, "联系电话", who.phone_reason)
            truth.person(who, page.name, row, family.grid)
    truth.households += len(v.families)
    truth.places = []  # several columns share one word: compared by number of people only
    return [page.sheet()], truth


def head_apart(v: Village) -> tuple[list[Sheet], Truth]:
    """The head in merged cells with a number of their own; the rows are the other members."""
    v.families = [family for family in v.families if len(family.people) > 1]
    truth, page = Truth(), Page("Sheet1")
    page.add(["序号", "网格", "户主信息", "", "", "家庭成员信息", "", "", ""])
    page.add(["", "", "姓名", "身份证号", "联系电话", "姓名", "关系", "身份证号码", "手机"])
    page.merge(0, 0, 1, 0)
    page.merge(0, 1, 1, 1)
    page.merge(0, 2, 0, 4)
    page.merge(0, 5, 0, 8)
    for number, family in enumerate(v.families, 1):
        head, others = family.people[0], family.people[1:]
        top = len(page.cells)
        truth.person(head, page.name, top, family.grid)
        for n, who in enumerate(others):
            first = [float(number), f"第{family.grid}网格", head.name, head.id, head.phone] if n == 0 else [""] * 5
            row = page.add([*first, who.name, who.relation, who.id, who.phone])
            truth.rows += 1
            truth.warn(page.name, row, "身份证号码", who.id_reason)
            truth.warn(page.name, row, "手机", who.phone_reason)
            truth.person(who, page.name, row, family.grid)
        truth.warn(page.name, top, "身份证号", head.id_reason)
        truth.warn(page.name, top, "联系电话", head.phone_reason)
        for c in range(5):
            page.merge(top, c, len(page.cells) - 1, c)
    truth.households += len(v.families)
    return [page.sheet()], truth


def side_by_side(v: Village) -> tuple[list[Sheet], Truth]:
    """A ledger printed in two halves next to each other; no households."""
    truth, page = Truth(), Page("外来人员")
    everyone = [who for family in v.families for who in family.people]
    half = (len(everyone) + 1) // 2
    page.add(["外来人员登记"])
    header = ["序号", "姓名", "身份证号", "联系电话", "网格"]
    page.add(header * 2)
    for n in range(half):
        pair = [everyone[n], *everyone[half + n : half + n + 1]]
        row = page.add([x for who in pair for x in (1.0, who.name, who.id, who.phone, f"{who.grid}组")])
        truth.rows += 1
        for who in pair:
            truth.person(who, page.name, row, who.grid)
    return [page.sheet()], truth


def ledger(v: Village) -> tuple[list[Sheet], Truth]:
    """Incomers: no households at all."""
    truth, page = Truth(), Page("外来人员")
    parts = ["serial", *shuffled(v, ["name", "sex", "id", "phone", "grid"]), "note"]
    w = Writer(v, truth, page, parts, left=v.random.choice([0, 1]))
    w.title("哲古社区外来人员台账")
    w.header()
    for number, who in enumerate((who for family in v.families for who in family.people), 1):
        missing = v.chance(0.05)
        cell = v.pick(["", "待定", "/", "无"]) if missing else v.grid_cell(who.grid)
        row = w.person(who, v.families[0], False, cell, number, {})
        w.count(who, row, None if missing else who.grid)
    messy_ends(w, truth.people)
    return [page.sheet()], truth


def grid_once(v: Village) -> tuple[list[Sheet], Truth]:
    """The grid is written once, on the first row of each grid or household, and holds below."""
    truth, page = Truth(), Page("Sheet1")
    w = Writer(v, truth, page, ["grid", "no", "head", *PERSON_PARTS])
    w.header()
    each_household, last = v.chance(0.5), None
    for family in v.families:
        for n, who in enumerate(family.people):
            told = n == 0 and (each_household or family.grid != last)
            last = family.grid
            extra = {"no": float(family.no), "head": family.head.name} if n == 0 else {}
            row = w.person(who, family, n == 0, v.grid_cell(family.grid) if told else "", 0, extra)
            w.count(who, row, family.grid)
    truth.households += len(v.families)
    return [page.sheet()], truth


def member_columns(v: Village) -> tuple[list[Sheet], Truth]:
    """One row per household: the head, then a column for each further member's name."""
    truth, page = Truth(), Page("Sheet1")
    most = max(len(family.people) for family in v.families)
    words = {"id": v.pick(["身份证号", "户主身份证号"]), "phone": v.pick(["联系电话", "户主电话"])}
    lead = ["序号", "网格", "户号", "户主姓名", words["id"], words["phone"]]
    page.add([*lead, *[f"家庭成员{n + 1}" for n in range(most - 1)], "备注"])
    for family in v.families:
        head, others = family.people[0], family.people[1:]
        names = [f"{who.name}（{who.relation}）" if v.chance(0.5) else who.name for who in others]
        row = page.add([float(family.no), v.grid_cell(family.grid), float(family.no), head.name, head.id, head.phone,
                        *names, *[""] * (most - 1 - len(names)), ""])
        truth.rows += 1
        truth.warn(page.name, row, words["id"], head.id_reason)
        truth.warn(page.name, row, words["phone"], head.phone_reason)
        truth.person(head, page.name, row, family.grid)
        for who in others:
            who.valid_id = ""
            truth.person(who, page.name, row, family.grid)
    truth.households += len(v.families)
    page.add(["社区负责人（签字）：", "", "填表人："])
    return [page.sheet()], truth


def with_summaries(v: Village) -> tuple[list[Sheet], Truth]:
    """A full list beside a list of the same households' heads, a statistics sheet and an address book."""
    sheets, truth = one_sheet(v)
    heads, figures, book = Page("户主名册"), Page("人口统计"), Page("通讯录")
    heads.add(["序号", "户主姓名", "人口数", "联系电话"])
    for family in v.families:
        if any(who.name for who in family.people):
            heads.add([float(family.no), family.head.name, float(len(family.people)), "13900000000"])
    figures.add(["网格", "户数", "人口", "男", "女", "备注"])
    figures.add([1.0, 10.0, 32.0, 16.0, 16.0, ""])
    book.add(["姓名", "职务", "电话"])
    book.add(["扎西多吉", "网格长", "13900000001"])
    return [figures.sheet(), *sheets, heads.sheet(), book.sheet()], truth


def wide_cells(v: Village) -> tuple[list[Sheet], Truth]:
    """Each field takes two columns, merged in the header and in every row."""
    truth, page = Truth(), Page("Sheet1")
    parts = ["grid", *PERSON_PARTS]
    words = {part: v.pick(WORDS[part]) for part in parts}

    def doubled(cells: list[Any]) -> int:
        row = page.add([x for cell in cells for x in (cell, "")])
        for n in range(len(cells)):
            page.merge(row, 2 * n, row, 2 * n + 1)
        return row

    doubled([words[part] for part in parts])
    for family in v.families:
        for who in family.people:
            row = doubled([f"第{who.grid}网格", who.name, who.relation, who.sex, who.id, who.birth_cell, who.phone])
            truth.rows += 1
            for part, reason in (("id", who.id_reason), ("phone", who.phone_reason), ("birth", who.birth_reason)):
                truth.warn(page.name, row, words[part], reason)
            truth.person(who, page.name, row, who.grid)
    truth.households += len(v.families)
    return [page.sheet()], truth


LAYOUTS: dict[str, Callable[[Village], tuple[list[Sheet], Truth]]] = {
    layout.__name__: layout
    for layout in (one_sheet, two_levels, sheet_per_grid, sections, stacked, by_household, line_by_line, wide_blocks,
                   head_apart, side_by_side, ledger, grid_once, member_columns, with_summaries, wide_cells)
}

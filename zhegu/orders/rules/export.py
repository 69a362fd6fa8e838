"""A group-buy export becomes a sign-up: rows to entries, columns to doors, refunds to cancellations. Pure."""

import re

from zhegu.lib.sheets.cells import Sheet
from zhegu.orders.rules import remarks
from zhegu.orders.rules.catalogue import Catalogue, everyday, written
from zhegu.orders.rules.characters import PICTURE
from zhegu.orders.rules.doors import Door, find_doors, same_door
from zhegu.orders.rules.entry import read_entry
from zhegu.orders.rules.grids import read_grid
from zhegu.orders.rules.headings import Heads, cell, find_heads
from zhegu.orders.rules.listed import Listed, listed
from zhegu.orders.rules.numbers import number, whole
from zhegu.orders.rules.phones import read_phone
from zhegu.orders.rules.quantities import quantity_at
from zhegu.orders.rules.signup import Doubt, Entry, SignUp, Unread, Wanted
from zhegu.orders.rules.slate import Slate

_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|汇总)")
_TAKEN_BACK = re.compile(r"全额退|已退款?|退款成功|已取消|取消|交易关闭|已关闭|作废")
_PARTLY = re.compile(r"部分退|退一|退部分|少退|缺货退")
_SIZED = re.compile(r"^(.*?)[\s(]*((?:约)?\d+(?:\.\d+)?\s*(?:kg|g|ml|l|斤|公斤|克|个|枚|片|袋|盒|瓶|粒|支).*?)\)?$", re.IGNORECASE)
_PER = re.compile(r"[/每]\s*([\u3400-\u9fff]{1,2})\s*$")
_AD = re.compile(r"\[.*?\]|\(.*?\)|新鲜|特价|现货|包邮")


def read_export(sheets: list[Sheet], catalogue: Catalogue | None = None) -> SignUp | None:
    """The sign-up of a workbook; None where no sheet says who wants what."""
    catalogue = catalogue or everyday()
    headed = [(sheet, heads) for sheet in sheets if (heads := find_heads(sheet))]
    orders = [(sheet, heads) for sheet, heads in headed if heads.of_orders]
    if not orders:
        return None
    whole_list = SignUp(title=next((heads.title for _, heads in orders if heads.title), None))
    refunds = _refunds(headed)
    for sheet, heads in orders:
        found = _Export(sheet, heads, catalogue, refunds).done()
        whole_list.entries += found.entries
        whole_list.unread += found.unread
    return whole_list


def _refunds(headed: list[tuple[Sheet, Heads]]) -> dict[int, float]:
    """A sheet of its own that lists what was paid back by number."""
    found: dict[int, float] = {}
    for sheet, heads in headed:
        if heads.of_orders or not {"no", "refund"} <= set(heads.at):
            continue
        for row in range(heads.row + 1, len(sheet.cells)):
            no = whole(cell(sheet.raw(row, heads.at["no"])))
            paid_back = number(cell(sheet.raw(row, heads.at["refund"])))
            if no is not None and paid_back:
                found[no] = paid_back
    return found


class _Export:
    """One sheet of orders, read row by row; a row without a number of its own goes on with the one above."""

    def __init__(self, sheet: Sheet, heads: Heads, catalogue: Catalogue, refunds: dict[int, float]):
        self.sheet, self.heads, self.refunds = sheet, heads, refunds
        self.about: Listed = listed(heads.title or "", catalogue, [])
        self.found = SignUp()
        self.paid: dict[int, list[tuple[float, float]]] = {}
        self.with_lane = len({text for row in self._rows() if (text := re.sub(r"\D", "", self._at(row, "lane")))}) > 1

    def _rows(self) -> range:
        return range(self.heads.row + 1, len(self.sheet.cells))

    def _at(self, row: int, part: str) -> str:
        column = self.heads.at.get(part)
        return "" if column is None else cell(self.sheet.raw(row, column))

    def done(self) -> SignUp:
        last: Entry | None = None
        for row in self._rows():
            filled = [cell(value) for value in self.sheet.cells[row] if cell(value)]
            if not filled or _TOTAL.match(filled[0]):
                continue
            if self._begins(row, last):
                last = self._entry(row)
                self.found.entries.append(last)
            if last is None:
                self.found.unread.append(Unread(row + 1, " ".join(filled)))
                continue
            last.source.append(row + 1)
            self._wanted(last, row)
            self._money(last, row)
        for entry in self.found.entries:
            self._settle(entry)
        return self.found

    def _begins(self, row: int, last: Entry | None) -> bool:
        no = whole(self._at(row, "no"))
        if no is not None and last is not None and no == last.no:
            name = self._at(row, "name")
            return bool(name) and name != last.name
        return no is not None or any(self._at(row, part) for part in ("name", "phone", "address", "order"))

    def _entry(self, row: int) -> Entry:
        entry = Entry(no=whole(self._at(row, "no")))
        entry.name = self._at(row, "name").replace(PICTURE, "").strip() or None
        if said := self._at(row, "phone"):
            read_phone(Slate(said), entry)
            if entry.phone is None:
                entry.doubt(Doubt.BROKEN_PHONE)
        if said := self._at(row, "grid"):
            read_grid(Slate(said if not said.isdigit() else f"{said}组"), entry)
        self._door(entry, row)
        return entry

    def _door(self, entry: Entry, row: int) -> None:
        """The door of the address and that of the columns; where they differ it is left open."""
        said = [door for door in (self._of_address(row), self._of_columns(row)) if door]
        if len(said) == 2 and not same_door(*(door.text for door in said)):
            entry.doubt(Doubt.COLUMNS)
            entry.notes += [door.text for door in said]
        elif said:
            chosen = max(said, key=lambda door: len(door.text))
            parts = chosen.text.split("-")
            entry.door = chosen.text if self.with_lane or len(parts) < 3 or not self._is_lane(parts[0], row) else "-".join(parts[1:])
        else:
            entry.doubt(Doubt.NO_DOOR)
        if any(door.mistyped for door in said):
            entry.doubt(Doubt.LETTERS)
        if any(door.unsure for door in said):
            entry.doubt(Doubt.DOOR_UNSURE)

    def _is_lane(self, first: str, row: int) -> bool:
        """Whether a door's first part is the lane they all share."""
        return first == re.sub(r"\D", "", self._at(row, "lane")) or f"{first}弄" in self._at(row, "address")

    def _of_address(self, row: int) -> Door | None:
        text = self._at(row, "address")
        if text.isdigit() and len(text) in (3, 4):
            text += "室"
        found = find_doors(Slate(f" {text} "))
        return found[-1] if found else None

    def _of_columns(self, row: int) -> Door | None:
        """Lane, house, unit and room put together; a room column may hold the whole door."""
        room = re.sub(r"[室房号]", "", self._at(row, "room"))
        for part in ("room", "house"):
            whole_door = find_doors(Slate(f" {self._at(row, part)} "))
            if whole_door and "-" in whole_door[0].text and not (whole_door[0].unsure and room):
                return whole_door[0]
        if not room:
            return None
        house, unit = self._marked(row, "house", "栋"), self._marked(row, "unit_no", "单元")
        joined = find_doors(Slate(f" {house}{unit}{room}{'' if house or unit else '室'} "))
        return joined[0] if joined else None

    def _marked(self, row: int, part: str, mark: str) -> str:
        """A column's number with the word that says what it is."""
        said = self._at(row, part)
        return f"{said}{mark}" if re.fullmatch(r"[0-9oOlI]+", said) else said

    def _wanted(self, entry: Entry, row: int) -> None:
        for column, words in self.heads.things.items():
            if said := cell(self.sheet.raw(row, column)):
                self._one(entry, words, said, "", "")
        if item := self._at(row, "item"):
            quantity = self._at(row, "quantity")
            if not quantity and re.search(r"\d|[一两三半]", item):
                inside = read_entry(item, self.about)
                entry.lines += inside.lines
                for why in (Doubt.NO_QUANTITY, Doubt.RANGE, Doubt.NO_UNIT):
                    if why in inside.doubts:
                        entry.doubt(why)
            else:
                self._one(entry, item, quantity, self._at(row, "spec"), self._at(row, "unit"))

    def _one(self, entry: Entry, words: str, said: str, spec: str, unit: str) -> None:
        """One thing of one row. `said` is a bare number or a quantity with its unit."""
        name, size = self._named(words)
        spec = spec or size
        amount, found = number(said), quantity_at(said, 0)
        if amount is None and found and found[1] == len(said):
            amount, unit = found[0].number, unit or (found[0].unit or "")
        if amount == 0:
            return
        thing = written(name, self.about.catalogue)
        per = _PER.search(spec)
        entry.lines.append(Wanted(thing.name, amount, unit or (per[1] if per else None) or thing.unit or "份", spec))
        if amount is None or amount < 0:
            entry.doubt(Doubt.NO_QUANTITY)
        if thing.kind == "vague":
            entry.doubt(Doubt.WHICH_DRUG)
        elif self.about.is_drug(thing) and not re.search(r"\d", spec):
            entry.doubt(Doubt.NO_STRENGTH)

    def _named(self, words: str) -> tuple[str, str]:
        """The thing's own name without praise, and a size that stands behind it."""
        catalogue = self.about.catalogue
        if catalogue.named(words):
            return words, ""
        sized = _SIZED.match(words)
        name, size = (sized[1], sized[2]) if sized and sized[1].strip() else (words, "")
        plain = _AD.sub("", name).strip(" -/,") or name.strip()
        if plain.endswith("换气") and (gas := catalogue.named(plain[:-2]) or catalogue.named("气")):
            return gas.name, size
        return plain, size

    def _money(self, entry: Entry, row: int) -> None:
        back, paid = number(self._at(row, "refund")) or 0, number(self._at(row, "paid")) or 0
        self.paid.setdefault(id(entry), []).append((back, paid))
        for part in ("member_note", "leader_note", "status"):
            if words := self._at(row, part).replace(PICTURE, " ").strip():
                self._noted(entry, part, words)

    def _noted(self, entry: Entry, part: str, words: str) -> None:
        """Notes are kept; one that could change the order is doubted. What a leader wrote about a refund is one."""
        if _PARTLY.search(words):
            entry.doubt(Doubt.PARTLY_REFUNDED)
        elif part != "member_note" and _TAKEN_BACK.search(words):
            entry.cancelled = True
        elif part == "status":
            return
        else:
            slate = Slate(words)
            remarks.read_kept(slate, Entry())
            if not remarks.says_nothing(slate.text):
                entry.doubt(Doubt.REMARK)
        entry.notes.append(words)

    def _settle(self, entry: Entry) -> None:
        """Fully paid back is cancelled; partly paid back is for a person."""
        money = self.paid.get(id(entry), [])
        back = sum(one for one, _ in money) or self.refunds.get(entry.no or 0, 0)
        paid = sum(one for _, one in money)
        if back and paid and back < paid:
            entry.cancelled = False
            entry.doubt(Doubt.PARTLY_REFUNDED)
        elif back:
            entry.cancelled = True
        if not entry.lines:
            entry.doubt(Doubt.NO_QUANTITY)

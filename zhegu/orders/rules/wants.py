"""Which quantity belongs to which thing in a line. Pure."""

import re
from dataclasses import dataclass, field

from zhegu.orders.rules.catalogue import Thing, written
from zhegu.orders.rules.lexemes import Kind, Lexeme, glued
from zhegu.orders.rules.listed import Listed
from zhegu.orders.rules.numbers import number
from zhegu.orders.rules.quantities import Quantity
from zhegu.orders.rules.signup import Doubt, Wanted
from zhegu.orders.rules.unknown import with_unknown_things

GAS_UNITS = {"罐": "瓶", "个": "瓶", "ཤེལ་དམ": "瓶"}
_PIECES = frozenset("片粒支枚个袋包丸贴")
_NO_THING = re.compile(r"[不没别我你他她的]|隔壁|邻居|妈|爸|一共|大概|左右|^[是有再先又还和跟]|家$|^[\d一二两三四五六七八九十几每]+[样种]|^(?:全部|所有|都)|大小$")
_SETS = re.compile(r"(?:套餐|套装|礼包|快餐|盒饭)$|^[A-Za-z](?:包|套|款|餐)$")
"""These are told in portions whether one says so or not."""
_A_PIECE = re.compile(r"[/一每]\s?[^\d\s]+$")
"""48元一斤: what one costs, and nothing of how much."""
MOST_PIECES = 99
"""A bare number behind a thing that is larger than this is no quantity."""


@dataclass
class _Line:
    wanted: Wanted
    thing: Thing
    said: Quantity | None = None
    doubts: list[Doubt] = field(default_factory=list)


@dataclass
class Basket:
    """What is wanted, which words that took, and what is doubted."""

    lines: list[Wanted] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    used: list[Lexeme] = field(default_factory=list)


def fill(pieces: list[Lexeme], listed: Listed) -> Basket:
    """The things and quantities of one line, in the order they were written."""
    return _Filling(with_unknown_things(pieces, listed), listed).done()


class _Filling:
    def __init__(self, pieces: list[Lexeme], listed: Listed):
        self.pieces, self.listed = pieces, listed
        self.lines: list[_Line] = []
        self.open: list[_Line] = []
        self.waiting: list[Quantity] = []
        self.each = self.changed = self.either = False
        self.meant: _Line | None = None
        self.found = Basket()

    def done(self) -> Basket:
        for place, one in enumerate(self.pieces):
            following = self.pieces[place + 1] if place + 1 < len(self.pieces) else None
            if one.kind is Kind.THING:
                self._thing(one, following)
            elif one.kind is Kind.QUANTITY and one.quantity:
                self._quantity(one.quantity, bool(following and following.kind is Kind.THING and glued(one, following)))
                self.found.used.append(one)
            elif one.kind is Kind.NUMBER and self._is_bare_strength(one, place):
                self._sized(self.lines[-1], one.text)
                self._doubt(Doubt.NO_STRENGTH)
                self.found.used.append(one)
            elif one.kind is Kind.NUMBER and self._counts(one, place):
                self._quantity(Quantity(number(one.text), None, one.text), False)
                self.found.used.append(one)
            elif one.kind is Kind.EACH:
                self.each = True
            elif one.kind is Kind.CHANGED:
                self.changed = True
            elif one.kind is Kind.OR:
                self.either = bool(self.lines or self.waiting)
                if self.either:
                    self._doubt(Doubt.RANGE)
        return self._told()

    def _is_bare_strength(self, one: Lexeme, place: int) -> bool:
        """Whether a number right behind a drug can only be its strength, whose unit was left out: 二甲双胍0.5, 格华止850."""
        before = self.pieces[place - 1] if place else None
        near = before is not None and before.kind is Kind.THING and one.start - before.end <= 1
        return near and bool(self.lines) and self.listed.is_drug(self.lines[-1].thing) and ("." in one.text or (number(one.text) or 0) > MOST_PIECES)

    def _counts(self, one: Lexeme, place: int) -> bool:
        """Whether a bare number tells how many of the thing right before it, or of all (各2)."""
        if self.each or self.changed:
            return True
        before = self.pieces[place - 1] if place else None
        behind_a_thing = before is not None and before.kind is Kind.THING and one.start - before.end <= 1
        return (behind_a_thing or self._behind_a_size(one, before)) and (number(one.text) or 0) <= MOST_PIECES

    def _behind_a_size(self, one: Lexeme, before: Lexeme | None) -> bool:
        """苹果9斤装2: two of that size."""
        sized = before is not None and before.quantity is not None and before.quantity.size_only and one.start - before.end <= len(") ")
        return sized and bool(self.lines) and self.lines[-1].said is None and bool(self.lines[-1].wanted.spec)

    def _thing(self, one: Lexeme, following: Lexeme | None) -> None:
        thing = one.thing or written(one.text, self.listed.catalogue)
        self.found.used.append(one)
        if same := self._to_be_changed(thing, following):
            self.meant = same
            return
        if self.open and self.open[-1] is self.lines[-1] and self.lines[-1].wanted.item == thing.name:
            return  # said twice, in two scripts or by two words: 土豆 ཞོ་གོ
        line = _Line(Wanted(thing.name), thing)
        self.lines.append(line)
        self.open.append(line)
        for said in self.waiting:
            self._give(line, said)
        if self.waiting and line.said:
            self.open.remove(line)
        self.waiting = []

    def _to_be_changed(self, thing: Thing, following: Lexeme | None) -> _Line | None:
        """The earlier line of the thing, where it is named again only to be changed."""
        again = following is not None and following.kind is Kind.CHANGED
        return next((line for line in self.lines if again and line.wanted.item == thing.name), None)

    def _quantity(self, said: Quantity, belongs_after: bool) -> None:
        last = self.lines[-1] if self.lines else None
        if self.each:
            if not self.open and len(self.lines) > 1:
                self._doubt(Doubt.TWO_QUANTITIES)
            for line in self.open or self.lines[-1:]:
                self._give(line, said)
            self.open, self.each = [], False
        elif self.changed:
            self._change(self.meant or last, said)
        elif said.money:
            self._money(said, belongs_after)
        elif belongs_after and not self._closes(last):
            self.waiting.append(said)
        elif last is not None and (last in self.open or self._may_join(last, said)):
            self._give(last, said)
            if last.said and last in self.open:
                self.open.remove(last)
        elif last is None and self.listed.only and not self.waiting:
            self._of_the_title(said)
        elif belongs_after or last is None or said.strength or said.size_only:
            self.waiting.append(said)
        else:
            self.waiting.append(said)

    def _closes(self, last: _Line | None) -> bool:
        return last is not None and last in self.open

    def _of_the_title(self, said: Quantity) -> None:
        thing = self.listed.only
        if thing is None:
            return
        line = _Line(Wanted(thing.name), thing)
        self.lines.append(line)
        self._give(line, said)
        if not line.said:
            self.open.append(line)

    def _may_join(self, line: _Line, said: Quantity) -> bool:
        """Whether a further quantity tells the size of the same thing, or how many of that size."""
        if line.said is None or said.strength or said.size_only:
            return True
        sized = line.said.measures or line.said.unit in _PIECES
        if sized and (said.counts or (said.unit is None and said.written[:1] in "xX*")):
            return True
        if said.counts and line.said.counts and bool(line.wanted.spec) and "*" in (line.said.written + said.written).lower().replace("x", "*"):
            return True
        return said.measures and (line.said.counts or line.thing.is_gas)

    def _give(self, line: _Line, said: Quantity) -> None:
        if said.vague or said.money:
            line.said = said
            line.wanted.quantity, line.wanted.unit = None, self._unit(line, said)
            line.doubts.append(Doubt.MONEY if said.money else Doubt.RANGE)
            self.found.notes.append(said.written)
        elif (said.strength and not (said.unit == "克" and line.thing.kind == "" and line.said is None and not self.listed.medicine)) or said.size_only:
            self._sized(line, said.written)
        elif line.said is None:
            self._set(line, said)
        elif (line.said.counts or line.thing.is_gas) and (said.measures or (said.written[:1] in "xX*" and line.said.written[:1] not in "xX*")):
            self._sized(line, said.written)
        else:
            self._sized(line, line.said.written.lstrip("xX* "))
            self._set(line, said)

    def _set(self, line: _Line, said: Quantity) -> None:
        if line.thing.is_gas and said.measures:
            self._sized(line, said.written)
            return
        line.said = said
        line.wanted.quantity, line.wanted.unit = said.number, self._unit(line, said)

    def _sized(self, line: _Line, size: str) -> None:
        line.wanted.spec = "*".join(filter(None, (line.wanted.spec, size.strip("xX* /"))))

    def _unit(self, line: _Line, said: Quantity) -> str | None:
        if line.thing.is_gas:
            return GAS_UNITS.get(said.unit or "", said.unit) or line.thing.unit
        if said.unit is None and self.listed.only and line.thing.name == self.listed.only.name:
            return self.listed.only.unit
        return said.unit

    def _change(self, last: _Line | None, said: Quantity) -> None:
        self.changed, self.meant = False, None
        if last is None:
            self._quantity(said, False)
            return
        if len(self.lines) > 1 and last.said and last.said.unit is not None and said.unit != last.said.unit:
            self._doubt(Doubt.CHANGE_UNCLEAR)
        last.doubts = []
        last.said = None
        self._give(last, said)

    def _money(self, said: Quantity, belongs_after: bool) -> None:
        """An amount of money says how much only where nothing else does."""
        self.found.notes.append(said.written)
        if _A_PIECE.search(said.written):
            return
        line = self.open[-1] if self.open else None
        if line is None and not self.lines and self.listed.only:
            line = _Line(Wanted(self.listed.only.name, None, self.listed.only.unit), self.listed.only)
            self.lines.append(line)
        if line:
            line.said = said
            self.open = [one for one in self.open if one is not line]
        if belongs_after or not self._is_only_the_price(said):
            self._doubt(Doubt.MONEY)

    def _is_only_the_price(self, said: Quantity) -> bool:
        """Whether the money only tells what the thing before it costs: 白菜2斤6元, 1瓶 110元."""
        amount, price = number(said.written.strip("¥￥元块钱圆 ")), self.listed.price if self.listed.only else None
        last = self.lines[-1].wanted if self.lines else None
        many = last.quantity if last else None
        if price is not None:
            return amount in (price, price * (many or 1))
        return many is not None

    def _doubt(self, why: Doubt) -> None:
        if why not in self.found.doubts:
            self.found.doubts.append(why)

    def _told(self) -> Basket:
        if self.waiting:
            self._left_over()
        for line in self.lines:
            wanted = line.wanted
            for why in line.doubts:
                self._doubt(why)
            if wanted.quantity is None and not line.doubts:
                self._doubt(Doubt.NO_QUANTITY)
                wanted.unit = line.thing.unit if line.thing.is_gas else wanted.unit
            elif wanted.quantity is not None and ((wanted.unit is None and not _SETS.search(line.thing.name)) or not wanted.quantity):
                self._doubt(Doubt.NO_UNIT)
            self._doubt_drug(line)
            self._doubt_thing(line)
            self.found.lines.append(wanted)
        return self.found

    def _left_over(self) -> None:
        """Quantities that no thing took: of nothing named, or a second one of the last thing."""
        if self.lines:
            last = self.lines[-1].wanted
            self._doubt(Doubt.TWO_QUANTITIES)
            self.found.notes += [said.written for said in self.waiting]
            last.quantity = None
            self.lines[-1].doubts.append(Doubt.TWO_QUANTITIES)
            return
        self._doubt(Doubt.NO_ITEM)
        for said in self.waiting:
            self.found.lines.append(Wanted(None, None if said.vague else said.number, said.unit))

    def _doubt_thing(self, line: _Line) -> None:
        """A word nobody knows is a thing only where a list is open to anything, and where it can be one."""
        unknown = self.listed.catalogue.named(line.thing.name) is None and not line.thing.kind
        if unknown and ((self.listed.only is not None and line.thing.name != self.listed.only.name) or len(line.thing.name) < 2 or _NO_THING.search(line.thing.name)):
            self._doubt(Doubt.REMARK)
        same = [one for one in self.lines if one.wanted.item == line.wanted.item and one.wanted.spec == line.wanted.spec]
        if len(same) > 1:
            self._doubt(Doubt.TWO_QUANTITIES)

    def _doubt_drug(self, line: _Line) -> None:
        if line.thing.kind == "vague":
            self._doubt(Doubt.WHICH_DRUG)
        elif self.listed.is_drug(line.thing) and not any(letter.isdigit() for letter in line.wanted.spec):
            self._doubt(Doubt.NO_STRENGTH)

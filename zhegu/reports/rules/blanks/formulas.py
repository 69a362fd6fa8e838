"""Works out the simple formulas of a form, so that a preview shows right totals without opening Excel.

What it does not know raises `Unknown`; the caller then asks Excel to count again. It is no spreadsheet:
operators, references within the workbook, and the functions that forms use.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal, InvalidOperation

from zhegu.reports.rules.blanks.sheet import Box, Spot, box_of, letters, spot

Value = int | float | str | bool | None
"""What a cell holds; None for a blank one, a text beginning with # for an error."""

MOST_CELLS = 200_000
DEEPEST = 150
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)(?![\w!:])|(?P<text>"(?:[^"]|"")*")|
    (?P<ref>(?:(?:'(?:[^']|'')+'|[^\s'!()+\-*/^&=<>,;:"{}\[\]]+)!)?\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?(?![\w(.!]))|
    (?P<call>[A-Za-z_][\w.]*)\(|(?P<name>TRUE|FALSE)\b|(?P<error>\#[A-Z0-9/]+[!?]?)|(?P<sign><=|>=|<>|[-+*/^&=<>%(),]))""",
    re.X | re.I,
)
_REFERENCE = re.compile(r"(\"(?:[^\"]|\"\")*\")|('(?:[^']|'')+'!|[\w\u0080-\uffff.]+!)?(\$?)([A-Za-z]{1,3})(\$?)(\d+)(?![\w(])")


class Unknown(Exception):
    """The formula uses something that is not worked out here."""


@dataclass(frozen=True)
class Range:
    """The cells a reference names."""

    values: tuple[Value, ...]


class Book:
    """Cells and formulas of all sheets; a formula's value is worked out when it is asked for."""

    def __init__(self, values: Mapping[str, Mapping[Spot, Value]], formulas: Mapping[str, Mapping[Spot, str]]) -> None:
        self.values = {name.casefold(): dict(cells) for name, cells in values.items()}
        self.formulas = {name.casefold(): dict(cells) for name, cells in formulas.items()}
        self.known: dict[tuple[str, Spot], Value | Unknown] = {}
        self.open: set[tuple[str, Spot]] = set()
        self.read = 0

    def value(self, sheet: str, at: Spot) -> Value:
        """The value of a cell; raises Unknown where its formula, or one it needs, is not worked out here."""
        name = sheet.casefold()
        if name not in self.values:
            raise Unknown(sheet)
        formula = self.formulas.get(name, {}).get(at)
        if formula is None:
            return self.values[name].get(at)
        key = (name, at)
        if key not in self.known:
            if key in self.open or len(self.open) > DEEPEST:
                raise Unknown("circle")
            self.open.add(key)
            try:
                self.known[key] = Formula(formula, name, self).result()
            except Unknown as unknown:
                self.known[key] = unknown
            finally:
                self.open.discard(key)
        found = self.known[key]
        if isinstance(found, Unknown):
            raise found
        return found

    def range(self, sheet: str, box: Box) -> Range:
        size = box.width * box.height
        self.read += size
        if size > MOST_CELLS or self.read > 20 * MOST_CELLS:
            raise Unknown("range")
        rows, columns = range(box.top, box.bottom + 1), range(box.left, box.right + 1)
        return Range(tuple(self.value(sheet, (row, column)) for row in rows for column in columns))


class Formula:
    """One formula, parsed and worked out by recursive descent."""

    def __init__(self, formula: str, sheet: str, book: Book) -> None:
        self.sheet, self.book = sheet, book
        self.tokens = list(_tokens(formula.lstrip("=")))
        self.at = 0

    def result(self) -> Value:
        found = _single(self.compared())
        if self.at != len(self.tokens):
            raise Unknown("rest")
        return 0 if found is None else found

    def _peek(self) -> str:
        kind, said = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        return said if kind == "sign" else ""

    def _take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1][1]

    def compared(self) -> "Value | Range":
        left = self.joined()
        while self._peek() in ("=", "<>", "<", ">", "<=", ">="):
            left = _compare(self._take(), _single(left), _single(self.joined()))
        return left

    def joined(self) -> "Value | Range":
        left = self.added()
        while self._peek() == "&":
            self._take()
            left = _join(_single(left), _single(self.added()))
        return left

    def added(self) -> "Value | Range":
        left = self.multiplied()
        while self._peek() in ("+", "-"):
            left = _count(self._take(), left, self.multiplied())
        return left

    def multiplied(self) -> "Value | Range":
        left = self.raised()
        while self._peek() in ("*", "/"):
            left = _count(self._take(), left, self.raised())
        return left

    def raised(self) -> "Value | Range":
        left = self.signed()
        while self._peek() == "^":
            self._take()
            left = _count("^", left, self.signed())
        return left

    def signed(self) -> "Value | Range":
        if self._peek() in ("-", "+"):
            sign = self._take()
            return _count("*", -1 if sign == "-" else 1, self.signed())
        found = self.one()
        while self._peek() == "%":
            self._take()
            found = _count("/", found, 100)
        return found

    def one(self) -> "Value | Range":
        if self.at >= len(self.tokens):
            raise Unknown("end")
        kind, said = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return float(said) if "." in said or "e" in said.lower() else int(said)
        if kind == "text":
            return said[1:-1].replace('""', '"')
        if kind == "error":
            return said.upper()
        if kind == "name":
            return said.upper() == "TRUE"
        if kind == "ref":
            return self._reference(said)
        if kind == "call":
            return self._call(said.upper().removeprefix("_XLFN."))
        if said == "(":
            found = self.compared()
            self._closed()
            return found
        raise Unknown(said)

    def _closed(self) -> None:
        if self._peek() != ")":
            raise Unknown("bracket")
        self._take()

    def _reference(self, said: str) -> "Value | Range":
        sheet, cells = self.sheet, said
        if "!" in said:
            sheet, _, cells = said.rpartition("!")
            sheet = sheet.strip("'").replace("''", "'").casefold()
        if ":" not in cells:
            return self.book.value(sheet, spot(cells))
        return self.book.range(sheet, box_of(cells))

    def _call(self, name: str) -> Value:
        if name in ("IF", "IFERROR"):
            return self._choice(name)
        said: list[Value | Range] = []
        if self._peek() == ")":
            self._take()
        else:
            said.append(self.compared())
            while self._peek() == ",":
                self._take()
                said.append(self.compared())
            self._closed()
        if name not in FUNCTIONS:
            raise Unknown(name)
        try:
            return FUNCTIONS[name](said)
        except _Error as error:
            return error.said
        except (IndexError, OverflowError, ValueError, InvalidOperation) as bad:
            raise Unknown(name) from bad

    def _choice(self, name: str) -> Value:
        """Only the branch that counts may be unknown or an error."""
        starts = self._arguments()
        after = self.at
        def of(place: int) -> Value:
            self.at = starts[place]
            return _single(self.compared())
        try:
            if name == "IFERROR":
                first = of(0)
                found = of(1) if _is_error(first) and len(starts) > 1 else first
            else:
                test = of(0)
                if _is_error(test):
                    found = test
                else:
                    place = 1 if _number(test) else 2
                    found = of(place) if place < len(starts) else False
        finally:
            self.at = after
        return found

    def _arguments(self) -> list[int]:
        """Where each argument begins; leaves the reading place after the closing bracket."""
        starts, depth = [self.at], 0
        while self.at < len(self.tokens):
            kind, said = self.tokens[self.at]
            self.at += 1
            if kind == "call" or (said == "(" and kind == "sign"):
                depth += 1
            elif kind == "sign" and said == ")":
                if depth == 0:
                    return starts
                depth -= 1
            elif kind == "sign" and said == "," and depth == 0:
                starts.append(self.at)
        raise Unknown("bracket")


class _Error(Exception):
    def __init__(self, said: str) -> None:
        self.said = said


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    at = 0
    formula = formula.rstrip()
    while at < len(formula):
        found = _TOKEN.match(formula, at)
        if not found or found.end() == at:
            raise Unknown(formula[at : at + 10])
        at = found.end()
        kind = str(found.lastgroup)
        yield kind, found.group(kind)


def _is_error(value: "Value | Range") -> bool:
    return isinstance(value, str) and bool(re.match(r"#[A-Z0-9/]+[!?]?$", value))


def _single(value: "Value | Range") -> Value:
    if isinstance(value, Range):
        if len(value.values) != 1:
            raise Unknown("array")
        return value.values[0]
    return value


def _number(value: Value) -> float | int:
    if value is None or value == "":
        if value == "":
            raise _Error("#VALUE!")
        return 0
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    if _is_error(value):
        raise _Error(value)
    try:
        return float(value)
    except ValueError:
        raise _Error("#VALUE!") from None


def _count(sign: str, left: "Value | Range", right: "Value | Range") -> Value:
    try:
        a, b = _number(_single(left)), _number(_single(right))
    except _Error as error:
        return error.said
    try:
        if sign == "/":
            return a / b if b else "#DIV/0!"
        if sign == "^":
            raised = a**b
            return raised if isinstance(raised, int | float) and math.isfinite(raised) else "#NUM!"
        return a + b if sign == "+" else a - b if sign == "-" else a * b
    except (OverflowError, ZeroDivisionError):
        return "#NUM!"


def _join(left: Value, right: Value) -> Value:
    for one in (left, right):
        if _is_error(one):
            return one
    return _text(left) + _text(right)


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _compare(sign: str, left: Value, right: Value) -> Value:
    for one in (left, right):
        if _is_error(one):
            return one
    a, b = _blank_like(left, right), _blank_like(right, left)
    if isinstance(a, str) != isinstance(b, str):
        order = 1 if isinstance(a, str) else -1
    else:
        a, b = (a.casefold(), b.casefold()) if isinstance(a, str) and isinstance(b, str) else (a, b)
        order = (a > b) - (a < b)  # type: ignore[operator]
    return {"=": order == 0, "<>": order != 0, "<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0}[sign]


def _blank_like(value: Value, other: Value) -> Value:
    if value is None:
        return "" if isinstance(other, str) else 0
    return value


def _numbers(said: Sequence["Value | Range"]) -> list[float | int]:
    """The numbers of arguments; texts and blanks in ranges do not count, errors spoil the result."""
    found: list[float | int] = []
    for one in said:
        if isinstance(one, Range):
            for value in one.values:
                if _is_error(value):
                    raise _Error(str(value))
                if isinstance(value, int | float) and not isinstance(value, bool):
                    found.append(value)
        else:
            found.append(_number(one))
    return found


def _flat(said: Sequence["Value | Range"]) -> list[Value]:
    return [value for one in said for value in (one.values if isinstance(one, Range) else (one,))]


def _rounded(way: str) -> Callable[[Sequence["Value | Range"]], Value]:
    def act(said: Sequence["Value | Range"]) -> Value:
        number, places = _number(_single(said[0])), int(_number(_single(said[1]))) if len(said) > 1 else 0
        if abs(places) > 15:
            raise Unknown("places")
        exact = Decimal(repr(number)).quantize(Decimal(1).scaleb(-places), rounding=way)
        return int(exact) if places <= 0 else float(exact)

    return act


def _sum_product(said: Sequence["Value | Range"]) -> Value:
    rows = [one.values if isinstance(one, Range) else (one,) for one in said]
    if len({len(row) for row in rows}) != 1:
        return "#VALUE!"
    total: float | int = 0
    for values in zip(*rows, strict=True):
        for value in values:
            if _is_error(value):
                return value
        plain = [v if isinstance(v, int | float) and not isinstance(v, bool) else 0 for v in values]
        total += math.prod(plain)
    return total


def _matches(value: Value, test: Value) -> bool:
    said = _text(test)
    found = re.match(r"(<=|>=|<>|=|<|>)?(.*)$", said, re.S)
    sign, rest = (found.group(1) or "="), found.group(2)  # type: ignore[union-attr]
    if "*" in rest or "?" in rest:
        raise Unknown("wildcard")
    try:
        wanted: Value = float(rest)
    except ValueError:
        wanted = rest
    if isinstance(wanted, float):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return sign == "<>"
    elif wanted == "":
        return (value in (None, "")) == (sign == "=")
    elif not isinstance(value, str):
        return sign == "<>"
    return bool(_compare(sign, value, wanted))


def _count_if(said: Sequence["Value | Range"]) -> Value:
    return sum(_matches(value, _single(said[1])) for value in _flat(said[:1]))


def _sum_if(said: Sequence["Value | Range"]) -> Value:
    tested, summed = _flat(said[:1]), _flat(said[2:3]) or _flat(said[:1])
    if len(tested) != len(summed):
        raise Unknown("sizes")
    return sum(
        amount
        for value, amount in zip(tested, summed, strict=True)
        if isinstance(amount, int | float) and not isinstance(amount, bool) and _matches(value, _single(said[1]))
    )


def _average(said: Sequence["Value | Range"]) -> Value:
    found = _numbers(said)
    return sum(found) / len(found) if found else "#DIV/0!"


def _all(said: Sequence["Value | Range"]) -> list[bool]:
    return [bool(_number(value)) for value in _flat(said) if not isinstance(value, str) and value is not None]


FUNCTIONS: dict[str, Callable[[Sequence["Value | Range"]], Value]] = {
    "SUM": lambda said: sum(_numbers(said)),
    "MAX": lambda said: max(_numbers(said), default=0),
    "MIN": lambda said: min(_numbers(said), default=0),
    "AVERAGE": _average,
    "COUNT": lambda said: sum(isinstance(v, int | float) and not isinstance(v, bool) for v in _flat(said)),
    "COUNTA": lambda said: sum(value is not None for value in _flat(said)),
    "COUNTBLANK": lambda said: sum(value in (None, "") for value in _flat(said)),
    "COUNTIF": _count_if,
    "SUMIF": _sum_if,
    "SUMPRODUCT": _sum_product,
    "PRODUCT": lambda said: math.prod(_numbers(said)),
    "ROUND": _rounded(ROUND_HALF_UP),
    "ROUNDUP": _rounded(ROUND_UP),
    "ROUNDDOWN": _rounded(ROUND_DOWN),
    "INT": lambda said: math.floor(_number(_single(said[0]))),
    "ABS": lambda said: abs(_number(_single(said[0]))),
    "MOD": lambda said: _mod(_number(_single(said[0])), _number(_single(said[1]))),
    "AND": lambda said: all(_all(said)),
    "OR": lambda said: any(_all(said)),
    "NOT": lambda said: not _number(_single(said[0])),
    "ISBLANK": lambda said: _single(said[0]) is None,
    "ISNUMBER": lambda said: isinstance(_single(said[0]), int | float) and not isinstance(_single(said[0]), bool),
    "ISERROR": lambda said: _is_error(_single(said[0])),
    "N": lambda said: _single(said[0]) if isinstance(_single(said[0]), int | float) else 0,
    "LEN": lambda said: len(_text(_single(said[0]))),
    "CONCATENATE": lambda said: "".join(_text(value) for value in _flat(said)),
}


def _mod(number: float | int, by: float | int) -> Value:
    return number - by * math.floor(number / by) if by else "#DIV/0!"


def moved(formula: str, rows: int, columns: int) -> str:
    """A shared formula as it stands `rows` down and `columns` to the right of its first cell."""

    def move(found: re.Match[str]) -> str:
        if found.group(1):
            return found.group(1)
        sheet, fixed_column, column, fixed_row, row = (found.group(at) or "" for at in range(2, 7))
        at_row, at_column = spot(f"{column}{row}")
        if not fixed_row:
            at_row += rows
        if not fixed_column:
            at_column += columns
        if at_row < 1 or at_column < 1:
            return "#REF!"
        return f"{sheet}{fixed_column}{letters(at_column)}{fixed_row}{at_row}"

    return _REFERENCE.sub(move, formula)

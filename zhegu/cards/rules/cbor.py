"""A strict reader of CBOR (RFC 8949) for bytes from strangers.

Strict: one item and nothing after it, depth at most 16, valid UTF-8, map keys that are integers,
text or bytes and never twice, two-byte simple values below 32 refused, lengths checked before
anything is made. Lenient where the contract is: heads longer than needed and indefinite lengths.

Values: int, bytes, str, list, dict, bool, float, None; `Tagged` and `Simple` stand for the rest, so
that nothing tagged or odd can pass for a number.
"""

import struct
from dataclasses import dataclass
from typing import Any

DEPTH = 16
_INDEFINITE = -1
_FLOATS = {25: ">e", 26: ">f", 27: ">d"}
_BREAK = object()


class BadCbor(ValueError):
    """Not CBOR as this reader accepts it."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tagged item."""

    number: int
    item: Any


@dataclass(frozen=True, slots=True)
class Simple:
    """undefined (23) or an unassigned simple value."""

    number: int


def read_cbor(raw: bytes) -> Any:
    """The one item in `raw`; raises BadCbor."""
    reader = _Reader(raw)
    item = reader.item(0)
    if item is _BREAK or reader.at != len(raw):
        raise BadCbor("trailing")
    return item


class _Reader:
    __slots__ = ("at", "raw")

    def __init__(self, raw: bytes):
        self.raw = raw
        self.at = 0

    def take(self, count: int) -> bytes:
        end = self.at + count
        if end > len(self.raw):
            raise BadCbor("short")
        found = self.raw[self.at : end]
        self.at = end
        return found

    def head(self) -> tuple[int, int, int]:
        """Major type, additional information, argument (-1 where the length is indefinite)."""
        first = self.take(1)[0]
        major, extra = first >> 5, first & 31
        if extra < 24:
            return major, extra, extra
        if extra < 28:
            return major, extra, int.from_bytes(self.take(1 << (extra - 24)), "big")
        if extra == 31 and major not in (0, 1, 6):
            return major, extra, _INDEFINITE
        raise BadCbor("reserved")

    def item(self, depth: int) -> Any:
        """The next item, or _BREAK; `depth` is that of what holds it."""
        major, extra, argument = self.head()
        if major == 0:
            return argument
        if major == 1:
            return -1 - argument
        if major == 2:
            return self.string(2, argument)
        if major == 3:
            return self.text(argument)
        if major == 7:
            return self.simple(extra, argument)
        if depth == DEPTH:
            raise BadCbor("depth")
        if major == 4:
            return self.array(argument, depth + 1)
        if major == 5:
            return self.map(argument, depth + 1)
        return Tagged(argument, self.inner(depth + 1))

    def inner(self, depth: int) -> Any:
        """An item where a break may not stand."""
        item = self.item(depth)
        if item is _BREAK:
            raise BadCbor("break")
        return item

    def string(self, major: int, length: int) -> bytes:
        """Bytes, whole or in chunks of the same major type; each chunk of text is UTF-8 by itself."""
        if length != _INDEFINITE:
            return self.take(length)
        chunks: list[bytes] = []
        while True:
            kind, extra, size = self.head()
            if kind == 7 and extra == 31:
                return b"".join(chunks)
            if kind != major or size == _INDEFINITE:
                raise BadCbor("chunk")
            chunk = self.take(size)
            if major == 3:
                _utf8(chunk)
            chunks.append(chunk)

    def text(self, length: int) -> str:
        return _utf8(self.string(3, length))

    def array(self, count: int, depth: int) -> list[Any]:
        found: list[Any] = []
        if count == _INDEFINITE:
            while (item := self.item(depth)) is not _BREAK:
                found.append(item)
            return found
        if count > len(self.raw) - self.at:
            raise BadCbor("short")
        for _ in range(count):
            found.append(self.inner(depth))
        return found

    def map(self, count: int, depth: int) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        if count > (len(self.raw) - self.at) // 2:
            raise BadCbor("short")
        while count:
            key = self.item(depth)
            if key is _BREAK and count < 0:
                return found
            if type(key) not in (int, str, bytes) or key in found:
                raise BadCbor("key")
            found[key] = self.inner(depth)
            count -= 1
        return found

    def simple(self, extra: int, argument: int) -> Any:
        if extra == 31:
            return _BREAK
        if extra in _FLOATS:
            return struct.unpack(_FLOATS[extra], argument.to_bytes(1 << (extra - 24), "big"))[0]
        if extra == 24 and argument < 32:
            raise BadCbor("simple")
        return {20: False, 21: True, 22: None}.get(argument, Simple(argument))


def _utf8(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BadCbor("utf-8") from None

"""Step 2: CBOR, at each of the three places where it is read."""

from collections.abc import Iterator

import cbor2

from zhegu.cards.tests.vectors.case import Case, no, yes
from zhegu.cards.tests.vectors.forge import (
    KID,
    Raw,
    answer,
    claims,
    content,
    head,
    message,
    pack,
    text,
    text_of,
)

PARTS = message()
GOOD = content(PARTS)


def cases() -> Iterator[Case]:
    yield from outer()
    yield from ignored_places()
    yield from depths()
    yield from payloads()
    yield from headers()


def outer() -> Iterator[Case]:
    yield Case("a byte after the item", text_of(GOOD + b"\0"), no("cbor"))
    yield Case("a second item", text_of(GOOD + GOOD), no("cbor"))
    yield Case("cut short", text_of(GOOD[:-1]), no("cbor"))
    for name, raw in {
        "only a break": "ff",
        "reserved head": "1c",
        "indefinite integer": "1f",
        "indefinite tag": "df00",
        "array of 2^64-1": "9bffffffffffffffff",
        "map of 2^64-1": "bbffffffffffffffff",
        "bytes of 2^64-1": "5bffffffffffffffff",
        "text of 2^63": "7b8000000000000000",
        "array of 2^32-1": "9affffffff",
        "endless array": "9f",
        "endless nothing": "9f9f9f9f",
        "tag of nothing": "d2",
        "tag of a break": "d2ff",
        "array of a break": "81ff",
        "map with a key and a break": "bf01ff",
        "map with a break for a key": "a1ff01",
        "two-byte simple 24": "f818",
        "two-byte simple 20": "f814",
        "two-byte simple 31": "f81f",
        "bad utf-8": "62c328",
        "surrogate in utf-8": "63eda080",
        "overlong utf-8": "62c080",
        "chunk of another type": "5f6161ff",
        "indefinite chunk in a chunk": "5f5f4100ffff",
        "utf-8 split over chunks": "7f61c361a9ff",
        "duplicate keys": "a201000100",
        "duplicate keys, one longer than needed": "a20100180100",
        "duplicate text keys, one in chunks": "a261610a7f6161ff0b",
        "duplicate bytes keys, one in chunks": "a241610a5f4161ff0b",
        "a null key": "a1f600",
        "a float key": "a1f93c0000",
        "a true key": "a1f500",
        "an array key": "a18000",
        "a tagged key": "a1c10000",
    }.items():
        yield Case(f"cbor: {name}", text_of(bytes.fromhex(raw)), no("cbor"))
    for name, raw in {
        "an integer": "00",
        "null": "f6",
        "undefined": "f7",
        "unassigned simple 255": "f8ff",
        "a half float": "f93c00",
        "an empty array": "80",
        "the same number as text, bytes and integer key": "a3010061310041310a",
        "tag 2 over bytes": "c24101",
    }.items():
        yield Case(f"cbor but no card: {name}", text_of(bytes.fromhex(raw)), no("cose"))


def ignored_places() -> Iterator[Case]:
    """Headers that nobody reads may hold nearly anything; the card stays valid."""
    for name, raw in {
        "null": "f6",
        "undefined": "f7",
        "simple 0": "e0",
        "simple 255": "f8ff",
        "simple 32": "f820",
        "half float": "f97e00",
        "single float": "fa7f800000",
        "double float": "fb7ff8000000000000",
        "tagged": "c1fb41d452d9e2000000",
        "bignum": "c24a01000000000000000000",
        "indefinite text": "7f61616162ff",
        "indefinite bytes of nothing": "5fff",
        "indefinite array": "9f01ff",
        "indefinite map": "bf0102ff",
        "empty text chunk": "7f60ff",
        "byte order mark": "63efbbbf",
        "highest integer": "1bffffffffffffffff",
        "lowest integer": "3bffffffffffffffff",
    }.items():
        inside = Raw(b"\xa1\x19\x03\xe8" + bytes.fromhex(raw))
        yield Case(f"unprotected header holds {name}", text(unprotected=inside), yes(answer()))
    bom = Raw("a264efbbbf6101616102")
    yield Case("text with and without byte order mark differ", text(unprotected=bom), yes(answer()))
    twice = Raw("a21903e8001903e800")
    yield Case("duplicate in the unprotected header", text(unprotected=twice), no("cbor"))


def long_form(parts: tuple[bytes, bytes, bytes]) -> bytes:
    header, inside, seal = parts
    found = head(6, 18, 8) + head(4, 4, 8) + head(2, len(header), 4) + header + head(5, 0, 8)
    return found + head(2, len(inside), 8) + inside + head(2, 64, 2) + seal


def endless(parts: tuple[bytes, bytes, bytes]) -> bytes:
    header, inside, seal = parts
    chunks = b"\x5f" + pack(inside[:10]) + b"\x40" + pack(inside[10:]) + b"\xff"
    return b"\xd2\x9f\x5f" + pack(header) + b"\xff\xbf\xff" + chunks + b"\x5f" + pack(seal) + b"\xff\xff"


def nested(levels: int, kind: str) -> bytes:
    """`levels` containers of a kind, one in the other."""
    inner = {"array": b"\x81", "map": b"\xa1\x00", "tag": b"\xc1", "endless array": b"\x9f"}[kind]
    last = b"\x00" if kind != "endless array" else b"\x00" + b"\xff" * levels
    return inner * levels + last


def depths() -> Iterator[Case]:
    """The message is tag 18 (1), array (2), map (3): thirteen more are allowed inside the header map."""
    for kind in ("array", "map", "tag", "endless array"):
        for levels, expected in ((13, yes(answer())), (14, no("cbor"))):
            inside = Raw(b"\xa1\x19\x03\xe8" + nested(levels, kind))
            yield Case(f"{levels} deep: {kind}", text(unprotected=inside), expected)
        yield Case(f"very deep: {kind}", text_of(nested(7000, kind)[:16_000]), no("cbor"))
    untagged = content(PARTS, Raw(b"\xa1\x19\x03\xe8" + nested(14, "array")), ())
    yield Case("without the tag one more is allowed", text_of(untagged), yes(answer()))
    for levels, expected in ((15, yes(answer())), (16, no("cbor"))):
        odd = Raw(b"\xa5" + cbor2.dumps(claims())[1:] + b"\x19\x03\xe8" + nested(levels, "array"))
        yield Case(f"payload starts at 1 again: {levels} more", text(odd), expected)
        header = Raw(b"\xa3\x01\x26\x04\x48" + KID + b"\x19\x03\xe8" + nested(levels, "array"))
        yield Case(f"protected starts at 1 again: {levels} more", text(protected=header), expected)
    yield Case("heads longer than needed", text_of(long_form(PARTS)), yes(answer()))
    yield Case("indefinite lengths everywhere", text_of(endless(PARTS)), yes(answer()))


def payloads() -> Iterator[Case]:
    good = cbor2.dumps(claims())
    for name, raw in {
        "trailing byte": good + b"\0",
        "cut short": good[:-1],
        "nothing": b"",
        "duplicate claim": b"\xa5" + good[1:] + b"\x01\x62XG",
        "duplicate exp, longer head": b"\xa5" + good[1:] + b"\x18\x04\x00",
        "bad utf-8": b"\xa5" + good[1:] + bytes.fromhex("1903e862c328"),
    }.items():
        yield Case(f"payload: {name}", text(Raw(raw)), no("cbor"))
    endless_map = b"\xbf" + good[1:] + b"\xff"
    yield Case("payload: indefinite map", text(Raw(endless_map)), yes(answer()))
    for name, value in {"array": [1], "text": "card", "null": Raw("f6"), "number": 1}.items():
        yield Case(f"payload is {name}", text(value), no("claims"))
    yield Case("payload is tagged claims", text(cbor2.CBORTag(61, claims())), no("claims"))
    broken = text(Raw(b"\xff"), seal=lambda signed: bytes(64))
    yield Case("an unreadable payload is not looked at before the seal", broken, no("signature"))


def headers() -> Iterator[Case]:
    kid = b"\x04\x48" + KID
    for name, raw in {
        "trailing byte": b"\xa2\x01\x26" + kid + b"\0",
        "cut short": b"\xa2\x01\x26" + kid[:-1],
        "duplicate alg": b"\xa3\x01\x26" + kid + b"\x01\x26",
        "duplicate kid": b"\xa3\x01\x26" + kid + kid,
    }.items():
        yield Case(f"protected: {name}", text(protected=Raw(raw)), no("cbor"))
    longer = b"\xbf\x18\x01\x39\x00\x06\x18\x04\x58\x08" + KID + b"\xff"
    yield Case("protected: long heads and indefinite map", text(protected=Raw(longer)), yes(answer()))

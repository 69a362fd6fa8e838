"""Steps 1: the text, base45 and zlib."""

import gzip
import random
import zlib
from collections.abc import Iterator

from zhegu.cards.rules.base45 import to_base45
from zhegu.cards.tests.vectors.case import Case, no, yes
from zhegu.cards.tests.vectors.forge import answer, content, message, text, text_of

GOOD = text()
BODY = GOOD[4:]
CBOR = content(message())


def packed(raw: bytes) -> str:
    return "HC1:" + to_base45(raw)


def cases() -> Iterator[Case]:
    yield from whole_text()
    yield from prefixes()
    yield from base45()
    yield from zlib_streams()
    yield from sizes()


def whole_text() -> Iterator[Case]:
    yield Case("a right card", GOOD, yes(answer()))
    for name, odd in {"number": 5, "null": None, "true": True, "list": [GOOD], "object": {"t": 1}}.items():
        yield Case(f"text is a {name}", odd, no("text"))
    yield Case("4,296 characters of garbage are read", "HC1:" + "0" * 4292, no("zlib"))
    yield Case("4,297 characters are not read", "HC1:" + "0" * 4293, no("text"))
    yield Case("too long comes before a wrong prefix", "x" * 4297, no("text"))
    yield Case("characters beyond 16 bits count once", "HC1:" + "\U0001f600" * 4292, no("base45"))
    yield Case("and one too many is too long", "HC1:" + "\U0001f600" * 4293, no("text"))


def prefixes() -> Iterator[Case]:
    heads = [
        "",
        "hc1:",
        "Hc1:",
        "HC2:",
        "NO1:",
        "HC1",
        "HC1;",
        "HC1: ",
        " HC1:",
        "\nHC1:",
        "\ufeffHC1:",
        "ＨＣ１：",
    ]
    for head in heads:
        reason = "base45" if head == "HC1: " else "prefix"
        yield Case(f"prefix {head!r}", head + BODY, no(reason))
    yield Case("prefix twice", "HC1:" + GOOD, no("base45"))
    yield Case("empty text", "", no("prefix"))
    yield Case("only the prefix", "HC1:", no("zlib"))
    yield Case("a lone surrogate first", "\ud800" + GOOD, no("prefix"))
    yield Case("a lone NUL", "\0", no("prefix"))


def base45() -> Iterator[Case]:
    for name, tail in {
        "newline": "\n",
        "space": " ",
        "two spaces": "  ",
        "three spaces": "   ",
        "NUL": "\0",
    }.items():
        yield Case(f"{name} after the card", GOOD + tail, no("base45"))
    for name, character in {
        "lower case": "a",
        "full-width digit": "０",
        "Arabic digit": "٣",
        "lone surrogate": "\udc00",
        "underscore": "_",
        "percent-encoded": "é",
        "superscript": "²",
    }.items():
        yield Case(f"{name} inside", f"HC1:{character}{BODY[1:]}", no("base45"))
    yield Case("all in lower case", "HC1:" + BODY.lower(), no("base45"))
    yield Case("group over 65,535", "HC1:" + "GGW" + BODY, no("base45"))
    yield Case("group of the highest characters", "HC1:" + ":::" + BODY, no("base45"))
    yield Case("last group over 255", "HC1:" + "::", no("base45"))
    yield Case("last group of 256", "HC1:" + "V5", no("base45"))
    yield Case("last group of 255", "HC1:" + "U5", no("zlib"))
    yield Case("group of 65,535", "HC1:" + "FGW", no("zlib"))
    yield Case("length 1 mod 3", "HC1:" + "0", no("base45"))
    yield Case("length 4", "HC1:" + "0000", no("base45"))


def zlib_streams() -> Iterator[Case]:
    good = zlib.compress(CBOR, 9)
    for level in (0, 1, 6):
        yield Case(f"zlib level {level}", packed(zlib.compress(CBOR, level)), yes(answer()))
    small = zlib.compressobj(9, zlib.DEFLATED, 9)
    yield Case("a small window", packed(small.compress(CBOR) + small.flush()), yes(answer()))
    flushed = zlib.compressobj(9)
    parts = flushed.compress(CBOR[:50]) + flushed.flush(zlib.Z_FULL_FLUSH) + flushed.compress(CBOR[50:])
    yield Case("several blocks", packed(parts + flushed.flush()), yes(answer()))
    fixed = zlib.compressobj(9, zlib.DEFLATED, 15, 8, zlib.Z_FIXED)
    yield Case("fixed codes", packed(fixed.compress(CBOR) + fixed.flush()), yes(answer()))
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    dictionary = zlib.compressobj(9, zlib.DEFLATED, 15, 8, zlib.Z_DEFAULT_STRATEGY, b"card")
    bad = {
        "no compression": CBOR,
        "raw deflate": raw.compress(CBOR) + raw.flush(),
        "gzip": gzip.compress(CBOR, mtime=0),
        "truncated": good[:-5],
        "without its checksum": good[:-4],
        "half a checksum": good[:-2],
        "wrong checksum": good[:-1] + bytes([good[-1] ^ 1]),
        "a byte after it": good + b"\0",
        "a second stream": good + good,
        "an empty second stream": good + zlib.compress(b""),
        "a preset dictionary": dictionary.compress(CBOR) + dictionary.flush(),
        "wrong header check": b"\x78\x9d" + good[2:],
        "another method": bytes([0x79, 0x1A + 31 - 0x791A % 31]) + good[2:],
        "a window too large": b"\x88" + bytes([31 - 0x8800 % 31]) + good[2:],
        "a reserved block": b"\x78\x9c\x07" + good[3:],
        "only a header": b"\x78\x9c",
        "one byte": b"\x78",
    }
    for name, stream in bad.items():
        yield Case(f"zlib: {name}", packed(stream), no("zlib"))
    yield Case("zlib: empty content", packed(zlib.compress(b"")), no("cbor"))
    yield Case("a header naming a window smaller than the distances", packed(far_back()), no("cbor"))


def far_back() -> bytes:
    """A stream that copies from 2,000 bytes back under a header that promises a window of 256."""
    noise = random.Random(1).randbytes(1990)
    stream = zlib.compress(noise + noise[:200], 9)
    return b"\x08" + bytes([31 - 0x0800 % 31]) + stream[2:]


def sizes() -> Iterator[Case]:
    pad = {1000: b""}
    base = len(content(message(), pad))
    for total, expected in ((16_384, yes(answer())), (16_385, no("zlib"))):
        room = total - base - 2
        filler = content(message(), {1000: bytes(room)})
        assert len(filler) == total
        yield Case(f"{total} bytes inside", text_of(filler), expected)
    yield Case("a bomb of 2 MB", text_of(bytes(2_000_000)), no("zlib"))
    yield Case("a bomb whose end is broken", packed(zlib.compress(bytes(2_000_000), 9)[:-6]), no("zlib"))

"""The text around a card: `HC1:` + base45 + zlib, opened strictly and never beyond its limits."""

import zlib

from zhegu.cards.rules.base45 import BadBase45, read_base45, to_base45
from zhegu.cards.rules.reasons import NotGenuine, Reason

PREFIX = "HC1:"
LONGEST_TEXT = 4296  # characters of the largest alphanumeric QR code, prefix included
LARGEST_CONTENT = 16_384  # bytes; a zip bomb stops here


def open_text(text: object) -> bytes:
    """The CBOR inside; raises NotGenuine with `text`, `prefix`, `base45` or `zlib`."""
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise NotGenuine(Reason.TEXT)
    if not text.startswith(PREFIX):
        raise NotGenuine(Reason.PREFIX)
    try:
        packed = read_base45(text[len(PREFIX) :])
    except BadBase45:
        raise NotGenuine(Reason.BASE45) from None
    return _inflate(packed)


def close_text(content: bytes) -> str:
    """The text of a card."""
    return PREFIX + to_base45(zlib.compress(content, 9))


def _inflate(packed: bytes) -> bytes:
    """One complete zlib stream with header and Adler-32, and nothing after it."""
    stream = zlib.decompressobj()
    try:
        content = stream.decompress(packed, LARGEST_CONTENT + 1)
    except zlib.error:
        raise NotGenuine(Reason.ZLIB) from None
    if len(content) > LARGEST_CONTENT or not stream.eof or stream.unused_data:
        raise NotGenuine(Reason.ZLIB)
    return content

"""Pictures that phones send: JPEG alone, read by its structure and never decoded, without what cameras write beside it. Pure."""

import base64
import hashlib
import struct
from typing import Any

from zhegu.lib.answers import Refused

MOST_BYTES = 200_000
MOST_LETTERS = MOST_BYTES * 4 // 3 + 4
MOST_OF_A_THING = 5
"""So many pictures of one box or door: somebody may take it again, a program may not fill the disk."""
MOST_SIDE = 4096
SHORTEST = 100
_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_FRAMES = {0xC0, 0xC1, 0xC2}
"""Baseline, extended, progressive: what cameras and browsers write."""
_KEPT = {*_FRAMES, 0xC4, 0xDB, 0xDD, _SCAN}
_JFIF = 0xE0


class NotAPicture(ValueError):
    """Not a picture of this kind, or too large; `reason` is a text key."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def picture_of(said: str) -> bytes:
    """The picture that stands in base64; raises NotAPicture."""
    if len(said) > MOST_LETTERS:
        raise NotAPicture("pictures.too_large")
    try:
        content = base64.b64decode(said, validate=True)
    except ValueError:
        raise NotAPicture("pictures.not_a_picture") from None
    return clean(content)


def to_keep(said: str, stand: int) -> str | Refused:
    """The picture as it is kept, in base64, where `stand` of the same thing are kept already; Refused: no picture, too large, enough."""
    try:
        content = picture_of(said)
    except NotAPicture as wrong:
        return Refused(wrong.reason)
    return Refused("pictures.enough") if stand >= MOST_OF_A_THING else base64.b64encode(content).decode()


def told(said: str) -> dict[str, Any]:
    """Of a picture in base64, what may be written down beside it: how large it is, and the sum that tells it from others."""
    return {"letters": len(said), "sha256": hashlib.sha256(said.encode()).hexdigest()}


def clean(content: bytes) -> bytes:
    """The same picture with its tables and lines only: where and with what it was taken, comments and whatever stands behind
    its end are gone. Raises NotAPicture."""
    if len(content) > MOST_BYTES:
        raise NotAPicture("pictures.too_large")
    if len(content) < SHORTEST or content[:2] != bytes((0xFF, _START)):
        raise NotAPicture("pictures.not_a_picture")
    kept, at, framed = [content[:2]], 2, False
    while True:
        marker, part, at = _segment(content, at)
        if marker == _END:
            break
        if marker in _FRAMES:
            framed = framed or _fits(part)
        if marker in _KEPT or (marker == _JFIF and part[4:9] == b"JFIF\0"):
            kept.append(part)
        if marker == _SCAN:
            end = _scanned(content, at)
            kept.append(content[at:end])
            at = end
    if not framed or len(kept) < 4:
        raise NotAPicture("pictures.not_a_picture")
    return b"".join([*kept, bytes((0xFF, _END))])


def _segment(content: bytes, at: int) -> tuple[int, bytes, int]:
    """The marker that stands there, its whole segment, and where the next begins."""
    while content[at : at + 2] == b"\xff\xff":
        at += 1
    if at + 2 > len(content) or content[at] != 0xFF:
        raise NotAPicture("pictures.not_a_picture")
    marker = content[at + 1]
    if marker == _END:
        return marker, b"", at + 2
    if marker < 0xC0 or marker == _START or at + 4 > len(content):
        raise NotAPicture("pictures.not_a_picture")
    (length,) = struct.unpack(">H", content[at + 2 : at + 4])
    end = at + 2 + length
    if length < 2 or end > len(content):
        raise NotAPicture("pictures.not_a_picture")
    return marker, content[at:end], end


def _fits(frame: bytes) -> bool:
    if len(frame) < 10:
        raise NotAPicture("pictures.not_a_picture")
    high, wide = struct.unpack(">HH", frame[5:9])
    if not 0 < high <= MOST_SIDE or not 0 < wide <= MOST_SIDE:
        raise NotAPicture("pictures.too_large")
    return True


def _scanned(content: bytes, at: int) -> int:
    """Where the lines of a scan end: at the next marker that is none of theirs."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise NotAPicture("pictures.not_a_picture")
        if content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7:
            at += 2
            continue
        return at

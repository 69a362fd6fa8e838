"""A key on paper: 60 characters in four lines, each with its check character; whole, or 2 shares of 3.

Layout: one byte (what it is), 32 secret bytes, 2 bytes of SHA-256 over both; Crockford base 32; after
every 14 characters the ISO 7064 MOD 37,36 check character, so a slip is found in its own line.
Shares are points of a line over GF(256) at 1, 2 and 3 (A. Shamir, How to share a secret, 1979).
"""

from collections.abc import Sequence
from hashlib import sha256

from zhegu.lib.codes import BadCode, check_character, from_crockford, tidy, to_crockford

WHOLE = 0x01
SHARE = 0x20  # plus 1, 2 or 3
SECRET = 32
LINE = 15
_LOOK_ALIKES = str.maketrans("ILO", "110")


class BadSheet(ValueError):
    """A sheet cannot be meant; `line` (1 to 4) says where it was mistyped, 0 where that is unknown."""

    def __init__(self, code: str, line: int = 0):
        super().__init__(code)
        self.code = code
        self.line = line


def written(secret: bytes, kind: int = WHOLE) -> str:
    """The 60 characters of a secret or of one share."""
    body = bytes([kind]) + secret
    letters = to_crockford(body + sha256(body).digest()[:2])
    lines = [letters[start : start + LINE - 1] for start in range(0, len(letters), LINE - 1)]
    return "".join(line + check_character(line) for line in lines)


def read(typed: str) -> tuple[int, bytes]:
    """Kind and bytes of what was typed; raises BadSheet (`length`, `line`, `whole`)."""
    letters = tidy(typed).replace("-", "")
    if len(letters) != 4 * LINE:
        raise BadSheet("length")
    body = ""
    for number in range(4):
        line = letters[number * LINE : (number + 1) * LINE]
        fourteen = line[:-1].translate(_LOOK_ALIKES)
        try:
            if check_character(fourteen) != line[-1]:
                raise BadSheet("line", number + 1)
        except BadCode:
            raise BadSheet("line", number + 1) from None
        body += fourteen
    try:
        raw = from_crockford(body)
    except BadCode:
        raise BadSheet("whole") from None
    if sha256(raw[:-2]).digest()[:2] != raw[-2:]:
        raise BadSheet("whole")
    return raw[0], raw[1:-2]


def shares(secret: bytes, slope: bytes) -> list[str]:
    """Three sheets of which any two give the secret; `slope` is 32 random bytes, never used again."""
    return [
        written(bytes(s ^ _times(x, a) for s, a in zip(secret, slope, strict=True)), SHARE + x)
        for x in (1, 2, 3)
    ]


def secret_of(sheets: Sequence[str]) -> bytes:
    """The secret of one whole sheet or of two different shares; raises BadSheet (`share`, `more`)."""
    parts = [read(sheet) for sheet in sheets]
    wholes = [raw for kind, raw in parts if kind == WHOLE]
    if wholes:
        return wholes[0]
    points = {kind - SHARE: raw for kind, raw in parts if 1 <= kind - SHARE <= 3}
    if len(points) < len(parts) and len(points) < 2:
        raise BadSheet("share")
    if len(points) < 2:
        raise BadSheet("more")
    (x, one), (y, other) = list(points.items())[:2]
    # The line through both points, at 0: (y·one + x·other) / (x + y)
    over = _inverse(x ^ y)
    return bytes(_times(over, _times(y, a) ^ _times(x, b)) for a, b in zip(one, other, strict=True))


def _times(a: int, b: int) -> int:
    """Product in GF(256) with the polynomial of AES."""
    found = 0
    while b:
        if b & 1:
            found ^= a
        a = a << 1 ^ (0x11B if a & 0x80 else 0)
        b >>= 1
    return found


def _inverse(a: int) -> int:
    return next(b for b in range(1, 256) if _times(a, b) == 1)

"""Numbers on a card: the serial, its printed form, the holder tag, the hash by which it is withdrawn.

serial = round·10⁹ + grid·10⁶ + n, printed `12-007-000123-K` where K is the check character of the
serial's decimal digits (zhegu/lib/codes.py).
"""

import re
from dataclasses import dataclass
from hashlib import sha256

from zhegu.lib.codes import BadCode, check_character, tidy

LAST_ROUND, LAST_GRID, LAST_NUMBER = 65_535, 255, 999_999
LARGEST = (1 << 53) - 1
_PRINTED = re.compile(r"([1-9][0-9]{0,4})-?([0-9]{3})-?([0-9]{6})-?([0-9A-Z])")


@dataclass(frozen=True, slots=True)
class SerialParts:
    """A serial taken apart."""

    round: int
    grid: int
    number: int


def serial_of(round_no: int, grid_no: int, number: int) -> int:
    """The serial; raises ValueError outside 1..65535, 1..255, 1..999999."""
    if not (1 <= round_no <= LAST_ROUND and 1 <= grid_no <= LAST_GRID and 1 <= number <= LAST_NUMBER):
        raise ValueError("no such card number")
    return round_no * 10**9 + grid_no * 10**6 + number


def serial_parts(serial: int) -> SerialParts:
    """Round, grid and number; raises ValueError where the three do not make a card number."""
    round_no, rest = divmod(serial, 10**9)
    grid_no, number = divmod(rest, 10**6)
    serial_of(round_no, grid_no, number)
    return SerialParts(round_no, grid_no, number)


def printed_serial(serial: int) -> str:
    """`12-007-000123-K`."""
    parts = serial_parts(serial)
    return f"{parts.round}-{parts.grid:03}-{parts.number:06}-{check_character(str(serial))}"


def read_serial(text: str) -> int:
    """The serial of a printed or typed number; raises BadCode unless its check character holds.

    Hyphens and spaces may be missing; full width and Tibetan digits are read.
    """
    found = _PRINTED.fullmatch(tidy(text))
    if not found:
        raise BadCode("not a card number")
    round_no, grid_no, number = (int(part) for part in found.group(1, 2, 3))
    try:
        serial = serial_of(round_no, grid_no, number)
    except ValueError as outside:
        raise BadCode(str(outside)) from None
    if check_character(str(serial)) != found.group(4):
        raise BadCode("check character")
    return serial


def holder_tag(serial: int, resident: bytes) -> bytes:
    """Ten bytes that tie a card to the 80 bits of a resident code; another on every card."""
    if len(resident) != 10:
        raise ValueError("a resident code holds 80 bits")
    return sha256(b"sampled-holder/1\0" + serial.to_bytes(8, "big") + resident).digest()[:10]


def revocation_hash(kid: bytes, serial: int) -> bytes:
    """32 bytes; audits list the first 8 of a withdrawn card, phones the first 5."""
    return sha256(b"sampled-rev/1\0" + kid + serial.to_bytes(8, "big")).digest()

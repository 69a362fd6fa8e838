"""Codes that people carry and read out: an alphabet without look-alikes, and a check character.

The check character is ISO/IEC 7064 MOD 37,36: it catches every single wrong character and nearly
every swap of neighbours. A resident code is `R1:` + 16 characters of Crockford's base 32 (80 random
bits, so it cannot be guessed and says nothing about anyone) + the check character.
"""

import secrets
from hashlib import sha256

ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RESIDENT_PREFIX = "R1:"
RESIDENT_BYTES = 10
_LOOK_ALIKES = str.maketrans("ILO", "110")
# Full-width forms, and the Tibetan digits U+0F20..0F29, as a keyboard or a scanner may send them.
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x0F20 + d: 0x30 + d for d in range(10)}


class BadCode(ValueError):
    """The code cannot be meant: wrong length, a strange character, or its check fails."""


def check_character(body: str) -> str:
    """The ISO/IEC 7064 MOD 37,36 check character of `body` (0-9, A-Z); raises BadCode otherwise."""
    product = 36
    for character in body:
        value = ALPHANUMERIC.find(character)
        if value < 0:
            raise BadCode(f"not in the alphabet: {character!r}")
        product = (product + value) % 36 or 36
        product = product * 2 % 37
    return ALPHANUMERIC[(37 - product) % 36]


def is_checked(text: str) -> bool:
    """Whether the last character is the check character of those before it."""
    try:
        return len(text) > 1 and check_character(text[:-1]) == text[-1]
    except BadCode:
        return False


def tidy(text: str) -> str:
    """Upper case, half width, Western digits, without spaces: how a typed code is compared."""
    return "".join(text.translate(_WIDE).upper().split())


def to_crockford(raw: bytes) -> str:
    """Bytes as base 32, most significant first; whole groups of 5 bytes only."""
    if len(raw) % 5:
        raise BadCode("not a whole number of groups")
    number = int.from_bytes(raw, "big")
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(len(raw) * 8 - 5, -1, -5))


def from_crockford(text: str) -> bytes:
    """The bytes of whole groups of 8 characters; reads I and L as 1, O as 0; raises BadCode."""
    if len(text) % 8:
        raise BadCode("not a whole number of groups")
    number = 0
    for character in text.upper().translate(_LOOK_ALIKES):
        value = CROCKFORD.find(character)
        if value < 0:
            raise BadCode(f"not in the alphabet: {character!r}")
        number = number << 5 | value
    return number.to_bytes(len(text) // 8 * 5, "big")


def resident_code(raw: bytes) -> str:
    """The 20 characters printed for 80 bits: `R1:` + 16 + check."""
    if len(raw) != RESIDENT_BYTES:
        raise BadCode("a resident code holds 80 bits")
    body = to_crockford(raw)
    return RESIDENT_PREFIX + body + check_character(body)


def new_resident_code() -> str:
    """A fresh code from the system's random source; never derived from a phone or an id number."""
    return resident_code(secrets.token_bytes(RESIDENT_BYTES))


def read_resident_code(text: str) -> bytes:
    """The 80 bits of a scanned or typed code; raises BadCode unless it is whole and its check holds.

    Case, spaces, hyphens, full width and look-alikes are forgiven in the body; `R1:` may be missing.
    """
    tidied = tidy(text).replace("-", "").removeprefix(RESIDENT_PREFIX)
    body, check = tidied[:-1].translate(_LOOK_ALIKES), tidied[-1:]
    if len(body) != 16:
        raise BadCode("wrong length")
    raw = from_crockford(body)
    if check_character(body) != check:
        raise BadCode("check character")
    return raw


def canonical_resident_code(text: str) -> str:
    """The code as printed, from however it was typed; raises BadCode."""
    return resident_code(read_resident_code(text))


def code_hash(code: str) -> bytes:
    """SHA-256 over a resident code as printed: how phones know one without holding it."""
    return sha256((code if code.startswith(RESIDENT_PREFIX) else RESIDENT_PREFIX + code).encode()).digest()

"""Base45 as RFC 9285 has it, read strictly: nothing is repaired, skipped or guessed."""

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}


class BadBase45(ValueError):
    """Not base45: a strange character, one character too many, or a group that overflows."""


def read_base45(text: str) -> bytes:
    """The bytes; raises BadBase45 for other characters, length 1 mod 3, a group over 65,535 or 255."""
    if len(text) % 3 == 1:
        raise BadBase45("length")
    try:
        values = [_VALUES[character] for character in text]
    except KeyError:
        raise BadBase45("character") from None
    whole = len(values) // 3 * 3
    groups = [
        a + 45 * b + 2025 * c
        for a, b, c in zip(values[0:whole:3], values[1:whole:3], values[2:whole:3], strict=True)
    ]
    if any(group > 0xFFFF for group in groups):
        raise BadBase45("group")
    found = b"".join(group.to_bytes(2, "big") for group in groups)
    if whole == len(values):
        return found
    last = values[-2] + 45 * values[-1]
    if last > 0xFF:
        raise BadBase45("last group")
    return found + bytes([last])


def to_base45(raw: bytes) -> str:
    """The text: three characters for two bytes, two for a last single byte."""
    parts = []
    for high, low in zip(raw[0::2], raw[1::2], strict=False):
        number = high << 8 | low
        rest, a = divmod(number, 45)
        c, b = divmod(rest, 45)
        parts.append(ALPHABET[a] + ALPHABET[b] + ALPHABET[c])
    if len(raw) % 2:
        b, a = divmod(raw[-1], 45)
        parts.append(ALPHABET[a] + ALPHABET[b])
    return "".join(parts)

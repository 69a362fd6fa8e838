"""A pasted or uploaded chat text as lines, within limits."""

from dataclasses import dataclass, field
from typing import Any

BYTES = 2 * 1024 * 1024
LINES = 20_000
LONGEST = 1_500
"""Of one line, in letters: nobody signs up in more."""


@dataclass
class Unreadable(Exception):
    """The text or file cannot be read; `reason` is a text key, `values` fill its placeholders."""

    reason: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.reason


def lines_of(content: bytes) -> list[str]:
    """The lines of a file: UTF-8, UTF-16 with its mark, or GB 18030. Raises Unreadable."""
    if len(content) > BYTES:
        raise Unreadable("orders.signup_too_long", {"lines": LINES, "megabytes": BYTES // (1024 * 1024)})
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return checked(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise Unreadable("orders.signup_no_text")


def checked(text: str) -> list[str]:
    """The lines of a text. Raises Unreadable where it is no text, or longer than any sign-up."""
    if "\x00" in text or "\ufffd" * 3 in text:
        raise Unreadable("orders.signup_no_text")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").split("\n")
    if len(lines) > LINES or len(text) > BYTES:
        raise Unreadable("orders.signup_too_long", {"lines": LINES, "megabytes": BYTES // (1024 * 1024)})
    long = next((at for at, line in enumerate(lines, 1) if len(line) > LONGEST), None)
    if long:
        raise Unreadable("orders.signup_long_line", {"line": long, "letters": LONGEST})
    if not any(line.strip() for line in lines):
        raise Unreadable("orders.signup_empty")
    return lines

"""A sign-up in a file: chat text, or a group-buy export."""

from pathlib import Path

from zhegu.orders.outside import pasted
from zhegu.orders.outside.pasted import Unreadable
from zhegu.orders.rules.reading import read_text
from zhegu.orders.rules.signup import SignUp


def read_file(path: Path) -> SignUp:
    """The sign-up in the file. Raises Unreadable."""
    try:
        if path.stat().st_size > pasted.BYTES:
            raise Unreadable("orders.signup_too_long", {"lines": pasted.LINES, "megabytes": pasted.BYTES // (1024 * 1024)})
        return read_bytes(path.read_bytes(), path.name)
    except OSError as missing:
        raise Unreadable("orders.signup_missing") from missing


def read_bytes(content: bytes, name: str) -> SignUp:
    """As `read_file`, from the file's bytes."""
    return read_text(pasted.lines_of(content))

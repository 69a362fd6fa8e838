"""Keys as files beside the data, never in the database.

`<ZHEGU_DATA>/keys/` is 0700, each file 0600. Secrets derive from one master key by purpose, so a
backup of one file restores all of them; signing keys of cards are files of their own.
"""

import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MASTER = "master.key"


def key_folder(data: Path) -> Path:
    """The folder of keys, made if absent, closed to others."""
    folder = data / "keys"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def write_key(data: Path, name: str, content: bytes) -> Path:
    """Keeps `content` as `keys/<name>`, 0600; never overwrites (FileExistsError)."""
    path = key_folder(data) / name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(temporary, path)
    finally:
        temporary.unlink()
    return path


def read_key(data: Path, name: str) -> bytes:
    """The content of `keys/<name>`; raises FileNotFoundError."""
    return (data / "keys" / name).read_bytes()


@cache
def _master(data: Path) -> bytes:
    with suppress(FileNotFoundError):
        return read_key(data, MASTER)
    with suppress(FileExistsError):  # another process was first; its key counts
        write_key(data, MASTER, secrets.token_bytes(32))
    return read_key(data, MASTER)


@cache
def derived_key(data: Path, purpose: str) -> bytes:
    """32 bytes for one purpose, by HKDF-SHA-256 (RFC 5869) from the master key."""
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"zhegu/1/" + purpose.encode()).derive(_master(data))

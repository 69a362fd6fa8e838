"""Sealing of values: AES-256-GCM bound to its place, and blind indexes to find them again. Pure.

A sealed value is `v1.` + base64(nonce 12 + ciphertext + tag 16). The place (table, column, row) is
authenticated, so a value copied to another row or column does not open.
"""

import base64
import hmac
import os
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PREFIX = "v1."


class BrokenSeal(ValueError):
    """The value was changed, moved to another place, or sealed under another key."""


def seal(key: bytes, clear: str, place: str) -> str:
    """`clear` sealed for `place`; the same text gives another result each time."""
    nonce = os.urandom(12)
    sealed = AESGCM(key).encrypt(nonce, clear.encode(), place.encode())
    return PREFIX + base64.b64encode(nonce + sealed).decode()


def unseal(key: bytes, sealed: str, place: str) -> str:
    """The clear text; raises BrokenSeal unless it was sealed for this very place."""
    if not sealed.startswith(PREFIX):
        raise BrokenSeal("unknown form")
    raw = base64.b64decode(sealed[len(PREFIX) :])
    try:
        return AESGCM(key).decrypt(raw[:12], raw[12:], place.encode()).decode()
    except InvalidTag as broken:
        raise BrokenSeal("does not open here") from broken


def blind_index(key: bytes, value: str, place: str) -> bytes:
    """16 bytes by which an equal value is found; empty values have none (b'')."""
    if not value:
        return b""
    return hmac.digest(key, f"{place}\0{value}".encode(), sha256)[:16]

"""The key with which this installation signs what it states (`keys/upward.pem`, Ed25519), and the check of others'."""

import base64
import binascii
import hashlib
from contextlib import suppress

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from zhegu.vault.keyring import read_key, write_key

NAME = "upward.pem"
MEANT = b"zhegu/upward/1\n"
"""Signed along, so that nothing signed for another purpose passes here."""


def _private() -> Ed25519PrivateKey:
    """This installation's key, made at its first use."""
    with suppress(FileExistsError, FileNotFoundError):
        return serialization.load_pem_private_key(read_key(settings.DATA, NAME), None)
    made = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with suppress(FileExistsError):  # another process was first; its key counts
        write_key(settings.DATA, NAME, made)
    return serialization.load_pem_private_key(read_key(settings.DATA, NAME), None)


def public_key() -> str:
    """The public half in 44 characters, to be given to the level above."""
    raw = _private().public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return base64.b64encode(raw).decode()


def name_of(key: str) -> str:
    """How a sender is called: 16 characters of its key's hash; raises ValueError for what is no key."""
    try:
        raw = base64.b64decode(key, validate=True)
    except binascii.Error as wrong:
        raise ValueError(key) from wrong
    Ed25519PublicKey.from_public_bytes(raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def sign(body: bytes) -> str:
    return base64.b64encode(_private().sign(MEANT + body)).decode()


def is_signed(key: str, body: bytes, seal: str) -> bool:
    """Whether the holder of this key signed exactly these bytes, for this purpose."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key)).verify(base64.b64decode(seal), MEANT + body)
    except (InvalidSignature, ValueError):
        return False
    return True

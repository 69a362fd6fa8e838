"""What opens a link: made of a row's id and a key beside the data, so that nothing but a hash is stored and the
office can still show it again."""

import base64
import hmac
from hashlib import sha256
from uuid import UUID

from django.conf import settings

from zhegu.vault.keyring import derived_key

BYTES = 16


def row_token(purpose: str, row: UUID) -> str:
    """128 bits as 22 characters that stand in an address as they are."""
    secret = hmac.digest(derived_key(settings.DATA, purpose), row.bytes, "sha256")[:BYTES]
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")


def hashed(shown: str) -> bytes:
    """What is stored of it: SHA-256. It cannot be guessed, so no salt is needed."""
    return sha256(shown.encode()).digest()

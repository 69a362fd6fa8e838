"""Identifiers: UUIDv7, made where the person acted, so that they sort by time."""

from uuid import UUID

from uuid6 import uuid7


def new_id() -> UUID:
    """A fresh UUIDv7 as the standard library's type."""
    return UUID(int=uuid7().int)

"""Identifiers: UUIDv7, made where the person acted, so that they sort by time."""

from uuid import UUID

from uuid6 import uuid7

from zhegu.lib.scope import NotFound


def new_id() -> UUID:
    """A fresh UUIDv7 as the standard library's type."""
    return UUID(int=uuid7().int)


def read_id(asked: object) -> UUID:
    """The id a visitor asks for; raises NotFound for what is none, as for one that does not exist."""
    try:
        return asked if isinstance(asked, UUID) else UUID(str(asked))
    except ValueError as wrong:
        raise NotFound(str(asked)[:40]) from wrong

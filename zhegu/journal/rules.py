"""The chain: how one row vouches for all before it. Pure."""

import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

GENESIS = bytes(32)


def canonical(value: Any) -> bytes:
    """JSON with sorted keys and no spaces: equal values give equal bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str).encode()


def moment(at: datetime) -> str:
    """One spelling of a moment (UTC, microseconds), the same from every database."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def fingerprint(key: bytes, kind: str, actor: str, body: Any) -> bytes:
    """What makes two commands the same command: not its moment, which a door reads anew when a form is
    sent twice (what a phone signed names its own). Keyed: a body with a phone in it cannot be guessed
    from the row that stays when the body has been destroyed."""
    return hmac.digest(key, canonical([kind, actor, body]), sha256)


def body_seal(salt: bytes, purpose: str, outbreak: Any, body: bytes) -> bytes:
    """Salted hash of a body and of what it is kept for: the row vouches for it, and it can be destroyed
    without breaking the chain."""
    return sha256(salt + f"{purpose}\0{outbreak or ''}\0".encode() + body).digest()


@dataclass(frozen=True)
class Header:
    """What the chain covers of a row."""

    number: int
    ref: str
    kind: str
    community: str
    actor: str
    device: str
    at: str
    arrived: str
    fingerprint: bytes
    answer: str
    body_seal: bytes

    def bytes(self) -> bytes:
        """The header as it enters the chain."""
        parts = [self.number, self.ref, self.kind, self.community, self.actor, self.device, self.at, self.arrived]
        return canonical([*parts, self.fingerprint.hex(), self.answer, self.body_seal.hex()])


def link(key: bytes, previous: bytes, header: Header) -> bytes:
    """HMAC over the previous link and this row's header."""
    return hmac.digest(key, previous + header.bytes(), sha256)

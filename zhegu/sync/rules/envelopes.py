"""What a phone hands in: an envelope (JSON text) and the proof of who wrote it. Pure."""

import base64
import binascii
import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Annotated, Any
from uuid import UUID

import msgspec

AHEAD = timedelta(hours=1)
BEFORE_ENROLMENT = timedelta(days=1)
"""A phone corrects its clock by the server's at every contact; further off than this, its time means nothing."""


class Unreadable(ValueError):
    """Not an envelope, or not this phone's."""


class Envelope(msgspec.Struct, frozen=True):
    """A command as the phone wrote it; `body` stays as it was sent."""

    ref: UUID
    kind: str
    actor: UUID
    device: UUID
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    seq: int
    body: dict[str, Any]
    supersedes: UUID | None = None


_decoder = msgspec.json.Decoder(Envelope)


def read_envelope(said: bytes, ref: str) -> Envelope:
    """The envelope; raises Unreadable where it is none, or its ref is not the one it was handed in under."""
    try:
        envelope = _decoder.decode(said)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise Unreadable(str(error)) from error
    if str(envelope.ref) != ref.lower():
        raise Unreadable("another ref")
    return envelope


def is_proved(key: bytes, said: bytes, proof: str) -> bool:
    """Whether `proof` is base64 of HMAC-SHA-256 over the envelope's bytes with the person's key."""
    try:
        given = base64.b64decode(proof, validate=True)
    except (binascii.Error, ValueError):
        return False
    return hmac.compare_digest(given, hmac.digest(key, said, sha256))


def is_credible(at: datetime, *, now: datetime, enrolled: datetime) -> bool:
    """Whether the phone's clock can have been right: not before it was enrolled, not in the future."""
    return enrolled - BEFORE_ENROLMENT <= at <= now + AHEAD


def digest(*parts: str) -> bytes:
    """What makes two deliveries the same delivery."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()

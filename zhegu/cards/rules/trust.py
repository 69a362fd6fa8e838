"""Whom a verifier trusts: keys under their kids, and what was withdrawn. Built once, used for many cards."""

import base64
import binascii
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from zhegu.cards.rules.cose import LONGEST_KID, PublicKey

LONGEST_LIFE = 2_678_400  # seconds between iat and exp where a key names no max_ttl: 31 days
SMALLEST_RSA = 2048
AUDIT_PREFIX = 8  # bytes of a revocation hash in the plain form for audits
PHONE_PREFIX = 5  # bytes of it in the phones' signed list


@dataclass(frozen=True)
class TrustedKey:
    """One entry: a public key and its limits; None sets no limit, an empty `use` allows nothing."""

    kid: bytes
    key: PublicKey
    iss: str | None = None
    use: frozenset[int] | None = None
    nbf: float | None = None
    naf: float | None = None
    max_ttl: float = LONGEST_LIFE
    revoked: bool = False


@dataclass(frozen=True)
class TrustList:
    """`now` in UTC seconds; revoked: kid → hashes cut to `prefix_bytes`."""

    now: float
    keys: Mapping[bytes, tuple[TrustedKey, ...]] = field(default_factory=dict)
    revoked: Mapping[bytes, frozenset[bytes]] = field(default_factory=dict)
    prefix_bytes: int = AUDIT_PREFIX

    @classmethod
    def of(cls, now: float, keys: Iterable[TrustedKey], **more: Any) -> "TrustList":
        """Keys gathered under their kids, in their order."""
        by_kid: dict[bytes, tuple[TrustedKey, ...]] = {}
        for key in keys:
            by_kid[key.kid] = (*by_kid.get(key.kid, ()), key)
        return cls(now, by_kid, **more)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "TrustList":
        """Reads the plain form for audits; an entry that cannot be read never matches.

        Raises ValueError where `now` is no number or the whole is no object.
        """
        if not isinstance(plain, Mapping) or not _is_number(plain.get("now")):
            raise ValueError("a trust list is an object with `now` in seconds")
        entries = plain.get("keys")
        read = [_read_entry(entry) for entry in entries] if isinstance(entries, list) else []
        return cls.of(
            plain["now"], [key for key in read if key], revoked=_read_revoked(plain.get("revoked_ids"))
        )


def public_key_of(certificate: bytes) -> PublicKey | None:
    """The public key of a DER certificate, if it is P-256 or RSA of 2048 bits and more.

    Nothing else of the certificate counts: dates, chain and extensions are not looked at.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            key = x509.load_der_x509_certificate(certificate).public_key()
    except Exception:  # whatever is wrong with it, it is not a key we can use
        return None
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    if isinstance(key, rsa.RSAPublicKey) and key.key_size >= SMALLEST_RSA:
        return key
    return None


def _read_entry(entry: Any) -> TrustedKey | None:
    """One entry of the plain form, or None where any part of it is not what it should be."""
    if not isinstance(entry, dict):
        return None
    kid, certificate = _base64(entry.get("kid")), _base64(entry.get("cert"))
    if kid is None or not 1 <= len(kid) <= LONGEST_KID or certificate is None:
        return None
    limits = {name: entry[name] for name in _LIMITS if entry.get(name) is not None}
    if not all(_LIMITS[name](value) for name, value in limits.items()):
        return None
    key = public_key_of(certificate)
    if key is None:
        return None
    if "use" in limits:
        limits["use"] = frozenset(limits["use"])
    return TrustedKey(kid, key, **limits)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def _is_uses(value: Any) -> bool:
    return isinstance(value, list) and all(type(use) is int for use in value)


_LIMITS = {
    "iss": lambda value: isinstance(value, str),
    "use": _is_uses,
    "nbf": _is_number,
    "naf": _is_number,
    "max_ttl": _is_number,
    "revoked": lambda value: isinstance(value, bool),
}


def _read_revoked(plain: Any) -> dict[bytes, frozenset[bytes]]:
    """kid → hashes; a kid or a hash that cannot be read matches nothing."""
    found: dict[bytes, frozenset[bytes]] = {}
    for kid_text, hashes in plain.items() if isinstance(plain, dict) else ():
        kid = _base64(kid_text)
        if kid is None or not isinstance(hashes, list):
            continue
        found[kid] = found.get(kid, frozenset()) | {_hex(text) for text in hashes} - {b""}
    return found


def _base64(text: Any) -> bytes | None:
    """Standard base64 with padding, or None."""
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else None
    except (binascii.Error, ValueError):
        return None


def _hex(text: Any) -> bytes:
    """Lower-case hex of one revocation hash, or b''."""
    if not isinstance(text, str) or len(text) != 2 * AUDIT_PREFIX or set(text) - set("0123456789abcdef"):
        return b""
    return bytes.fromhex(text)

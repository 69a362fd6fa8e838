"""Building blocks for cards, right and wrong: every layer can be replaced by a bad one.

Keys are fixed, nonces and salts deterministic, so the vectors come out the same on every run.
"""

import base64
import datetime as dt
import zlib
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import cbor2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from zhegu.cards.outside.signing import Signer, certificate_for, kid_of
from zhegu.cards.rules.base45 import to_base45
from zhegu.cards.rules.cose import signed_bytes
from zhegu.cards.rules.serials import revocation_hash

NOW = 1_663_056_000
DAY = 86_400
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve P-256
FIRST = dt.datetime(2022, 9, 1, tzinfo=dt.UTC)
LAST = FIRST + dt.timedelta(days=90)
PRIVATE = Path(__file__).with_name("keys")
Forged = Any


def ec_key(name: str, curve: ec.EllipticCurve | None = None) -> ec.EllipticCurvePrivateKey:
    """A fixed key by name."""
    secret = int.from_bytes(sha256(b"card vectors " + name.encode()).digest(), "big") % (ORDER - 1) + 1
    return ec.derive_private_key(secret, curve or ec.SECP256R1())


@cache
def signer(name: str) -> Signer:
    key = ec_key(name)
    return Signer(key, certificate_for(key, name, FIRST, LAST, by=ec_key("root"), by_name="root"))


@cache
def rsa_key(name: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key((PRIVATE / f"{name}.pem").read_bytes(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


@cache
def certificate_of(name: str) -> bytes:
    """A certificate over another kind of key: rsa2048, rsa1024, p384 or ed25519."""
    public: Any
    if name.startswith("rsa"):
        public = rsa_key(name).public_key()
    elif name == "p384":
        public = ec_key("p384", ec.SECP384R1()).public_key()
    else:
        public = ed25519.Ed25519PrivateKey.from_private_bytes(sha256(b"ed25519").digest()).public_key()
    named = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(named).issuer_name(named).public_key(public)
    builder = builder.serial_number(7).not_valid_before(FIRST).not_valid_after(LAST)
    built = builder.sign(ec_key("root"), hashes.SHA256(), ecdsa_deterministic=True)
    return built.public_bytes(serialization.Encoding.DER)


DESK = signer("desk")
KID = DESK.kid


def b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def entry(name: str = "desk", **more: Any) -> dict[str, Any]:
    """A trust list entry of one of the P-256 signers."""
    return {"kid": b64(signer(name).kid), "cert": b64(signer(name).certificate), **more}


def trust(*entries: dict[str, Any], now: float = NOW, **more: Any) -> dict[str, Any]:
    return {"now": now, "keys": list(entries), **more}


def revoked(serial: int, kid: bytes = KID) -> dict[str, list[str]]:
    return {b64(kid): [revocation_hash(kid, serial)[:8].hex()]}


def card(**changes: Any) -> dict[Any, Any]:
    """A right card, its fields replaced by name; `None` leaves a field out."""
    fields = {"version": 1, "kind": 1, "serial": 12_007_000_123, "time": NOW - 3600, "round": 12, "grid": 7}
    fields |= {"holder": bytes(range(10))} | changes
    return {place: value for place, value in enumerate(fields.values()) if value is not None}


def claims(inner: Any = None, drop: tuple[int, ...] = (), **changes: Any) -> dict[Any, Any]:
    """Right claims, replaced by name (iss, exp, nbf, iat, hcert) or dropped by label."""
    labels = {"iss": 1, "exp": 4, "nbf": 5, "iat": 6, "hcert": -260}
    found = {1: "XG", 4: NOW + 13 * DAY, 6: NOW - 3600, -260: {-15: card() if inner is None else inner}}
    found |= {labels[name]: value for name, value in changes.items()}
    return {label: value for label, value in found.items() if label not in drop}


def answer(inner: dict[Any, Any] | None = None, outer: dict[Any, Any] | None = None) -> dict[str, Any]:
    """The answer for a valid card, straight from what was put in."""
    inner, outer = inner or card(), outer or claims()
    found = {"iat": outer[6], "exp": outer[4]}
    found |= {
        name: inner[place + 1] for place, name in enumerate(("kind", "serial", "time", "round", "grid"))
    }
    if isinstance(outer.get(1), str):
        found["iss"] = outer[1]
    if 6 in inner:
        found["holder"] = inner[6].hex()
    return {"valid": True, "claims": found}


def es256(key: ec.EllipticCurvePrivateKey, signed: bytes) -> bytes:
    r, s = decode_dss_signature(key.sign(signed, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)))
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def ps256(key: rsa.RSAPrivateKey, signed: bytes, salt_length: int = 32) -> bytes:
    """RSASSA-PSS (RFC 8017 8.1.1) with a salt of zeros, so that it comes out the same each time."""
    numbers = key.private_numbers()
    bits = key.key_size - 1
    length, salt = (bits + 7) // 8, bytes(salt_length)
    digest = sha256(bytes(8) + sha256(signed).digest() + salt).digest()
    block = bytes(length - 32 - salt_length - 2) + b"\1" + salt
    masked = bytearray(a ^ b for a, b in zip(block, mgf1(digest, len(block)), strict=True))
    masked[0] &= 0xFF >> (8 * length - bits)
    message = int.from_bytes(bytes(masked) + digest + b"\xbc", "big")
    return pow(message, numbers.d, numbers.public_numbers.n).to_bytes((key.key_size + 7) // 8, "big")


def mgf1(seed: bytes, length: int) -> bytes:
    parts = (sha256(seed + count.to_bytes(4, "big")).digest() for count in range(length // 32 + 1))
    return b"".join(parts)[:length]


def pack(value: Any) -> bytes:
    """CBOR of a value; bytes-like raw CBOR may be handed in as `Raw`."""
    return value.content if isinstance(value, Raw) else cbor2.dumps(value)


class Raw:
    """CBOR bytes to be used as they are."""

    def __init__(self, content: bytes | str):
        self.content = bytes.fromhex(content) if isinstance(content, str) else content


def message(
    payload: Any = None,
    *,
    protected: Any = None,
    by: Signer = DESK,
    seal: Callable[[bytes], bytes] | None = None,
) -> tuple[bytes, bytes, bytes]:
    """Protected bytes, payload bytes and a right signature (or what `seal` makes of the signed bytes)."""
    inside = pack(claims() if payload is None else payload)
    header = pack({1: -7, 4: by.kid} if protected is None else protected)
    make = seal or (lambda signed: es256(by.key, signed))
    return header, inside, make(signed_bytes(header, inside))


def content(
    parts: tuple[bytes, bytes, bytes], unprotected: Any = None, tags: tuple[int, ...] = (18,)
) -> bytes:
    """The COSE_Sign1 of the parts, under tags from the outside in."""
    header, inside, signature = parts
    found = b"\x84" + pack(header) + pack({} if unprotected is None else unprotected) + pack(inside)
    found += pack(signature)
    for tag in reversed(tags):
        found = head(6, tag) + found
    return found


def head(major: int, argument: int, size: int | None = None) -> bytes:
    """A CBOR head; `size` 1, 2, 4 or 8 bytes makes it longer than needed."""
    if size is None:
        if argument < 24:
            return bytes([major << 5 | argument])
        size = next(size for size in (1, 2, 4, 8) if argument < 1 << 8 * size)
    return bytes([major << 5 | 23 + size.bit_length()]) + argument.to_bytes(size, "big")


def text_of(raw: bytes) -> str:
    """The armour around CBOR."""
    return "HC1:" + to_base45(zlib.compress(raw, 9))


def text(payload: Any = None, *, unprotected: Any = None, tags: tuple[int, ...] = (18,), **more: Any) -> str:
    """A whole card; `protected`, `by` and `seal` as in `message`."""
    return text_of(content(message(payload, **more), unprotected, tags))


def kid_b64(certificate: bytes) -> str:
    return b64(kid_of(certificate))

"""COSE_Sign1 (RFC 9052) as cards and lists use it: read strictly, signed bytes rebuilt, seal checked.

Algorithms: ES256 on P-256, PS256 (SHA-256, salt 32) on RSA of at least 2048 bits. A key inside the
message is never used.
"""

from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from zhegu.cards.rules.cbor import BadCbor, Tagged, read_cbor
from zhegu.cards.rules.reasons import NotGenuine, Reason

ES256, PS256 = -7, -37
ALG, CRIT, KID = 1, 2, 4
_SIGN1, _CWT = 18, 61
LONGEST_KID = 32

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey
_ES256 = ec.ECDSA(hashes.SHA256())
_PS256 = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)


@dataclass(frozen=True, slots=True)
class Sign1:
    """A message as read; nothing of it is trusted yet."""

    alg: int
    kid: bytes
    protected: bytes
    payload: bytes
    signature: bytes


def read_sign1(content: bytes) -> Sign1:
    """The message; raises NotGenuine with `cbor`, `cose`, `alg` or `kid`, in this order."""
    items = _four_items(_cbor(content))
    protected, unprotected, payload, signature = items
    header = _cbor(protected) if protected else {}
    if type(header) is not dict or CRIT in header or CRIT in unprotected:
        raise NotGenuine(Reason.COSE)
    alg = header.get(ALG)
    if type(alg) is not int or alg not in (ES256, PS256):
        raise NotGenuine(Reason.ALG)
    kid = header[KID] if KID in header else unprotected.get(KID)
    if type(kid) is not bytes or not 1 <= len(kid) <= LONGEST_KID:
        raise NotGenuine(Reason.KID)
    return Sign1(alg, kid, protected, payload, signature)


def _cbor(raw: bytes) -> Any:
    try:
        return read_cbor(raw)
    except BadCbor:
        raise NotGenuine(Reason.CBOR) from None


def _four_items(item: Any) -> list[Any]:
    """The array under tag 18, under 61(18), or bare; of the right types."""
    if type(item) is Tagged and item.number == _CWT and type(item.item) is Tagged:
        item = item.item
    if type(item) is Tagged and item.number == _SIGN1:
        item = item.item
    if type(item) is not list or [type(part) for part in item] != [bytes, dict, bytes, bytes]:
        raise NotGenuine(Reason.COSE)
    return item


def signed_bytes(protected: bytes, payload: bytes) -> bytes:
    """The Sig_structure ["Signature1", protected, h'', payload], heads as short as can be."""
    return (
        b"\x84\x6aSignature1" + _bytes_head(protected) + protected + b"\x40" + _bytes_head(payload) + payload
    )


def _bytes_head(raw: bytes) -> bytes:
    length = len(raw)
    if length < 24:
        return bytes([0x40 | length])
    size = 1 if length < 1 << 8 else 2 if length < 1 << 16 else 4
    return bytes([0x58 | size >> 1]) + length.to_bytes(size, "big")


def seal_holds(message: Sign1, key: PublicKey) -> bool:
    """Whether `key` made this signature with this algorithm; False for a key of the other kind."""
    signed = signed_bytes(message.protected, message.payload)
    try:
        if message.alg == ES256 and isinstance(key, ec.EllipticCurvePublicKey):
            return _es256_holds(message.signature, signed, key)
        if message.alg == PS256 and isinstance(key, rsa.RSAPublicKey):
            if len(message.signature) != (key.key_size + 7) // 8:
                return False
            key.verify(message.signature, signed, _PS256, hashes.SHA256())
            return True
    except Exception:  # InvalidSignature, or a key so odd that the library gives up: no seal either way
        return False
    return False


def _es256_holds(signature: bytes, signed: bytes, key: ec.EllipticCurvePublicKey) -> bool:
    """ES256 is exactly r and s, 32 bytes each; any s from 1 to n-1 counts."""
    if len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    key.verify(encode_dss_signature(r, s), signed, _ES256)
    return True

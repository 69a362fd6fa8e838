"""Making keys, certificates and seals. The only file that signs.

ES256 with deterministic nonces (RFC 6979), so a bad random source cannot leak a key; header
{alg, kid} protected, nothing unprotected, tag 18.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import cbor2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.x509.oid import NameOID

from zhegu.cards.rules.armour import close_text
from zhegu.cards.rules.claims import CARD, EXP, HCERT, IAT, ISS, VERSION, CardClaims
from zhegu.cards.rules.cose import ALG, ES256, KID, signed_bytes

KID_BYTES = 8
_SEAL = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


@dataclass(frozen=True)
class Signer:
    """A private key with the certificate that stands for it."""

    key: ec.EllipticCurvePrivateKey
    certificate: bytes

    @cached_property
    def kid(self) -> bytes:
        return kid_of(self.certificate)

    @cached_property
    def protected(self) -> bytes:
        return cbor2.dumps({ALG: ES256, KID: self.kid})

    def sign(self, payload: bytes) -> bytes:
        """`payload` as a tagged COSE_Sign1."""
        r, s = decode_dss_signature(self.key.sign(signed_bytes(self.protected, payload), _SEAL))
        seal = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        return b"\xd2\x84" + b"".join((_bytes(self.protected), b"\xa0", _bytes(payload), _bytes(seal)))


def _bytes(raw: bytes) -> bytes:
    return cbor2.dumps(raw)


def kid_of(certificate: bytes) -> bytes:
    """The first 8 bytes of SHA-256 over the DER certificate."""
    return sha256(certificate).digest()[:KID_BYTES]


def sign_card(signer: Signer, card: CardClaims) -> str:
    """The text of a card, to be printed as a QR code."""
    inner: dict[int, Any] = {
        0: VERSION,
        1: card.kind,
        2: card.serial,
        3: card.time,
        4: card.round,
        5: card.grid,
    }
    if card.holder is not None:
        inner[6] = card.holder
    claims = {ISS: card.iss, EXP: card.exp, IAT: card.iat, HCERT: {CARD: inner}}
    return close_text(signer.sign(cbor2.dumps(claims)))


def sign_list(signer: Signer, content: Mapping[str, Any]) -> bytes:
    """A key list or a withdrawal list, sealed."""
    return signer.sign(cbor2.dumps(dict(content), canonical=True))


def new_key() -> ec.EllipticCurvePrivateKey:
    """A fresh P-256 key."""
    return ec.generate_private_key(ec.SECP256R1())


def key_from_secret(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """The key of 32 secret bytes, as a recovery sheet holds them; raises ValueError if impossible."""
    return ec.derive_private_key(int.from_bytes(secret, "big"), ec.SECP256R1())


def secret_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The 32 secret bytes of a key."""
    return key.private_numbers().private_value.to_bytes(32, "big")


def key_file(key: ec.EllipticCurvePrivateKey) -> bytes:
    """A private key as PKCS#8 PEM, for a 0600 file."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def read_key_file(content: bytes) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(content, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("not an elliptic curve key")
    return key


def public_point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public key as 65 bytes, uncompressed: what a phone pins."""
    return key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def own_certificate(
    key: ec.EllipticCurvePrivateKey, name: str, first: dt.datetime, last: dt.datetime
) -> bytes:
    """A self-signed certificate (DER) for a root."""
    return certificate_for(key, name, first, last, by=key, by_name=name, is_root=True)


def certificate_for(
    key: ec.EllipticCurvePrivateKey,
    name: str,
    first: dt.datetime,
    last: dt.datetime,
    *,
    by: ec.EllipticCurvePrivateKey,
    by_name: str,
    is_root: bool = False,
) -> bytes:
    """A certificate (DER) for `key`, signed by `by`; valid first..last; the same again if asked again."""
    usage = x509.KeyUsage(not is_root, False, False, False, False, is_root, is_root, False, False)
    built = (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(by_name))
        .public_key(key.public_key())
        .serial_number(_serial_number(key, name))
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True)
        .add_extension(usage, critical=True)
        .sign(by, hashes.SHA256(), ecdsa_deterministic=True)
    )
    return built.public_bytes(serialization.Encoding.DER)


def _serial_number(key: ec.EllipticCurvePrivateKey, name: str) -> int:
    return int.from_bytes(sha256(public_point(key) + name.encode()).digest()[:16], "big") | 1


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])

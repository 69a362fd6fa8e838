"""Letters that only the server can open: what a phone seals when it forgets everything else.

ECIES as the phone's WebCrypto does it: P-256, HKDF-SHA-256 with the ephemeral point as salt and
`zhegu-seal/1` as info, AES-256-GCM. A letter is base64 of: ephemeral point (65 bytes), nonce (12),
ciphertext with tag. The private key lies in the data folder's keys, never in the database.
"""

import base64
import binascii
from contextlib import suppress
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from zhegu.vault.keyring import read_key, write_key

NAME = "outbox-seal.pem"
POINT, NONCE = 65, 12
INFO = b"zhegu-seal/1"


class WrongLetter(ValueError):
    """Not a letter, or not one to this server."""


@cache
def _private(folder: Path) -> ec.EllipticCurvePrivateKey:
    try:
        kept = read_key(folder, NAME)
    except FileNotFoundError:
        made = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with suppress(FileExistsError):  # another process was first; its key counts
            write_key(folder, NAME, made)
        kept = read_key(folder, NAME)
    key = serialization.load_pem_private_key(kept, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise WrongLetter("the server's own key is of another kind")
    return key


def public_key(folder: Path) -> str:
    """What a phone seals to: an uncompressed P-256 point, base64."""
    return base64.b64encode(_point(_private(folder).public_key())).decode()


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _agreed(shared: bytes, point: bytes) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=point, info=INFO).derive(shared))


def open_letter(folder: Path, letter: str) -> bytes:
    """What the phone wrote; raises WrongLetter."""
    try:
        raw = base64.b64decode(letter, validate=True)
        point, nonce, sealed = raw[:POINT], raw[POINT : POINT + NONCE], raw[POINT + NONCE :]
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        return _agreed(_private(folder).exchange(ec.ECDH(), theirs), point).decrypt(nonce, sealed, None)
    except (binascii.Error, ValueError, InvalidTag) as error:
        raise WrongLetter("does not open") from error


def write_letter(to: str, content: bytes, nonce: bytes) -> str:
    """A letter to the holder of the public key `to`, as the phone writes it (`nonce`: 12 fresh random bytes)."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(to))
    mine = ec.generate_private_key(ec.SECP256R1())
    point = _point(mine.public_key())
    sealed = _agreed(mine.exchange(ec.ECDH(), theirs), point).encrypt(nonce, content, None)
    return base64.b64encode(point + nonce + sealed).decode()

"""Private keys as files beside the data (`keys/cards/<kid>.pem`, 0600), never in the database."""

from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from zhegu.cards.outside.signing import Signer, key_file, read_key_file
from zhegu.vault.keyring import key_folder, read_key, write_key

_ROOT = "cards/root.pem"


class KeyMissing(LookupError):
    """The private half of a key is not on this machine."""


def _name(kid: bytes) -> str:
    return f"cards/{kid.hex()}.pem"


def keep(kid: bytes, key: ec.EllipticCurvePrivateKey) -> None:
    """The key's file stands; a file of this name is never overwritten (FileExistsError)."""
    write_key(settings.DATA, _name(kid), key_file(key))


def signer(kid: bytes, certificate: bytes) -> Signer:
    """The signer of this kid; raises KeyMissing."""
    return _signer(settings.DATA, kid, certificate)


@lru_cache(maxsize=256)
def _signer(data: Path, kid: bytes, certificate: bytes) -> Signer:
    return Signer(_read(data, _name(kid)), certificate)


def _read(data: Path, name: str) -> ec.EllipticCurvePrivateKey:
    try:
        return read_key_file(read_key(data, name))
    except FileNotFoundError:
        raise KeyMissing(name) from None


def keep_root(key: ec.EllipticCurvePrivateKey) -> None:
    """The root's private half is on this machine until it is put away."""
    drop_root()
    write_key(settings.DATA, _ROOT, key_file(key))


def root_key() -> ec.EllipticCurvePrivateKey:
    """The root's private half; raises KeyMissing once it was put away."""
    return _read(settings.DATA, _ROOT)


def has_root() -> bool:
    return (key_folder(settings.DATA) / _ROOT).exists()


def drop_root() -> None:
    """The root's private half is on paper only."""
    (key_folder(settings.DATA) / _ROOT).unlink(missing_ok=True)

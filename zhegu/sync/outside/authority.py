"""A certificate authority of one's own, so that phones on the local network have a secure origin.

Camera, service worker and stored records need https, and a village has no domain. The authority lives
ten years beside the data and may vouch for this one host name and for bare addresses only (RFC 5280
name constraints), so whoever installs it gives nothing else away. Its server certificate lasts 825
days, the longest that phones accept from a private authority (Apple HT211025 exempts user-added
roots from 398 days; 825 is the limit of HT210176), and is renewed when addresses change.
"""

import os
import plistlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path
from uuid import UUID, uuid5

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from zhegu.vault.keyring import key_folder

AUTHORITY_LASTS = timedelta(days=3653)
LEAF_LASTS = timedelta(days=825)
RENEW_BEFORE = timedelta(days=60)
PERMITTED = [IPv4Network("0.0.0.0/0")]
PROFILE = UUID("6f1d1d4e-0c0f-5a51-9d2a-2d6c5b7f4a10")


@dataclass(frozen=True)
class Certificates:
    """Where the files lie: the authority to install, and what the server shows."""

    authority: Path
    chain: Path
    key: Path


def certificates(data: Path, host: str, addresses: Iterable[str], at: datetime) -> Certificates:
    """The files, made or renewed as needed, so that the server's covers the host and these addresses."""
    folder = key_folder(data)
    kept = Certificates(folder / "lan-authority.crt", folder / "lan-server.crt", folder / "lan-server.key")
    wanted = sorted({"127.0.0.1", *addresses})
    if not kept.authority.exists():
        _make_authority(folder, host, at)
    if not _covers(kept.chain, host, wanted, at):
        _make_leaf(folder, kept, host, wanted, at)
    return kept


def fingerprint(certificate: Path) -> str:
    """SHA-256 in pairs of letters, as phones show it, in four groups that a narrow screen may break."""
    raw = x509.load_pem_x509_certificate(certificate.read_bytes()).fingerprint(hashes.SHA256())
    return " ".join(raw[start : start + 8].hex(":").upper() for start in range(0, 32, 8))


def der(certificate: Path) -> bytes:
    """The certificate in the form phones install."""
    return x509.load_pem_x509_certificate(certificate.read_bytes()).public_bytes(serialization.Encoding.DER)


def mobileconfig(certificate: Path, title: str, words: str) -> bytes:
    """The same as a profile for Apple devices."""
    content = der(certificate)
    name = uuid5(PROFILE, content.hex())
    payload = {
        "PayloadType": "com.apple.security.root", "PayloadVersion": 1, "PayloadContent": content,
        "PayloadIdentifier": f"org.zhegu.lan.{name}.root", "PayloadUUID": str(uuid5(name, "root")),
        "PayloadDisplayName": title,
    }  # fmt: skip
    return plistlib.dumps(
        {
            "PayloadType": "Configuration", "PayloadVersion": 1, "PayloadContent": [payload],
            "PayloadIdentifier": f"org.zhegu.lan.{name}", "PayloadUUID": str(name),
            "PayloadDisplayName": title, "PayloadDescription": words,
        }
    )


# --- making them


def _keep(path: Path, content: bytes) -> None:
    """Replaces the file as a whole, readable by its owner only."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _private_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    return key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)


def _builder(
    subject: str, issuer: str, public: ec.EllipticCurvePublicKey, at: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    """Dated a day back, since a phone's clock may be behind."""
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at - timedelta(days=1) + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, signs: bool, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=certifies, crl_sign=certifies, encipher_only=False, decipher_only=False,
    )


def _make_authority(folder: Path, host: str, at: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = f"Zhegu {host.removesuffix('.local')} {secrets.token_hex(2)}"
    permitted = [x509.DNSName(host), x509.DNSName("localhost"), *map(x509.IPAddress, PERMITTED)]
    certificate = (
        _builder(name, name, key.public_key(), at, AUTHORITY_LASTS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=False, certifies=True), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .sign(key, hashes.SHA256())
    )
    _keep(folder / "lan-authority.key", _private_bytes(key))
    _keep(folder / "lan-authority.crt", certificate.public_bytes(serialization.Encoding.PEM))


def _make_leaf(folder: Path, kept: Certificates, host: str, addresses: list[str], at: datetime) -> None:
    authority = x509.load_pem_x509_certificate(kept.authority.read_bytes())
    signer = serialization.load_pem_private_key((folder / "lan-authority.key").read_bytes(), password=None)
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = str(authority.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)
    names = [x509.DNSName(host), x509.DNSName("localhost"), *(x509.IPAddress(IPv4Address(one)) for one in addresses)]
    certificate = (
        _builder(host, issuer, key.public_key(), at, LEAF_LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=True, certifies=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(_issued_by(authority), critical=False)
        .sign(signer, hashes.SHA256())  # type: ignore[arg-type]
    )
    pem = serialization.Encoding.PEM
    _keep(kept.key, _private_bytes(key))
    _keep(kept.chain, certificate.public_bytes(pem) + authority.public_bytes(pem))


def _issued_by(authority: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    known = authority.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(known)


def _covers(chain: Path, host: str, addresses: list[str], at: datetime) -> bool:
    """Whether the server's certificate still serves: name, all addresses, and time enough."""
    if not chain.exists():
        return False
    certificate = x509.load_pem_x509_certificates(chain.read_bytes())[0]
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    known = {str(one) for one in names.get_values_for_type(x509.IPAddress)}
    lasting = certificate.not_valid_after_utc - at > RENEW_BEFORE
    return lasting and host in names.get_values_for_type(x509.DNSName) and known >= set(addresses)

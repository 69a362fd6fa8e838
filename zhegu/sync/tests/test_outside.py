"""Certificates as a strict client sees them; letters only the server opens; the name on the network."""

import ssl
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from zeroconf import AddressResolverIPv4, Zeroconf

from tests.support.ports import free_port
from zhegu.journal.tests.make import MORNING
from zhegu.lib import clock
from zhegu.sync.outside import authority, lan, letters

HOST = "zhegu-540526101001.local"


def leaf(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificates(path.read_bytes())[0]


def names(path: Path) -> set[str]:
    found = leaf(path).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(one.value) for one in found}


def handshake(kept: authority.Certificates, host: str) -> str:
    """What a client that trusts only this authority makes of the server: its protocol, or the refusal."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(kept.chain, kept.key)
    client = ssl.create_default_context(cafile=str(kept.authority))
    ours, theirs = ssl.MemoryBIO(), ssl.MemoryBIO()
    shown = server.wrap_bio(ours, theirs, server_side=True)
    asking = client.wrap_bio(theirs, ours, server_hostname=host)
    for _ in range(10):
        for side in (asking, shown):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLCertVerificationError as error:
                return error.verify_message
    return asking.version() or ""


@pytest.fixture
def kept(tmp_path):
    return authority.certificates(tmp_path, HOST, ["10.42.0.1", "192.168.1.7"], clock.now())


@pytest.mark.parametrize("host", [HOST, "10.42.0.1", "192.168.1.7", "127.0.0.1", "localhost"])
def test_a_client_that_trusts_the_authority_trusts_the_server(kept, host):
    assert handshake(kept, host) == "TLSv1.3"


@pytest.mark.parametrize("host", ["zhegu-540526101002.local", "10.42.0.2", "example.org"])
def test_under_another_name_it_is_not_trusted(kept, host):
    assert "mismatch" in handshake(kept, host)


def test_the_authority_cannot_vouch_for_any_other_name(kept, tmp_path):
    forged = authority.Certificates(kept.authority, tmp_path / "forged.crt", tmp_path / "forged.key")
    authority._make_leaf(tmp_path / "keys", forged, "bank.example.org", [], clock.now())
    assert "permitted subtree violation" in handshake(forged, "bank.example.org")


def test_lifetimes_are_those_phones_accept(tmp_path):
    kept = authority.certificates(tmp_path, HOST, [], MORNING)
    server, root = leaf(kept.chain), leaf(kept.authority)
    assert server.not_valid_after_utc - server.not_valid_before_utc == timedelta(days=825)
    assert root.not_valid_after_utc - MORNING > timedelta(days=3650)
    assert server.not_valid_before_utc < MORNING  # a phone whose clock is behind trusts it too


def test_a_changed_address_renews_the_certificate_and_keeps_name_and_authority(tmp_path):
    first = authority.certificates(tmp_path, HOST, ["192.168.1.7"], MORNING)
    root, before = first.authority.read_bytes(), leaf(first.chain)
    authority.certificates(tmp_path, HOST, ["192.168.1.7"], MORNING)
    assert leaf(first.chain) == before
    authority.certificates(tmp_path, HOST, ["192.168.9.9"], MORNING)
    assert leaf(first.chain) != before and first.authority.read_bytes() == root
    assert names(first.chain) == {HOST, "localhost", "127.0.0.1", "192.168.9.9"}


def test_it_is_renewed_in_time(tmp_path):
    kept = authority.certificates(tmp_path, HOST, [], MORNING)
    before = leaf(kept.chain)
    authority.certificates(tmp_path, HOST, [], MORNING + timedelta(days=700))
    assert leaf(kept.chain) == before
    authority.certificates(tmp_path, HOST, [], MORNING + timedelta(days=770))
    assert leaf(kept.chain) != before


def test_keys_are_closed_to_others(kept, tmp_path):
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "keys").glob("*.key")} == {0}


def test_the_host_name_is_chosen_once(tmp_path):
    assert lan.fixed_host(tmp_path, "540526101001") == HOST
    assert lan.fixed_host(tmp_path, "540526101002") == HOST


def resolved(host: str) -> set[str]:
    with Zeroconf(interfaces=["127.0.0.1"]) as asking:
        found = AddressResolverIPv4(f"{host}.")
        found.request(asking, 3000)
        return set(found.parsed_addresses())


def test_the_name_keeps_resolving_when_the_address_changes():
    """An outbox belongs to the address it was opened by: the name must outlive every change of number."""
    beacon = lan.Beacon(f"zhegu-test-{free_port()}.local", 8000, interfaces=["127.0.0.1"])
    try:
        beacon.say(["192.168.1.7"])
        assert resolved(beacon.host) == {"192.168.1.7"}
        beacon.say(["10.42.0.1"])
        assert resolved(beacon.host) == {"10.42.0.1"}
    finally:
        beacon.close()
    assert threading.active_count() < 10


# --- letters


def test_a_letter_is_opened_by_the_server_it_was_written_to(tmp_path):
    letter = letters.write_letter(letters.public_key(tmp_path), "从前".encode(), bytes(12))
    assert letters.open_letter(tmp_path, letter).decode() == "从前"
    with pytest.raises(letters.WrongLetter):
        letters.open_letter(tmp_path / "another", letter)


@pytest.mark.parametrize("letter", ["", "####", "AAAA", "BBBB" * 40, "é" * 40])
def test_what_is_no_letter_does_not_open(tmp_path, letter):
    with pytest.raises(letters.WrongLetter):
        letters.open_letter(tmp_path, letter)


def test_a_changed_letter_does_not_open(tmp_path):
    letter = letters.write_letter(letters.public_key(tmp_path), b"words", bytes(12))
    for place in range(0, len(letter) - 2, 7):
        changed = letter[:place] + ("A" if letter[place] != "A" else "B") + letter[place + 1 :]
        with pytest.raises(letters.WrongLetter):
            letters.open_letter(tmp_path, changed)


def test_the_seal_survives_a_restart(tmp_path):
    first = letters.public_key(tmp_path)
    letters._private.cache_clear()
    assert letters.public_key(tmp_path) == first

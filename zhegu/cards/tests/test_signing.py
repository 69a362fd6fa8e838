"""What this house signs, others can check; what was changed, nobody accepts."""

import datetime as dt
import warnings
import zlib

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from zhegu.cards.outside.signing import (
    Signer,
    key_file,
    key_from_secret,
    kid_of,
    new_key,
    own_certificate,
    read_key_file,
    secret_of,
    sign_card,
)
from zhegu.cards.rules import CardClaims, TrustedKey, TrustList, holder_tag, public_key_of, verify
from zhegu.cards.rules.base45 import read_base45, to_base45
from zhegu.cards.rules.cbor import read_cbor
from zhegu.cards.tests.vectors.forge import DAY, NOW, es256, signer
from zhegu.lib.codes import read_resident_code, resident_code

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import cwt
    from pycose.keys import EC2Key
    from pycose.messages import Sign1Message

DESK = signer("desk")
CARD = CardClaims("XG", NOW, NOW + 14 * DAY, 1, 12_007_000_123, NOW - 60, 12, 7, bytes(range(10)))
TRUST = TrustList.of(NOW, [TrustedKey(DESK.kid, DESK.key.public_key())])


def cose_of(text: str) -> bytes:
    return zlib.decompress(read_base45(text[4:]))


def numbers() -> tuple[bytes, bytes]:
    public = DESK.key.public_key().public_numbers()
    return public.x.to_bytes(32, "big"), public.y.to_bytes(32, "big")


def test_a_signed_card_is_genuine_and_says_what_was_signed() -> None:
    verdict = verify(sign_card(DESK, CARD), TRUST)
    assert verdict.valid
    assert verdict.claims == CARD
    assert verdict.kid == DESK.kid


def test_the_same_card_is_signed_the_same_way_each_time() -> None:
    assert sign_card(DESK, CARD) == sign_card(DESK, CARD)


def test_a_card_is_short_and_tagged_with_an_empty_unprotected_header() -> None:
    text = sign_card(DESK, CARD)
    assert len(text) <= 240
    tagged = read_cbor(cose_of(text))
    assert tagged.number == 18
    assert tagged.item[1] == {}
    assert read_cbor(tagged.item[0]) == {1: -7, 4: DESK.kid}
    assert sorted(read_cbor(tagged.item[2])) == [-260, 1, 4, 6]


def test_the_kid_is_the_head_of_the_certificates_hash() -> None:
    assert kid_of(DESK.certificate) == DESK.kid
    assert len(DESK.kid) == 8
    assert public_key_of(DESK.certificate) == DESK.key.public_key()


def test_cwt_accepts_our_seal_and_refuses_a_changed_card() -> None:
    x, y = numbers()
    key = cwt.COSEKey.new({1: 2, 2: DESK.kid, 3: -7, -1: 1, -2: x, -3: y})
    content = cose_of(sign_card(DESK, CARD))
    assert read_cbor(cwt.COSE.new().decode(content, key))[-260][-15][5] == 7
    with pytest.raises(cwt.VerifyError):
        cwt.COSE.new().decode(regridded(content), key)


def test_pycose_accepts_our_seal_and_refuses_a_changed_card() -> None:
    x, y = numbers()
    content = cose_of(sign_card(DESK, CARD))
    for raw, holds in ((content, True), (regridded(content), False)):
        message = Sign1Message.decode(raw)
        message.key = EC2Key(crv="P_256", x=x, y=y)
        assert message.verify_signature() is holds


def regridded(content: bytes) -> bytes:
    """The same bytes with grid 7 made grid 8."""
    changed = content.replace(b"\x05\x07\x06", b"\x05\x08\x06")
    assert changed != content
    return changed


def test_no_single_flipped_bit_is_accepted() -> None:
    content = cose_of(sign_card(DESK, CARD))
    for bit in range(len(content) * 8):
        assert not verify("HC1:" + to_base45(zlib.compress(flip(content, bit))), TRUST).valid


def test_a_flip_in_the_armour_is_refused_unless_the_content_stays_the_same() -> None:
    """Deflate has a few padding bits that mean nothing; a card that differs in them is the same card."""
    text = sign_card(DESK, CARD)
    packed, accepted = read_base45(text[4:]), 0
    for bit in range(len(packed) * 8):
        flipped = "HC1:" + to_base45(flip(packed, bit))
        if verify(flipped, TRUST).valid:
            accepted += 1
            assert cose_of(flipped) == cose_of(text)
    assert accepted <= 7


def flip(raw: bytes, bit: int) -> bytes:
    found = bytearray(raw)
    found[bit // 8] ^= 1 << bit % 8
    return bytes(found)


def test_certificates_chain_to_the_root_and_may_only_sign() -> None:
    root = new_key()
    first = dt.datetime(2022, 9, 1, tzinfo=dt.UTC)
    certificate = x509.load_der_x509_certificate(
        own_certificate(root, "Root", first, first + dt.timedelta(days=9))
    )
    certificate.verify_directly_issued_by(certificate)
    desk = x509.load_der_x509_certificate(DESK.certificate)
    usage = desk.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature and not usage.key_cert_sign
    assert not desk.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_a_key_survives_its_file_and_its_recovery_secret() -> None:
    key = new_key()
    assert read_key_file(key_file(key)).private_numbers() == key.private_numbers()
    assert key_from_secret(secret_of(key)).private_numbers() == key.private_numbers()
    assert len(secret_of(key)) == 32


@pytest.mark.parametrize("secret", [bytes(32), b"\xff" * 32])
def test_an_impossible_secret_is_refused(secret: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        key_from_secret(secret)


def test_a_key_of_another_kind_is_no_key_file() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    formats = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with pytest.raises(ValueError, match="elliptic"):
        read_key_file(Ed25519PrivateKey.generate().private_bytes(*formats))


def test_a_stranger_with_the_same_kid_signs_nothing() -> None:
    stranger = Signer(new_key(), DESK.certificate)
    assert verify(sign_card(stranger, CARD), TRUST).reason == "signature"


def test_the_holder_tag_of_a_real_code_goes_into_the_card() -> None:
    code = resident_code(bytes(range(10)))
    tag = holder_tag(CARD.serial, read_resident_code(code))
    text = sign_card(DESK, CardClaims(**{**fields(CARD), "holder": tag}))
    assert verify(text, TRUST).claims.holder == tag


def fields(card: CardClaims) -> dict:
    return {name: getattr(card, name) for name in card.__slots__}


def test_es256_seals_are_never_short() -> None:
    assert {len(es256(DESK.key, bytes([n]))) for n in range(200)} == {64}

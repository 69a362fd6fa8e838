"""Forged, changed, expired and foreign cards: not one is accepted (reliability 23)."""

import random
import zlib
from collections.abc import Iterator

import pytest

from zhegu.cards.outside.signing import sign_card
from zhegu.cards.rules import CardClaims, TrustedKey, TrustList, verify
from zhegu.cards.rules.base45 import ALPHABET, BadBase45, read_base45, to_base45
from zhegu.cards.tests.vectors.forge import DAY, NOW, Signer, ec_key, entry, signer

DESK, GATE, FORGER = signer("desk"), signer("gate"), signer("forger")
TRUST = TrustList.of(
    NOW, [TrustedKey(DESK.kid, DESK.key.public_key(), "XG", frozenset({1}), NOW - DAY, NOW + DAY)]
)
GENUINE = 200


def genuine(number: int) -> CardClaims:
    return CardClaims(
        "XG", NOW, NOW + 14 * DAY, 1, 12_007_000_000 + number, NOW - 60, 12, 7, number.to_bytes(10, "big")
    )


def altered(card: CardClaims, **changes: object) -> CardClaims:
    return CardClaims(**{name: changes.get(name, getattr(card, name)) for name in card.__slots__})


class Forger:
    """Makes bad cards of every sort from good ones."""

    def __init__(self, seed: int):
        self.chance = random.Random(seed)
        self.cards = [sign_card(DESK, genuine(number)) for number in range(1, GENUINE)]
        self.contents = [zlib.decompress(read_base45(card[4:])) for card in self.cards]
        self.signed = [
            self.by_stranger,
            self.of_another_place,
            self.expired,
            self.other_kind,
            self.other_issuer,
        ]

    def one(self) -> str:
        if self.chance.random() < 0.05:
            return self.chance.choice(self.signed)()
        return self.chance.choice((self.flipped, self.typed, self.spliced))()

    def flipped(self) -> str:
        content = bytearray(self.chance.choice(self.contents))
        content[self.chance.randrange(len(content))] ^= 1 << self.chance.randrange(8)
        return "HC1:" + to_base45(zlib.compress(bytes(content)))

    def typed(self) -> str:
        card = self.chance.choice(self.cards)
        place = self.chance.randrange(len(card))
        return card[:place] + self.chance.choice(ALPHABET) + card[place + 1 :]

    def spliced(self) -> str:
        one, other = self.chance.sample(self.contents, 2)
        cut = self.chance.randrange(1, len(one))
        return "HC1:" + to_base45(zlib.compress(one[:cut] + other[cut:]))

    def by_stranger(self) -> str:
        thief = Signer(ec_key(str(self.chance.random())), DESK.certificate)
        return sign_card(thief, genuine(self.chance.randrange(GENUINE)))

    def of_another_place(self) -> str:
        return sign_card(self.chance.choice((GATE, FORGER)), genuine(1))

    def expired(self) -> str:
        age = self.chance.randrange(14 * DAY + 1, 300 * DAY)
        return sign_card(DESK, altered(genuine(2), iat=NOW - age, exp=NOW - age + 14 * DAY))

    def other_kind(self) -> str:
        return sign_card(DESK, altered(genuine(3), kind=self.chance.choice((0, 2, 3, 4))))

    def other_issuer(self) -> str:
        return sign_card(DESK, altered(genuine(4), iss=self.chance.choice(("CN", "XH", "", None))))

    def bad(self, count: int) -> Iterator[str]:
        """`count` texts, none of which is a genuine card in another dress (deflate ignores a few bits)."""
        right = set(self.contents)
        while count:
            text = self.one()
            if inside(text) not in right:
                count -= 1
                yield text


def inside(text: str) -> bytes:
    try:
        return zlib.decompress(read_base45(text[4:])) if text.startswith("HC1:") else b""
    except (BadBase45, zlib.error):
        return b""


def refused(seed: int, count: int) -> set[str]:
    """The reasons; fails at the first text that is accepted."""
    reasons = set()
    for text in Forger(seed).bad(count):
        verdict = verify(text, TRUST)
        assert not verdict.valid, f"seed {seed}: {text}"
        reasons.add(str(verdict.reason))
    return reasons


def test_five_thousand_bad_cards_are_refused_for_many_reasons():
    many = {
        "prefix",
        "base45",
        "zlib",
        "cbor",
        "cose",
        "unknown_key",
        "signature",
        "key_period",
        "issuer",
        "key_usage",
    }
    assert many <= refused(23, 5000)


@pytest.mark.long
def test_a_hundred_thousand_bad_cards_are_refused():
    refused(100_000, 100_000)


def test_the_genuine_ones_are_accepted():
    assert all(verify(card, TRUST).valid for card in Forger(1).cards)


@pytest.mark.parametrize(("skew", "valid"), [(-300, True), (0, True), (300, True), (-301, False)])
def test_a_clock_five_minutes_off_still_reads_a_fresh_card(skew, valid):
    plain = {"now": NOW + skew, "keys": [entry("desk")]}
    assert verify(sign_card(DESK, genuine(1)), TrustList.from_plain(plain)).valid is valid

"""Texts gone wrong at a random layer, some of them sealed again so that the deeper layers are reached."""

import random
import zlib
from collections.abc import Iterator
from typing import Any

import cbor2

from zhegu.cards.rules.base45 import ALPHABET, read_base45, to_base45
from zhegu.cards.tests.vectors.forge import Raw, card, claims, content, head, message, text_of

ODD_CHARACTERS = ALPHABET + "a\n\0é０\ud800\U0001f600"


def mutants(seed: int, count: int) -> Iterator[str]:
    """`count` texts; the same for the same seed."""
    chance = random.Random(seed)
    makers = (
        in_text,
        in_armour,
        in_message,
        in_payload,
        in_header,
        in_claims,
        random_payload,
        random_content,
    )
    for _ in range(count):
        yield chance.choice(makers)(chance)


def seed_card(chance: random.Random) -> dict[Any, Any]:
    return card(
        serial=chance.randrange(1, 1 << 53), grid=chance.randrange(1, 256), kind=chance.randrange(1, 4)
    )


def bend(chance: random.Random, raw: bytes) -> bytes:
    """One to three small accidents to bytes."""
    found = bytearray(raw)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(found) + 1)
        accident = chance.randrange(5)
        if accident == 0 and found:
            found[place % len(found)] ^= 1 << chance.randrange(8)
        elif accident == 1:
            found[place:place] = chance.randbytes(chance.randint(1, 4))
        elif accident == 2:
            del found[place : place + chance.randint(1, 4)]
        elif accident == 3 and found:
            found[place % len(found)] = chance.choice(
                (0xFF, 0x5F, 0x7F, 0x9F, 0xBF, 0xF8, 0xC2, 0x1B, 0xA0, 0x80)
            )
        else:
            found[place:place] = found[place : place + chance.randint(1, 9)]
    return bytes(found)


def in_text(chance: random.Random) -> str:
    whole = text_of(content(message(claims(seed_card(chance)))))
    place = chance.randrange(len(whole))
    return whole[:place] + chance.choice(ODD_CHARACTERS) + whole[place + chance.randint(0, 1) :]


def in_armour(chance: random.Random) -> str:
    whole = text_of(content(message(claims(seed_card(chance)))))
    return "HC1:" + to_base45(bend(chance, read_base45(whole[4:])))


def in_message(chance: random.Random) -> str:
    return text_of(bend(chance, content(message(claims(seed_card(chance))))))


def in_payload(chance: random.Random) -> str:
    return text_of(content(message(Raw(bend(chance, cbor2.dumps(claims(seed_card(chance))))))))


def in_header(chance: random.Random) -> str:
    kid = message()[0]
    header = Raw(bend(chance, kid))
    return text_of(content(message(claims(seed_card(chance)), protected=header), anything(chance, 3, True)))


def in_claims(chance: random.Random) -> str:
    """Right CBOR that says odd things."""
    inner = seed_card(chance)
    for _ in range(chance.randint(0, 2)):
        inner[chance.randrange(-1, 9)] = Raw(anything(chance, 2).content)
    fields = b"".join(cbor2.dumps(key) + packed(value) for key, value in inner.items())
    outer = claims(hcert=None)
    if chance.random() < 0.5:
        outer[chance.choice((1, 4, 5, 6, 2, -260, 260))] = anything(chance, 2)
    outer.setdefault(-260, None)
    sealed = Raw(b"\xa1\x2e" + head(5, len(inner)) + fields)
    outer = {key: sealed if key == -260 and value is None else value for key, value in outer.items()}
    whole = head(5, len(outer)) + b"".join(cbor2.dumps(key) + packed(value) for key, value in outer.items())
    return text_of(content(message(Raw(whole))))


def packed(value: Any) -> bytes:
    return value.content if isinstance(value, Raw) else cbor2.dumps(value)


def random_payload(chance: random.Random) -> str:
    return text_of(content(message(anything(chance, 6))))


def random_content(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return text_of(anything(chance, 18).content)
    return "HC1:" + to_base45(zlib.compress(chance.randbytes(chance.randrange(60)), chance.randrange(10)))


def anything(chance: random.Random, depth: int, is_map: bool = False) -> Raw:
    """A random CBOR item, now and then not quite one."""
    major = 5 if is_map else chance.choice((0, 1, 2, 3, 4, 5, 6, 7) if depth else (0, 1, 2, 3, 7))
    size = chance.choice((None, None, None, 1, 2, 4, 8))
    if major in (0, 1):
        number = chance.choice((chance.randrange(30), 1_663_000_000, (1 << 64) - 1, 1 << 53))
        return Raw(head(major, number, size if number < 256 else None))
    if major in (2, 3):
        raw = chance.choice((b"", b"XG", "བོད".encode(), b"\xc3", b"\xef\xbb\xbf", bytes(10)))
        return Raw(head(major, len(raw), size) + raw)
    if major in (4, 5):
        count = chance.randrange(4)
        inside = b"".join(anything(chance, depth - 1).content for _ in range(count * (major - 3)))
        if chance.random() < 0.3:
            return Raw(bytes([major << 5 | 31]) + inside + b"\xff")
        return Raw(head(major, count, size) + inside)
    if major == 6:
        return Raw(head(6, chance.choice((1, 2, 18, 24, 61, 1 << 40))) + anything(chance, depth - 1).content)
    return Raw(
        chance.choice(
            (b"\xf4", b"\xf5", b"\xf6", b"\xf7", b"\xf8\x20", b"\xf8\x10", b"\xf9\x3c\0", b"\xff", b"\xe3")
        )
    )

"""Steps 3 and 4: COSE_Sign1, algorithms, kids, signatures."""

from collections.abc import Iterator
from functools import partial
from hashlib import sha256

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from zhegu.cards.tests.vectors.case import Case, no, yes
from zhegu.cards.tests.vectors.forge import (
    DESK,
    KID,
    ORDER,
    Raw,
    answer,
    card,
    certificate_of,
    claims,
    content,
    ec_key,
    es256,
    message,
    pack,
    ps256,
    rsa_key,
    signer,
    text,
    text_of,
)

PARTS = message()


def cases() -> Iterator[Case]:
    yield from structures()
    yield from algorithms()
    yield from kids()
    yield from signatures()
    yield from signed_wrongly()
    yield from rsa()


def structures() -> Iterator[Case]:
    header, inside, seal = PARTS
    for tags, good in {(): True, (18,): True, (61, 18): True}.items():
        yield Case(f"tags {tags}", text(tags=tags), yes(answer()) if good else no("cose"))
    for tags in ((61,), (18, 18), (18, 61), (61, 61, 18), (17,), (98,), (16,), (55799, 18), (61, 18, 18)):
        yield Case(f"tags {tags}", text(tags=tags), no("cose"))
    for name, items in {
        "three items": [header, {}, inside],
        "five items": [header, {}, inside, seal, b""],
        "no items": [],
        "nil payload": [header, {}, None, seal],
        "text payload": [header, {}, "payload", seal],
        "map payload": [header, {}, claims(), seal],
        "protected as a map": [{1: -7, 4: KID}, {}, inside, seal],
        "unprotected as bytes": [header, b"\xa0", inside, seal],
        "unprotected as an array": [header, [], inside, seal],
        "unprotected null": [header, None, inside, seal],
        "text signature": [header, {}, inside, "s" * 64],
        "tagged signature": [header, {}, inside, cbor2.CBORTag(24, seal)],
        "a list of signatures": [header, {}, inside, [[header, {}, seal]]],
    }.items():
        yield Case(name, text_of(cbor2.dumps(cbor2.CBORTag(18, items))), no("cose"))
    yield Case(
        "a map of four", text_of(b"\xd2" + cbor2.dumps({0: header, 1: {}, 2: inside, 3: seal})), no("cose")
    )
    yield Case(
        "tag 18 over bytes of the message", text_of(b"\xd2" + pack(content(PARTS, tags=()))), no("cose")
    )
    for name, value in {"array": [1], "integer": 1, "text": "x", "null": Raw("f6")}.items():
        yield Case(f"protected is {name}", text(protected=value), no("cose"))


def algorithms() -> Iterator[Case]:
    for name, alg in {
        "ES384": -35,
        "ES512": -36,
        "EdDSA": -8,
        "ES256K": -47,
        "ESP256": -9,
        "RS256": -257,
        "PS384": -38,
        "HMAC 256": 5,
        "zero": 0,
        "seven": 7,
        "text": "ES256",
        "bytes": b"\x26",
        "null": None,
        "false": False,
        "float": -7.0,
        "array": [-7],
        "tagged": cbor2.CBORTag(1, -7),
        "bignum": Raw("c349fffffffffffffffff9"),
        "-7 as bignum": Raw("c34106"),
    }.items():
        header = Raw(b"\xa2\x01" + pack(alg) + b"\x04" + pack(KID))
        yield Case(f"alg {name}", text(protected=header), no("alg"))
    yield Case("alg missing", text(protected={4: KID}), no("alg"))
    yield Case("alg only unprotected", text(protected={4: KID}, unprotected={1: -7}), no("alg"))
    yield Case("empty protected map", text(protected={}, unprotected={1: -7, 4: KID}), no("alg"))
    empty = Raw(b"")
    yield Case("empty protected bytes", text(protected=empty, unprotected={1: -7, 4: KID}), no("alg"))
    yield Case("another alg unprotected is ignored", text(unprotected={1: -8}), yes(answer()))
    secret = bytes(64)
    yield Case("alg none without signature", text(protected={1: 0, 4: KID}, seal=lambda _: b""), no("alg"))
    yield Case("HMAC", text(protected={1: 5, 4: KID}, seal=lambda _: secret[:32]), no("alg"))
    for place, kwargs in {
        "protected": {"protected": {1: -7, 4: KID, 2: [1]}},
        "unprotected": {"unprotected": {2: [1]}},
    }.items():
        yield Case(f"crit {place}", text(**kwargs), no("cose"))
    yield Case("crit null", text(unprotected={2: None}), no("cose"))
    yield Case("crit comes before alg", text(protected={2: [1]}), no("cose"))
    yield Case("crit comes before kid", text(protected={1: -7, 2: []}), no("cose"))
    yield Case("crit by name is another header", text(unprotected={"crit": [1]}), yes(answer()))
    yield Case("crit inside another header", text(unprotected={1000: {2: [1]}}), yes(answer()))


def kids() -> Iterator[Case]:
    bare = {1: -7}
    yield Case("kid only unprotected", text(protected=bare, unprotected={4: KID}), yes(answer()))
    yield Case("no kid", text(protected=bare), no("kid"))
    yield Case("alg comes before kid", text(protected={}), no("alg"))
    for name, kid in {
        "empty": b"",
        "33 bytes": bytes(33),
        "text": "desk",
        "integer": 7,
        "null": None,
        "array": [KID],
        "tagged": cbor2.CBORTag(37, KID),
    }.items():
        yield Case(f"kid {name}", text(protected={1: -7, 4: kid}), no("kid"))
        yield Case(f"unprotected kid {name}", text(protected=bare, unprotected={4: kid}), no("kid"))
        both = text(protected={1: -7, 4: kid}, unprotected={4: KID})
        yield Case(f"protected kid {name} is not rescued", both, no("kid"))
    for name, kid in {"one byte": b"k", "32 bytes": bytes(32), "our kid and more": KID + b"\0"}.items():
        yield Case(f"unknown kid {name}", text(protected={1: -7, 4: kid}), no("unknown_key"))
    yield Case("half our kid", text(protected={1: -7, 4: KID[:4]}), no("unknown_key"))
    other = signer("gate").kid
    yield Case("the protected kid counts", text(unprotected={4: other}), yes(answer()))
    yield Case(
        "even a known unprotected kid",
        text(protected={1: -7, 4: other}, unprotected={4: KID}),
        no("unknown_key"),
    )
    yield Case("the same kid twice", text(unprotected={4: KID}), yes(answer()))
    for size in (1, 32):
        name = f"kid of {size}"
        yield Case(name, text(protected={1: -7, 4: bytes([size]) * size}), yes(answer()), "odd kids")
    key = cbor2.dumps({1: 2, -1: 1, -2: bytes(32), -3: bytes(32)})
    forger = signer("forger")
    chain = {33: forger.certificate, 4: forger.kid}
    yield Case("x5chain of a forger", text(by=forger, unprotected=chain), no("unknown_key"))
    chained = text(by=forger, protected={1: -7, 4: KID}, unprotected={33: forger.certificate, 1000: key})
    yield Case("x5chain of a forger under our kid", chained, no("signature"))
    yield Case(
        "other headers are ignored", text(unprotected={33: b"", "x": [1, {}], -70001: 3}), yes(answer())
    )


def high_s(signed: bytes) -> bytes:
    seal = es256(DESK.key, signed)
    return seal[:32] + (ORDER - int.from_bytes(seal[32:], "big")).to_bytes(32, "big")


def der(signed: bytes) -> bytes:
    return DESK.key.sign(signed, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


def signatures() -> Iterator[Case]:
    yield Case("the other s is valid too", text(seal=high_s), yes(answer()))
    order, zero = ORDER.to_bytes(32, "big"), bytes(32)
    right = partial(es256, DESK.key)
    for name, seal in {
        "DER": der,
        "63 bytes": lambda s: right(s)[:-1],
        "65 bytes": lambda s: right(s) + b"\0",
        "65 bytes, zero first": lambda s: b"\0" + right(s),
        "empty": lambda s: b"",
        "96 bytes": lambda s: bytes(16) + right(s)[:32] + bytes(16) + right(s)[32:],
        "zeros": lambda s: bytes(64),
        "r = 0": lambda s: zero + right(s)[32:],
        "s = 0": lambda s: right(s)[:32] + zero,
        "r = n": lambda s: order + right(s)[32:],
        "s = n": lambda s: right(s)[:32] + order,
        "all ones": lambda s: b"\xff" * 64,
        "r and s swapped": lambda s: right(s)[32:] + right(s)[:32],
        "ones": lambda s: (1).to_bytes(32, "big") * 2,
        "s + n": lambda s: (
            right(s)[:32]
            + (int.from_bytes(right(s)[32:], "big") + ORDER & (1 << 256) - 1).to_bytes(32, "big")
        ),
    }.items():
        yield Case(f"signature {name}", text(seal=seal), no("signature"))
    header, inside, seal = PARTS
    for place in (0, 31, 32, 63):
        flipped = bytearray(seal)
        flipped[place] ^= 0x10
        yield Case(
            f"signature bit {place} flipped",
            text_of(content((header, inside, bytes(flipped)))),
            no("signature"),
        )
    wide = ec_key("p384", ec.SECP384R1())
    wider = lambda s: b"".join(  # noqa: E731
        n.to_bytes(48, "big")
        for n in decode_dss_signature(wide.sign(s, ec.ECDSA(hashes.SHA384(), deterministic_signing=True)))
    )
    yield Case("P-384 signature as ES256", text(seal=wider), no("signature"))


def signed_wrongly() -> Iterator[Case]:
    header, inside, _ = PARTS
    key = DESK.key

    def sealed(structure: bytes) -> str:
        return text_of(content((header, inside, es256(key, structure))))

    for name, structure in {
        "the payload only": inside,
        "another context": cbor2.dumps(["Signature", header, b"", inside]),
        "a countersignature context": cbor2.dumps(["CounterSignature1", header, b"", inside]),
        "without protected": cbor2.dumps(["Signature1", b"", b"", inside]),
        "with outside content": cbor2.dumps(["Signature1", header, b"app", inside]),
        "protected as a map": cbor2.dumps(["Signature1", {1: -7, 4: KID}, b"", inside]),
        "the payload's hash": sha256(inside).digest(),
        "three items": cbor2.dumps(["Signature1", header, inside]),
    }.items():
        yield Case(f"signed over {name}", sealed(structure), no("signature"))
    edited = pack(claims(card(grid=8)))
    yield Case("grid 7 made 8", text_of(content((header, edited, PARTS[2]))), no("signature"))
    later = pack(claims(exp=claims()[4] + 86_400))
    yield Case("exp moved", text_of(content((header, later, PARTS[2]))), no("signature"))
    other = pack({4: KID, 1: -7})
    yield Case(
        "protected re-ordered after signing", text_of(content((other, inside, PARTS[2]))), no("signature")
    )
    forger = ec_key("forger")
    yield Case("another key under our kid", text(seal=lambda s: es256(forger, s)), no("signature"))


def rsa() -> Iterator[Case]:
    """PS256 with RSA-2048 and its refusals; list "rsa" holds one key of each kind."""
    key = rsa_key("rsa2048")
    kid = sha256(certificate_of("rsa2048")).digest()[:8]
    ps = {1: -37, 4: kid}
    yield Case("PS256", text(protected=ps, seal=partial(ps256, key)), yes(answer()), "rsa")
    for length in (0, 20, 31, 33, 64):
        seal = partial(ps256, key, salt_length=length)
        yield Case(f"PS256 with a salt of {length}", text(protected=ps, seal=seal), no("signature"), "rsa")
    right = partial(ps256, key)
    for name, made in {
        "cut": lambda s: right(s)[:-1],
        "longer": lambda s: right(s) + b"\0",
        "zero first": lambda s: b"\0" + right(s),
        "zeros": lambda s: bytes(256),
        "64 bytes": lambda s: bytes(64),
    }.items():
        yield Case(f"PS256 {name}", text(protected=ps, seal=made), no("signature"), "rsa")
    yield Case("ES256 on an RSA key", text(protected={1: -7, 4: kid}), no("signature"), "rsa")
    yield Case("PS256 on a P-256 key", text(protected={1: -37, 4: KID}, seal=right), no("signature"), "rsa")
    yield Case("RS256", text(protected={1: -257, 4: kid}, seal=right), no("alg"), "rsa")
    small = sha256(certificate_of("rsa1024")).digest()[:8]
    seal = partial(ps256, rsa_key("rsa1024"))
    yield Case("RSA of 1024 bits", text(protected={1: -37, 4: small}, seal=seal), no("unknown_key"), "rsa")
    for name in ("p384", "ed25519"):
        other = sha256(certificate_of(name)).digest()[:8]
        yield Case(
            f"a listed {name} key never matches", text(protected={1: -7, 4: other}), no("unknown_key"), "rsa"
        )

"""Steps 5 and 6: claims, times, the card."""

from collections.abc import Iterator
from typing import Any

import cbor2

from zhegu.cards.tests.vectors.case import Case, no, yes
from zhegu.cards.tests.vectors.forge import DAY, NOW, Raw, answer, card, claims, pack, text

LIFE = 2_678_400
ODD_INTEGERS: dict[str, Any] = {
    "text": str(NOW),
    "float": float(NOW),
    "half float": Raw("f93c00"),
    "NaN": Raw("f97e00"),
    "infinity": Raw("f97c00"),
    "true": True,
    "null": None,
    "bytes": b"\1",
    "array": [NOW],
    "tagged": Raw("c11a6320351f"),
    "bignum": Raw("c2446320351f"),
    "undefined": Raw("f7"),
}


def cases() -> Iterator[Case]:
    yield from kinds_of_times()
    yield from times()
    yield from issuers()
    yield from containers()
    yield from card_fields()


def replaced(label: int, raw: Any) -> str:
    """A card whose claim `label` is replaced by any CBOR."""
    changed = claims() | {label: raw}
    parts = b"".join(cbor2.dumps(key) + pack(value) for key, value in changed.items())
    return text(Raw(bytes([0xA0 | len(changed)]) + parts))


def kinds_of_times() -> Iterator[Case]:
    for label, name in ((4, "exp"), (6, "iat"), (5, "nbf")):
        for kind, odd in ODD_INTEGERS.items():
            yield Case(f"{name} is {kind}", replaced(label, odd), no("claims"))
    for label, name in ((4, "exp"), (6, "iat")):
        yield Case(f"no {name}", text(claims(drop=(label,))), no("claims"))
    long_head = Raw("1b0000000063203520")
    later = claims(exp=0x63320000)
    yield Case("exp with a longer head", replaced(4, Raw("1b0000000063320000")), yes(answer(outer=later)))
    yield Case("iat with a longer head", replaced(6, long_head), yes(answer(outer=claims(iat=0x63203520))))
    yield Case("empty claims", text({}), no("claims"))
    named = {"iss": "XG", "exp": NOW + 9, "iat": NOW, -260: {-15: card()}}
    yield Case("claims by name", text(named), no("claims"))


def timed(iat: int, exp: int, **more: Any) -> dict[Any, Any]:
    return claims(iat=iat, exp=exp, **more)


def times() -> Iterator[Case]:
    rows = [
        ("the last second", NOW - 9, NOW, None),
        ("a second too late", NOW - 9, NOW - 1, "expired"),
        ("the clock 300 s behind", NOW + 300, NOW + DAY, None),
        ("the clock 301 s behind", NOW + 301, NOW + DAY, "not_yet"),
        ("issued in the far future", 1 << 40, (1 << 40) + DAY, "not_yet"),
        ("exp the largest integer", NOW, (1 << 64) - 1, "ttl"),
        ("iat the smallest integer", -(1 << 64), NOW + 9, "ttl"),
        ("iat negative", -1, NOW + 9, "ttl"),
        ("exp negative", NOW - 9, -5, "expired"),
        ("31 days", NOW, NOW + LIFE, None),
        ("31 days and a second", NOW, NOW + LIFE + 1, "ttl"),
        ("31 days, nearly over", NOW - LIFE, NOW, None),
        ("ten years", NOW, NOW + 3650 * DAY, "ttl"),
        ("exp = iat", NOW, NOW, "claims"),
        ("exp before iat", NOW + 10, NOW + 5, "claims"),
        ("expired long ago", NOW - 20 * DAY, NOW - 6 * DAY, "expired"),
    ]
    for name, iat, exp, reason in rows:
        outer = timed(iat, exp)
        yield Case(name, text(outer), no(reason) if reason else yes(answer(outer=outer)))
    for name, nbf, reason in [
        ("nbf now", NOW, None),
        ("nbf in the past", 0, None),
        ("nbf negative", -5, None),
        ("nbf a second ahead", NOW + 1, "not_yet"),
        ("nbf far ahead", (1 << 64) - 1, "not_yet"),
    ]:
        yield Case(name, text(claims(nbf=nbf)), no(reason) if reason else yes(answer()))
    yield Case("not yet comes before expired", text(claims(nbf=NOW + 9, exp=NOW - 9)), no("not_yet"))
    yield Case("expired comes before schema", text(claims({}, exp=NOW - 9)), no("expired"))
    yield Case("times come before the card", text(claims({}, exp=NOW, iat=NOW)), no("claims"))


def issuers() -> Iterator[Case]:
    """List "one" names no issuer; list "issuer" wants XG."""
    for name, outer in {
        "no iss": claims(drop=(1,)),
        "iss a country": claims(iss="CN"),
        "iss empty": claims(iss=""),
        "iss a number": claims(iss=5),
        "iss null": claims(iss=None),
        "iss an array": claims(iss=["XG"]),
        "iss Tibetan": claims(iss="བོད"),
    }.items():
        yield Case(f"any issuer: {name}", text(outer), yes(answer(outer=outer)))
        yield Case(f"named issuer: {name}", text(outer), no("issuer"), "issuer")
    yield Case("named issuer: its own", text(), yes(answer()), "issuer")
    for odd in ("xg", "XG ", "XGX", b"XG"):
        yield Case(f"named issuer: {odd!r}", text(claims(iss=odd)), no("issuer"), "issuer")
    yield Case("issuer comes before claims", text(claims(iss="XH", drop=(6,))), no("issuer"), "issuer")
    extra = claims() | {2: "subject", 7: b"id", "x": {"y": 1.5}, -65537: None}
    yield Case("other claims are ignored", text(extra), yes(answer()))


def containers() -> Iterator[Case]:
    right = card()
    for name, outer in {
        "no -260": claims(drop=(-260,)),
        "-260 is an array": claims(hcert=[right]),
        "-260 is null": claims(hcert=None),
        "-260 is the card": claims(hcert=right),
        "-260 is empty": claims(hcert={}),
        "the DCC's place": claims(hcert={1: right}),
        "two sub-claims": claims(hcert={-15: right, 1: {}}),
        "two sub-claims, ours second": claims(hcert={-6: {}, -15: right}),
        "sub-claim by name": claims(hcert={"-15": right}),
        "sub-claim as bytes": claims(hcert={b"\x2e": right}),
        "another sub-claim": claims(hcert={-16: right}),
        "tagged sub-claims": claims(hcert=cbor2.CBORTag(1, {-15: right})),
        "the card is an array": claims(hcert={-15: list(right.values())}),
        "the card is text": claims(hcert={-15: "card"}),
        "the card is bytes": claims(hcert={-15: cbor2.dumps(right)}),
        "the card is tagged": claims(hcert={-15: cbor2.CBORTag(1, right)}),
        "the card in a list": claims(hcert={-15: [right]}),
        "the card is empty": claims(hcert={-15: {}}),
    }.items():
        yield Case(name, text(outer), no("schema"))
    outer = {label: value for label, value in claims().items() if label != -260} | {260: {-15: right}}
    yield Case("+260", text(outer), no("schema"))


GOOD_FIELDS = {
    "kind": [1, 2, 3],
    "serial": [1, (1 << 53) - 1],
    "time": [1_600_000_000, 1 << 32, NOW - 3599],
    "round": [1, 65_535],
    "grid": [1, 255],
    "holder": [bytes(10), b"\xff" * 10],
}
BAD_FIELDS = {
    "version": [0, 2, -1, True, 1.0, "1", None, b"\1"],
    "kind": [0, 4, -1, True, 1.0, "1", b"\1", [1]],
    "serial": [0, -1, 1 << 53, (1 << 64) - 1, True, 5.0, "5", Raw("c24105")],
    "time": [1_599_999_999, (1 << 32) + 1, 0, float(NOW), "2022-09-13T08:00:00Z", True, Raw("c11a6320351f")],
    "round": [0, 65_536, -1, True, 12.0, "12"],
    "grid": [0, 256, -1, True, 7.0, "7"],
    "holder": [b"", bytes(9), bytes(11), bytes(32), "0" * 10, 0, [0] * 10, True, Raw("f6"), Raw("f7")],
}


def raw_card(**odd: Any) -> Raw:
    """Claims whose card holds any CBOR in the named fields."""
    names = ["version", "kind", "serial", "time", "round", "grid", "holder"]
    fields = card()
    parts = b"".join(
        cbor2.dumps(place) + pack(odd.get(name, fields[place])) for place, name in enumerate(names)
    )
    outer = cbor2.dumps(claims(hcert={}))
    return Raw(outer[:-1] + b"\xa1\x2e\xa7" + parts)


def card_fields() -> Iterator[Case]:
    for name, values in GOOD_FIELDS.items():
        for value in values:
            inner = card(**{name: value})
            yield Case(f"{name} {shown(value)}", text(claims(inner)), yes(answer(inner)))
    for name, values in BAD_FIELDS.items():
        for value in values:
            yield Case(f"{name} {shown(value)}", text(raw_card(**{name: value})), no("schema"))
    bare = card(holder=None)
    yield Case("no holder", text(claims(bare)), yes(answer(bare)))
    for missing in range(6):
        inner = {place: value for place, value in card().items() if place != missing}
        yield Case(f"field {missing} missing", text(claims(inner)), no("schema"))
    for extra in (7, 8, 9, -1, 100, "name", b"\0", "0"):
        yield Case(f"unknown field {extra!r}", text(claims(card() | {extra: 1})), no("schema"))
    yield Case(
        "serial that disagrees with round and grid", text(claims(card(serial=5))), yes(answer(card(serial=5)))
    )
    yield Case("fields in another order", text(claims(dict(reversed(card().items())))), yes(answer()))
    longer = raw_card(grid=Raw("1b0000000000000007"), kind=Raw("190001"))
    yield Case("fields with longer heads", text(longer), yes(answer()))
    chunks = raw_card(holder=Raw("5f45" + bytes(range(5)).hex() + "45" + bytes(range(5, 10)).hex() + "ff"))
    yield Case("holder in chunks", text(chunks), yes(answer()))


def shown(value: Any) -> str:
    return value.content.hex() if isinstance(value, Raw) else repr(value)

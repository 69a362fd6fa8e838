"""Trust lists: limits, clashes, unreadable entries, withdrawals."""

from collections.abc import Iterator
from typing import Any

from zhegu.cards.rules.serials import revocation_hash
from zhegu.cards.tests.vectors.case import Case, no, yes
from zhegu.cards.tests.vectors.forge import (
    DAY,
    KID,
    NOW,
    answer,
    b64,
    card,
    certificate_of,
    claims,
    entry,
    kid_b64,
    revoked,
    signer,
    text,
    trust,
)

SERIAL = 12_007_000_123
CERT = signer("desk").certificate
IAT = NOW - 3600
AGAIN = b64(KID)


def under_our_kid(name: str, **more: Any) -> dict[str, Any]:
    return entry(name) | {"kid": AGAIN} | more


def hashes(cut: int, kid: bytes = KID, serial: int = SERIAL) -> str:
    return revocation_hash(kid, serial)[:cut].hex()


# Each row: a trust list and what it makes of one card of the sampling desk (kind 1, issuer XG).
ROWS: list[tuple[str, dict[str, Any], str | None]] = [
    ("an empty list", trust(), "unknown_key"),
    ("no keys named", {"now": NOW}, "unknown_key"),
    ("keys null", {"now": NOW, "keys": None}, "unknown_key"),
    (
        "everything null",
        trust(entry(iss=None, use=None, nbf=None, naf=None, max_ttl=None, revoked=None)),
        None,
    ),
    ("revoked_ids null", trust(entry(), revoked_ids=None), None),
    ("key revoked", trust(entry(revoked=True)), "key_revoked"),
    ("key not revoked", trust(entry(revoked=False)), None),
    ("key revoked comes before its period", trust(entry(revoked=True, nbf=NOW)), "key_revoked"),
    ("period, both ends", trust(entry(nbf=IAT, naf=IAT)), None),
    ("period begins later", trust(entry(nbf=IAT + 1)), "key_period"),
    ("period ended before", trust(entry(naf=IAT - 1)), "key_period"),
    ("period comes before issuer", trust(entry(naf=0, iss="XH")), "key_period"),
    ("period 0 to 0", trust(entry(nbf=0, naf=0)), "key_period"),
    ("its issuer", trust(entry(iss="XG")), None),
    ("another issuer", trust(entry(iss="XH")), "issuer"),
    ("empty issuer", trust(entry(iss="")), "issuer"),
    ("its use", trust(entry(use=[1])), None),
    ("all uses", trust(entry(use=[3, 2, 1])), None),
    ("another use", trust(entry(use=[2, 3])), "key_usage"),
    ("no use", trust(entry(use=[])), "key_usage"),
    ("short life allowed", trust(entry(max_ttl=13 * DAY + 3600)), None),
    ("a second less", trust(entry(max_ttl=13 * DAY + 3599)), "ttl"),
    ("no life at all", trust(entry(max_ttl=0)), "ttl"),
    ("now long after", trust(entry(), now=NOW + 60 * DAY), "expired"),
    ("now long before", trust(entry(), now=NOW - 60 * DAY), "not_yet"),
    ("now with a fraction", trust(entry(), now=NOW + 0.5), None),
    ("card revoked", trust(entry(), revoked_ids=revoked(SERIAL)), "revoked"),
    ("another card revoked", trust(entry(), revoked_ids=revoked(SERIAL + 1)), None),
    ("revoked under another kid", trust(entry(), revoked_ids={b64(bytes(8)): [hashes(8)]}), None),
    ("a hash for another kid", trust(entry(), revoked_ids={AGAIN: [hashes(8, bytes(8))]}), None),
    ("among many", trust(entry(), revoked_ids={AGAIN: ["00" * 8, hashes(8), "ff" * 8]}), "revoked"),
    ("a shorter hash", trust(entry(), revoked_ids={AGAIN: [hashes(5)]}), None),
    ("a longer hash", trust(entry(), revoked_ids={AGAIN: [hashes(32)]}), None),
    ("hashes of other kinds", trust(entry(), revoked_ids={AGAIN: [None, 5, ""]}), None),
    ("no list of hashes", trust(entry(), revoked_ids={AGAIN: None}), None),
    ("key use comes before revoked", trust(entry(use=[2]), revoked_ids=revoked(SERIAL)), "key_usage"),
    ("kid not base64", trust(entry() | {"kid": "?"}), "unknown_key"),
    ("kid without padding", trust(entry() | {"kid": AGAIN.rstrip("=")}), "unknown_key"),
    ("kid empty", trust(entry() | {"kid": ""}), "unknown_key"),
    ("kid a number", trust(entry() | {"kid": 5}), "unknown_key"),
    ("no kid", trust({"cert": b64(CERT)}), "unknown_key"),
    ("no certificate", trust({"kid": AGAIN}), "unknown_key"),
    ("certificate cut", trust(entry() | {"cert": b64(CERT[:-3])}), "unknown_key"),
    ("certificate and a byte", trust(entry() | {"cert": b64(CERT + b"\0")}), "unknown_key"),
    ("certificate not base64", trust(entry() | {"cert": "-----BEGIN"}), "unknown_key"),
    ("certificate empty", trust(entry() | {"cert": ""}), "unknown_key"),
    ("an entry that is no object", {"now": NOW, "keys": [5, None, [], entry()]}, None),
    ("a bad entry beside a good one", trust(entry() | {"cert": "x"}, entry()), None),
    ("another key under our kid", trust(under_our_kid("gate")), "signature"),
    ("a kid that clashes, ours first", trust(entry(), under_our_kid("gate")), None),
    ("a kid that clashes, ours last", trust(under_our_kid("gate"), entry()), None),
    (
        "an RSA key under our kid too",
        trust({"kid": AGAIN, "cert": b64(certificate_of("rsa2048"))}, entry()),
        None,
    ),
    ("a P-384 key under our kid", trust({"kid": AGAIN, "cert": b64(certificate_of("p384"))}), "unknown_key"),
    ("our key twice, first revoked", trust(entry(revoked=True), entry()), None),
    ("our key twice, last revoked", trust(entry(), entry(revoked=True)), None),
    ("our key twice, each with another fault", trust(entry(use=[]), entry(iss="XH")), "issuer"),
    ("and the other way round", trust(entry(iss="XH"), entry(use=[])), "key_usage"),
    ("a fault, then a key that did not sign", trust(entry(iss="XH"), under_our_kid("gate")), "issuer"),
    ("twice, one allows it", trust(entry(use=[2]), entry(max_ttl=1), entry(use=[1])), None),
    ("unknown words in the entry", trust(entry(note="x", state="ok")), None),
]

LISTS: dict[str, dict[str, Any]] = {
    "one": trust(entry()),
    "issuer": trust(entry(iss="XG")),
    "odd kids": trust(*(entry() | {"kid": b64(bytes([size]) * size)} for size in (1, 32))),
    "rsa": trust(
        entry(),
        *(
            {"kid": kid_b64(certificate_of(name)), "cert": b64(certificate_of(name))}
            for name in ("rsa2048", "rsa1024", "p384", "ed25519")
        ),
    ),
    "pass only": trust(entry(use=[2]), revoked_ids=revoked(5)),
} | {name: plain for name, plain, _ in ROWS}


def cases() -> Iterator[Case]:
    for name, _, reason in ROWS:
        yield Case(f"trust: {name}", text(), no(reason) if reason else yes(answer()), name)
    passes = card(kind=2)
    yield Case("a pass by the movement office", text(claims(passes)), yes(answer(passes)), "pass only")
    gone = card(kind=2, serial=5)
    yield Case("a withdrawn pass", text(claims(gone)), no("revoked"), "pass only")
    smallest, largest = card(kind=2, serial=1), card(kind=2, serial=(1 << 53) - 1)
    yield Case(
        "the smallest serial is not withdrawn", text(claims(smallest)), yes(answer(smallest)), "pass only"
    )
    yield Case("nor the largest", text(claims(largest)), yes(answer(largest)), "pass only")

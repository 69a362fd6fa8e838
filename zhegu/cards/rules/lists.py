"""The signed lists phones hold: what stands in them and how they are read back.

    keys       by the root: {what, v, seq, iat, exp, list: {kid, cert}, keys: [{kid, cert, iss, use,
               nbf, naf, max_ttl, place, state}]}
    withdrawn  by the list key: {what, v, seq, iat, rev: {kid: 5-byte prefixes, sorted, put together},
               bad: [kid]} – freshness, withdrawn cards, withdrawn keys
    active     by the list key: {what, v, seq, iat, place, round, grids: {grid: bitmap}} – the
               pre-printed cards of one round that were handed out

The root signs rarely and stays in the safe; the list key signs as often as needed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from zhegu.cards.rules.cbor import BadCbor, read_cbor
from zhegu.cards.rules.cose import ES256, PublicKey, read_sign1, seal_holds
from zhegu.cards.rules.reasons import NotGenuine
from zhegu.cards.rules.serials import revocation_hash
from zhegu.cards.rules.trust import PHONE_PREFIX, TrustedKey, TrustList, public_key_of

VERSION = 1
KEYS, WITHDRAWN, ACTIVE = "keys", "withdrawn", "active"
KEY_LIST_LIFE = 400 * 86_400  # the root comes out of the safe once a year
OK, RETIRED, REVOKED = "ok", "retired", "revoked"


class BadList(ValueError):
    """Not a list of this kind, or not signed by this key; `code` says which."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class ListedKey:
    """An entry of the key list; times in UTC seconds."""

    certificate: bytes
    kid: bytes
    iss: str
    use: tuple[int, ...]
    nbf: int
    naf: int
    max_ttl: int
    place: str
    state: str = OK


def key_entries(list_kid: bytes, list_certificate: bytes, keys: Iterable[ListedKey]) -> dict[str, Any]:
    """What the key list says, apart from its number and time."""
    entries = [
        {
            "kid": key.kid,
            "cert": key.certificate,
            "iss": key.iss,
            "use": list(key.use),
            "nbf": key.nbf,
            "naf": key.naf,
            "max_ttl": key.max_ttl,
            "place": key.place,
            "state": key.state,
        }
        for key in keys
    ]
    return {"list": {"kid": list_kid, "cert": list_certificate}, "keys": entries}


def prefixes(kid: bytes, serials: Iterable[int]) -> bytes:
    """Revocation prefixes of cards under one kid, sorted and put together."""
    return b"".join(sorted(revocation_hash(kid, serial)[:PHONE_PREFIX] for serial in serials))


def open_list(signed: bytes, key: PublicKey, what: str) -> dict[str, Any]:
    """The content of a signed list; raises BadList (`unreadable`, `signature`, `other`)."""
    try:
        message = read_sign1(signed)
    except NotGenuine:
        raise BadList("unreadable") from None
    if message.alg != ES256 or not seal_holds(message, key):
        raise BadList("signature")
    try:
        content = read_cbor(message.payload)
    except BadCbor:
        raise BadList("unreadable") from None
    if not isinstance(content, dict) or content.get("what") != what or content.get("v") != VERSION:
        raise BadList("other")
    return content


def phone_trust(keys: Mapping[str, Any], withdrawn: Mapping[str, Any], now: int) -> TrustList:
    """What a phone trusts that holds both lists: 5-byte prefixes, withdrawn keys out of use."""
    bad = set(withdrawn["bad"])
    trusted = []
    for entry in keys["keys"]:
        key = public_key_of(entry["cert"])
        if key is not None:
            limits = {name: entry[name] for name in ("iss", "nbf", "naf", "max_ttl")}
            revoked = entry["state"] == REVOKED or entry["kid"] in bad
            trusted.append(
                TrustedKey(entry["kid"], key, use=frozenset(entry["use"]), revoked=revoked, **limits)
            )
    gone = {kid: frozenset(_cut(hashes)) for kid, hashes in withdrawn["rev"].items()}
    return TrustList.of(now, trusted, revoked=gone, prefix_bytes=PHONE_PREFIX)


def _cut(hashes: bytes) -> list[bytes]:
    return [hashes[at : at + PHONE_PREFIX] for at in range(0, len(hashes), PHONE_PREFIX)]

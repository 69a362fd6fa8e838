"""What a card says: its CWT claims (RFC 8392) and the card inside them, checked step by step."""

from dataclasses import dataclass
from typing import Any

from zhegu.cards.rules.cbor import BadCbor, read_cbor
from zhegu.cards.rules.reasons import NotGenuine, Reason
from zhegu.cards.rules.trust import TrustedKey

ISS, EXP, NBF, IAT, HCERT = 1, 4, 5, 6, -260
CARD = -15  # HCERT 1.1.1 s.3.2.7.1 leaves negative sub-claims free to use
VERSION = 1
HOLDER_BYTES = 10
CLOCK_TOLERANCE = 300  # seconds a card may seem to come from the future
EARLIEST, LATEST = 1_600_000_000, 1 << 32
_NEEDED, _KNOWN = frozenset(range(6)), frozenset(range(7))


@dataclass(frozen=True, slots=True)
class CardClaims:
    """A card's claims: times in UTC seconds, `kind` 1 sampled, 2 pass, 3 supply."""

    iss: str | None
    iat: int
    exp: int
    kind: int
    serial: int
    time: int
    round: int
    grid: int
    holder: bytes | None = None

    def plain(self) -> dict[str, Any]:
        """As the verifier answers: no `iss` or `holder` where the card names none."""
        names = ("iss", "iat", "exp", "kind", "serial", "time", "round", "grid")
        found = {name: getattr(self, name) for name in names}
        if self.iss is None:
            del found["iss"]
        if self.holder is not None:
            found["holder"] = self.holder.hex()
        return found


def read_claims(payload: bytes) -> dict[Any, Any]:
    """The claims map; raises NotGenuine with `cbor` or `claims`."""
    try:
        claims = read_cbor(payload)
    except BadCbor:
        raise NotGenuine(Reason.CBOR) from None
    if type(claims) is not dict:
        raise NotGenuine(Reason.CLAIMS)
    return claims


def check_key(claims: dict[Any, Any], key: TrustedKey) -> None:
    """The key may have issued this: `iat` within its period, `iss` its own where it names one.

    An `iat` that is no integer is left to `check_times`.
    """
    iat = claims.get(IAT)
    if type(iat) is int and not _within(iat, key.nbf, key.naf):
        raise NotGenuine(Reason.KEY_PERIOD)
    if key.iss is not None and claims.get(ISS) != key.iss:
        raise NotGenuine(Reason.ISSUER)


def _whole(value: Any) -> int:
    """The integer itself; a bool, a float, text or anything tagged is none."""
    if type(value) is not int:
        raise NotGenuine(Reason.CLAIMS)
    return value


def _within(at: int, first: float | None, last: float | None) -> bool:
    return (first is None or at >= first) and (last is None or at <= last)


def check_times(claims: dict[Any, Any], key: TrustedKey, now: float) -> None:
    """Issued, not expired, not for too long; the last second counts."""
    iat, exp, nbf = (_whole(claims.get(label)) for label in (IAT, EXP, NBF if NBF in claims else IAT))
    if (NBF in claims and nbf > now) or iat > now + CLOCK_TOLERANCE:
        raise NotGenuine(Reason.NOT_YET)
    if now > exp:
        raise NotGenuine(Reason.EXPIRED)
    if exp <= iat:
        raise NotGenuine(Reason.CLAIMS)
    if exp - iat > key.max_ttl:
        raise NotGenuine(Reason.TTL)


def read_card(claims: dict[Any, Any]) -> CardClaims:
    """The card under -260 / -15, all ranges including both ends; raises NotGenuine with `schema`."""
    container = claims.get(HCERT)
    card = container.get(CARD) if type(container) is dict and len(container) == 1 else None
    if type(card) is not dict or not _NEEDED <= card.keys() <= _KNOWN or not _in_range(card):
        raise NotGenuine(Reason.SCHEMA)
    iss = claims.get(ISS)
    return CardClaims(
        iss=iss if type(iss) is str else None,
        iat=claims[IAT],
        exp=claims[EXP],
        kind=card[1],
        serial=card[2],
        time=card[3],
        round=card[4],
        grid=card[5],
        holder=card.get(6),
    )


_RANGES = {
    0: (VERSION, VERSION),
    1: (1, 3),
    2: (1, (1 << 53) - 1),
    3: (EARLIEST, LATEST),
    4: (1, 65_535),
    5: (1, 255),
}


def _in_range(card: dict[int, Any]) -> bool:
    if any(
        type(card[key]) is not int or not low <= card[key] <= high for key, (low, high) in _RANGES.items()
    ):
        return False
    return 6 not in card or (type(card[6]) is bytes and len(card[6]) == HOLDER_BYTES)

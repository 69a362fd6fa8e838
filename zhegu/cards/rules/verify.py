"""Genuine or not: the verifier contract, the same on server and phone for every text."""

from dataclasses import dataclass
from typing import Any

from zhegu.cards.rules.armour import open_text
from zhegu.cards.rules.claims import CardClaims, check_key, check_times, read_card, read_claims
from zhegu.cards.rules.cose import Sign1, read_sign1, seal_holds
from zhegu.cards.rules.reasons import NotGenuine, Reason
from zhegu.cards.rules.serials import revocation_hash
from zhegu.cards.rules.trust import TrustedKey, TrustList


@dataclass(frozen=True, slots=True)
class Verdict:
    """Genuine, with its claims and kid, or not, with the first failing step."""

    claims: CardClaims | None = None
    kid: bytes = b""
    reason: Reason | None = None

    @property
    def valid(self) -> bool:
        return self.reason is None

    def plain(self) -> dict[str, Any]:
        """As `zhegu cards verify` answers."""
        if self.claims is None:
            return {"valid": False, "reason": str(self.reason)}
        return {"valid": True, "claims": self.claims.plain()}


def verify(text: object, trust: TrustList) -> Verdict:
    """Whether `text` is a card that a trusted key issued and nobody withdrew; never raises.

    Seal before content: claims are read only after a key under the card's kid made the signature.
    Where several keys share the kid, one that accepts is enough; otherwise the last one whose
    signature holds gives the reason.
    """
    try:
        message = read_sign1(open_text(text))
        keys = trust.keys.get(message.kid, ())
        if not keys:
            raise NotGenuine(Reason.UNKNOWN_KEY)
    except NotGenuine as refused:
        return Verdict(reason=refused.reason)
    reason = Reason.SIGNATURE
    for key in keys:
        if not seal_holds(message, key.key):
            continue
        try:
            return Verdict(_accepted(message, key, trust), message.kid)
        except NotGenuine as refused:
            reason = refused.reason
    return Verdict(reason=reason)


def _accepted(message: Sign1, key: TrustedKey, trust: TrustList) -> CardClaims:
    """The claims, where the key, the times and the card all stand; raises NotGenuine otherwise."""
    if key.revoked:
        raise NotGenuine(Reason.KEY_REVOKED)
    claims = read_claims(message.payload)
    check_key(claims, key)
    check_times(claims, key, trust.now)
    card = read_card(claims)
    if key.use is not None and card.kind not in key.use:
        raise NotGenuine(Reason.KEY_USAGE)
    withdrawn = trust.revoked.get(message.kid)
    if withdrawn and revocation_hash(message.kid, card.serial)[: trust.prefix_bytes] in withdrawn:
        raise NotGenuine(Reason.REVOKED)
    return card

"""Keys and the root, as the office sees them; the lists as phones get them."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet

from zhegu.cards.models import LISTS, CardKey, Root, SignedList
from zhegu.cards.outside import keystore
from zhegu.cards.outside.signing import secret_of
from zhegu.cards.queries import listing
from zhegu.cards.rules import recovery
from zhegu.cards.rules.cose import PublicKey
from zhegu.cards.rules.trust import TrustedKey, TrustList, public_key_of
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.places.models import Place


@dataclass(frozen=True)
class RootFacts:
    """The root as anybody in the office may see it; `here` while its private half is on this machine."""

    fingerprint: str
    made: datetime
    printed: datetime | None
    put_away: datetime | None
    here: bool
    point: bytes


def root(scope: Scope) -> RootFacts | None:
    """The root, or None before the first key was needed."""
    found = Root.objects.first()
    if found is None or not (scope.whole or scope.grants):
        return None
    point = bytes(found.point)
    return RootFacts(
        _fingerprint(point), found.made, found.printed, found.put_away, keystore.has_root(), point
    )


def _fingerprint(point: bytes) -> str:
    """Twelve hex digits of SHA-256 over the public key, in fours."""
    digits = sha256(point).hexdigest()[:12].upper()
    return " ".join(digits[at : at + 4] for at in (0, 4, 8))


def recovery_sheets(scope: Scope, slope: bytes = b"") -> list[str]:
    """The root's secret for printing: one whole sheet, or with 32 random bytes three shares of which two
    are enough. Raises NotFound unless the scope is an office's and the root is here."""
    if not (scope.whole or "office" in scope.roles) or not keystore.has_root():
        raise NotFound("root")
    secret = secret_of(keystore.root_key())
    return recovery.shares(secret, slope) if slope else [recovery.written(secret)]


def keys(scope: Scope, community: Place) -> QuerySet[CardKey]:
    """Signing keys of a community, newest window first; raises NotFound outside the scope."""
    if not scope.covers(community.code):
        raise NotFound(community.code)
    return CardKey.objects.filter(community=community).order_by("-opens", "role", "-edition")


def key(scope: Scope, community: Place, key_id: object) -> CardKey:
    """One of them; raises NotFound."""
    return known(keys(scope, community).filter(pk=key_id).first(), key_id)


def list_key(scope: Scope) -> CardKey | None:
    """The key that signs withdrawals and activations, or None before set-up."""
    if not scope.whole:
        raise NotFound("list key")
    return CardKey.objects.filter(role=LISTS, revoked=None).order_by("-opens", "-edition").first()


def signed_lists(scope: Scope, community: Place) -> QuerySet[SignedList]:
    """The newest key list and withdrawals, and the active cards of this community."""
    if not (scope.covers(community.code) or any(p.startswith(community.code) for p in scope.places())):
        raise NotFound(community.code)
    return SignedList.objects.filter(Q(place="") | Q(place=community.code)).order_by("what", "round_no")


def trusted(scope: Scope, at: datetime) -> TrustList:
    """Every key and every withdrawn card of the house, for verifying here."""
    whole = Scope.everything("verifies a card that somebody shows") if scope.grants else scope
    found = []
    for entry in listing.listed_keys(whole, at):
        public = public_key_of(entry.certificate)
        if public is not None:
            found.append(_trusted_key(entry, public))
    withdrawn = listing.withdrawn(whole, at)["rev"]
    gone = {
        kid: frozenset(cut[at : at + 5] for at in range(0, len(cut), 5)) for kid, cut in withdrawn.items()
    }
    return TrustList.of(int(at.timestamp()), found, revoked=gone, prefix_bytes=5)


def _trusted_key(entry: Any, public: PublicKey) -> TrustedKey:
    return TrustedKey(
        entry.kid, public, entry.iss, frozenset(entry.use), entry.nbf, entry.naf, entry.max_ttl,
        entry.state == "revoked",
    )  # fmt: skip

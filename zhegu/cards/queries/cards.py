"""Issued cards: which there are, what became of them, and their texts for printing."""

import base64
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from zhegu.cards.models import CardKey, ClosedRound, IssuedCard
from zhegu.cards.outside import keystore
from zhegu.cards.outside.signing import sign_card
from zhegu.cards.queries import listing
from zhegu.cards.queries.keys import trusted
from zhegu.cards.rules.claims import CardClaims
from zhegu.cards.rules.issuing import ISSUER
from zhegu.cards.rules.serials import printed_serial, revocation_hash
from zhegu.cards.rules.states import CardState, card_state
from zhegu.cards.rules.trust import AUDIT_PREFIX
from zhegu.cards.rules.verify import Verdict
from zhegu.cards.rules.verify import verify as verify_text
from zhegu.lib.scope import NotFound, Scope
from zhegu.places import queries as places
from zhegu.places.models import Place

BATCH = 500


@dataclass(frozen=True)
class PrintedCard:
    """What goes on paper: the text of the QR code and the number beside it."""

    serial: int
    text: str
    printed: str
    round_no: int
    grid_no: int


def cards(scope: Scope, community: Place, round_no: int | None = None) -> QuerySet[IssuedCard]:
    """Cards of the grids the scope covers, by serial; each knows `round_closed`.

    Raises NotFound outside the scope. Whoever holds some grids sees the cards of those grids.
    """
    covered = Q()
    if not scope.covers(community.code):
        grids = places.grids(scope, community).values_list("no", flat=True)
        if not grids:
            raise NotFound(community.code)
        covered = Q(grid_no__in=list(grids))
    closed = ClosedRound.objects.filter(community=community, round_no=OuterRef("round_no"))
    found = IssuedCard.objects.filter(covered, community=community).annotate(round_closed=Exists(closed))
    return (found if round_no is None else found.filter(round_no=round_no)).order_by("serial")


def rounds(scope: Scope, community: Place) -> list[int]:
    """Numbers of the rounds that have cards, newest first."""
    found = cards(scope, community).order_by().values_list("round_no", flat=True).distinct()
    return sorted(found, reverse=True)


def state_of(scope: Scope, card: IssuedCard) -> CardState:
    """What became of a card that `cards` gave."""
    return card.state(card.round_closed)  # type: ignore[attr-defined]


def in_state(scope: Scope, found: QuerySet[IssuedCard], state: CardState) -> QuerySet[IssuedCard]:
    """Of the cards that `cards` gave, those in one state."""
    if state == CardState.REVOKED:
        return found.filter(revoked__isnull=False)
    out = Q(activated__isnull=False) | ~Q(holder=b"")
    if state == CardState.ACTIVE:
        return found.filter(out, revoked=None)
    return found.filter(~out, revoked=None, round_closed=state == CardState.LAPSED)


def counts(scope: Scope, community: Place, round_no: int) -> dict[int, Counter[CardState]]:
    """Grid → how many cards of the round are in which state; the sum is what was issued."""
    found: dict[int, Counter[CardState]] = {}
    rows = (
        cards(scope, community, round_no)
        .order_by()
        .values("grid_no", "round_closed")
        .annotate(
            all=Count("pk"),
            gone=Count("pk", filter=Q(revoked__isnull=False)),
            out=Count("pk", filter=Q(revoked=None) & (Q(activated__isnull=False) | ~Q(holder=b""))),
        )
    )
    for row in rows:
        left = row["all"] - row["gone"] - row["out"]
        idle = card_state(handed_out=False, revoked=False, round_closed=row["round_closed"])
        counted = Counter({CardState.REVOKED: row["gone"], CardState.ACTIVE: row["out"], idle: left})
        found[row["grid_no"]] = +counted
    return dict(sorted(found.items()))


def states(
    scope: Scope, community: Place, names: Iterable[tuple[bytes, int]]
) -> dict[tuple[bytes, int], CardState]:
    """(kid, serial) → state, for those that were issued here."""
    wanted = set(names)
    serials = sorted({serial for _, serial in wanted})
    found: dict[tuple[bytes, int], CardState] = {}
    for start in range(0, len(serials), BATCH):
        part = cards(scope, community).filter(serial__in=serials[start : start + BATCH])
        for card in part.select_related("key"):
            found[(bytes(card.key.kid), card.serial)] = state_of(scope, card)
    return {name: state for name, state in found.items() if name in wanted}


def printable(scope: Scope, community: Place, serials: Sequence[int], kind: int = 1) -> list[PrintedCard]:
    """The cards with these serials, in this order, signed again letter by letter.

    Raises NotFound for a serial outside the scope, KeyMissing where a key's file is gone.
    """
    rows: dict[int, IssuedCard] = {}
    for start in range(0, len(serials), BATCH):
        part = cards(scope, community).filter(kind=kind, serial__in=serials[start : start + BATCH])
        rows |= {card.serial: card for card in part.select_related("key")}
    missing = [serial for serial in serials if serial not in rows]
    if missing:
        raise NotFound(str(missing[0]))
    return [_printed(rows[serial]) for serial in serials]


def _printed(card: IssuedCard) -> PrintedCard:
    signer = keystore.signer(bytes(card.key.kid), bytes(card.key.certificate))
    claims = CardClaims(
        iss=ISSUER, iat=card.iat, exp=card.exp, kind=card.kind, serial=card.serial, time=card.time,
        round=card.round_no, grid=card.grid_no, holder=bytes(card.holder) or None,
    )  # fmt: skip
    return PrintedCard(
        card.serial, sign_card(signer, claims), printed_serial(card.serial), card.round_no, card.grid_no
    )


def card_with(scope: Scope, community: Place, kid: bytes, serial: int) -> IssuedCard | None:
    """The card of this kid and serial, or None where the scope holds none."""
    return cards(scope, community).filter(serial=serial, key__kid=kid).select_related("key").first()


def verify(scope: Scope, text: str, at: datetime) -> Verdict:
    """Genuine or not, by every key of the house."""
    return verify_text(text, trusted(scope, at))


def audit_list(scope: Scope, at: datetime) -> dict[str, Any]:
    """The plain trust list for `zhegu cards verify`: keys, and 8-byte hashes of withdrawn cards."""
    keys = [_plain(entry) for entry in listing.listed_keys(scope, at)]
    gone: dict[str, list[str]] = {}
    for kid, serial in listing.withdrawn_cards(scope, at).values_list("key__kid", "serial"):
        shown = base64.b64encode(bytes(kid)).decode()
        gone.setdefault(shown, []).append(revocation_hash(bytes(kid), serial)[:AUDIT_PREFIX].hex())
    revoked = {kid: sorted(hashes) for kid, hashes in sorted(gone.items())}
    return {"now": int(at.timestamp()), "keys": keys, "revoked_ids": revoked}


def _plain(entry: Any) -> dict[str, Any]:
    return {
        "kid": base64.b64encode(entry.kid).decode(),
        "cert": base64.b64encode(entry.certificate).decode(),
        "iss": entry.iss,
        "use": list(entry.use),
        "nbf": entry.nbf,
        "naf": entry.naf,
        "max_ttl": entry.max_ttl,
        "revoked": entry.state == "revoked",
    }


def key_in_use(scope: Scope, community: Place, at: datetime) -> QuerySet[CardKey]:
    """Keys of the community whose window is open, not revoked."""
    if not scope.covers(community.code):
        raise NotFound(community.code)
    return CardKey.objects.filter(community=community, revoked=None, opens__lte=at, closes__gte=at)

"""What the lists say: keys in force, cards withdrawn, pre-printed cards handed out."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhegu.cards.models import LISTS, CardKey, ClosedRound, IssuedCard
from zhegu.cards.rules.issuing import AFTERLIFE, ISSUER, LONGEST
from zhegu.cards.rules.lists import OK, REVOKED, ListedKey, prefixes
from zhegu.cards.rules.states import bitmap
from zhegu.cards.rules.verdict import Kind
from zhegu.lib.scope import NotFound, Scope
from zhegu.places.models import Place

NUMBERS = 10**6


def _whole(scope: Scope) -> None:
    """The lists speak of every community of the house; they name nobody."""
    if not scope.whole:
        raise NotFound("lists")


def listed_keys(scope: Scope, at: datetime) -> Iterator[ListedKey]:
    """Signing keys whose cards may still be shown, in a steady order."""
    _whole(scope)
    rows = CardKey.objects.exclude(role=LISTS).filter(closes__gt=at - AFTERLIFE).select_related("community")
    for key in rows.order_by("community__code", "role", "opens", "edition"):
        yield ListedKey(
            certificate=bytes(key.certificate),
            kid=bytes(key.kid),
            iss=ISSUER,
            use=(key.role,),
            nbf=int(key.opens.timestamp()),
            naf=int(key.closes.timestamp()),
            max_ttl=LONGEST,
            place=key.community.code if key.community else "",
            state=REVOKED if key.revoked else OK,
        )


def _lapsed() -> Q:
    """Pre-printed, not handed out, and the round is closed."""
    closed = ClosedRound.objects.filter(community=OuterRef("community"), round_no=OuterRef("round_no"))
    return Q(activated=None, holder=b"") & Q(Exists(closed))


def withdrawn_cards(scope: Scope, at: datetime) -> QuerySet[IssuedCard]:
    """Cards that no longer count and have not expired: revoked by hand, or lapsed."""
    _whole(scope)
    alive = IssuedCard.objects.filter(exp__gte=int(at.timestamp()))
    return alive.filter(Q(revoked__isnull=False) | _lapsed())


def withdrawn(scope: Scope, at: datetime) -> dict[str, Any]:
    """`rev` (prefixes under each kid) and `bad` (withdrawn kids)."""
    _whole(scope)
    by_kid: dict[bytes, list[int]] = defaultdict(list)
    for kid, serial in withdrawn_cards(scope, at).values_list("key__kid", "serial"):
        by_kid[bytes(kid)].append(serial)
    bad = CardKey.objects.filter(revoked__isnull=False, closes__gt=at - AFTERLIFE).exclude(role=LISTS)
    return {
        "rev": {kid: prefixes(kid, serials) for kid, serials in sorted(by_kid.items())},
        "bad": sorted(bytes(kid) for kid in bad.values_list("kid", flat=True)),
    }


def active(scope: Scope, community: Place, at: datetime) -> dict[int, dict[int, bytes]]:
    """Round → grid → bitmap of the pre-printed cards handed out that have not expired; every round with
    a pre-printed card has an entry, so that "not handed out" is known and not guessed."""
    _whole(scope)
    found: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    rows = IssuedCard.objects.filter(
        community=community, kind=Kind.SAMPLED, holder=b"", exp__gte=int(at.timestamp())
    ).values_list("round_no", "grid_no", "serial", "activated")
    for round_no, grid_no, serial, activated in rows:
        numbers = found[round_no][grid_no]
        if activated:
            numbers.append(serial % NUMBERS)
    return {
        round_no: {grid_no: bitmap(numbers) for grid_no, numbers in sorted(grids.items())}
        for round_no, grids in sorted(found.items())
    }

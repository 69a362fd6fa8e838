"""Making cards: numbers given out once, facts kept, seals made when they are printed."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import groupby
from uuid import UUID

from zhegu.cards.actions import keys
from zhegu.cards.actions.kinds import PURPOSE, Happened, NewCard
from zhegu.cards.models import CardCount, CardKey, ClosedRound, IssuedCard
from zhegu.cards.outside.keystore import KeyMissing
from zhegu.cards.rules.issuing import issued_and_expires, runs, usable, whole_minute
from zhegu.cards.rules.serials import LAST_GRID, LAST_NUMBER, LAST_ROUND, holder_tag, serial_of
from zhegu.cards.rules.verdict import Kind
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place

BATCH = 500


def issue(
    *,
    by: Actor,
    community: Place,
    cards: Sequence[NewCard],
    outbreak: UUID | None = None,
    at: datetime,
    ref: UUID,
) -> Answer:
    """Cards are made and numbered in their order; facts: `serials` as [first, how many] runs.

    A pre-printed card waits to be handed out; one with a resident counts at once. All or none. Refused:
    `cards.bad_number` (round, grid or number out of range), `cards.round_closed` (pre-printed cards of a
    closed round), `cards.root_away` (no key for this month and the root is in the safe).
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        refused = _refusal(community, cards)
        if refused:
            return [refused]
        try:
            signing = {kind: _key_for(community, kind, at) for kind in {card.kind for card in cards}}
        except KeyMissing:
            return [Refused("cards.root_away")]
        serials = _numbered(community, cards)
        if serials is None:
            return [Refused("cards.bad_number")]
        rows = [
            _row(community, card, serial, signing[card.kind], at, outbreak)
            for card, serial in zip(cards, serials, strict=True)
        ]
        IssuedCard.objects.bulk_create(rows, batch_size=BATCH)
        return [Accepted({"serials": runs(serials)})]

    body = {"cards": list(_said(cards))}
    command = Command(ref, Happened.CARDS_ISSUED, community.code, by, at, body, PURPOSE, outbreak)
    return journal.once([command], do)[0]


def _said(cards: Sequence[NewCard]) -> Iterator[list]:
    """The request as it is journalled: equal neighbours once with their number, residents only as hashes."""

    def told(card: NewCard) -> tuple:
        who = sha256(b"card-for\0" + card.resident).hexdigest()[:16] if card.resident else ""
        return card.kind, card.round_no, card.grid_no, whole_minute(card.time), who

    for row, same in groupby(cards, told):
        yield [*row, sum(1 for _ in same)]


def _refusal(community: Place, cards: Sequence[NewCard]) -> Refused | None:
    for card in cards:
        if not (
            1 <= card.round_no <= LAST_ROUND and 1 <= card.grid_no <= LAST_GRID and card.kind in set(Kind)
        ):
            return Refused("cards.bad_number")
    blank = {card.round_no for card in cards if card.resident is None}
    if ClosedRound.objects.filter(community=community, round_no__in=blank).exists():
        return Refused("cards.round_closed")
    return None


def _key_for(community: Place, kind: int, at: datetime) -> CardKey:
    """The key that signs now; made on the spot if none stands. Raises KeyMissing."""

    def best() -> CardKey | None:
        known = CardKey.objects.filter(community=community, role=kind, opens__lte=at, closes__gte=at)
        rows = {key.pk: key for key in known}
        chosen = usable((key.facts for key in rows.values()), at)
        return rows[chosen.id] if chosen else None  # type: ignore[index]

    key = best()
    if key is None:
        keys.ensure_keys(community, kind, at)
        key = best()
    if key is None:
        raise KeyMissing(str(kind))
    keys.signer_of(key)
    return key


def _numbered(community: Place, cards: Sequence[NewCard]) -> list[int] | None:
    """The next free serial for each card; None where a grid has no number left."""
    last: dict[tuple[int, int, int], int] = {}
    serials = []
    for card in cards:
        series = (card.kind, card.round_no, card.grid_no)
        if series not in last:
            last[series] = _locked_count(community, series).last
        last[series] += 1
        if last[series] > LAST_NUMBER:
            return None
        serials.append(serial_of(card.round_no, card.grid_no, last[series]))
    for (kind, round_no, grid_no), number in last.items():
        CardCount.objects.filter(community=community, kind=kind, round_no=round_no, grid_no=grid_no).update(
            last=number
        )
    return serials


def _locked_count(community: Place, series: tuple[int, int, int]) -> CardCount:
    kind, round_no, grid_no = series
    which = {"community": community, "kind": kind, "round_no": round_no, "grid_no": grid_no}
    CardCount.objects.get_or_create(**which)
    return CardCount.objects.select_for_update().get(**which)


def _row(
    community: Place, card: NewCard, serial: int, key: CardKey, at: datetime, outbreak: UUID | None
) -> IssuedCard:
    iat, exp = issued_and_expires(card.kind, at, card.time)
    return IssuedCard(
        key=key, community=community, kind=card.kind, round_no=card.round_no, grid_no=card.grid_no, serial=serial,
        time=whole_minute(card.time), iat=iat, exp=exp, outbreak=outbreak,
        holder=holder_tag(serial, card.resident) if card.resident else b"",
    )  # fmt: skip

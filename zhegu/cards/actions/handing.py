"""What happens to a card after it is made: handed out, taken back, lapsed, revoked.

`activate`, `take_back` and `close_round` belong to a larger act (a swab, its undoing, the closing of a
round): they are called inside that action's transaction and journalled by it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from zhegu.cards.actions.kinds import PURPOSE, CardRef, HandOut, Happened
from zhegu.cards.models import ClosedRound, IssuedCard
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.prepared.asking import put
from zhegu.prepared.reading import adapted, prepared

BATCH = 500
KEEP = f"UPDATE {IssuedCard._meta.db_table} SET activated = %s, revoked = %s, why = %s WHERE id = %s"  # noqa: S608 - our own table
Name = tuple[bytes, int]


def activate(*, community: Place, cards: Sequence[HandOut]) -> list[Outcome]:
    """Each card counts as handed out from its moment on; one outcome each, in order.

    Late is fine: what lapsed when the round closed counts again. Refused: `cards.card_unknown`,
    `cards.card_used` (handed out before; the first keeps it), `cards.card_revoked`.
    """
    known = _locked(community, cards)
    changed: list[IssuedCard] = []
    outcomes: list[Outcome] = []
    for card in cards:
        row = known.get((card.kid, card.serial))
        refused = _why_not(row)
        if row is not None and not refused:
            row.activated = card.at
            changed.append(row)
        outcomes.append(Refused(refused) if refused else Accepted({"serial": card.serial}))
    _keep(changed)
    return outcomes


def _why_not(row: IssuedCard | None) -> str:
    if row is None:
        return "cards.card_unknown"
    if row.revoked:
        return "cards.card_revoked"
    return "cards.card_used" if row.activated else ""


def take_back(*, community: Place, cards: Iterable[CardRef], at: datetime) -> None:
    """These cards are nobody's again: waiting, or lapsed where their round is closed. One that was made
    for a person is nobody else's either: it is withdrawn."""
    rows = list(_locked(community, cards).values())
    for row in rows:
        row.activated = None
        if row.holder and row.revoked is None:
            row.revoked = at
    _keep(rows)


def close_round(*, community: Place, round_no: int, at: datetime) -> int:
    """Pre-printed cards of this round that were not handed out lapse; how many. Closed before: no change."""
    ClosedRound.objects.get_or_create(community=community, round_no=round_no, defaults={"closed": at})
    return IssuedCard.objects.filter(
        community=community, round_no=round_no, activated=None, revoked=None, holder=b""
    ).count()


def revoke(
    *, by: Actor, community: Place, cards: Sequence[CardRef], why: str, at: datetime, ref: UUID
) -> Answer:
    """These cards are withdrawn for good, handed out or not. Facts: `revoked` (serials newly withdrawn).

    Refused, all of them: one is unknown (`cards.card_unknown`, `serials` names which).
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        known = _locked(community, cards)
        missing = sorted({card.serial for card in cards if (card.kid, card.serial) not in known})
        if missing:
            return [Refused("cards.card_unknown", {"serials": missing})]
        rows = [row for row in known.values() if row.revoked is None]
        for row in rows:
            row.revoked, row.why = at, why[:200]
        _keep(rows)
        return [Accepted({"revoked": sorted(row.serial for row in rows)})]

    body = {"cards": [[card.kid.hex(), card.serial] for card in cards], "why": why}
    command = Command(ref, Happened.CARDS_REVOKED, community.code, by, at, body, PURPOSE)
    return journal.once([command], do)[0]


def _locked(community: Place, cards: Iterable[CardRef]) -> dict[Name, IssuedCard]:
    """The cards by kid and serial, locked until the transaction ends."""
    wanted = {(card.kid, card.serial) for card in cards}
    serials = sorted({serial for _, serial in wanted})
    found: dict[Name, IssuedCard] = {}
    for start in range(0, len(serials), BATCH):
        rows = _with_serials(community.pk, serials[start : start + BATCH])
        found |= {(bytes(row.key.kid), row.serial): row for row in rows}
    return {name: row for name, row in found.items() if name in wanted}


@prepared
def _with_serials(community: UUID, serials: Iterable[int]) -> QuerySet[IssuedCard]:
    rows = IssuedCard.objects.select_for_update(of=("self",)).select_related("key")
    return rows.filter(community__pk=community, serial__in=serials).order_by("pk")


def _keep(rows: Sequence[IssuedCard]) -> None:
    """Writes what became of them."""
    changes = [[adapted(row.activated), adapted(row.revoked), row.why, adapted(row.pk)] for row in rows]
    if changes:
        put(KEEP, changes)

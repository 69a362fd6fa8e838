"""A share is handed out once; what was handed out twice all the same is kept, and shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.cards import queries as cards
from zhegu.handouts.actions.kinds import PURPOSE, Happened
from zhegu.handouts.models import Given, Share
from zhegu.handouts.rules import WORKERS, CardSeen, Confirmed, Flag, How, Voucher, voucher
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.said import Said
from zhegu.lib.scope import Actor, Scope
from zhegu.places.models import Place
from zhegu.stock import actions as stock

SCOPE = Scope.everything("a card that was taken without the server is checked against what the server knows")


@dataclass(frozen=True, kw_only=True)
class HandOut(Said):
    """A share was handed over; `card_serial` and `card_kid` are those of the card that was shown, if any."""

    share: UUID
    how: How = How.COUNTER
    confirmed: Confirmed = Confirmed.SIGNED
    card_serial: int | None = None
    card_kid: str = ""


@dataclass(frozen=True, kw_only=True)
class UndoGiven(Said):
    """This was not handed out after all."""

    given: UUID


def hand_out(*, by: Actor, scope: Scope, community: Place, items: Sequence[HandOut]) -> list[Answer]:
    """Each is kept and its goods leave the store; facts: `given`, `looks` (what the office will look at).

    Of two for the same share both are kept, for the goods are gone; so is one for which the books have not enough, or whose
    share was taken off the list before the phone knew.
    Refused: a share that is not there or not theirs to hand out, after the closing.
    """
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        some = [by_ref[command.ref] for command in fresh]
        shares = _locked(community, [item.share for item in some])
        known = _Cards(community, some)
        return [_give(by, scope, community, shares.get(item.share), item, known) for item in some]

    return journal.once([_command(Happened.GIVEN, community, by, item) for item in items], do)


def _command(kind: Happened, community: Place, by: Actor, item: Said) -> Command:
    return Command(item.ref, kind, community.code, by, item.at, item.body, PURPOSE, None, item.said)


def _locked(community: Place, ids: Iterable[UUID]) -> dict[UUID, Share]:
    rows = Share.objects.select_for_update(of=("self",)).filter(handout__community=community, pk__in=set(ids))
    return {row.pk: row for row in rows.select_related("handout__community", "grid", "household", "person").order_by("pk")}


class _Cards:
    """What the server knows of the cards that were shown, read once for a whole batch."""

    def __init__(self, community: Place, items: Iterable[HandOut]):
        serials = {item.card_serial for item in items if item.card_serial}
        found = cards.cards(SCOPE, community).filter(serial__in=serials).select_related("key") if serials else ()
        self.issued = {(card.serial, bytes(card.key.kid).hex()): (card.round_no, card.revoked) for card in found}

    def seen(self, item: HandOut) -> CardSeen | None:
        if item.card_serial is None:
            return None
        issued = self.issued.get((item.card_serial, item.card_kid))
        if issued is None:
            return CardSeen(genuine=False)
        round_no, revoked = issued
        return CardSeen(revoked is None or revoked > item.at, round_no)


def _give(by: Actor, scope: Scope, community: Place, share: Share | None, item: HandOut, known: _Cards) -> Outcome:
    if share is None or not scope.covers(share.place.code, *WORKERS):
        return Refused("handouts.unknown_share")
    handout = share.handout
    if handout.closed_at and handout.closed_at < item.at:
        return Refused("handouts.closed")
    issue = stock.Issue(handout.store_id, handout.item_id, share.amount, handout.name, item.at, item.ref)
    gone = stock.issue_goods(by, community, issue)
    short = isinstance(gone, Refused)
    worth = voucher(handout.card_round, known.seen(item))
    again = share.given_id is not None
    made = Given.objects.create(
        id=item.ref, share=share, at=item.at, by=by.key, amount=share.amount, how=item.how, confirmed=item.confirmed,
        card_serial=item.card_serial, card_kid=item.card_kid, voucher=worth, slip_id=None if short else item.ref,
    )  # fmt: skip
    _settle(share)
    looks = [*([Flag.AGAIN] if again else []), *([Flag.SHORT] if short else []), *([Flag.DROPPED] if share.dropped else []), *([] if worth == Voucher.OK else [worth])]
    return Accepted({"given": str(made.pk), "looks": [f"handout_{one}" for one in looks]})


def _settle(share: Share) -> None:
    """The first that stands counts."""
    share.given = share.all_given.filter(undone=None).order_by("at", "id").first()
    share.save(update_fields=["given"])


def undo_given(*, by: Actor, scope: Scope, community: Place, items: Sequence[UndoGiven]) -> list[Answer]:
    """The goods are back in the store, and the share is due again. Refused: not there, not theirs, or taken back before."""
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_undo(by, scope, community, by_ref[command.ref]) for command in fresh]

    return journal.once([_command(Happened.UNDONE, community, by, item) for item in items], do)


def _undo(by: Actor, scope: Scope, community: Place, item: UndoGiven) -> Outcome:
    row = Given.objects.filter(share__handout__community=community, pk=item.given).first()
    share = _locked(community, [row.share_id]).get(row.share_id) if row else None
    if row is None or share is None or not scope.covers(share.place.code, *WORKERS):
        return Refused("handouts.unknown_given")
    if not Given.objects.filter(pk=row.pk, undone=None).update(undone=item.at):
        return Refused("handouts.undone_before")
    if row.slip_id:
        back = stock.carry_back(by, community, row.slip_id, item.at, item.ref)
        if isinstance(back, Refused) and back.reason != "stock.undone_before":
            return back
    _settle(share)
    return Accepted({"given": str(row.pk)})


def look_at(*, by: Actor, community: Place, given: Given, at: datetime, ref: UUID) -> Answer:
    """The office has looked at what was not as it should be, and lets it stand. Refused: somebody has looked before."""

    def do(fresh: list[Command]) -> list[Outcome]:
        done = Given.objects.filter(pk=given.pk, looked_at=None).update(looked_at=at, looked_by=by.key)
        return [Accepted({"given": str(given.pk)}) if done else Refused("handouts.looked_before")]

    body = {"given": str(given.pk)}
    return journal.once([Command(ref, Happened.LOOKED, community.code, by, at, body, PURPOSE)], do)[0]

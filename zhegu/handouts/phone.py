"""What distributions offer to phones: what is handed out, the shares of one's own places, and handing one out."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from zhegu.handouts import actions, queries
from zhegu.handouts.models import Handout, Share
from zhegu.handouts.rules import WORKERS, Confirmed, How, Per
from zhegu.lib.codes import code_hash
from zhegu.lib.phone import ClosedBody, ParsedCommand, PhoneCommand, carried, told_to, with_body
from zhegu.lib.scope import NotFound, Scope
from zhegu.places.models import Place

CODE_DIGITS = 16
"""Of a code's hash, as hex: enough to tell the people of a community apart, too little to be a code."""


class HandoutRow(TypedDict):
    """A distribution that is open; `card_round` null where no card is asked for."""

    id: str
    no: int
    name: str
    name_bo: str
    item: str
    item_bo: str
    unit: str
    per: Per
    card_round: int | None


class ShareRow(TypedDict):
    """What is due to a home, in thousandths of a unit; `house` the household's id or '', `members` who belongs there,
    `codes` the beginnings of their codes' hashes, `given` the ref of the handing out that counts or '', `card` its
    card's serial."""

    id: str
    handout: str
    house: str
    name: str
    house_no: str
    address: str
    grid: int
    order: int
    people: int
    amount: int
    members: list[str]
    codes: list[str]
    given: str
    card: int | None


ROWS: dict[str, type] = {"handout": HandoutRow, "share": ShareRow}


def _open(scope: Scope, community: Place) -> list[Handout]:
    try:
        return list(queries.handouts(scope, community, WORKERS).filter(closed_at=None))
    except NotFound:
        return []


def handout_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Open distributions, for whoever hands out."""
    for one in _open(scope, community):
        yield {
            "id": str(one.pk), "no": one.no, "name": one.name, "name_bo": one.name_bo, "item": str(one.item),
            "item_bo": one.item.name_bo, "unit": one.item.unit, "per": one.per, "card_round": one.card_round,
        }  # fmt: skip


def share_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Shares of open distributions in the places of those who hand out."""
    found = _open(scope, community)
    members = queries.members(scope, community) if found else {}
    for one in found:
        for share in queries.shares(scope, one, WORKERS):
            yield _row(share, members.get(share.household_id or share.person_id, []))


def _row(share: Share, members: Sequence[queries.Member]) -> dict[str, Any]:
    house = share.household
    return {
        "id": str(share.pk), "handout": str(share.handout_id), "house": str(share.household_id or ""), "name": share.label,
        "house_no": house.number if house else "", "address": house.address if house else "",
        "grid": share.grid.no if share.grid else 0, "order": share.order, "people": share.people, "amount": share.amount,
        "members": [one.name for one in members],
        "codes": [code_hash(one.code).hex()[:CODE_DIGITS] for one in members],
        "given": str(share.given_id or ""), "card": share.given.card_serial if share.given else None,
    }  # fmt: skip


TABLES = {"handout": handout_rows, "share": share_rows}


class ShownCard(ClosedBody):
    """A card that was scanned: its number and the id of its key in hex."""

    serial: Annotated[int, Field(ge=1, le=(1 << 53) - 1)]
    kid: Annotated[str, StringConstraints(pattern=r"^(?:[0-9a-f]{2}){1,32}$")]


class HandOutShare(ClosedBody):
    """A share was handed over; `card` null where none was shown."""

    share: UUID
    how: How = How.COUNTER
    confirmed: Confirmed = Confirmed.SIGNED
    card: ShownCard | None = None


class UndoGiven(ClosedBody):
    """The handing out with this ref was a mistake."""

    given: UUID


def _handed(command: ParsedCommand) -> actions.HandOut:
    body: HandOutShare = command.body
    card = {"card_serial": body.card.serial, "card_kid": body.card.kid} if body.card else {}
    return actions.HandOut(**carried(command), share=body.share, how=body.how, confirmed=body.confirmed, **card)


COMMANDS = {
    "handouts.hand_out": PhoneCommand(HandOutShare, told_to(actions.hand_out, _handed), lambda body: [str(body.share)]),
    "handouts.undo_given": PhoneCommand(UndoGiven, told_to(actions.undo_given, with_body(actions.UndoGiven))),
}

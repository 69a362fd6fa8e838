"""What phones say happened on a run."""

from collections.abc import Callable
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from zhegu.deliveries import actions, queries
from zhegu.deliveries.models import BackReason
from zhegu.deliveries.rules.custody import DOOR, PLACES, Step, Unfit, Witness
from zhegu.journal.actions import Answer
from zhegu.lib.phone import ClosedBody, ParsedCommand, PhoneCommand, carried
from zhegu.lib.pictures import MOST_LETTERS
from zhegu.lib.scope import Scope
from zhegu.orders.actions import NewLine
from zhegu.orders.models import Consent

Holder = Annotated[str, StringConstraints(pattern=r"^(door|station|depot|staff:[0-9a-f-]{36})$")]
Things = Annotated[list[UUID], Field(min_length=1, max_length=200)]


class OfRun(ClosedBody):
    """What belongs to a run."""

    run: UUID


class HandOver(OfRun):
    """Things go from one holder to another. At a door: which one, and when it was knocked at. `marks`: number
    of a thing (as text) → number read on the cylinder."""

    parcels: Things
    giver: Holder
    taker: Holder
    stop: UUID | None = None
    knocked: AwareDatetime | None = None
    called: bool = False
    note: Annotated[str, StringConstraints(max_length=200)] = ""
    marks: dict[Annotated[str, StringConstraints(max_length=36)], Annotated[str, StringConstraints(max_length=40)]] = Field(
        default_factory=dict, max_length=200
    )


class OneHand(OfRun):
    """The hand-over with this ref."""

    hand: UUID


class TakeStep(OfRun):
    """These cylinders were filled or disinfected; or cannot be filled, and why."""

    parcels: Things
    step: Step | None = None
    unfit: Unfit | None = None


class SkipStop(OfRun):
    """Nothing could be done at this door."""

    stop: UUID
    reason: BackReason


class CountCash(OfRun):
    """Somebody found so many fen in the bag of this door."""

    stop: UUID
    fen: Annotated[int, Field(ge=0, le=100_000_000)]


Fen = Annotated[int, Field(ge=0, le=100_000_000)]


class Other(ClosedBody):
    """What the household takes instead; `price` in fen for one."""

    item: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    quantity: Annotated[int, Field(ge=1, le=10_000)]
    unit: Annotated[str, StringConstraints(max_length=20)] = ""
    spec: Annotated[str, StringConstraints(max_length=40)] = ""
    price: Fen | None = None


class SayMissing(OfRun):
    """A line of this parcel cannot be filled. Without `instead` it is left out; with it, `who` of the household said yes."""

    parcel: UUID
    position: Annotated[int, Field(ge=1, le=1000)]
    instead: Other | None = None
    who: Annotated[str, StringConstraints(max_length=80)] = ""
    how: Consent | None = None


class UndoMissing(OfRun):
    """What was said under this ref was a mistake."""

    parcel: UUID
    missing: UUID


class KeepDoorPhoto(OfRun):
    """What was left at this door: a JPEG in base64, made small on the phone."""

    stop: UUID
    picture: Annotated[str, StringConstraints(max_length=MOST_LETTERS, pattern=r"^[A-Za-z0-9+/]*={0,2}$")]


def _door_photo(command: ParsedCommand) -> actions.KeepDoorPhoto:
    """The journal keeps what is told of the picture, not the picture: the phone's own words stay out of it."""
    return actions.KeepDoorPhoto(ref=command.ref, at=command.at, said=command.said, stop=command.body.stop, picture=command.body.picture)


def _hand(command: ParsedCommand) -> actions.Hand:
    body: HandOver = command.body
    ends = (body.giver, body.taker)
    both = all(end not in PLACES for end in ends)
    marks = {UUID(key): mark for key, mark in body.marks.items() if _is_id(key)}
    return actions.Hand(
        **carried(command), parcels=tuple(body.parcels), giver=body.giver, taker=body.taker, stop=body.stop,
        witness=Witness.DOOR if DOOR in ends else Witness.BOTH if both else Witness.PAPER,
        knocked=body.knocked, called=body.called, note=body.note, marks=marks,
    )  # fmt: skip


def _is_id(said: str) -> bool:
    try:
        return bool(UUID(said))
    except ValueError:
        return False


def _confirm(command: ParsedCommand) -> actions.Confirm:
    return actions.Confirm(**carried(command), hand=command.body.hand)


def _take_back(command: ParsedCommand) -> actions.TakeBack:
    return actions.TakeBack(**carried(command), hand=command.body.hand)


def _step(command: ParsedCommand) -> actions.TakeStep:
    body: TakeStep = command.body
    return actions.TakeStep(**carried(command), parcels=tuple(body.parcels), step=body.step, unfit=body.unfit)


def _skip(command: ParsedCommand) -> actions.Skip:
    return actions.Skip(**carried(command), stop=command.body.stop, reason=command.body.reason)


def _count(command: ParsedCommand) -> actions.Count:
    return actions.Count(**carried(command), stop=command.body.stop, fen=command.body.fen)


def _missing(command: ParsedCommand) -> actions.Missing:
    body: SayMissing = command.body
    instead = NewLine(**body.instead.model_dump()) if body.instead else None
    return actions.Missing(**carried(command), parcel=body.parcel, position=body.position, instead=instead, who=body.who, how=body.how)


def _undo_missing(command: ParsedCommand) -> actions.UndoMissing:
    return actions.UndoMissing(**carried(command), parcel=command.body.parcel, missing=command.body.missing)


def _runs(verb: Callable[..., list[Answer]], item: Callable[[ParsedCommand], Any]) -> Callable[[Scope, list[ParsedCommand]], list[Answer]]:
    """Commands of one person, each at its run, in the order in which they were made."""

    def run(scope: Scope, commands: list[ParsedCommand]) -> list[Answer]:
        answers = []
        for command in commands:
            found = queries.run(scope, command.place, command.body.run)
            answers += verb(by=command.by, run=found, items=[item(command)])
        return answers

    return run


COMMANDS = {
    "deliveries.hand_over": PhoneCommand(HandOver, _runs(actions.hand_over, _hand), lambda b: [str(b.run)]),
    "deliveries.confirm_hand_over": PhoneCommand(OneHand, _runs(actions.confirm_hand_overs, _confirm), lambda b: [str(b.run)]),
    "deliveries.take_back": PhoneCommand(OneHand, _runs(actions.take_back_hand_overs, _take_back), lambda b: [str(b.run)]),
    "deliveries.take_step": PhoneCommand(TakeStep, _runs(actions.take_steps, _step), lambda b: [str(b.run)]),
    "deliveries.skip_stop": PhoneCommand(SkipStop, _runs(actions.skip_stops, _skip), lambda b: [str(b.run)]),
    "deliveries.say_missing": PhoneCommand(SayMissing, _runs(actions.say_missing, _missing), lambda b: [str(b.run)]),
    "deliveries.undo_missing": PhoneCommand(UndoMissing, _runs(actions.undo_missing, _undo_missing), lambda b: [str(b.run)]),
    "deliveries.keep_door_photo": PhoneCommand(KeepDoorPhoto, _runs(actions.keep_door_photos, _door_photo), lambda b: [str(b.run)]),
    "deliveries.count_cash": PhoneCommand(CountCash, _runs(actions.count_cash, _count), lambda b: [str(b.run)]),
}

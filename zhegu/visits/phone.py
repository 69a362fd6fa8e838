"""What campaigns offer to phones: open campaigns, the doors of one's own places, and what is said there."""

from collections.abc import Callable, Iterator
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt, StringConstraints
from typing_extensions import TypedDict

from zhegu.care.actions import Category
from zhegu.lib.phone import ClosedBody, ParsedCommand, PhoneCommand, carried, told_to, with_body
from zhegu.lib.scope import NotFound, Scope
from zhegu.places.models import Place
from zhegu.visits import actions, queries
from zhegu.visits.models import Campaign, Door
from zhegu.visits.rules import MOST_NUMBER, WORKERS, Excuse, Gone, Kind, MissingReason, Standing, What


class QuestionRow(TypedDict):
    """A question; `choices` only where one is chosen."""

    code: str
    kind: Kind
    words: str
    words_bo: str
    choices: list[str]


class CampaignRow(TypedDict):
    """An open campaign; days as `2022-09-13`."""

    id: str
    no: int
    name: str
    name_bo: str
    questions: list[QuestionRow]
    masks: bool
    advice: str
    starts_on: str
    ends_on: str


class DoorRow(TypedDict):
    """A door of an open campaign: `house` the household's id or '', `name` who or what it is, `unit` its number or 0.
    `visit` and `word` are the refs of the visit and the word that count, '' for none; answers stay in the office."""

    id: str
    campaign: str
    house: str
    name: str
    house_no: str
    address: str
    grid: int
    unit: int
    order: int
    people: int
    standing: Standing
    excuse: str
    reason: str
    visit: str
    word: str
    clash: bool
    starts_on: str
    ends_on: str


ROWS: dict[str, type] = {"campaign": CampaignRow, "door": DoorRow}


def _open(scope: Scope, community: Place) -> list[Campaign]:
    mine = scope if scope.whole else Scope(scope.actor, frozenset(g for g in scope.grants if g.role in WORKERS), scope.purpose)
    try:
        return list(queries.campaigns(mine, community).filter(closed_at=None))
    except NotFound:
        return []


def campaign_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Open campaigns, for those who go to doors."""
    for one in _open(scope, community):
        yield {
            "id": str(one.pk), "no": one.no, "name": one.name, "name_bo": one.name_bo, "questions": one.questions,
            "masks": one.masks, "advice": one.advice, "starts_on": one.starts_on.isoformat(),
            "ends_on": one.ends_on.isoformat(),
        }  # fmt: skip


def door_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Doors of open campaigns in the places of those who go there."""
    for one in _open(scope, community):
        for door in queries.doors(scope, one, WORKERS):
            yield _row(one, door)


def _row(campaign: Campaign, door: Door) -> dict[str, Any]:
    house = door.household
    return {
        "id": str(door.pk), "campaign": str(campaign.pk), "house": str(door.household_id or ""), "name": door.label,
        "house_no": house.number if house else "", "address": house.address if house else door.where,
        "grid": door.grid.no if door.grid else 0, "unit": door.unit.no if door.unit else 0, "order": door.order,
        "people": door.people, "standing": door.standing, "excuse": door.excuse, "reason": door.reason,
        "visit": str(door.visit or ""), "word": str(door.word or ""), "clash": door.clash,
        "starts_on": campaign.starts_on.isoformat(), "ends_on": campaign.ends_on.isoformat(),
    }  # fmt: skip


TABLES = {"campaign": campaign_rows, "door": door_rows}


def _text(most: int) -> Any:
    return Annotated[str, StringConstraints(max_length=most, strip_whitespace=True)]


Note = _text(300)
Name = _text(80)
Answers = dict[
    Annotated[str, StringConstraints(pattern=r"^q\d{1,2}$")],
    StrictBool | Annotated[StrictInt, Field(ge=0, le=MOST_NUMBER)] | Note | None,  # type: ignore[valid-type]
]


class VisitDoor(ClosedBody):
    """Somebody was at a door. `follows`: the visit that counted when this one was made, which it corrects; `care`:
    what care may be needed there; `on_behalf`: who was there, where another writes it down."""

    door: UUID
    follows: UUID | None = None
    answers: Answers = Field(default_factory=dict, max_length=20)
    masks: Annotated[int, Field(ge=0, le=999)] = 0
    advised: bool = False
    note: Note = ""  # type: ignore[valid-type]
    care: tuple[Category, ...] = Field(default=(), max_length=12)
    care_words: Note = ""  # type: ignore[valid-type]
    on_behalf: Name = ""  # type: ignore[valid-type]


class WordBody(ClosedBody):
    """A word about a door; `follows` is the word that counted before it."""

    door: UUID
    follows: UUID | None = None
    note: Note = ""  # type: ignore[valid-type]
    on_behalf: Name = ""  # type: ignore[valid-type]


class ExcuseDoor(WordBody):
    """Nobody need go there. `other` needs a note."""

    code: Excuse


class DoorGone(WordBody):
    """Nobody lives there any more, or nobody finds it."""

    code: Gone


class NoteMissing(WordBody):
    """Why it was not done although somebody was there."""

    code: MissingReason


class PutBack(WordBody):
    """It is due after all."""


class UndoSaid(ClosedBody):
    """What was said with this ref was a mistake."""

    said: UUID


class AddDoor(ClosedBody):
    """A place without an address; its id is the command's ref, `grid` the grid's number."""

    campaign: UUID
    name: Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
    grid: Annotated[int, Field(ge=1, le=255)]
    where: _text(200) = ""  # type: ignore[valid-type]
    people: Annotated[int, Field(ge=0, le=9999)] = 0


def _word(what: What) -> Callable[[ParsedCommand], actions.Word]:
    return lambda command: actions.Word(**carried(command), what=what, **dict(command.body))


def _undo(command: ParsedCommand) -> actions.UndoSaid:
    return actions.UndoSaid(**carried(command), said_id=command.body.said)


def _at(body: Any) -> list[str]:
    return [str(body.door)]


COMMANDS = {
    "visits.visit": PhoneCommand(VisitDoor, told_to(actions.visit, with_body(actions.NewVisit)), _at),
    "visits.excuse": PhoneCommand(ExcuseDoor, told_to(actions.say_words, _word(What.EXCUSE)), _at),
    "visits.mark_gone": PhoneCommand(DoorGone, told_to(actions.say_words, _word(What.GONE)), _at),
    "visits.note_missing": PhoneCommand(NoteMissing, told_to(actions.say_words, _word(What.MISSING)), _at),
    "visits.put_back": PhoneCommand(PutBack, told_to(actions.say_words, _word(What.BACK)), _at),
    "visits.undo": PhoneCommand(UndoSaid, told_to(actions.undo_said, _undo)),
    "visits.add_door": PhoneCommand(AddDoor, told_to(actions.add_doors, with_body(actions.NewDoor)), lambda body: []),
}

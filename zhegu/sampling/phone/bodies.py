"""The bodies of the commands phones send: their form, never their truth. Published in
contracts/phone.schema.json; an unknown field is refused."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from zhegu.lib.phone import ClosedBody
from zhegu.sampling.rules import AddReason, Excuse, Gone, MissingReason

Note = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
Hex = Annotated[str, StringConstraints(pattern=r"^(?:[0-9a-f]{2}){1,32}$")]
EARLIEST_BIRTH = 1900


class TubeBody(ClosedBody):
    """The tube, named by the phone that opened it: `id` a UUIDv7, `label` what is written on it."""

    id: UUID
    label: Annotated[str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True)]
    ratio: Literal[1, 5, 10, 20]


class CardBody(ClosedBody):
    """The card that was handed over: its serial, and the id of the key that signed it in hex."""

    serial: Annotated[int, Field(ge=1, le=(1 << 53) - 1)]
    kid: Hex


class TakeSample(ClosedBody):
    """A swab was taken. Its own id is the command's ref. `override` says why, where the rules said look."""

    round: UUID
    person: UUID
    tube: TubeBody
    position: Annotated[int, Field(ge=1, le=50)]
    card: CardBody | None
    at_home: bool
    body_site: Literal["throat", "nose"] | None = None
    override: Note = ""


class UndoSample(ClosedBody):
    """The swab with this ref was not taken after all."""

    sample: UUID


class Word(ClosedBody):
    """Something said about a person of a round. `seen` is the `version` of the line that the phone showed
    (the ref of its own last word, if it has said one since); so two people who did not know of each other
    are noticed."""

    round: UUID
    person: UUID
    seen: Annotated[str, StringConstraints(max_length=36)] | None = None


class NoteMissing(Word):
    """Why someone who is due has not come; whether they were called, when they said they would come."""

    reason: MissingReason
    called: bool = False
    comes_at: AwareDatetime | None = None
    note: Note = ""


class ExcusePerson(Word):
    """Someone need not be sampled in this round. `other` needs a note."""

    reason: Excuse
    note: Note = ""

    @model_validator(mode="after")
    def says_why(self) -> "ExcusePerson":
        if self.reason == Excuse.OTHER and not self.note:
            raise ValueError("other needs a note")
        return self


class NewPerson(ClosedBody):
    """Someone who is in no register yet; `id` is made by the phone, `grid` is the grid's number."""

    id: UUID
    name: Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
    birth_year: Annotated[int, Field(ge=EARLIEST_BIRTH, le=2200)] | None
    sex: Literal["m", "f", ""]
    grid: Annotated[int, Field(ge=1, le=255)]
    phone: Annotated[str, StringConstraints(max_length=20, pattern=r"^[0-9+\- ]*$")] = ""


class AddToRoster(ClosedBody):
    """Someone joins a frozen roster: a `person` of the register, or a `new` one; exactly one of the two."""

    round: UUID
    reason: AddReason
    person: UUID | None = None
    new: NewPerson | None = None

    @model_validator(mode="after")
    def one_of_two(self) -> "AddToRoster":
        if (self.person is None) == (self.new is None):
            raise ValueError("either person or new")
        return self

    @property
    def whom(self) -> UUID:
        return self.person or self.new.id  # type: ignore[union-attr]


class MarkGone(Word):
    """Someone of the roster has moved away, or nobody can find them."""

    how: Gone


class CloseTable(ClosedBody):
    """Everything this phone took in the round has been said: the round may close."""

    round: UUID



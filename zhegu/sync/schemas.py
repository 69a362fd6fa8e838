"""The words of the phone's door; `contracts/phone.openapi.json` is made of them."""

from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, ModelWrapValidatorHandler, StringConstraints, WrapValidator

MOST_ITEMS = 10_000
Short = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00]*$")]


class Hello(Schema):
    product: str
    version: str
    server_time: str


class Problem(Schema):
    """RFC 9457. `reason` is the stable code; `title` says it in the language asked for."""

    type: str = "about:blank"
    title: str
    status: int
    reason: str


class EnrolRequest(Schema):
    """`token` is what was scanned or typed; `ref` is the phone's own, so that a lost answer can be asked again."""

    token: Short
    device_name: Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")] = ""
    ref: Short = ""


class Community(Schema):
    code: str
    name: str
    name_bo: str


class Person(Schema):
    id: str
    name: str
    name_bo: str


class Enrolled(Schema):
    """`device_token` is shown once; `server_key` is what an outbox is sealed to when the phone is wiped."""

    device: str
    device_name: str
    device_token: str
    community: Community
    table_no: int
    server_time: str
    server_key: str
    staff: list[Person]


class UnlockRequest(Schema):
    staff_code: Short


class SignedOn(Person):
    grids: list[str]
    roles: list[str]


class Unlocked(Schema):
    staff: SignedOn
    staff_key: str = Field(description="base64 of 32 bytes; signs envelopes with HMAC-SHA-256")


class PullRequest(Schema):
    cursor: Short = ""
    tables: list[Short] | None = Field(None, max_length=200)
    unsent: int | None = Field(None, ge=0, le=10**9, description="how many commands wait on the phone")


class Changes(Schema):
    put: list[dict[str, Any]]
    drop: list[str]


class Pulled(Schema):
    cursor: str
    full: bool = Field(description="this is everything: forget what is not in it")
    tables: dict[str, Changes]
    server_time: str


class PushItem(Schema):
    """A command: `envelope` and `proof`, or both sealed to the server's key as `sealed`."""

    ref: str
    envelope: str = ""
    proof: str = ""
    sealed: str = ""


def _or_broken(value: Any, read: ModelWrapValidatorHandler) -> PushItem:
    """An item of another shape becomes an empty one, so that it does not take the others with it."""
    try:
        return read(value)
    except ValueError:
        ref = value.get("ref") if isinstance(value, dict) else ""
        return PushItem(ref=ref if isinstance(ref, str) else "")


class PushRequest(Schema):
    items: list[Annotated[PushItem, WrapValidator(_or_broken)]] = Field(max_length=MOST_ITEMS)
    unsent: int | None = Field(None, ge=0, le=10**9, description="how many wait, those handed in included")


class PushAnswer(Schema):
    """`status`: accepted, refused, conflict, quarantined are final; waiting may be sent again."""

    ref: str
    status: str
    reason: str
    facts: dict[str, Any]


class Pushed(Schema):
    """Nothing here changes when the same items are handed in again."""

    answers: list[PushAnswer]

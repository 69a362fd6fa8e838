"""The rows phones pull: their form, published in contracts/phone.schema.json."""

from typing import Literal

from typing_extensions import TypedDict

from zhegu.sampling.rules import Excuse, Gone, MissingReason, Single, Standing


class RoundRow(TypedDict):
    """An open round, or the one closed last. Times are ISO 8601 with an offset."""

    id: str
    no: int
    name: str
    starts_at: str
    ends_at: str | None
    mix_ratio: int
    single_only: list[Single]
    body_site: str
    state: Literal["open", "closed"]


class LineRow(TypedDict):
    """Someone on the roster of an open round, of the phone's own grids. `id` of a line added by a phone
    is the ref of its command, `sample_ref` that of the swab. `status` is `partition` of the facts
    `sample_ref`, `gone` and `excuse`; `phone_tail` the last four digits only;
    `version` the ref of the last word about them."""

    id: str
    round: str
    person: str
    name: str
    name_bo: str
    nickname: str
    birth_year: int | None
    sex: str
    grid: int
    household: str
    order: int
    code_hash: str
    keys: list[str]
    status: Standing
    excuse: Excuse | Literal[""]
    gone: Gone | Literal[""]
    single_only: bool
    single_why: Single | Literal[""]
    sample_ref: str
    serial: int | None
    at_home: bool
    reason: MissingReason | Literal[""]
    called: bool
    comes_at: str | None
    phone_tail: str
    added: bool
    version: str


class PrefixRow(TypedDict):
    """All codes of one grid of the community: the first six bytes of SHA-256 over each printed code
    (`R1:…`), sorted, put together and written in base64. No names."""

    id: str
    grid: int
    prefixes: str


class ReasonRow(TypedDict):
    """One entry of a closed list; `key` is its text."""

    id: str
    list: Literal["excuse", "missing", "gone", "add"]
    code: str
    key: str
    order: int
    note: bool


ROWS: dict[str, type] = {"round": RoundRow, "line": LineRow, "prefix": PrefixRow, "reason": ReasonRow}

"""Making a form's file: the bytes, the submission and the journal row stand or fall together."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.reports.models import Submission


class Happened(StrEnum):
    """Journal kinds of this app."""

    FORM_MADE = "reports.form_made"


@dataclass(frozen=True)
class Making:
    """What is handed on: which form, of which round and moment, in which shape, with which columns."""

    form: str
    round_no: int | None
    format: str
    language: str
    as_of: datetime
    rows: int
    fields: Sequence[str]
    revealed: bool = False
    reason: str = ""


def record_form(*, by: Actor, community: Place, making: Making, content: bytes, at: datetime, ref: UUID) -> Answer:
    """The file is on record with its hash; facts: `submission`, `sha256`.

    Refused: sensitive columns in full without a reason.
    """
    sha256 = hashlib.sha256(content).hexdigest()

    def do(fresh: list[Command]) -> list[Outcome]:
        if making.revealed and not making.reason.strip():
            return [Refused("reports.reason_needed")]
        made = Submission.objects.create(
            community=community, form=making.form, round_no=making.round_no, format=making.format,
            language=making.language, as_of=making.as_of, made_at=at, made_by=by.key, rows=making.rows,
            fields=list(making.fields), revealed=making.revealed, reason=making.reason[:200], sha256=sha256,
        )  # fmt: skip
        return [Accepted({"submission": str(made.id), "sha256": sha256})]

    body = {
        "form": making.form, "round_no": making.round_no, "format": making.format, "language": making.language,
        "revealed": making.revealed, "reason": making.reason,
    }  # fmt: skip
    return journal.once([Command(ref, Happened.FORM_MADE, community.code, by, at, body)], do)[0]

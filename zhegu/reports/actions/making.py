"""Making a form's file: the bytes, the submission and the journal row stand or fall together."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhegu.accounts import actions as accounts
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused, RefusedError
from zhegu.lib.clock import local
from zhegu.lib.paper import Imprint
from zhegu.lib.scope import Actor, NotFound, Scope
from zhegu.lib.tables import Table
from zhegu.places.models import Place
from zhegu.reports import queries
from zhegu.reports.models import Submission
from zhegu.reports.outside.files import form_file, history_file
from zhegu.reports.queries import About
from zhegu.reports.rules import Form
from zhegu.sampling.models import Round


class Happened(StrEnum):
    """Journal kinds of this app."""

    FORM_MADE = "reports.form_made"
    FORM_SENT = "reports.form_sent"
    BLANK_KEPT = "reports.blank_kept"
    BLANK_DROPPED = "reports.blank_dropped"
    BLANK_TAKEN_BACK = "reports.blank_taken_back"
    REQUEST_REGISTERED = "reports.request_registered"
    FREE_TICKED = "reports.free_ticked"
    FREE_UNTICKED = "reports.free_unticked"
    FREE_APPLIED = "reports.free_applied"
    FREE_MOVED_ON = "reports.free_moved_on"
    HEADERS_SETTLED = "reports.headers_settled"
    COLUMNS_ARRANGED = "reports.columns_arranged"
    COLUMNS_UNDONE = "reports.columns_undone"
    PERIOD_HANDED_IN = "reports.period_handed_in"
    PERIOD_DECIDED = "reports.period_decided"
    DAY_NOTED = "reports.day_noted"


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
    since: date | None = None
    until: date | None = None
    person: UUID | None = None
    blank: UUID | None = None
    cells: Mapping[str, Any] = field(default_factory=dict)


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
            since=making.since, until=making.until, blank_id=making.blank, cells=dict(making.cells),
        )  # fmt: skip
        return [Accepted({"submission": str(made.id), "sha256": sha256})]

    body = {
        "form": making.form, "round_no": making.round_no, "format": making.format, "language": making.language,
        "revealed": making.revealed, "reason": making.reason,
    }  # fmt: skip
    if making.since or making.person:
        body |= {"since": str(making.since), "until": str(making.until), "person": str(making.person or "")}
    return journal.once([Command(ref, Happened.FORM_MADE, community.code, by, at, body)], do)[0]


HISTORY_FORMATS = ("xlsx", "pdf", "html")



@dataclass(frozen=True)
class Wanted:
    """Which form about what in which format; `reveal` with a `reason` shows sensitive columns in full."""

    form: Form
    about: About
    format: str
    reveal: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Made:
    """A file, its name, and the journal's answer; without `answer.accepted` it may not be handed on."""

    name: str
    content: bytes
    answer: Answer


def make_form(
    scope: Scope, community: Place, wanted: Wanted, *, imprint: Imprint, as_of: datetime, ref: UUID
) -> Made:
    """The filled form as a file, on record. Sensitive columns in full leave a look row for each person.

    Raises RefusedError for sensitive columns without a reason, NotFound for a format the form lacks.
    """
    form = wanted.form
    if wanted.format not in form.formats:
        raise NotFound(wanted.format)
    if wanted.reveal and not wanted.reason:
        raise RefusedError(Refused("reports.reason_needed"))
    table = queries.asked_table(scope, community, form, wanted.about, as_of)
    table = replace(table, rows=list(table.rows))
    content = form_file(form, table, wanted.format, imprint, as_of, mask=not wanted.reveal)
    if wanted.reveal and form.has_sensitive:
        _record_look(scope, community, wanted, table, imprint.at)
    if wanted.about.person:
        record_person_look(scope, community, form, wanted.about.person, imprint.at)
    making = Making(
        form.id, wanted.about.round.no if wanted.about.round else None, wanted.format, imprint.lang, as_of,
        len(table.rows), [column.field for column in table.columns], wanted.reveal, wanted.reason,
        wanted.about.since, wanted.about.until, wanted.about.person,
    )  # fmt: skip
    return _recorded(scope, community, making, content, imprint, ref)


def make_history(
    scope: Scope, community: Place, one: Round, kind: str, *, imprint: Imprint, ref: UUID
) -> Made:
    """The round's time-line as a file (xlsx, pdf, html), on record."""
    if kind not in HISTORY_FORMATS:
        raise NotFound(kind)
    table = queries.history(scope, community, one, lang=imprint.lang)
    content = history_file(table, kind, imprint)
    fields = [column.field for column in table.columns]
    making = Making("history", one.no, kind, imprint.lang, imprint.at, len(table.rows), fields)
    return _recorded(scope, community, making, content, imprint, ref)


def _recorded(
    scope: Scope, community: Place, making: Making, content: bytes, imprint: Imprint, ref: UUID
) -> Made:
    answer = record_form(
        by=scope.actor, community=community, making=making, content=content, at=imprint.at, ref=ref
    )
    name = f"{making.form}-{community.code}-{_about(making)}{local(making.as_of):%m%d-%H%M}.{making.format}"
    return Made(name, content, answer)


def _about(making: Making) -> str:
    """The part of a file's name that says what it is about; never a person."""
    if making.since:
        return f"{making.since:%m%d}-{making.until:%m%d}-"
    return f"{making.round_no}-" if making.round_no is not None else ""


def record_person_look(scope: Scope, community: Place, form: Form, person: UUID, at: datetime) -> None:
    """Whoever opens or takes out a form about one person is on record, with all that stands on it."""
    accounts.record_look(
        scope, community=community.code, screen=f"reports:{form.id}", fields=[one.field for one in form.columns],
        people=[person], at=at,
    )  # fmt: skip


def _record_look(scope: Scope, community: Place, wanted: Wanted, table: Table, at: datetime) -> None:
    people = {row["person"] for row in table.rows if row.get("person")}
    fields = [column.field for column in wanted.form.columns if column.mask != "open"]
    accounts.record_look(
        scope, community=community.code, screen=f"reports:{wanted.form.id}", fields=fields, people=people, at=at,
        reason=wanted.reason,
    )  # fmt: skip

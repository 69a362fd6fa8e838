"""Makes files for a door: reads the ledger, lays it out, and has it put on record."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from zhegu.accounts import actions as accounts
from zhegu.journal.actions import Answer
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.clock import local
from zhegu.lib.paper import Imprint
from zhegu.lib.scope import NotFound, Scope
from zhegu.lib.tables import Table
from zhegu.places.models import Place
from zhegu.reports import actions, queries
from zhegu.reports.actions import Making
from zhegu.reports.outside.files import form_file, history_file
from zhegu.reports.rules import Form
from zhegu.sampling.models import Round

HISTORY_FORMATS = ("xlsx", "pdf", "html")



@dataclass(frozen=True)
class Wanted:
    """Which form of which round in which format; `reveal` with a `reason` shows sensitive columns in full."""

    form: Form
    round: Round
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
    table = queries.form_table(scope, form, as_of=as_of, about={"round": wanted.round.id})
    table = replace(table, rows=list(table.rows))
    content = form_file(form, table, wanted.format, imprint, as_of, mask=not wanted.reveal)
    if wanted.reveal and form.has_sensitive:
        _record_look(scope, community, wanted, table, imprint.at)
    making = Making(
        form.id, wanted.round.no, wanted.format, imprint.lang, as_of, len(table.rows),
        [column.field for column in form.columns], wanted.reveal, wanted.reason,
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
    answer = actions.record_form(
        by=scope.actor, community=community, making=making, content=content, at=imprint.at, ref=ref
    )
    name = f"{making.form}-{community.code}-{making.round_no}-{local(making.as_of):%m%d-%H%M}.{making.format}"
    return Made(name, content, answer)


def _record_look(scope: Scope, community: Place, wanted: Wanted, table: Table, at: datetime) -> None:
    people = {row["person"] for row in table.rows if row.get("person")}
    fields = [column.field for column in wanted.form.columns if column.mask != "open"]
    accounts.record_look(
        scope, community=community.code, screen=f"reports:{wanted.form.id}", fields=fields, people=people, at=at,
        reason=wanted.reason,
    )  # fmt: skip

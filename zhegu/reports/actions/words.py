"""Filling a Word form: the bytes, the look at sensitive values and the submission belong together."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.accounts import actions as accounts
from zhegu.journal.actions import Answer
from zhegu.lib.scope import Scope
from zhegu.places.models import Place
from zhegu.reports import queries
from zhegu.reports.actions.filling import Filling
from zhegu.reports.actions.making import Making, record_form
from zhegu.reports.outside.word import WordForm, filled_word
from zhegu.reports.queries.words import WordValues


@dataclass(frozen=True)
class FilledWord:
    """A filled Word form, what was put in and what stays empty, and the journal's answer."""

    content: bytes
    made: WordValues
    answer: Answer


def fill_word(
    scope: Scope, community: Place, form: WordForm, filling: Filling, *, as_of: datetime, at: datetime, ref: UUID
) -> FilledWord:
    """The form with what was known at `as_of`, on record with its hash; sensitive columns leave a look row.

    Raises Broken where there are more rows than a letter can hold, NotFound outside the scope.
    """
    made = queries.word_values(scope, community, form, as_of, filling.compiler, since=filling.since)
    content = filled_word(form, made.values)
    for name, data in made.known.items():
        hidden = {one.field for one in made.filled if one.form == name and one.field in data.columns and data.columns[one.field].mask != "open"}
        people = {row["person"] for row in data.rows if row.get("person")} if hidden else set()
        if people:
            accounts.record_look(
                scope, community=community.code, screen=f"reports:blank:{name}", fields=hidden, people=people, at=at,
                reason=filling.name,
            )  # fmt: skip
    fields = sorted({one.field for one in made.filled if one.field})
    rows = sum(len(data.rows) for data in made.known.values())
    making = Making(
        "blank", None, "docx", "zh", as_of, rows, fields, reason=filling.name, blank=filling.blank, cells=made.figures,
        **filling.days(as_of),
    )
    return FilledWord(content, made, record_form(by=scope.actor, community=community, making=making, content=content, at=at, ref=ref))

"""Reading what reports can say: forms filled from ledgers, the chat text, a round's time-line.

Nothing is counted here; a form, the board and the chat text read one and the same ledger.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from zhegu.accounts import queries as accounts
from zhegu.journal import queries as journal
from zhegu.journal.models import Body, Entry
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.ledger import Ledger
from zhegu.lib.scope import Scope, known
from zhegu.lib.tables import Column, Kind, Phrase, Table
from zhegu.lib.texts import has_text, text
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.reports.models import OwnColumns, Submission
from zhegu.reports.outside.ledgers import offer
from zhegu.reports.rules import Form, chat_faults, filled
from zhegu.reports.rules.arranging import OwnColumn, as_own
from zhegu.reports.rules.telling import place_words, round_text
from zhegu.reports.rules.timeline import Happening, details, of_round
from zhegu.sampling import queries as sampling
from zhegu.sampling.models import Round

COVERAGE = "sampling.coverage"
HISTORY_ROOMS = ("sampling.", "cards.", "reports.")
HISTORY = (
    Column("at", "reports.when", Kind.TIME, width=18),
    Column("arrived", "reports.arrived", Kind.TIME, width=18),
    Column("happened", "reports.what", width=22),
    Column("by", "reports.by_whom", width=14),
    Column("device", "reports.device", width=12),
    Column("answer", "reports.answer", width=20),
    Column("about", "reports.about", width=34),
)


def round_no(scope: Scope, community: Place, no: int) -> Round:
    """The round of that number; raises NotFound where there is none within the scope."""
    return known(sampling.rounds(scope, community).filter(no=no).first(), f"round {no}")


@dataclass(frozen=True)
class About:
    """What a form is filled for: one round, the days `since`…`until` (both belong to it), or one person; `approved`: with
    what was approved for it, and nothing else."""

    round: Round | None = None
    since: date | None = None
    until: date | None = None
    person: UUID | None = None
    approved: bool = False

    def values(self, community: Place) -> dict[str, Any]:
        """What a ledger may need, by name; what is not known is left out."""
        named = {
            "community": community, "round": self.round and self.round.id, "since": self.since, "until": self.until,
            "person": self.person,
        }  # fmt: skip
        return {name: value for name, value in named.items() if value is not None}


def form_table(scope: Scope, form: Form, *, as_of: datetime, about: Mapping[str, Any]) -> Table:
    """The form filled for what it is about (`round=…`), true at `as_of`, with the community's own columns."""
    table = filled(form, offer(form.source).at(scope, as_of, **about))
    kept = own_columns(scope, about["community"], form) if "community" in about else None
    return as_own(table, kept.columns) if kept else table


@dataclass(frozen=True)
class Arranged:
    """A community's own columns of a form, and since when they hold."""

    columns: tuple[OwnColumn, ...]
    at: datetime


def own_columns(scope: Scope, community: Place, form: Form) -> Arranged | None:
    """How the community has the form's columns; None where it has them as the catalogue does."""
    places.reached(scope, community)
    row = OwnColumns.objects.filter(community=community, form=form.id, undone=None).first()
    return Arranged(tuple(OwnColumn(**one) for one in row.columns), row.at) if row else None


def coverage(scope: Scope, one: Round, as_of: datetime) -> Ledger:
    """The ledger that board, F1 and chat text share."""
    return offer(COVERAGE).at(scope, as_of, round=one.id)


def chat_text(scope: Scope, community: Place, one: Round, *, as_of: datetime, lang: str) -> str:
    """How the round stands, for the chat group.

    Raises RefusedError where the words would hold a name, a long number or too many characters: the
    text is then not shown at all.
    """
    ledger = coverage(scope, one, as_of)
    words = round_text(ledger, community=place_words(community, lang), round_no=one.no, lang=lang)
    faults = chat_faults(words, registers.names(scope, community), places.names_of(scope, community))
    if faults:
        raise RefusedError(Refused("reports.chat_refused", {"faults": sorted(faults)}))
    return words


def submissions(scope: Scope, community: Place) -> QuerySet[Submission]:
    """What was made in a community, newest first; raises NotFound outside the scope."""
    places.reached(scope, community)
    return Submission.objects.filter(community=community)


def history(scope: Scope, community: Place, one: Round, *, lang: str) -> Table:
    """Everything the journal holds of a round, in the order in which it happened.

    Raises NotFound outside the scope. Names stand only for those who acted, never for residents.
    """
    names = {member.actor.key: member.name for member in accounts.staff_at(scope, community.code)}
    names |= {str(device.pk): device.name for device in accounts.devices(scope, community)}
    wanted = Q(*[("kind__startswith", room) for room in HISTORY_ROOMS], _connector=Q.OR)
    entries = list(journal.timeline(scope, community.code).filter(wanted))
    bodies = journal.bodies(entries)
    happened = of_round(str(one.id), one.no, (_happening(entry, bodies.get(entry.ref)) for entry in entries))
    rows = [_told(happening, names, lang) for happening in happened]
    title = Phrase.of("reports.history_title", round=one.no)
    return Table(HISTORY, rows, title, place_words(community, lang))


def _happening(entry: Entry, body: Body | None) -> Happening:
    answer = json.loads(entry.answer)
    return Happening(
        ref=str(entry.ref), kind=entry.kind, at=entry.at, arrived=entry.arrived, by=entry.actor,
        device=entry.device, status=entry.status, reason=answer["reason"], facts=answer["facts"],
        body=json.loads(body.content) if body else {},
    )  # fmt: skip


def _told(one: Happening, names: Mapping[str, str], lang: str) -> dict[str, Any]:
    answer = text(f"reports.status_{one.status}", lang)
    reason = text(one.reason, lang) if one.reason and has_text(one.reason) else one.reason
    return {
        "at": one.at,
        "arrived": one.arrived,
        "happened": _in_words(one.kind, lang),
        "by": names.get(one.by, one.by),
        "device": names.get(one.device, one.device[:8]),
        "answer": f"{answer} {reason}".strip(),
        "about": " · ".join(_detail(key, value, lang) for key, value in details(one)),
    }


def _detail(key: str, value: str, lang: str) -> str:
    """A label as it is; a code (refused, negative, …) in words."""
    word = f"reports.{key}_{value}"
    return text(word, lang) if has_text(word) else value


def _in_words(kind: str, lang: str) -> str:
    """The journal kind as people say it; one that has no words yet shows itself."""
    key = f"reports.happened_{kind.replace('.', '_')}"
    return text(key, lang) if has_text(key) else kind

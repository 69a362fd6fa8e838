"""What fills a blank form of an upper office: the ledgers of the rooms under the names of its fields."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from zhegu.lib import clock
from zhegu.lib.ledger import Ledger
from zhegu.lib.scope import Scope
from zhegu.lib.tables import say
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.reports.outside.catalogue import catalogue
from zhegu.reports.outside.ledgers import offers
from zhegu.reports.rules import Form
from zhegu.reports.rules.blanks.placing import NOTHING, Data
from zhegu.reports.rules.telling import place_words
from zhegu.sampling import queries as sampling


def about(scope: Scope, community: Place, as_of: datetime) -> dict[str, Any]:
    """What ledgers may need to be told at that moment: the community, its newest round, the day."""
    day = clock.local_day(as_of)
    known: dict[str, Any] = {"community": community, "since": day, "until": day, "day": day}
    newest = sampling.rounds(scope, community).filter(opened_at__lte=as_of).first()
    return known | ({"round": newest.id} if newest else {})


def ledger_at(scope: Scope, name: str, known: Mapping[str, Any], as_of: datetime) -> Ledger | None:
    """That ledger at that moment; None where no room offers it or what it needs is not there."""
    offer = offers().get(name)
    if offer is None or any(need not in known for need in offer.needs):
        return None
    return offer.at(scope, as_of, **known)


def data_for(scope: Scope, community: Place, form_id: str, as_of: datetime) -> Data:
    """Rows and totals of a form's ledger under the field names upper offices know.

    Nothing where the form's room does not exist, or has nothing to tell yet. Raises NotFound outside the scope.
    """
    places.community(scope, community.code)
    form = catalogue().get(form_id)
    if form is None:
        return NOTHING
    known = about(scope, community, as_of)
    for name in (form.source, *form.otherwise):
        ledger = ledger_at(scope, name, known, as_of)
        if ledger is not None:
            return _named(form, ledger)
    return NOTHING


def _named(form: Form, ledger: Ledger) -> Data:
    outer = {ours: theirs for theirs, ours in form.outer.items()}
    on_form = {column.field: column for column in form.columns}
    columns = {}
    for column in ledger.columns:
        mask = on_form[column.field].mask if column.field in on_form else column.mask
        hidden = mask if mask != "open" else column.mask
        columns[outer.get(column.field, column.field)] = replace(column, mask=hidden)
    totals = {outer.get(key, key): value for key, value in ledger.totals.items()} if ledger.totals else None
    rows = tuple({outer.get(key, key): value for key, value in row.items()} for row in ledger.rows)
    return Data(columns, rows, totals)


def head_for(scope: Scope, community: Place, as_of: datetime, lang: str = "zh", compiler: str = "") -> dict[str, Any]:
    """What the head and foot of every form ask: which office, which day, true at which moment, by whom."""
    places.community(scope, community.code)
    known = {"unit": say(place_words(community, lang), lang), "date": clock.local_day(as_of), "as_of": as_of}
    return known | ({"compiler": compiler} if compiler else {})

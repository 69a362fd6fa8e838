"""What fills a blank form of an upper office: the ledgers of the rooms under the names of its fields."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from zhegu.lib import clock
from zhegu.lib.ledger import Ledger
from zhegu.lib.scope import NotFound, Scope, known
from zhegu.lib.tables import Table, Words, say
from zhegu.outbreaks import queries as outbreaks
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.reports.models import Blank, Meaning, Submission
from zhegu.reports.outside.catalogue import catalogue
from zhegu.reports.outside.ledgers import offers
from zhegu.reports.rules import Form
from zhegu.reports.rules.blanks.placing import NOTHING, NUMBER_FIELD, Data
from zhegu.reports.rules.requests import Owed, Request, owed
from zhegu.reports.rules.telling import place_words
from zhegu.sampling import queries as sampling

HEAD_FIELDS = ("unit", "date", "as_of", "compiler")


def about(scope: Scope, community: Place, as_of: datetime, since: date | None = None) -> dict[str, Any]:
    """What ledgers may need to be told at that moment: the community, its newest round, the day, or the days until it."""
    day = clock.local_day(as_of)
    known: dict[str, Any] = {"community": community, "since": since or day, "until": day, "day": day}
    newest = sampling.rounds(scope, community).filter(opened_at__lte=as_of).first()
    return known | ({"round": newest.id} if newest else {})


def began(scope: Scope, community: Place, as_of: datetime) -> date:
    """The day the open outbreak began, else the day of the moment itself."""
    outbreak = outbreaks.open_outbreak(scope, community)
    return clock.local_day(min(outbreak.opened, as_of)) if outbreak else clock.local_day(as_of)


def ledger_at(
    scope: Scope, name: str, known: Mapping[str, Any], as_of: datetime, counted: bool = False
) -> Ledger | None:
    """That ledger at that moment; None where no room offers it or what it needs is not there."""
    offer = offers().get(name)
    if offer is None or any(need not in known for need in offer.needs):
        return None
    return offer.counted_at(scope, as_of, **known) if counted else offer.at(scope, as_of, **known)


def data_for(scope: Scope, community: Place, form_id: str, as_of: datetime, since: date | None = None) -> Data:
    """Rows and totals of a form's ledger under the field names upper offices know, of the day or of the days from
    `since` on, counted: what fills a report is never what an earlier one of the same days said.

    Nothing where the form's room does not exist, or has nothing to tell yet. Raises NotFound outside the scope.
    """
    places.reached(scope, community)
    form = catalogue().get(form_id)
    if form is None:
        return NOTHING
    known = about(scope, community, as_of, since)
    if form.reach == "outbreak":
        known["since"] = began(scope, community, as_of)
    for name in (form.source, *form.otherwise):
        ledger = ledger_at(scope, name, known, as_of, counted=True)
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
    places.reached(scope, community)
    known = {"unit": say(place_words(community, lang), lang), "date": clock.local_day(as_of), "as_of": as_of}
    return known | ({"compiler": compiler} if compiler else {})


def blanks(scope: Scope, community: Place) -> QuerySet[Blank]:
    """Blanks an upper office sent and that are still in use, newest first; raises NotFound outside the scope."""
    places.reached(scope, community)
    return Blank.objects.filter(community=community, dropped_at=None).defer("content")


def requests(scope: Scope, community: Place, today: date) -> list[tuple[Blank, Owed]]:
    """What upper offices ask for, and how each request stands today: late ones first."""
    found = []
    for one in blanks(scope, community).annotate(last=Max("filled__sent_at")):
        asked = Request(one.ground, one.every, clock.local_day(one.kept_at), one.until)
        found.append((one, owed(asked, clock.local_day(one.last) if one.last else None, today)))
    order = [Owed.LATE, Owed.DUE, Owed.QUESTIONED, Owed.SENT, Owed.OVER]
    return sorted(found, key=lambda pair: order.index(pair[1]))


def blank(scope: Scope, community: Place, blank_id: UUID) -> Blank:
    """One of them, dropped ones too; raises NotFound."""
    places.reached(scope, community)
    return known(Blank.objects.filter(community=community, pk=blank_id).first(), blank_id)


def meanings(scope: Scope, community: Place) -> dict[tuple[str, str], str]:
    """What people of the community said headers mean."""
    places.reached(scope, community)
    rows = Meaning.objects.filter(community=community).values_list("form", "path", "means")
    return {(form, path): means for form, path, means in rows}


def choices(scope: Scope, community: Place, form_id: str, as_of: datetime) -> list[tuple[str, Words]]:
    """What a header of such a sheet can mean: the fields that can be filled now, and those of every head."""
    data = data_for(scope, community, form_id, as_of)
    head = [(f"head.{name}", f"reports.head_{name}") for name in HEAD_FIELDS]
    number = [(f"{form_id}.{NUMBER_FIELD}", "reports.row_no")] if data.columns else []
    return [*number, *((f"{form_id}.{name}", column.label) for name, column in data.columns.items()), *head]


def submission(scope: Scope, community: Place, submission_id: UUID) -> Submission:
    """One file that was made; raises NotFound."""
    places.reached(scope, community)
    return known(Submission.objects.filter(community=community, pk=submission_id).select_related("blank").first(), submission_id)


def before(scope: Scope, made: Submission) -> Submission | None:
    """The filling of the same blank that went out last before this one."""
    if made.blank_id is None:
        return None
    places.reached(scope, made.community)
    same = Submission.objects.filter(
        community=made.community, blank__name=made.blank.name, made_at__lt=made.made_at
    )
    return same.exclude(sent_at=None).first() or same.first()


def behind(scope: Scope, made: Submission, cell: str) -> Table | None:
    """The rows that make up a figure that was sent; None where its room shows none, or the reader may not see them."""
    said = made.cells.get(cell)
    form = catalogue().get(said["form"]) if said else None
    if form is None or said is None:
        raise NotFound(cell)
    known = about(scope, made.community, made.as_of, made.since)
    for name in (form.source, *form.otherwise):
        offer = offers().get(name)
        if offer is not None and all(need in known for need in offer.needs):
            if offer.behind is None:
                return None
            field = form.outer.get(said["field"], said["field"])
            return offer.behind(scope, place=said["place"], field=field, **{need: known[need] for need in offer.needs})
    return None

"""Filling a form from a ledger: the form says which columns and how they are headed, the ledger what they hold."""

from dataclasses import replace

from zhegu.lib.ledger import Ledger
from zhegu.lib.tables import Column, Mask, Phrase, Table, Words
from zhegu.reports.rules.forms import BadForm, Form


def filled(form: Form, ledger: Ledger) -> Table:
    """The ledger's rows under the form's heads; nothing is counted or changed on the way.

    A column is hidden if either the form or the ledger hides it. Raises BadForm naming the columns
    that the ledger does not have.
    """
    known = {column.field: column for column in ledger.columns}
    absent = [column.field for column in form.columns if column.field not in known]
    if absent:
        raise BadForm(f"{form.id}: ledger {ledger.name} has no {', '.join(absent)}")
    columns = tuple(_headed(column, known[column.field]) for column in form.columns)
    totals = ledger.totals if form.totals else None
    return Table(columns, ledger.rows, form.title, _subject(ledger), totals)


def _subject(ledger: Ledger) -> Words:
    """What the form is about and which time it covers: round 12, from when to when."""
    if ledger.period is None:
        return ledger.title
    title = Phrase(ledger.title) if isinstance(ledger.title, str) else ledger.title
    period = Phrase(ledger.period) if isinstance(ledger.period, str) else ledger.period
    return Phrase.of("reports.subject", subject=title, period=period)


def _headed(on_form: Column, in_ledger: Column) -> Column:
    mask = in_ledger.mask if on_form.mask is Mask.OPEN else on_form.mask
    return replace(on_form, kind=in_ledger.kind, words=in_ledger.words, mask=mask)

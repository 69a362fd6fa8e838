"""A community's own columns of a form: arranged, and taken back to what held before."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.places.models import Place
from zhegu.reports.actions.making import Happened
from zhegu.reports.models import OwnColumns
from zhegu.reports.rules import Form
from zhegu.reports.rules.arranging import LONGEST_NAME, OwnColumn


def arrange(
    *, by: Actor, community: Place, form: Form, columns: Sequence[OwnColumn], at: datetime, ref: UUID
) -> Answer:
    """Files and pages of the form have these columns from now on. Refused: none is shown; a field the form does not
    have; a name that is too long."""

    def do(fresh: list[Command]) -> list[Outcome]:
        known = {column.field for column in form.columns}
        if not any(one.shown for one in columns):
            return [Refused("reports.columns_none")]
        if {one.field for one in columns} - known:
            return [Refused("reports.columns_unknown")]
        if long := next((one for one in columns if len(one.name) > LONGEST_NAME), None):
            return [Refused("reports.columns_long", {"name": long.name, "most": LONGEST_NAME})]
        said = [asdict(one) for one in columns]
        OwnColumns.objects.create(id=ref, community=community, form=form.id, columns=said, at=at, by=by.key)
        return [Accepted({"columns": str(ref)})]

    body = {"form": form.id, "columns": [asdict(one) for one in columns]}
    return journal.once([Command(ref, Happened.COLUMNS_ARRANGED, community.code, by, at, body)], do)[0]


def undo_columns(*, by: Actor, community: Place, form: Form, at: datetime, ref: UUID) -> Answer:
    """What held before the last arrangement holds again: the one before it, else the catalogue's. Refused: there is none."""

    def do(fresh: list[Command]) -> list[Outcome]:
        last = OwnColumns.objects.select_for_update().filter(community=community, form=form.id, undone=None).first()
        if last is None:
            return [Refused("reports.columns_as_shipped")]
        OwnColumns.objects.filter(pk=last.pk).update(undone=at)
        return [Accepted({"columns": str(last.pk)})]

    return journal.once([Command(ref, Happened.COLUMNS_UNDONE, community.code, by, at, {"form": form.id})], do)[0]

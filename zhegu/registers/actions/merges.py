"""Two rows of one person become one, and two again where that was a mistake."""

from datetime import datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor
from zhegu.registers.actions.filling import refill
from zhegu.registers.actions.kinds import Happened, command
from zhegu.registers.actions.traces import leave_traces
from zhegu.registers.models import Different, Merge, Person


def merge_people(*, by: Actor, kept: Person, dropped: Person, at: datetime, ref: UUID) -> Answer:
    """`dropped` is shown as `kept` from now on, with its code and names still leading there; facts: `merge`.

    Where `kept` lacks something (phone, birth, household …) it shows what `dropped` has. Nothing of either
    row is overwritten, so the merge can be undone at any time. Refused: the same row twice, other
    communities, a row that is merged already (`person` says which).
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=[kept.pk, dropped.pk])}
        if refused := _why_not(list(rows.values())):
            return [refused]
        merge = Merge.objects.create(
            pk=ref, community_id=kept.community_id, kept_id=kept.pk, dropped_id=dropped.pk, at=at, by=by.key
        )
        Person.objects.filter(pk=dropped.pk).update(merged_into=kept.pk)
        refill(rows[kept.pk])
        leave_traces(ref, [kept.pk, dropped.pk])
        return [Accepted({"merge": str(merge.pk), "kept": str(kept.pk), "dropped": str(dropped.pk)})]

    body = {"kept": str(kept.pk), "dropped": str(dropped.pk)}
    return journal.once([command(Happened.PEOPLE_MERGED, kept.community, by, at, ref, body)], do)[0]


def _why_not(rows: list[Person]) -> Refused | None:
    if len(rows) < 2:
        return Refused("registers.same_person")
    if rows[0].community_id != rows[1].community_id:
        return Refused("registers.other_community")
    for row in rows:
        if row.merged_into_id:
            return Refused("registers.already_merged", {"person": str(row.pk)})
    return None


def undo_merge(*, by: Actor, merge: Merge, at: datetime, ref: UUID) -> Answer:
    """Both rows stand as if they had never been merged, with everything said about either since.

    Refused: it is undone already.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        row = Merge.objects.select_for_update().get(pk=merge.pk)
        if row.undone:
            return [Refused("registers.already_undone")]
        Merge.objects.filter(pk=row.pk).update(undone=at, undone_by=by.key)
        Person.objects.filter(pk=row.dropped_id).update(merged_into=None)
        refill(Person.objects.select_for_update().get(pk=row.kept_id))
        leave_traces(ref, [row.kept_id, row.dropped_id])
        return [Accepted({"merge": str(row.pk), "kept": str(row.kept_id), "dropped": str(row.dropped_id)})]

    body = {"merge": str(merge.pk)}
    return journal.once([command(Happened.MERGE_UNDONE, merge.community, by, at, ref, body)], do)[0]


def call_different(*, by: Actor, one: Person, other: Person, at: datetime, ref: UUID) -> Answer:
    """Someone looked: these are two people. They are not listed as possible duplicates again."""
    first, second = sorted((one, other), key=lambda row: row.pk)

    def do(fresh: list[Command]) -> list[Outcome]:
        Different.objects.get_or_create(one=first, other=second)
        leave_traces(ref, [first.pk, second.pk])
        return [Accepted({"people": [str(first.pk), str(second.pk)]})]

    body = {"people": [str(first.pk), str(second.pk)]}
    return journal.once([command(Happened.CALLED_DIFFERENT, one.community, by, at, ref, body)], do)[0]

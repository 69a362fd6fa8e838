"""Who works at a round's tables, from its opening to its closing."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from zhegu.accounts.models import Staff
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.sampling.actions.kinds import PURPOSE, Happened
from zhegu.sampling.models import Seat, Table
from zhegu.sampling.rules import SiteDuty

Crew = Sequence[tuple[Staff, SiteDuty]]
"""Who works at a table, each with what they do there."""


def plain_crew(crew: Crew) -> list[dict]:
    """As the journal keeps it."""
    return [{"staff": str(member.pk), "duty": str(duty)} for member, duty in crew]


def seat(table: Table, crew: Crew) -> None:
    """Exactly these work at the table."""
    Seat.objects.filter(table=table).delete()
    Seat.objects.bulk_create(Seat(table=table, staff=member, duty=duty) for member, duty in crew)


def seat_table(*, by: Actor, scope: Scope, table: Table, crew: Crew, at: datetime, ref: UUID) -> Answer:
    """Exactly these work at the table from now on. Refused: not the office's, and once the round is closed."""
    round_ = table.round

    def do(fresh: list[Command]) -> list[Outcome]:
        if not scope.covers(round_.community.code, "office"):
            return [Refused("sampling.not_found")]
        if not round_.is_open:
            return [Refused("sampling.round_closed")]
        seat(table, crew)
        return [Accepted({"table": table.no, "people": len(crew)})]

    body = {"round": str(round_.pk), "table": table.no, "crew": plain_crew(crew)}
    command = Command(ref, Happened.TABLE_SEATED, round_.community.code, by, at, body, PURPOSE, round_.outbreak_id)
    return journal.once([command], do)[0]

"""A run is closed when every thing is where it belongs and every fen is explained."""

from datetime import datetime
from uuid import UUID

from zhegu.deliveries import queries
from zhegu.deliveries.actions.kinds import Happened, kept
from zhegu.deliveries.models import ErrandRun, RunTruck
from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope

SCOPE = Scope.everything("a run is looked at as a whole before it is closed")


def note_receipt(*, by: Actor, run: ErrandRun, fen: int, at: datetime, ref: UUID) -> Answer:
    """So much stands on the receipt of the station or shop. Refused: below nought, or the run is closed."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if fen < 0:
            return [Refused("deliveries.bad_amount")]
        changed = ErrandRun.objects.filter(pk=run.pk, closed=None).update(paid=fen)
        return [Accepted({"run": str(run.pk)}) if changed else Refused("deliveries.run_closed")]

    body = {"run": str(run.pk), "fen": fen}
    return journal.once([Command(ref, Happened.PAID, run.community.code, by, at, body, *kept(run))], do)[0]


def note_driven(*, by: Actor, run: ErrandRun, truck: int, metres: int, at: datetime, ref: UUID) -> Answer:
    """The truck drove so far; later plans learn from it. Refused: no such truck, nothing driven."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if metres <= 0:
            return [Refused("deliveries.too_small")]
        changed = RunTruck.objects.filter(run=run, no=truck).update(driven=metres)
        return [Accepted({"run": str(run.pk)}) if changed else Refused("deliveries.vehicle_needed")]

    body = {"run": str(run.pk), "truck": truck, "metres": metres}
    return journal.once([Command(ref, Happened.DRIVEN, run.community.code, by, at, body, *kept(run))], do)[0]


def close_run(*, by: Actor, run: ErrandRun, at: datetime, ref: UUID) -> Answer:
    """It is over and nothing of it changes any more.

    Refused: not begun, closed before, or not in order: a thing that is not where it belongs, a hand-over
    only one side spoke of, cash that differs (`faults`: how many of each).
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        row = ErrandRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
        if row.closed or not row.begun:
            return [Refused("deliveries.run_closed" if row.closed else "deliveries.not_begun")]
        faults = queries.faults(SCOPE, row)
        if faults:
            counted: dict[str, int] = {}
            for fault in faults:
                counted[fault.reason] = counted.get(fault.reason, 0) + 1
            return [Refused("deliveries.not_in_order", {"faults": counted})]
        row.closed = at
        row.save(update_fields=["closed"])
        return [Accepted({"run": str(row.pk)})]

    body = {"run": str(run.pk)}
    return journal.once([Command(ref, Happened.CLOSED, run.community.code, by, at, body, *kept(run))], do)[0]

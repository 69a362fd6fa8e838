"""Ending a round: each phone reports, the books are compared, cards nobody got lapse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.scope import Actor, Scope
from zhegu.sampling import queries
from zhegu.sampling.actions import handing
from zhegu.sampling.actions.kinds import PURPOSE, Act, Happened
from zhegu.sampling.actions.roster import outbreak_of, round_of, rounds_named
from zhegu.sampling.models import Conflict, Report, Round, Slot
from zhegu.sampling.rules import WORKERS


@dataclass(frozen=True, kw_only=True)
class TableReport(Act):
    """Everything taken on this phone in the round has been sent."""

    round: UUID

    def plain(self) -> dict:
        return {"round": str(self.round)}


def report_tables(*, by: Actor, scope: Scope, items: Sequence[TableReport]) -> list[Answer]:
    """The phone of the sender has reported in the round; a later report takes the place of an earlier one.

    Refused: a round outside the scope, a sender without a phone.
    """
    by_ref = {item.ref: item for item in items}
    rounds = rounds_named(item.round for item in items)

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_report(by, scope, round_of(rounds, by_ref[c.ref]), by_ref[c.ref]) for c in fresh]

    commands = [item.command(Happened.TABLE_REPORTED, by, outbreak_of(rounds, item)) for item in items]
    return journal.once(commands, do)


def _report(by: Actor, scope: Scope, round_: Round | None, item: TableReport) -> Outcome:
    mine = scope.places(*WORKERS) if round_ else ()
    if round_ is None or not by.device or not any(
        place.startswith(round_.community.code) or round_.community.code.startswith(place) for place in mine
    ):
        return Refused("sampling.not_found")
    Report.objects.update_or_create(round=round_, device=by.device, defaults={"at": item.at, "by": by.key})
    return Accepted({"round": str(round_.pk)})


def close_round(
    *, by: Actor, scope: Scope, round_: Round, note: str = "", at: datetime, ref: UUID
) -> Answer:
    """The round is closed: cards that nobody got lapse, later swabs stand aside; what was taken before and
    arrives later is still accepted, and its card counts again. Facts: `lapsed` (cards), `differences`.

    Refused: it is closed; it has not begun; phones that may still hold something (`devices` names them:
    each reports or is written off by name first); sums that differ without a `note` saying why.
    """

    def do(fresh: list[Command]) -> list[Outcome]:
        now = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
        if not scope.covers(round_.community.code, "office"):
            return [Refused("sampling.not_found")]
        if now.closed_at:
            return [Refused("sampling.round_closed")]
        if at < now.opened_at:
            return [Refused("sampling.closed_before_opened")]
        waiting = [str(device.pk) for device in queries.phones_to_report(scope, round_, at)]
        if waiting:
            return [Refused("sampling.phones_to_report", {"devices": waiting})]
        differ = len(queries.reconciliation(scope, round_).differences)
        if differ and not note.strip():
            return [Refused("sampling.differences_unexplained", {"n": differ})]
        Round.objects.filter(pk=round_.pk).update(closed_at=at, closed_by=by.key, difference_note=note[:400])
        return [Accepted({"round": str(round_.pk), "lapsed": handing.withdraw_unused(round_, at), "differences": differ})]

    command = Command(
        ref, Happened.ROUND_CLOSED, round_.community.code, by, at, {"round": str(round_.pk), "note": note}, PURPOSE,
        round_.outbreak_id,
    )  # fmt: skip
    return journal.once([command], do)[0]


def call_grid(*, by: Actor, scope: Scope, slot: Slot, at: datetime, ref: UUID) -> Answer:
    """The grid has been called to its slot. Refused: outside the scope."""

    def do(fresh: list[Command]) -> list[Outcome]:
        if not scope.covers(slot.grid.code, *WORKERS):
            return [Refused("sampling.not_found")]
        Slot.objects.filter(pk=slot.pk, called_at=None).update(called_at=at, called_by=by.key)
        return [Accepted({"slot": str(slot.pk)})]

    round_ = slot.round
    body = {"round": str(round_.pk), "slot": str(slot.pk), "grid": slot.grid.code}
    command = Command(ref, Happened.GRID_CALLED, round_.community.code, by, at, body, PURPOSE, round_.outbreak_id)
    return journal.once([command], do)[0]


def settle_conflict(*, by: Actor, scope: Scope, conflict: Conflict, at: datetime, ref: UUID) -> Answer:
    """Someone has looked at the two words; the one that stands, stands. Refused: outside the scope."""

    def do(fresh: list[Command]) -> list[Outcome]:
        line = conflict.line
        if not scope.covers(line.grid.code if line.grid else round_.community.code, *WORKERS):
            return [Refused("sampling.not_found")]
        Conflict.objects.filter(pk=conflict.pk, settled_at=None).update(settled_at=at, settled_by=by.key)
        return [Accepted({"conflict": str(conflict.pk)})]

    round_ = conflict.line.round
    body = {"round": str(round_.pk), "conflict": str(conflict.pk)}
    command = Command(ref, Happened.CONFLICT_SETTLED, round_.community.code, by, at, body, PURPOSE, round_.outbreak_id)
    return journal.once([command], do)[0]

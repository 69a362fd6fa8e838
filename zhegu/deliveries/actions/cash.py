"""Cash is counted by two people, and every fen that came in is spent, given back, or missing by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from zhegu.deliveries import queries
from zhegu.deliveries.actions.kinds import Happened, each
from zhegu.deliveries.models import CashCount, CashEntry, ErrandRun, RunStop
from zhegu.deliveries.rules.custody import CashKind
from zhegu.journal.actions import Answer
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.said import Said
from zhegu.lib.scope import Actor, Scope

SCOPE = Scope.everything("only the team of a run handles its cash")


@dataclass(frozen=True, kw_only=True)
class Count(Said):
    """Somebody found so much in the bag of this door."""

    stop: UUID
    fen: int


def count_cash(*, by: Actor, run: ErrandRun, items: Sequence[Count]) -> list[Answer]:
    """The count is kept; facts: `agree` (whether the last two people found the same; None: only one counted).

    Refused: an unknown door, below nought, somebody outside the team, a bag that nobody fetched.
    """
    team = queries.team_keys(SCOPE, run)

    def act(item: Count) -> Outcome:
        stop = _stop(run, item.stop)
        if reason := _not_theirs(by, team, stop) or ("bad_amount" if item.fen < 0 else ""):
            return Refused(f"deliveries.{reason}")
        if not stop.parcels.filter(thing="bag", collected__isnull=False).exists():
            return Refused("deliveries.not_collected")
        CashCount.objects.create(id=item.ref, stop=stop, fen=item.fen, at=item.at, by=by.key)
        purse = queries.purse(SCOPE, stop)
        people = len({who for who, _ in purse.counts})
        return Accepted({"agree": purse.counted is not None if people > 1 else None})

    return each(by, run, items, Happened.COUNTED, act)


@dataclass(frozen=True, kw_only=True)
class Cash(Said):
    """Money of a door: laid on top, lent by the community (and why), spent, or given back."""

    stop: UUID
    kind: CashKind
    fen: int
    note: str = ""


def move_cash(*, by: Actor, run: ErrandRun, items: Sequence[Cash]) -> list[Answer]:
    """It is written down. Refused: an unknown door, nothing moved, lent without a reason, outside the team,
    more given out than is there."""
    team = queries.team_keys(SCOPE, run)

    def act(item: Cash) -> Outcome:
        stop = _stop(run, item.stop)
        if reason := _not_theirs(by, team, stop) or ("bad_amount" if item.fen <= 0 else ""):
            return Refused(f"deliveries.{reason}")
        if item.kind == CashKind.LENT and not item.note.strip():
            return Refused("deliveries.say_why_lent")
        if item.kind in (CashKind.SPENT, CashKind.CHANGE) and item.fen > queries.purse(SCOPE, stop).open:
            return Refused("deliveries.not_so_much_there")
        CashEntry.objects.create(
            id=item.ref, stop=stop, kind=item.kind, fen=item.fen, at=item.at, by=by.key, note=item.note.strip()[:200]
        )
        return Accepted({"stop": str(stop.pk)})

    return each(by, run, items, Happened.CASH, act)


@dataclass(frozen=True, kw_only=True)
class UndoCash(Said):
    """This entry was written by mistake."""

    entry: UUID


def undo_cash(*, by: Actor, run: ErrandRun, items: Sequence[UndoCash]) -> list[Answer]:
    """It counts no more. Refused: unknown, undone before, outside the team, or its money has gone out since."""
    team = queries.team_keys(SCOPE, run)

    def act(item: UndoCash) -> Outcome:
        row = CashEntry.objects.filter(pk=item.entry, stop__run=run, undone=None).select_related("stop").first()
        if row is None:
            return Refused("deliveries.unknown_entry")
        stop = _stop(run, row.stop_id)
        if reason := _not_theirs(by, team, stop):
            return Refused(f"deliveries.{reason}")
        if row.kind in (CashKind.TOP_UP, CashKind.LENT) and queries.purse(SCOPE, stop).open < row.fen:
            return Refused("deliveries.not_so_much_there")
        CashEntry.objects.filter(pk=row.pk).update(undone=item.at)
        return Accepted({"stop": str(stop.pk)})

    return each(by, run, items, Happened.CASH_UNDONE, act)


def _stop(run: ErrandRun, stop: UUID) -> RunStop | None:
    return RunStop.objects.select_for_update(of=("self",)).filter(run=run, pk=stop).first()


def _not_theirs(by: Actor, team: set[str], stop: RunStop | None) -> str:
    if stop is None:
        return "unknown_stop"
    return "not_in_team" if by.kind == "staff" and by.key not in team else ""

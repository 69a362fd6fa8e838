"""Something is missing when the run has left: what the household says changes the parcel, and what is paid for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhegu.deliveries import queries
from zhegu.deliveries.actions.kinds import Happened, each
from zhegu.deliveries.models import ErrandRun, Parcel
from zhegu.deliveries.rules.custody import Thing
from zhegu.deliveries.rules.problem import RunKind
from zhegu.deliveries.rules.words import contents
from zhegu.journal.actions import Answer
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.said import Said
from zhegu.lib.scope import Actor, Scope
from zhegu.orders import actions as orders
from zhegu.orders.actions import NewLine
from zhegu.orders.models import BackReason, Consent, Order

SCOPE = Scope.everything("only the team of a run says what is missing from it")


@dataclass(frozen=True, kw_only=True)
class Missing(Said):
    """A line of this parcel cannot be filled: what the household takes `instead`, who said so and how. Nothing instead: it
    wants nothing else, or nobody was reached."""

    parcel: UUID
    position: int
    instead: NewLine | None = None
    who: str = ""
    how: Consent | None = None


@dataclass(frozen=True, kw_only=True)
class UndoMissing(Said):
    """What was said under this ref was a mistake."""

    parcel: UUID
    missing: UUID


def say_missing(*, by: Actor, run: ErrandRun, items: Sequence[Missing]) -> list[Answer]:
    """The parcel holds what was agreed to and its door pays for that; a parcel with nothing left is called off, and a door
    with none left is left out.

    Refused: not of the team, not a parcel that is brought, at its door or left out already, medicine of which no other brand
    will do, a yes of nobody.
    """

    def act(parcel: Parcel, item: Missing) -> Order | Refused:
        instead = orders.Instead(parcel.order_id, item.position, item.instead, item.ref, item.who, item.how)
        return orders.replaced(run.batch, instead, by, item.at)

    return _each(by, run, items, Happened.MISSING, act)


def undo_missing(*, by: Actor, run: ErrandRun, items: Sequence[UndoMissing]) -> list[Answer]:
    """The parcel is as it was asked for. Refused: not of the team, no such answer, at its door already, changed since."""

    def act(parcel: Parcel, item: UndoMissing) -> Order | Refused:
        return orders.unreplaced(run.batch, parcel.order_id, item.missing)

    return _each(by, run, items, Happened.MISSING_UNDONE, act)


def _each(by: Actor, run: ErrandRun, items: Sequence[Missing] | Sequence[UndoMissing], kind: Happened, act: Callable) -> list[Answer]:
    team = queries.team_keys(SCOPE, run)

    def do(item: Missing | UndoMissing) -> Outcome:
        if by.kind == "staff" and by.key not in team:
            return Refused("deliveries.not_in_team")
        parcel = Parcel.objects.select_for_update(of=("self",)).filter(run=run, pk=item.parcel, thing=Thing.PARCEL).first()
        if parcel is None or parcel.order_id is None or run.kind != RunKind.DELIVER:
            return Refused("deliveries.unknown_parcel")
        if parcel.returned or (parcel.stop.skipped and not parcel.called_off):
            return Refused("deliveries.too_late_for_it")
        order = act(parcel, item)
        if isinstance(order, Refused):
            return order
        _follow(parcel, order)
        return Accepted({"parcel": str(parcel.pk), "what": parcel.what, "due": parcel.stop.due})

    return each(by, run, items, kind, do)


def _follow(parcel: Parcel, order: Order) -> None:
    parcel.called_off = order.cancelled
    parcel.what, parcel.price = contents(order.lines.all()), 0 if order.cancelled else order.due or 0
    parcel.save(update_fields=["called_off", "what", "price"])
    stop, left = parcel.stop, list(Parcel.objects.filter(stop=parcel.stop_id, called_off=None))
    stop.due = sum(one.price for one in left)
    stop.skipped, stop.skip_reason = (None, "") if left else (order.cancelled, BackReason.SOLD_OUT)
    stop.save(update_fields=["due", "skipped", "skip_reason"])

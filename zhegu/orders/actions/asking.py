"""The daily round: somebody asks at a home whether it needs anything; what it needs is an order at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from zhegu.journal import actions as journal
from zhegu.journal.actions import Answer, Command
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.said import Said
from zhegu.lib.scope import Actor, Scope
from zhegu.lib.texts import text
from zhegu.orders.actions.kinds import ERRAND, Happened
from zhegu.orders.actions.placing import SCOPE, placed, still_open
from zhegu.orders.actions.wanted import NewLine, NewOrder, by_kind
from zhegu.orders.models import Asked, Desk, Order
from zhegu.orders.rules.states import ASKS, OrderKind, Source
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.registers.models import Household


@dataclass(frozen=True)
class Needed:
    """So many of a thing."""

    item: str
    quantity: int = 1
    unit: str = ""
    spec: str = ""


@dataclass(frozen=True, kw_only=True)
class AskHome(Said):
    """Somebody asked at a home; nothing in `lines` and no `medicine`: it needs nothing. Which medicine is for the
    medicine team to find out, and is not said here."""

    home: UUID
    lines: tuple[Needed, ...] = ()
    medicine: bool = False
    urgent: bool = False
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class UndoAsked(Said):
    """This asking was written down by mistake."""

    asked: UUID


def ask_homes(*, by: Actor, scope: Scope, community: Place, items: Sequence[AskHome]) -> list[Answer]:
    """Each home was asked; what it needs stands on the list, an order a kind. Facts: `asked`, `orders` (numbers).
    Refused: a home that is not there or not theirs, a thing without a name or number."""
    by_ref = {item.ref: item for item in items}
    outbreak = outbreaks.open_outbreak(SCOPE, community)

    def do(fresh: list[Command]) -> list[Outcome]:
        some = [by_ref[command.ref] for command in fresh]
        homes = {one.pk: one for one in registers.households(SCOPE, community).filter(pk__in={one.home for one in some})}
        return [_ask(by, scope, community, outbreak, homes.get(one.home), one) for one in some]

    commands = [
        Command(one.ref, Happened.ASKED, community.code, by, one.at, one.body, ERRAND, outbreak and outbreak.pk, one.said)
        for one in items
    ]
    return journal.once(commands, do)


def _ask(
    by: Actor, scope: Scope, community: Place, outbreak: Outbreak | None, home: Household | None, item: AskHome
) -> Outcome:
    if home is None or not scope.covers(home.grid.code if home.grid else community.code, *ASKS):
        return Refused("orders.unknown_household")
    orders = _orders(item)
    outcomes = placed(by, community, outbreak, orders, whole=True)
    if wrong := next((one for one in outcomes if isinstance(one, Refused)), None):
        return wrong
    made = Asked.objects.create(id=item.ref, community=community, household=home, at=item.at, by=by.key)
    Order.objects.filter(pk__in=[one.ref for one in orders]).update(asked=made)
    return Accepted({"asked": str(made.pk), "orders": [one.facts["no"] for one in outcomes]})


def _orders(item: AskHome) -> list[NewOrder]:
    """What is needed, by kind; which medicine it is and what is said of it, nobody but its team finds out."""
    lines = tuple(NewLine.cut(one.item, one.quantity, one.unit, one.spec) for one in item.lines)
    whole = NewOrder(
        ref=item.ref, at=item.at, lines=lines, source=Source.ROUND, household=item.home, urgent=item.urgent, note=item.note
    )
    kind, words = OrderKind.MEDICINE, (NewLine(text("orders.medicine_title")),)
    medicine = replace(whole, ref=uuid5(item.ref, kind), kind=kind, lines=words, note="")
    return [*by_kind(whole), *([medicine] if item.medicine else [])]


def undo_asked(*, by: Actor, scope: Scope, community: Place, items: Sequence[UndoAsked]) -> list[Answer]:
    """The home is to be asked again, and what it asked for is cancelled. Refused: not there, not theirs, taken back
    before, or some of it is on its way."""
    by_ref = {item.ref: item for item in items}

    def do(fresh: list[Command]) -> list[Outcome]:
        return [_undo(scope, community, by_ref[command.ref]) for command in fresh]

    commands = [
        Command(one.ref, Happened.ASKED_UNDONE, community.code, by, one.at, one.body, ERRAND, None, one.said) for one in items
    ]
    return journal.once(commands, do)


def _undo(scope: Scope, community: Place, item: UndoAsked) -> Outcome:
    rows = Asked.objects.select_for_update(of=("self",)).select_related("household__grid")
    row = rows.filter(community=community, pk=item.asked).first()
    grid = row.household.grid if row else None
    if row is None or not scope.covers(grid.code if grid else community.code, *ASKS):
        return Refused("orders.unknown_asked")
    if row.undone:
        return Refused("orders.asked_undone_before")
    orders = list(Order.objects.select_for_update(of=("self",)).filter(asked=row, cancelled=None).select_related("batch"))
    if wrong := next((refused for one in orders if (refused := still_open(one))), None):
        return wrong
    Order.objects.filter(pk__in=[one.pk for one in orders]).update(cancelled=item.at, batch=None)
    row.undone = item.at
    row.save(update_fields=["undone"])
    return Accepted({"asked": str(row.pk)})


def set_daily(*, by: Actor, community: Place, daily: bool, at: datetime, ref: UUID) -> Answer:
    """From now on every home is to be asked every day, or no more. Refused: it is so already."""

    def do(fresh: list[Command]) -> list[Outcome]:
        Desk.objects.get_or_create(community=community)
        done = Desk.objects.filter(community=community, asks_daily=not daily).update(asks_daily=daily)
        return [Accepted({"daily": daily}) if done else Refused("orders.daily_already")]

    return journal.once([Command(ref, Happened.DAILY_SET, community.code, by, at, {"daily": daily}, ERRAND)], do)[0]

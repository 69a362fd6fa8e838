"""Things change hands, take their steps, or stay at their doors. Every one has exactly one holder all the while."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from zhegu.deliveries import queries
from zhegu.deliveries.actions.kinds import Happened, each
from zhegu.deliveries.models import ErrandRun, HandOver, Parcel, RunStop
from zhegu.deliveries.rules.custody import (
    DEPOT,
    DOOR,
    PLACES,
    Step,
    Thing,
    Unfit,
    Witness,
    may_hand_over,
    may_take,
)
from zhegu.deliveries.rules.problem import RunKind
from zhegu.journal.actions import Answer
from zhegu.lib.answers import Accepted, Outcome, Refused
from zhegu.lib.ids import new_id
from zhegu.lib.said import Said
from zhegu.lib.scope import Actor, Scope
from zhegu.orders import actions as orders
from zhegu.orders.models import BackReason

SCOPE = Scope.everything("only the team of a run moves its things")


@dataclass(frozen=True, kw_only=True)
class Hand(Said):
    """These things go from one holder to another. `marks`: numbers read on cylinders, by parcel.

    At a door, `stop` says at which one, and `knocked` when; nobody need open.
    """

    parcels: tuple[UUID, ...]
    giver: str
    taker: str
    witness: Witness
    stop: UUID | None = None
    knocked: datetime | None = None
    called: bool = False
    note: str = ""
    marks: Mapping[UUID, str] = field(default_factory=dict)


def hand_over(*, by: Actor, run: ErrandRun, items: Sequence[Hand]) -> list[Answer]:
    """All things of an item have the taker as holder, and those that came from or to a door took that step.

    Refused, the whole item: unknown things, somebody outside the team, held by another, another door than
    their own, a step that is missing, no knock at a door, a number that another cylinder has.
    """
    team = queries.team_keys(SCOPE, run)
    return each(by, run, items, Happened.HANDED_OVER, lambda item: _hand(by, run, item, team))


def _hand(by: Actor, run: ErrandRun, item: Hand, team: set[str]) -> Outcome:
    found = {p.pk: p for p in Parcel.objects.select_for_update(of=("self",)).filter(run=run, pk__in=item.parcels).select_related("stop", "order").order_by("pk")}
    if not found or len(found) < len(set(item.parcels)):
        return Refused("deliveries.unknown_parcel")
    if reason := _wrong_way(by, item, team) or next(filter(None, (_wrong(p, item) for p in found.values())), ""):
        return Refused(f"deliveries.{reason}")
    if reason := _wrong_marks(run, item, found):
        return Refused(f"deliveries.{reason}")
    for parcel in found.values():
        _move(parcel, item, by)
    if item.taker == DOOR:
        _at_the_door(run, found, by, item.at)
    return Accepted({"things": len(found)})


def _wrong_way(by: Actor, item: Hand, team: set[str]) -> str:
    people = {who for who in (item.giver, item.taker) if who not in PLACES}
    if by.kind == "staff" and by.key not in team:
        return "not_in_team"
    if people - team or not people:
        return "not_in_team"
    if by.key not in people and by.kind == "staff" and by.device:
        return "not_in_team"  # on a phone one speaks for oneself
    if DOOR in (item.giver, item.taker) and (item.witness != Witness.DOOR or item.knocked is None):
        return "knock_first"
    if DOOR not in (item.giver, item.taker) and item.witness == Witness.DOOR:
        return "no_door_here"
    return "confirm_it" if len(people) == 2 and item.witness != Witness.BOTH else ""


def _wrong(parcel: Parcel, item: Hand) -> str:
    if DOOR in (item.giver, item.taker) and item.stop != parcel.stop_id:
        return "other_door"
    if item.taker == DOOR and parcel.called_off:
        return "called_off"
    if item.taker == DOOR and parcel.stop.skipped and parcel.collected is None:
        return "skipped_before"
    if reason := may_hand_over(parcel.holder, item.giver, item.taker):
        return reason
    if item.giver == DOOR:
        return may_take(parcel.steps, Step.COLLECTED)
    if item.taker == DOOR:
        return "" if _brought_first(parcel) else may_take(parcel.steps, Step.RETURNED)
    return ""


def _brought_first(parcel: Parcel) -> bool:
    """Goods from a shop come to the door without having been fetched there."""
    return parcel.thing == Thing.PARCEL and parcel.collected is None and parcel.returned is None


def _wrong_marks(run: ErrandRun, item: Hand, found: Mapping[UUID, Parcel]) -> str:
    marks = {pk: mark.strip()[:40] for pk, mark in item.marks.items() if mark.strip()}
    if marks.keys() - {pk for pk, p in found.items() if p.thing == Thing.CYLINDER}:
        return "not_a_cylinder"
    if any(found[pk].mark not in ("", mark) for pk, mark in marks.items()):
        return "other_cylinder"
    taken = Parcel.objects.filter(run=run, mark__in=marks.values()).exclude(pk__in=marks)
    return "mark_taken" if len(set(marks.values())) < len(marks) or taken.exists() else ""


def _move(parcel: Parcel, item: Hand, by: Actor, *, steps: bool = True) -> None:
    parcel.links += 1
    parcel.holder = item.taker
    parcel.mark = item.marks.get(parcel.pk, "").strip()[:40] or parcel.mark
    if steps and item.giver == DOOR:
        parcel.collected = item.at
    if steps and item.taker == DOOR:
        parcel.returned = item.at
    parcel.save(update_fields=["links", "holder", "mark", "collected", "returned"])
    HandOver.objects.create(
        parcel=parcel, n=parcel.links, ref=item.ref, giver=item.giver, taker=item.taker, at=item.at, by=by.key,
        witness=item.witness, knocked=item.knocked, called=item.called, note=item.note.strip()[:200],
    )  # fmt: skip


def _at_the_door(run: ErrandRun, found: Mapping[UUID, Parcel], by: Actor, at: datetime) -> None:
    """An order is delivered with its last thing; with something unfit among them it goes back into the list."""
    for order in {p.order_id: p.order for p in found.values() if p.order_id}.values():
        things = list(Parcel.objects.filter(run=run, order=order))
        if any(p.returned is None for p in things):
            continue
        if any(p.unfit for p in things):
            back = orders.BackOrder(order.pk, BackReason.CANNOT_BE_FILLED, new_id(), things[0].unfit)
            orders.take_back(order, back, by, at)
        else:
            orders.at_their_doors([order.pk], at)


@dataclass(frozen=True, kw_only=True)
class TakeBack(Said):
    """The hand-over of this ref was written by mistake."""

    hand: UUID


def take_back_hand_overs(*, by: Actor, run: ErrandRun, items: Sequence[TakeBack]) -> list[Answer]:
    """The things are held by the giver again; the chain keeps both links.

    Refused: unknown, somebody outside the team, taken back before, or the things have gone on since.
    """
    team = queries.team_keys(SCOPE, run)

    def act(item: TakeBack) -> Outcome:
        if by.kind == "staff" and by.key not in team:
            return Refused("deliveries.not_in_team")
        links = list(HandOver.objects.filter(ref=item.hand, parcel__run=run).exclude(witness=Witness.TAKEN_BACK).select_related("parcel"))
        if not links:
            return Refused("deliveries.unknown_hand_over")
        rows = {p.pk: p for p in Parcel.objects.select_for_update(of=("self",)).filter(pk__in=[x.parcel_id for x in links])}
        if any(rows[x.parcel_id].links != x.n or _gone_on(rows[x.parcel_id], x) for x in links):
            return Refused("deliveries.gone_on")
        for link in links:
            _reverse(rows[link.parcel_id], link, item, by)
        return Accepted({"things": len(links)})

    return each(by, run, items, Happened.TAKEN_BACK, act)


def _gone_on(parcel: Parcel, link: HandOver) -> bool:
    """Whether a later step, or the order's end, stands on this link."""
    if link.giver == DOOR and (parcel.filled or parcel.unfit):
        return True
    return link.taker == DOOR and parcel.order is not None and parcel.order.batch_id is None


def _reverse(parcel: Parcel, link: HandOver, item: TakeBack, by: Actor) -> None:
    if link.giver == DOOR:
        parcel.collected, parcel.mark = None, ""
    if link.taker == DOOR:
        parcel.returned = None
        if parcel.order_id:
            orders.not_at_their_doors([parcel.order_id])
    parcel.links += 1
    parcel.holder = link.giver
    parcel.save(update_fields=["links", "holder", "collected", "returned", "mark"])
    HandOver.objects.create(
        parcel=parcel, n=parcel.links, ref=item.ref, giver=link.taker, taker=link.giver, at=item.at, by=by.key,
        witness=Witness.TAKEN_BACK,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Confirm(Said):
    """The other side says that the hand-over of this ref was so."""

    hand: UUID


def confirm_hand_overs(*, by: Actor, run: ErrandRun, items: Sequence[Confirm]) -> list[Answer]:
    """Both sides have said so. Refused: unknown, confirmed before, not the other side."""

    def act(item: Confirm) -> Outcome:
        links = HandOver.objects.filter(ref=item.hand, parcel__run=run, witness=Witness.BOTH)
        first = links.first()
        if first is None:
            return Refused("deliveries.unknown_hand_over")
        if by.key not in (first.giver, first.taker) or by.key == first.by:
            return Refused("deliveries.not_the_other_side")
        if not links.filter(confirmed=None).update(confirmed=item.at, confirmed_by=by.key):
            return Refused("deliveries.confirmed_before")
        return Accepted({"hand": str(item.hand)})

    return each(by, run, items, Happened.CONFIRMED, act)


@dataclass(frozen=True, kw_only=True)
class TakeStep(Said):
    """These cylinders were filled or disinfected, or cannot be filled (`unfit`)."""

    parcels: tuple[UUID, ...]
    step: Step | None = None
    unfit: Unfit | None = None


def take_steps(*, by: Actor, run: ErrandRun, items: Sequence[TakeStep]) -> list[Answer]:
    """Each of them took the step; facts: `things`. Refused, the whole item: unknown, a step missing before it,
    taken before, at its door, or by somebody outside the team."""
    team = queries.team_keys(SCOPE, run)

    def act(item: TakeStep) -> Outcome:
        rows = list(Parcel.objects.select_for_update(of=("self",)).filter(run=run, pk__in=item.parcels, thing=Thing.CYLINDER))
        if not rows or len(rows) < len(set(item.parcels)) or item.step in (Step.COLLECTED, Step.RETURNED):
            return Refused("deliveries.unknown_parcel")
        if by.kind == "staff" and by.key not in team:
            return Refused("deliveries.not_in_team")
        if reason := next(filter(None, (_step_wrong(row, item) for row in rows)), ""):
            return Refused(f"deliveries.{reason}")
        what = {"unfit": item.unfit} if item.unfit else {str(item.step): item.at}
        Parcel.objects.filter(pk__in=[row.pk for row in rows]).update(**what)
        return Accepted({"things": len(rows)})

    return each(by, run, items, Happened.STEP_TAKEN, act)


def _step_wrong(row: Parcel, item: TakeStep) -> str:
    if row.holder == DOOR:
        return "not_collected" if row.collected is None else "step_taken_before"
    if item.unfit:
        return "step_taken_before" if row.filled or row.unfit else may_take(row.steps, Step.FILLED)
    return may_take(row.steps, item.step) if item.step else "no_such_step"


@dataclass(frozen=True, kw_only=True)
class Skip(Said):
    """Nothing could be done at this door, and why."""

    stop: UUID
    reason: BackReason


def skip_stops(*, by: Actor, run: ErrandRun, items: Sequence[Skip]) -> list[Answer]:
    """Its things stay where they were and its orders go back into the list.

    Refused: unknown, skipped before, outside the team, or things of it are on the way already.
    """
    team = queries.team_keys(SCOPE, run)

    def act(item: Skip) -> Outcome:
        stop = RunStop.objects.select_for_update(of=("self",)).filter(run=run, pk=item.stop).first()
        if stop is None:
            return Refused("deliveries.unknown_stop")
        if by.kind == "staff" and by.key not in team:
            return Refused("deliveries.not_in_team")
        things = list(stop.parcels.select_related("order__batch"))
        begun = any(p.collected or p.returned for p in things) or any(p.holder not in (DOOR, DEPOT) for p in things)
        if stop.skipped or (begun and run.kind != RunKind.DELIVER) or any(p.returned for p in things):
            return Refused("deliveries.skipped_before" if stop.skipped else "deliveries.on_the_way")
        for order in {p.order_id: p.order for p in things if p.order_id}.values():
            orders.take_back(order, orders.BackOrder(order.pk, item.reason, new_id()), by, item.at)
        stop.skipped, stop.skip_reason = item.at, item.reason
        stop.save(update_fields=["skipped", "skip_reason"])
        return Accepted({"stop": str(stop.pk)})

    return each(by, run, items, Happened.SKIPPED, act)

"""Whatever a team does in whatever order: one holder for every thing, no fen lost, no step skipped, nothing twice."""

from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from zhegu.deliveries import actions, queries
from zhegu.deliveries.models import CashCount, CashEntry, HandOver
from zhegu.deliveries.rules.custody import DEPOT, DOOR, PLACES, STATION, CashKind, Step, Unfit, Witness
from zhegu.deliveries.tests.make import Day, key, minute
from zhegu.journal.models import Entry
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Scope
from zhegu.orders.models import Order

EVERYTHING = Scope.everything("the machine looks at everything")
HOMES = 3
ONE = st.integers(0, 2 * HOMES - 1)
SOME = st.lists(ONE, min_size=1, max_size=3, unique=True)


class Run(RuleBasedStateMachine):
    """One run of three doors; Dolma and Pasang do what comes to their minds."""

    codes = count(1)

    @initialize()
    def begin(self) -> None:
        self.day = Day(f"540526{next(self.codes):06d}", HOMES)
        self.people = [self.day.dolma, self.day.pasang]
        self.ends = [*(key(who) for who in self.people), DOOR, STATION, DEPOT]
        self.last: tuple[Any, Any, Any] | None = None

    def does(self, verb: Any, item: Any, who: int) -> None:
        """Remembered, so that it can be said again."""
        answer = self.day.act(verb, item, self.people[who])
        self.last = (verb, item, who)
        self.answer = answer
        assert answer.status in ("accepted", "refused")

    @rule(picked=SOME, giver=st.integers(0, 4), taker=st.integers(0, 4), who=st.integers(0, 1), honest=st.booleans())
    def hand(self, picked: list[int], giver: int, taker: int, who: int, honest: bool) -> None:
        things = [self.day.all_things()[n] for n in picked]
        if honest:  # mostly people give what they have, at its own door
            things = [p for p in things if p.holder == things[0].holder and p.stop_id == things[0].stop_id]
            giver = self.ends.index(things[0].holder)
        door = DOOR in (self.ends[giver], self.ends[taker])
        both = giver < 2 and taker < 2
        item = actions.Hand(
            ref=new_id(), at=minute(9), parcels=tuple(p.pk for p in things), giver=self.ends[giver], taker=self.ends[taker],
            witness=Witness.DOOR if door else Witness.BOTH if both else Witness.PAPER, stop=things[0].stop_id, knocked=minute(8),
        )  # fmt: skip
        self.does(actions.hand_over, item, who)

    @rule(picked=SOME, step=st.sampled_from([*Step, *Unfit]), who=st.integers(0, 1))
    def step(self, picked: list[int], step: Any, who: int) -> None:
        parcels = tuple(self.day.all_things()[n].pk for n in picked)
        said = {"step": step} if isinstance(step, Step) else {"unfit": step}
        self.does(actions.take_steps, actions.TakeStep(ref=new_id(), at=minute(30), parcels=parcels, **said), who)

    @rule(stop=st.integers(0, HOMES - 1), fen=st.sampled_from([0, 11_500, 12_000, 12_500]), who=st.integers(0, 1))
    def count(self, stop: int, fen: int, who: int) -> None:
        self.does(actions.count_cash, actions.Count(ref=new_id(), at=minute(20), stop=self.day.stops[stop].pk, fen=fen), who)

    @rule(stop=st.integers(0, HOMES - 1), kind=st.sampled_from(list(CashKind)), fen=st.integers(-1, 13_000), who=st.integers(0, 1))
    def cash(self, stop: int, kind: CashKind, fen: int, who: int) -> None:
        item = actions.Cash(ref=new_id(), at=minute(40), stop=self.day.stops[stop].pk, kind=kind, fen=fen, note="x")
        self.does(actions.move_cash, item, who)

    @rule(n=st.integers(0, 5), who=st.integers(0, 1))
    def mistake(self, n: int, who: int) -> None:
        refs = list(HandOver.objects.filter(parcel__run=self.day.run).order_by("-pk").values_list("ref", flat=True)[:6])
        hand = refs[n] if n < len(refs) else new_id()
        self.does(actions.take_back_hand_overs, actions.TakeBack(ref=new_id(), at=minute(50), hand=hand), who)

    @rule(stop=st.integers(0, HOMES - 1), who=st.integers(0, 1))
    def skip(self, stop: int, who: int) -> None:
        self.does(actions.skip_stops, actions.Skip(ref=new_id(), at=minute(55), stop=self.day.stops[stop].pk, reason="not_home"), who)

    @precondition(lambda self: self.last is not None)
    @rule()
    def again(self) -> None:
        """A repeat answers as the first did and changes nothing."""
        verb, item, who = self.last  # type: ignore[misc]
        before = self.standing()
        answer = self.day.act(verb, item, self.people[who])
        assert (answer.status, answer.facts, answer.new) == (self.answer.status, self.answer.facts, False)
        assert self.standing() == before

    def standing(self) -> list:
        things = [(p.holder, p.links, p.filled, p.returned) for p in self.day.all_things()]
        return [things, HandOver.objects.count(), CashEntry.objects.count(), CashCount.objects.count(), Entry.objects.count()]

    @rule()
    def close(self) -> None:
        faults = queries.faults(EVERYTHING, self.day.run)
        assert self.day.close().accepted == (not faults)

    @invariant()
    def one_holder(self) -> None:
        assert queries.recount(EVERYTHING, self.day.run) == []
        known = {*PLACES, *(key(who) for who in self.people)}
        assert {p.holder for p in self.day.all_things()} <= known

    @invariant()
    def no_fen_is_lost(self) -> None:
        came, went = queries.cash_total(EVERYTHING, self.day.run)
        purses = queries.purses(EVERYTHING, self.day.run).values()
        assert came - went == sum(purse.open for purse in purses)

    @invariant()
    def home_only_after_every_step(self) -> None:
        for p in self.day.all_things():
            if p.returned and p.thing == "cylinder":
                assert p.holder == DOOR and p.disinfected and (p.filled or p.unfit)
        assert not Order.objects.exclude(cancelled=None).exclude(delivered=None).exists()


@pytest.mark.django_db
def test_a_run_holds_together_whatever_its_team_does():
    machine = type("Run", (Run,), {"codes": count(1)})
    few = settings(max_examples=3, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    run_state_machine_as_test(machine, settings=few)

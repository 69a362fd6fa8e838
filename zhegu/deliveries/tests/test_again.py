"""A truck breaks down: what is done stays, the other ways stay, everything still has exactly one way home."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from zhegu.accounts.models import Role
from zhegu.accounts.tests.make import staff
from zhegu.deliveries import actions
from zhegu.deliveries.actions import again
from zhegu.deliveries.models import ErrandRun, Parcel, RunTruck, RunVisit
from zhegu.deliveries.rules.again import Carried, taken_over
from zhegu.deliveries.rules.custody import Witness
from zhegu.deliveries.rules.planned import planned
from zhegu.deliveries.rules.problem import RunKind
from zhegu.deliveries.tests.make import Day, minute
from zhegu.journal import actions as journal
from zhegu.lib.ids import new_id

pytestmark = pytest.mark.django_db
QUICK = actions.Thought(0.1)


class TwoTrucks(Day):
    """Dolma drives truck 1, Tashi truck 2."""

    def draft(self, kind: RunKind = RunKind.REFILL, **more: Any) -> Any:
        self.tashi = staff(f"tashi-{self.community.code}", Role.COURIER, self.community)
        trucks = (actions.NewTruck("一号车", 3, 600, (self.dolma.pk,)), actions.NewTruck("二号车", 3, 600, (self.tashi.pk,)))
        return super().draft(kind, trucks=trucks, **more)

    def out(self, truck: int = 1, over_to: int = 2) -> Any:
        return actions.take_out(
            by=self.ana.actor, run=self.run, truck=truck, over_to=over_to, thought=QUICK, at=minute(100), ref=new_id()
        )

    def way(self, truck: int) -> list[tuple]:
        rows = RunVisit.objects.filter(run=self.run, truck=truck).order_by("position")
        return [(v.place, v.stop_id, tuple(v.collect), tuple(v.hand_back)) for v in rows]

    def doors_of(self, truck: int) -> list[Any]:
        """Doors at which this truck fetches, in its order."""
        rows = RunVisit.objects.filter(run=self.run, truck=truck, place="stop").order_by("position")
        return [v.stop for v in rows if v.collect]


def home_again(day: TwoTrucks, truck: int) -> dict[int, list[str]]:
    """For each cylinder what this truck does with it, in order."""
    done: dict[int, list[str]] = {}
    for place, stop, take, back in day.way(truck):
        for no in back:
            done.setdefault(no, []).append("station" if place == "station" else f"home {stop}")
        for no in take:
            done.setdefault(no, []).append("station" if place == "station" else f"fetch {stop}")
    return done


@pytest.fixture
def day() -> TwoTrucks:
    return TwoTrucks(homes=6)


def test_doors_nobody_was_at_go_behind_the_other_way_which_stays(day: TwoTrucks):
    assert day.doors_of(1) and day.doors_of(2), "both trucks have doors"
    before, lost = day.way(2), {stop.pk for stop in day.doors_of(1)}
    answer = day.out()
    assert (answer.accepted, answer.facts["doors"], answer.facts["on_board"]) == (True, len(lost), 0)
    after = day.way(2)
    assert after[: len(before)] == before, "what was promised changes nothing"
    assert not [v for v in day.way(1) if v[0] == "stop"]
    gas = Parcel.objects.filter(run=day.run, thing="cylinder")
    done = home_again(day, 2)
    for one in gas:
        assert done[one.no] == [f"fetch {one.stop_id}", "station", "station", f"home {one.stop_id}"], one.no
    assert RunTruck.objects.get(run=day.run, no=1).out is not None


def test_what_is_on_board_goes_on_with_the_other_and_what_is_done_stays(day: TwoTrucks):
    one, *rest = day.doors_of(1)
    assert day.fetch(one).accepted
    chain = [p.links for p in day.things(one)]
    answer = day.out()
    assert (answer.facts["on_board"], answer.facts["doors"]) == (1, len(rest))
    (gas,) = (p for p in day.things(one) if p.thing == "cylinder")
    assert home_again(day, 2)[gas.no] == ["station", "station", f"home {one.pk}"]
    assert [p.links for p in day.things(one)] == chain, "custody changes by hands alone"
    handed = day.hand(day.things(one), day.dolma.actor.key, day.tashi.actor.key, witness=Witness.BOTH)
    assert handed.accepted


def test_a_filled_cylinder_needs_no_station_again():
    board = [Carried(1, 4, True, True), Carried(2, 3, True, False), Carried(3, 3, False, False)]
    told = taken_over(RunKind.REFILL, board)
    assert [(v["at"], v["collect"], v["return"]) for v in told] == [("station", [2], [2]), ("3", [], [2]), ("4", [], [1])]
    assert [v["at"] for v in taken_over(RunKind.DELIVER, board)] == ["3", "4"]
    assert [v["at"] for v in taken_over(RunKind.COLLECT, board)] == ["depot"]
    assert taken_over(RunKind.REFILL, [board[2]]) == []


@pytest.mark.parametrize(
    ("truck", "over_to", "reason"),
    [(9, 2, "deliveries.unknown_truck"), (1, 1, "deliveries.nobody_takes_over"), (1, 9, "deliveries.nobody_takes_over")],
)
def test_who_cannot_take_over_is_told(day: TwoTrucks, truck: int, over_to: int, reason: str):
    before = day.way(1)
    assert (day.out(truck, over_to).reason, day.way(1)) == (reason, before)


def test_the_last_truck_and_one_that_is_out_stay(day: TwoTrucks):
    assert day.out().accepted
    assert day.out().reason == "deliveries.unknown_truck"
    assert day.out(2, 1).reason == "deliveries.nobody_takes_over"


def test_more_than_the_other_holds_is_refused(day: TwoTrucks):
    for truck, who in ((1, day.dolma), (2, day.tashi)):
        for stop in day.doors_of(truck)[:2]:
            assert day.hand(day.things(stop), "door", who.actor.key, by=who).accepted
    assert day.out().reason == "deliveries.does_not_hold_it"
    assert RunTruck.objects.get(run=day.run, no=1).out is None


def test_the_way_is_thought_of_before_anything_is_locked(day: TwoTrucks, monkeypatch):
    locked: list[bool] = []
    once = journal.once

    def opened(commands: Any, do: Any) -> Any:
        locked.append(True)
        return once(commands, do)

    def thinks(*all_of_it: Any) -> Any:
        assert not locked, "nobody waits while the engine thinks"
        return planned(*all_of_it)

    monkeypatch.setattr(journal, "once", opened)
    monkeypatch.setattr(again, "planned", thinks)
    assert day.out().accepted and locked


def test_a_plan_that_something_was_done_under_is_not_kept(day: TwoTrucks, monkeypatch):
    one, *_ = day.doors_of(1)
    before = day.way(2)

    def thinks(*all_of_it: Any) -> Any:
        assert day.fetch(one).accepted
        return planned(*all_of_it)

    monkeypatch.setattr(again, "planned", thinks)
    assert day.out().reason == "deliveries.done_meanwhile"
    assert (day.way(2), RunTruck.objects.get(run=day.run, no=1).out) == (before, None)


def test_nothing_is_learnt_from_ways_that_became_others(day: TwoTrucks):
    def figures() -> tuple[dict, dict, float]:
        plan = ErrandRun.objects.get(pk=day.run.pk).plan
        return plan["hours"], plan["straight"], plan["km"]

    hours, straight, km = figures()
    assert set(hours) == set(straight) == {"1", "2"}
    assert day.out().accepted
    assert figures()[:2] == ({}, {}) and figures()[2] > km


def test_a_run_that_has_not_begun_is_planned_anew_instead():
    waiting = TwoTrucks(begun=False)
    assert waiting.out().reason == "deliveries.not_begun"


@pytest.mark.parametrize("kind", [RunKind.DELIVER, RunKind.COLLECT])
def test_goods_are_carried_on_too(kind: RunKind):
    day = TwoTrucks(homes=6, kind=kind)
    lost = [v for v in RunVisit.objects.filter(run=day.run, truck=1, place="stop")]
    before = day.way(2)
    assert day.out().accepted
    assert day.way(2)[: len(before)] == before
    numbers = {no for v in RunVisit.objects.filter(run=day.run, truck=2, place="stop") for no in (*v.collect, *v.hand_back)}
    assert {no for v in lost for no in (*v.collect, *v.hand_back)} <= numbers


def test_the_office_does_it_on_the_runs_page(day: TwoTrucks, monkeypatch):
    monkeypatch.setattr("zhegu.deliveries.views.runs.SECONDS", 0.1)
    office = Client()
    office.force_login(day.ana)
    page = reverse("deliveries:run", args=[day.run.pk])
    assert reverse("deliveries:out", args=[day.run.pk]) in office.get(page).content.decode()
    office.post(reverse("deliveries:out", args=[day.run.pk]), {"truck": "1", "over_to": "2", "ref": new_id()})
    assert reverse("deliveries:out", args=[day.run.pk]) not in office.get(page).content.decode()
    office.force_login(day.dolma)
    assert office.post(reverse("deliveries:out", args=[day.run.pk]), {"truck": "2", "over_to": "1"}).status_code == 404

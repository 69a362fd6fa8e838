"""Whatever is asked, a plan keeps what it promises, or names the door and the reason."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhegu.deliveries.outside.routing import counting
from zhegu.deliveries.rules.plan import Effort, answer, faults
from zhegu.deliveries.rules.planned import planned
from zhegu.deliveries.rules.problem import BadProblem, RunKind, read_problem
from zhegu.deliveries.tests.test_plans import community

QUICK = counting(15)
REASONS = {"shift", "window", "capacity"}


@st.composite
def problems(draw: st.DrawFn) -> dict[str, Any]:
    doors = draw(st.integers(0, 9))
    plain = community(draw(st.integers(0, 99)), kind=draw(st.sampled_from(list(RunKind))), doors=doors)
    plain["station"]["at"] = [draw(st.sampled_from([0, 500, 6_000, 18_000])), 0]
    plain["vehicles"] = [
        {"id": n, "capacity": draw(st.integers(1, 5)), "shift_minutes": draw(st.sampled_from([40, 150, 600]))}
        for n in range(draw(st.integers(1, 3)))
    ]
    for n, stop in enumerate(plain["stops"]):
        stop["id"] = draw(st.sampled_from([n, f"མཚོ་{n}", f"{n}-1501"]))
        stop["parcels"] = [f"{n}.{i}" for i in range(draw(st.integers(0, 7)))]
        if draw(st.booleans()):
            since = draw(st.sampled_from([0, 60, 200, 700]))
            stop["window"] = [since, since + draw(st.sampled_from([0, 30, 300]))]
        stop["urgent"] = draw(st.booleans())
    return plain


@settings(max_examples=12, deadline=None)
@given(problems(), st.sampled_from(["km", "hours"]))
def test_a_plan_is_whole_or_says_what_it_leaves_out(plain: dict[str, Any], goal: str):
    problem = read_problem(plain)
    told = answer(problem, planned(problem, Effort(QUICK, goal=goal)))
    assert faults(problem, told) == []
    left_out = {row["stop"] for row in told["unplanned"]}
    assert {row["reason"] for row in told["unplanned"]} <= REASONS
    brought = {v["at"] for way in told["vehicles"] for v in way["visits"] if v["collect"] or v["return"]}
    assert {stop.id for stop in problem.stops if stop.parcels} <= left_out | brought


def test_windows_of_a_gas_run_are_kept_by_bringing_their_batch_home_in_time():
    plain = community(6, doors=36, trucks=3)
    dice = random.Random(6)
    for stop in dice.sample(plain["stops"], 4):
        stop["window"] = [120, 330]
    problem = read_problem(plain)
    told = answer(problem, planned(problem, Effort(counting(150))))
    assert faults(problem, told) == [] and told["unplanned"] == []


def test_it_waits_before_a_door_whose_window_has_not_begun():
    plain = community(4, doors=3)
    plain["stops"][1]["window"] = [400, 420]
    problem = read_problem(plain)
    told = answer(problem, planned(problem, Effort(counting(50))))
    home = [v for v in told["vehicles"][0]["visits"] if v["at"] == "s1" and v["return"]]
    assert 400 <= home[0]["minute"] <= 420 and faults(problem, told) == []


@pytest.mark.parametrize("kind", list(RunKind))
def test_a_window_after_the_shift_is_not_promised(kind: str):
    plain = community(4, doors=3, kind=kind)
    plain["stops"][1]["window"] = [5000, 6000]
    problem = read_problem(plain)
    told = answer(problem, planned(problem, Effort(QUICK)))
    assert told["unplanned"] == [{"stop": "s1", "reason": "window"}] and faults(problem, told) == []


def test_urgent_doors_go_to_the_first_batches_of_different_trucks():
    plain = community(8, doors=36, trucks=3)
    plain["stops"][3]["urgent"] = plain["stops"][20]["urgent"] = True
    problem = read_problem(plain)
    told = answer(problem, planned(problem, Effort(counting(50))))
    for way in told["vehicles"]:
        stations = [n for n, v in enumerate(way["visits"]) if v["at"] == "gas"]
        for n, visit in enumerate(way["visits"]):
            if visit["at"] in ("s3", "s20") and visit["collect"]:
                assert n < stations[0]


@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("stops[0].at", lambda p: p["stops"][0].update(at=[1e300, 0])),
        ("vehicles[0].capacity", lambda p: p["vehicles"][0].update(capacity=10**30)),
        ("minutes.collect", lambda p: p["minutes"].update(collect=1e12)),
        ("kmh.near", lambda p: p["kmh"].update(near=1e-9)),
        ("detour", lambda p: p.update(detour=1e20)),
    ],
)
def test_numbers_that_no_vehicle_ever_drives_are_refused(where: str, change: Any):
    plain = community(1, doors=2)
    change(plain)
    with pytest.raises(BadProblem) as bad:
        read_problem(plain)
    assert bad.value.where == where


@pytest.mark.parametrize("word", ["no", "", 0, 1, None])
def test_only_true_and_false_say_whether_a_door_is_urgent(word: Any):
    plain = community(1, doors=2)
    plain["stops"][1]["urgent"] = word
    with pytest.raises(BadProblem) as bad:
        read_problem(plain)
    assert (bad.value.where, bad.value.reason) == ("stops[1].urgent", "deliveries.not_yes_or_no")

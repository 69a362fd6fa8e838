"""What a gate proposes, as tables shared with the phone; and laws of plates and hours."""

import json
from datetime import datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhegu.checkpoints.rules import (
    FITTING,
    PROVINCES,
    Ask,
    Check,
    Direction,
    Facts,
    Outcome,
    Recheck,
    Shown,
    Why,
    is_open,
    propose,
    read_plate,
    recheck,
    restricts,
)
from zhegu.lib.texts import has_text

CASES = Path(__file__).resolve().parents[3] / "contracts" / "cases"


def cases(name: str) -> list[dict]:
    return json.loads((CASES / f"gate-{name}.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", cases("plate"), ids=lambda c: c["typed"])
def test_plates(case: dict):
    found = read_plate(case["typed"])
    assert {"key": found.key, "usual": found.usual} == case["expect"]


@pytest.mark.parametrize("case", cases("hours"), ids=lambda c: f"{c['opens']}-{c['closes']} {c['at']}")
def test_hours(case: dict):
    opens, closes = (time.fromisoformat(case[name]) if case[name] else None for name in ("opens", "closes"))
    assert is_open(opens, closes, time.fromisoformat(case["at"])) is case["expect"]


@pytest.mark.parametrize("case", cases("restricts"), ids=lambda c: c["name"])
def test_who_may_be_held(case: dict):
    until = datetime.fromisoformat(case["until"]) if case["until"] else None
    assert restricts(until, datetime.fromisoformat(case["at"])) is case["expect"]


def facts_of(said: dict) -> Facts:
    checks = {code: Shown(shown) for code, shown in said["checks"].items()}
    more = {name: said[name] for name in ("temperature", "allowed", "open", "card", "going", "restricts") if name in said}
    return Facts(Direction(said["direction"]), checks, **more)


@pytest.mark.parametrize("case", cases("proposal"), ids=lambda c: c["name"])
def test_proposals(case: dict):
    found = propose(facts_of(case["facts"]), [Ask(**ask) for ask in case["asks"]])
    assert {"outcome": found.outcome, "why": found.why, "check": found.check} == case["expect"]


@given(st.text(max_size=30))
def test_reading_a_plate_again_changes_nothing(typed: str):
    once = read_plate(typed)
    assert read_plate(once.key) == once


@given(st.sampled_from(PROVINCES), st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXYZ"), st.from_regex(r"[A-HJ-NP-Z0-9]{5}", fullmatch=True))
def test_a_usual_plate_is_the_same_however_it_is_typed(province: str, letter: str, rest: str):
    plate = read_plate(province + letter + rest)
    assert plate.usual and plate == read_plate(f" {province}{letter.lower()}·{rest.lower()} ")


checks_of = st.dictionaries(st.sampled_from(list(Check)), st.sampled_from(list(Shown)))
asks_of = st.dictionaries(st.sampled_from(list(Check)), st.booleans())


@given(
    asks_of, st.builds(
        Facts, st.sampled_from(list(Direction)), checks_of, st.none() | st.integers(340, 420), st.booleans(),
        st.booleans(), st.sampled_from(["", "green", "yellow", "red"]),
    ),
)  # fmt: skip
def test_whatever_is_proposed_has_a_fitting_reason_and_a_fever_never_passes(asks: dict, facts: Facts):
    found = propose(facts, [Ask(code, optional) for code, optional in asks.items()])
    assert found.why in FITTING[found.outcome]
    if facts.temperature is not None and facts.temperature >= 373:
        assert found.outcome == Outcome.REFERRED_CLINIC
    if facts.card == "red":
        assert found.outcome in {Outcome.TURNED_BACK, Outcome.REFERRED_CLINIC}


@pytest.mark.parametrize(
    ("said_allowed", "allowed", "withdrawn", "passed", "expected"),
    [
        (True, True, False, True, Recheck.AGREES),
        (True, False, False, True, Recheck.NOT_ALLOWED),
        (True, False, False, False, Recheck.AGREES),
        (False, False, True, True, Recheck.CARD_WITHDRAWN),
        (False, False, True, False, Recheck.AGREES),
        (True, False, True, True, Recheck.CARD_WITHDRAWN),
        (False, False, False, True, Recheck.AGREES),
    ],
)
def test_what_the_server_finds_afterwards(said_allowed, allowed, withdrawn, passed, expected):
    assert recheck(said_allowed=said_allowed, allowed=allowed, withdrawn=withdrawn, passed=passed) == expected


def test_every_reason_fits_somewhere_and_has_something_to_say():
    assert {why for whys in FITTING.values() for why in whys} == set(Why)
    assert all(has_text(f"checkpoints.say_{why}") and has_text(f"checkpoints.why_{why}") for why in Why)

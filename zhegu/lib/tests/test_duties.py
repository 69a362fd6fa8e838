"""What is due: the cases the phone runs as well, and rules as rows."""

import json
from pathlib import Path

import pytest

from zhegu.lib import clock
from zhegu.lib.duties import DutyRule, Holds, due, gathered, rule_of

FILE = json.loads((Path(__file__).resolve().parents[3] / "contracts" / "cases" / "duties.json").read_text(encoding="utf-8"))
RULES = {name: rule_of(row) for name, row in FILE["rules"].items()}


@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["name"])
def test_what_is_due(case: dict):
    found = due(RULES[case["rule"]], case["row"], clock.parse(case["now"]))
    expected = case["expect"]
    if expected is None:
        assert found is None
    else:
        until = expected["until"] and clock.parse(expected["until"])
        assert found is not None and (found.until, found.late) == (until, expected["late"])


def test_a_rule_becomes_a_row_and_a_rule_again():
    rule = DutyRule("a.b", "t", ("x", "y"), "s", "from", -1, "to", 2, ("06:00", "12:00"), "done",
                    (Holds("f", ("v",)),), (Holds("g", (1, True), but=True),), "who", 7)  # fmt: skip
    assert rule_of(json.loads(json.dumps(rule.row()))) == rule
    assert rule.text == "a.duty_b"


def test_what_is_late_stands_first_then_by_rank():
    now = clock.parse("2022-09-14T10:00:00+08:00")
    calls = [{"id": "1", "next_on": "2022-09-14"}, {"id": "2", "next_on": "2022-09-13"}, {"id": "3", "next_on": "2022-09-15"}]
    found = gathered(list(RULES.values()), {"care": calls, "arrival": [{"id": "4", "confirmed": False}]}, now)
    assert [one.row["id"] for one in found] == ["2", "1", "4"]

"""What a card is worth and how much is due, by the table the phone keeps to as well."""

import json
from pathlib import Path

import pytest

from zhegu.handouts.rules import CardSeen, Per, due, voucher

CASES = json.loads((Path(__file__).parents[3] / "contracts" / "cases" / "handout-voucher.json").read_text())["cases"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_card_is_worth_the_same_on_both_sides(case: dict):
    card = CardSeen(**case["card"]) if case["card"] else None
    assert voucher(case["asked"], card) == case["worth"]


def test_so_much_for_a_home_or_for_each_who_lives_there():
    assert (due(Per.HOUSEHOLD, 2500, 4), due(Per.PERSON, 2500, 4)) == (2500, 10_000)

"""What all that was said makes of a door, in any order; questions and answers."""

import json
import random
from datetime import timedelta
from itertools import permutations
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhegu.journal.tests.make import MORNING
from zhegu.visits.rules import (
    BadQuestion,
    Door,
    Kind,
    Question,
    Said,
    Standing,
    What,
    answers_fit,
    door_of,
    question_of,
    read_questions,
)

CASES = Path(__file__).resolve().parents[3] / "contracts" / "cases" / "sampling-partition.json"


def said(n: int, what: What = What.VISIT, content: str = "x", by: str = "a", follows: int = 0, out: bool = False) -> Said:
    return Said(UUID(int=n), what, MORNING + timedelta(minutes=n), by, content, UUID(int=follows) if follows else None, out)


@pytest.mark.parametrize("case", json.loads(CASES.read_text(encoding="utf-8"))["cases"], ids=str)
def test_doors_fall_into_the_same_five_parts_as_people_of_a_round(case: dict):
    facts, everything = case["facts"], []
    if facts.get("sampled"):
        everything.append(said(1))
    if facts.get("gone") and not (facts.get("excuse") and facts["gone"] == "not_found"):
        everything.append(said(3, What.GONE, facts["gone"]))
    if facts.get("excuse"):
        everything.append(said(2, What.EXCUSE, f"excuse:{facts['excuse']}"))
    assert door_of(everything).standing == case["expect"]


EXPECTED = [
    ([], Door(Standing.MISSING)),
    ([said(1, What.MISSING, "missing:refused")], Door(Standing.MISSING, missing=UUID(int=1))),
    ([said(1)], Door(Standing.DONE, visit=UUID(int=1))),
    ([said(1, out=True)], Door(Standing.MISSING)),
    ([said(1, What.EXCUSE), said(2)], Door(Standing.DONE, UUID(int=2), UUID(int=1))),
    ([said(1), said(2, by="b", content="y")], Door(Standing.DONE, UUID(int=1), clash=True)),
    ([said(1), said(2, by="b")], Door(Standing.DONE, UUID(int=1))),
    ([said(1), said(2, by="b", content="y", follows=1)], Door(Standing.DONE, UUID(int=2))),
    ([said(1), said(2, content="y")], Door(Standing.DONE, UUID(int=2))),
    ([said(1), said(2, by="b", content="y", out=True)], Door(Standing.DONE, UUID(int=1))),
    ([said(1, What.EXCUSE, "excuse:ill"), said(2, What.GONE, "moved", by="b")], Door(Standing.MOVED, word=UUID(int=2), clash=True)),
    ([said(1, What.EXCUSE, "excuse:ill"), said(2, What.GONE, "moved", by="b", follows=1)], Door(Standing.MOVED, word=UUID(int=2))),
    ([said(1, What.GONE, "not_found"), said(2, What.BACK, "back:")], Door(Standing.MISSING, word=UUID(int=2))),
]  # fmt: skip


@pytest.mark.parametrize(("everything", "made"), EXPECTED, ids=range(len(EXPECTED)))
def test_what_a_door_is(everything: list[Said], made: Door):
    assert {door_of(order) for order in permutations(everything)} == {made}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(What)), st.sampled_from("xy"), st.sampled_from("abc"), st.integers(0, 6), st.booleans()), max_size=6), st.integers())
def test_the_order_of_arrival_does_not_matter(told: list[tuple], seed: int):
    contents = {What.GONE: {"x": "moved", "y": "not_found"}}
    everything = [
        said(n, what, contents.get(what, {}).get(content, content), by, follows if follows < n else 0, out)
        for n, (what, content, by, follows, out) in enumerate(told, 1)
    ]
    shuffled = everything[:]
    random.Random(seed).shuffle(shuffled)
    assert door_of(shuffled) == door_of(everything)


def test_questions_are_read_from_rows_and_empty_rows_left_out():
    asked = read_questions([("有人发热吗", "", "yes_no", ""), ("", "", "text", ""), ("取暖", "x", "choice", "牛粪，电、煤, 电")])
    assert asked == (Question("q1", Kind.YES_NO, "有人发热吗"), Question("q2", Kind.CHOICE, "取暖", "x", ("牛粪", "电", "煤")))
    assert tuple(question_of(json.loads(json.dumps(one.plain))) for one in asked) == asked


@pytest.mark.parametrize("rows", [[("a", "", "x", "")], [("a", "", "choice", "one")], [("a", "", "text", "")] * 21])
def test_questions_that_cannot_be_asked_are_refused(rows: list[tuple[str, str, str, str]]):
    with pytest.raises(BadQuestion):
        read_questions(rows)


@pytest.mark.parametrize(
    ("answers", "fit"),
    [
        ({}, True), ({"q1": True}, True), ({"q1": None, "q4": ""}, True), ({"q1": "yes"}, False), ({"q2": 3}, True),
        ({"q2": True}, False), ({"q2": -1}, False), ({"q2": "3"}, False), ({"q3": "电"}, True), ({"q3": "x"}, False),
        ({"q4": "米"}, True), ({"q4": "x" * 301}, False), ({"q9": "x"}, False),
    ],
)  # fmt: skip
def test_an_answer_fits_its_question(answers: dict, fit: bool):
    from zhegu.visits.tests.make import QUESTIONS

    assert answers_fit(QUESTIONS, answers) is fit

"""kill -9 of the server under four phones that push: nothing acknowledged is lost, nothing is done twice."""

import os
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.chaos.clients import Phone, finish
from tests.chaos.phoenix import Phoenix
from tests.support.field import made, stands

PHONES = 4
PEOPLE = 240
PAUSE = 0.03
"""Phones rest between requests, so that an hour of kills does not fill the disk."""


def storm(server: Phoenix, phones: Sequence[Phone], kills: int, dice: random.Random) -> None:
    """The server is killed so many times, each time in the middle of work."""
    for _ in range(kills):
        before, until = [len(phone.done) for phone in phones], time.monotonic() + 60
        while sum(len(phone.done) for phone in phones) < sum(before) + PHONES:
            assert time.monotonic() < until and not any(phone.errors for phone in phones), [p.errors for p in phones]
            time.sleep(0.005)
        time.sleep(dice.random() * 0.05)
        server.kill()
        server.start()


def survive(folder: Path, database: str, kills: int) -> None:
    """So many kills; then every phone's memory is compared with what stands."""
    seed = int(os.environ["ZHEGU_SEED"])
    server = Phoenix(folder, {"ZHEGU_DATABASE": database})
    try:
        here = made(server.environment, PEOPLE, PHONES)
        before = stands(server.environment)
        server.start()
        phones = [Phone(here, number, server.port, seed, PAUSE) for number in range(PHONES)]
        for phone in phones:
            phone.start()
        storm(server, phones, kills, random.Random(seed))
        finish(phones)
        everything_once_more(phones)
        compare(phones, before, stands(server.environment))
        assert sum(phone.lost for phone in phones) >= kills / 2, "too few answers were lost to prove anything"
    finally:
        server.stop()


def everything_once_more(phones: Sequence[Phone]) -> None:
    """Every request of the day again: the first answer comes back, byte for byte."""
    for phone in phones:
        for request in phone.done:
            assert phone.wire.post("/api/push", request.body) == (200, request.answer)


def compare(phones: Sequence[Phone], before: dict, after: dict) -> None:
    """What phones were told is what stands: each command once, with its effect; and nothing else."""
    assert [error for phone in phones for error in phone.errors] == []
    told = [answer for phone in phones for request in phone.done for answer in request.answers]
    refs = Counter(answer["ref"] for answer in told)
    assert set(refs.values()) == {1}
    assert {ref: s for ref, s in after["entries"].items() if ref not in before["entries"]} == {
        answer["ref"]: answer["status"] for answer in told
    }
    swabs = {answer["facts"]["sample"] for answer in told if "card" in answer["facts"]}
    undone = {answer["facts"]["sample"] for answer in told if "standing" in answer["facts"]}
    assert (set(after["swabs"]), set(after["undone"])) == (swabs, undone)
    assert (after["flaws"], after["odd"], after["tallies"]) == ([], [], True)


def test_nothing_is_lost_or_done_twice_when_the_server_is_killed(tmp_path: Path, database: str):
    survive(tmp_path / "data", database, kills=50)


@pytest.mark.long
def test_nothing_is_lost_or_done_twice_in_a_thousand_kills(tmp_path: Path, database: str):
    survive(tmp_path / "data", database, kills=1000)

"""The phones' door under kill -9 and lost answers: nothing lost, nothing twice, every answer the first one.

Four phones deliver to a live server that is killed again and again. Each phone behaves as the app does:
it keeps what was not answered and sends it again, in batches, in order.
"""

import base64
import http.client
import json
import random
import sqlite3
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

import pytest

from tests.support.server import ROOT, Server
from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.sync.tests.make import Phone

PHONES = 4
BATCH = 20
KILLS = 50


@dataclass
class Table:
    """One phone at its table: what waits, what was answered, and what went wrong."""

    phone: Phone
    port: int
    waiting: list[dict]
    chance: random.Random
    answers: dict[str, dict] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    sent: int = 0

    def deliver(self) -> None:
        """Hands in a batch: mostly what waits, sometimes what was answered long ago."""
        known = [item for item in ALL[self.phone.device] if item["ref"] in self.answers]
        batch = self.waiting[:BATCH] + self.chance.sample(known, min(len(known), self.chance.randrange(4)))
        answers = self.ask({"items": batch})
        for answer in answers or []:
            first = self.answers.setdefault(answer["ref"], answer)
            if first != answer:
                self.wrong.append(f"{first} then {answer}")
        self.waiting = [item for item in self.waiting if item["ref"] not in self.answers]

    def ask(self, body: dict) -> list[dict] | None:
        """The answers; None where the server was dead or the answer got lost on the way."""
        self.sent += 1
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            head = {"Authorization": f"Bearer {self.phone.token}", "Content-Type": "application/json"}
            line.request("POST", "/api/push", json.dumps(body), head)
            if self.chance.random() < 0.15:
                return None  # the network goes after the words went out
            answer = line.getresponse()
            if self.chance.random() < 0.1:
                answer.read(30)  # the network goes in the middle of the answer
                return None
            said = answer.read()
        except (OSError, http.client.HTTPException):
            return None
        finally:
            line.close()
        if answer.status == 503:
            return None
        if answer.status != 200:
            self.wrong.append(f"{answer.status} {said[:200]!r}")
            return None
        return json.loads(said)["answers"]


ALL: dict[str, list[dict]] = {}


def ground(server: Server, people: int) -> dict:
    words = [sys.executable, "-m", "tests.chaos.ground", str(people), str(PHONES)]
    done = subprocess.run(words, cwd=ROOT, env=server.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def swabs(facts: dict, phone: Phone, people: list[str]) -> list[dict]:
    """One swab of each person, in tubes of ten; the phone signs them."""
    items = []
    for n, person in enumerate(people):
        if n % 10 == 0:
            tube = {"id": str(new_id()), "label": f"{phone.device[-4:]}-{n // 10}", "ratio": 10}
        body = {
            "round": facts["round"], "person": person, "tube": tube, "position": n % 10 + 1, "card": None,
            "at_home": False,
        }  # fmt: skip
        items.append(phone.item(facts["actor"], "sampling.take_samples", body, clock.now()))
    return items


def tables(server: Server, facts: dict, seed: int) -> list[Table]:
    """Each phone swabs its own quarter of the people and, to make conflicts, some of its neighbour's."""
    share = len(facts["people"]) // PHONES
    made = []
    for n, one in enumerate(facts["phones"]):
        keys = {who: base64.b64decode(key) for who, key in one["keys"].items()}
        phone = Phone(None, one["device"], one["token"], keys)
        mine = facts["people"][n * share : (n + 1) * share + 5]
        ALL[phone.device] = swabs(facts, phone, mine)
        made.append(Table(phone, server.port, list(ALL[phone.device]), random.Random(seed * 10 + n)))
    return made


def killed_again_and_again(server: Server, kills: int, seed: int) -> None:
    """Runs the day; asserts that every act stands exactly once and was answered once and for all."""
    facts = ground(server, people=PHONES * max(60, kills * 3))
    server.start()
    made = tables(server, facts, seed)
    over = threading.Event()

    def work(table: Table) -> None:
        while table.waiting or not over.is_set():
            table.deliver()
            time.sleep(table.chance.uniform(0.0, 0.2))

    threads = [threading.Thread(target=work, args=(table,)) for table in made]
    chance = random.Random(seed)
    for thread in threads:
        thread.start()
    try:
        for _ in range(kills):
            time.sleep(chance.uniform(0.05, 0.6))
            server.restart()
    finally:
        over.set()
        for thread in threads:
            thread.join(120)
    assert not any(table.waiting for table in made), "something was never answered"
    assert [words for table in made for words in table.wrong] == []
    check(server, facts, made)


def check(server: Server, facts: dict, made: list[Table]) -> None:
    """What was answered is what stands: one journal row and one swab for each ref, the chain whole."""
    server.kill()
    words = [sys.executable, "-m", "tests.chaos.stands"]
    done = subprocess.run(words, cwd=ROOT, env=server.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    stands = json.loads(done.stdout)
    refs = {item["ref"] for items in (ALL[table.phone.device] for table in made) for item in items}
    answered = {ref: answer for table in made for ref, answer in table.answers.items()}
    assert set(answered) == refs
    assert {answer["status"] for answer in answered.values()} <= {"accepted", "refused"}
    assert stands["entries"] == {ref: answered[ref]["status"] for ref in refs}
    accepted = {ref for ref, answer in answered.items() if answer["status"] == "accepted"}
    assert set(stands["samples"]) == accepted and len(stands["samples"]) == len(accepted)
    assert stands["once_per_person"] is True
    verdict = json.loads(server.zhegu("journal", "verify", "--community", facts["community"], check=False).stdout)
    assert verdict["flaws"] == []


def test_killed_50_times_nothing_is_lost_and_nothing_twice(tmp_path):
    server = Server(tmp_path / "data")
    try:
        killed_again_and_again(server, KILLS, seed=1)
        with sqlite3.connect(tmp_path / "data" / "zhegu.sqlite3") as data:
            assert data.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        server.stop()


@pytest.mark.postgres
def test_killed_on_postgresql_nothing_is_lost_and_nothing_twice(tmp_path, postgres):
    server = Server(tmp_path / "data", {"ZHEGU_DATABASE": postgres.new_database()})
    try:
        killed_again_and_again(server, KILLS, seed=2)
    finally:
        server.stop()


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_killed_1000_times_nothing_is_lost_and_nothing_twice(tmp_path, seed):
    server = Server(tmp_path / "data")
    try:
        killed_again_and_again(server, KILLS, seed=100 + seed)
    finally:
        server.stop()

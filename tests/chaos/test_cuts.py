"""The network is cut at the server's process: before a request arrives, after it was sent, in mid-answer.

The server is frozen or killed; nothing is mocked. Every retry gets the first answer, byte for byte.
"""

import json
import os
import random
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.clients import FAULTS
from tests.chaos.phoenix import Phoenix
from tests.support.field import Field, Outbox, Swabbing, Wire, made, stands

PEOPLE = 120
SMALL = 4096
"""A phone's receive buffer so small that an answer of some hundred kilobytes is still on its way when the cut comes."""
HISTORY = 1200
HEAD_END = b"\r\n\r\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Phoenix]:
    made_server = Phoenix(tmp_path / "data")
    yield made_server
    made_server.stop()


class Table:
    """A phone with a history: every request repeats some of it, so that answers are long."""

    def __init__(self, server: Phoenix, here: Field, dice: random.Random):
        outbox = Outbox(here.phones[0])
        self.server, self.dice = server, dice
        self.wire = Wire(server.port, outbox.phone.token)
        self.swabs = Swabbing(here, outbox, here.people)
        self.past: list[dict] = []
        self.told: dict[str, dict] = {}

    def request(self, repeats: int) -> bytes:
        """One new swab, after so many that were pushed before."""
        again = [self.dice.choice(self.past) for _ in range(repeats)] if self.past else []
        self.past.append(self.swabs.next())
        return json.dumps({"items": [*again, self.past[-1]]}).encode()

    def push(self, body: bytes) -> bytes:
        """Pushed until a whole answer comes."""
        while True:
            try:
                status, answer = self.wire.post("/api/push", body)
            except FAULTS:
                continue
            assert status == 200, answer[:300]
            self._remember(answer)
            return answer

    def _remember(self, answer: bytes) -> None:
        for one in json.loads(answer)["answers"]:
            assert self.told.setdefault(one["ref"], one) == one, "another answer under the same ref"

    def send(self, body: bytes) -> socket.socket:
        """The whole request is on its way; nothing of an answer is read."""
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        line.settimeout(20)
        line.connect(("127.0.0.1", self.server.port))
        head = "".join(f"{name}: {value}\r\n" for name, value in self.wire.headers.items())
        line.sendall(f"POST /api/push HTTP/1.1\r\nHost: localhost\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode())
        line.sendall(body)
        return line


def cut_before(table: Table) -> None:
    """The server is gone before the request is sent."""
    body = table.request(repeats=3)
    table.server.kill()
    with pytest.raises(FAULTS):
        table.wire.post("/api/push", body)
    table.server.start()
    assert table.push(body) == table.push(body)


def cut_after_sending(table: Table) -> None:
    """The request arrives, the phone hears nothing: it is frozen, and then works on or dies."""
    body = table.request(repeats=3)
    table.server.freeze()
    line = table.send(body)
    line.close()
    table.server.thaw()
    if table.dice.random() < 0.5:
        table.server.restart()
    assert table.push(body) == table.push(body)


def cut_in_mid_answer(table: Table) -> None:
    """A part of the answer arrives, then the server dies: the part is the beginning of the whole."""
    body = table.request(repeats=HISTORY)
    line = table.send(body)
    part = line.recv(SMALL)
    while HEAD_END not in part:
        part += line.recv(SMALL)
    table.server.freeze()
    line.close()
    table.server.kill()
    table.server.start()
    begun = part.split(HEAD_END, 1)[1]
    whole = table.push(body)
    assert len(begun) < len(whole) and whole.startswith(begun)
    assert table.push(body) == whole


def cut(server: Phoenix, runs: int) -> None:
    dice = random.Random(int(os.environ["ZHEGU_SEED"]))
    here = made(server.environment, PEOPLE, 1)
    server.start()
    table = Table(server, here, dice)
    kinds = [cut_before, cut_after_sending, cut_in_mid_answer]
    for run in range(runs):
        kinds[run % len(kinds)](table)
    after = stands(server.environment)
    assert {ref: after["entries"][ref] for ref in table.told} == {r: a["status"] for r, a in table.told.items()}
    assert len(table.told) == runs == len(after["swabs"])
    assert (after["flaws"], after["odd"], after["tallies"]) == ([], [], True)


def test_every_retry_after_a_cut_gets_the_first_answer(server: Phoenix):
    cut(server, runs=24)


@pytest.mark.long
def test_every_retry_after_a_thousand_cuts_gets_the_first_answer(server: Phoenix):
    cut(server, runs=1000)

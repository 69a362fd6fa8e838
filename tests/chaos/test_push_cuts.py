"""The push upward over real HTTP, the line cut again and again: no figure lost, none twice, whatever the level above heard.

The level above is `zhegu serve` in a process of its own; between the two a line that breaks at any byte, on the way up or
on the way back, so that the sender cannot know whether its parcel was taken.
"""

import json
import random
import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.ports import free_port
from tests.support.server import Server
from zhegu.lib import clock
from zhegu.places.tests.make import A
from zhegu.upward import sending
from zhegu.upward.models import Statement, Way
from zhegu.upward.outside.keys import public_key
from zhegu.upward.tests.make import TOWN, stated

pytestmark = pytest.mark.django_db

WHOLE = 1 << 20


class Line:
    """A line to a port that lets so many bytes through on the way up and on the way back, then breaks."""

    def __init__(self, target: int):
        self.target, self.port = target, free_port()
        self.up = self.down = WHOLE
        self.broken = 0
        self.door = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self.door.accept()
            except OSError:
                return
            with caller, socket.create_connection(("127.0.0.1", self.target)) as there:
                back = threading.Thread(target=self._pass, args=(there, caller, self.down), daemon=True)
                back.start()
                self._pass(caller, there, self.up)
                back.join(timeout=5)

    def _pass(self, source: socket.socket, sink: socket.socket, most: int) -> None:
        """Hands on what comes, at most so many bytes; then both ends hear that the line is dead."""
        try:
            while most and (some := source.recv(min(most, 4096))):
                sink.sendall(some)
                most -= len(some)
            if not most:
                self.broken += 1
                for end in (source, sink):
                    end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def close(self) -> None:
        self.door.close()


@pytest.fixture
def above(tmp_path: Path) -> Iterator[Server]:
    """A level above that admits this box for a town."""
    server = Server(tmp_path / "above")
    server.zhegu("upward", "admit", TOWN, public_key(), "--name", "box")
    server.start()
    yield server
    server.kill()


def taken(server: Server) -> list[tuple]:
    """What the level above has, in the order in which it came."""
    with closing(sqlite3.connect(server.folder / "zhegu.sqlite3")) as held:
        found = held.execute("select day, version, figures from upward_statement order by id").fetchall()
    return [(day, version, json.loads(figures)["residents"]) for day, version, figures in found]


def cut_push(server: Server, cuts: int) -> None:
    chance, line = random.Random(cuts), Line(server.port)
    Way.objects.create(pk=1, address=f"http://127.0.0.1:{line.port}")
    today = clock.local_day(clock.now())
    said, n = [], 0
    while line.broken < cuts:
        if chance.random() < 0.6:
            day = today - timedelta(days=chance.randrange(4))
            one = stated(A, day, {"residents": n})
            said.append((day.isoformat(), one.version, n))
            n += 1
        line.up, line.down = (chance.randrange(1, 900), WHOLE) if chance.random() < 0.5 else (WHOLE, chance.randrange(1, 400))
        sending.push(clock.now())
    line.up = line.down = WHOLE
    way = sending.push(clock.now())
    line.close()
    assert (way.taken, way.problem) == (len(said), "")
    assert taken(server) == said and Statement.objects.count() == len(said)


def test_twenty_cuts_lose_nothing_and_double_nothing(above: Server):
    cut_push(above, 20)


@pytest.mark.long
def test_a_thousand_cuts_lose_nothing_and_double_nothing(above: Server):
    cut_push(above, 1000)

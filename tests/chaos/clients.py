"""Phones that never give up: they push, lose answers, push again, and remember every word of each answer."""

import http.client
import json
import random
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.support.field import Field, Line, Outbox, Swabbing, Wire

FAULTS = (OSError, http.client.HTTPException)
"""What a client meets when a server dies under it; any whole answer but 200 is an error of the server."""


@dataclass
class Pushed:
    """One request as it was sent, and the first whole answer to it."""

    body: bytes
    refs: list[str]
    answer: bytes = b""

    @property
    def answers(self) -> list[dict]:
        return json.loads(self.answer)["answers"]


@dataclass
class Phone(threading.Thread):
    """One table's phone on one connection. Stops when told, and only once everything is answered.

    `pause` is the rest between two requests; without one it pushes as fast as the server answers.
    """

    here: Field
    number: int
    port: int
    seed: int
    pause: float = 0.0
    done: list[Pushed] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lost: int = 0
    stopping: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.dice = random.Random(f"{self.seed} {self.number}")
        self.outbox = Outbox(self.here.phones[self.number])
        self.wire = Wire(self.port, self.outbox.phone.token)
        lines: list[Line] = list(self.here.people)
        self.dice.shuffle(lines)
        self.table = Swabbing(self.here, self.outbox, lines, self.number)
        self.taken: list[str] = []

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        try:
            while not self.stopping.is_set():
                self._deliver(self._request())
                if self.done and self.dice.random() < 0.15:
                    self._again(self.dice.choice(self.done[-20:]))
                time.sleep(self.pause)
        except Exception as error:  # a fault of the test itself must show in the test
            self.errors.append(repr(error))

    def _request(self) -> Pushed:
        """One to four swabs; now and then one that was taken is taken back."""
        items = [self.table.next() for _ in range(self.dice.choice((1, 1, 1, 2, 4)))]
        if self.taken and self.dice.random() < 0.25:
            items.append(self.outbox.item("sampling.undo_sample", {"sample": self.taken.pop()}))
        return Pushed(json.dumps({"items": items}).encode(), [item["ref"] for item in items])

    def _deliver(self, request: Pushed) -> None:
        """The request again and again until a whole answer comes."""
        while not request.answer:
            try:
                status, request.answer = self.wire.post("/api/push", request.body)
            except FAULTS:
                self.lost += 1
                time.sleep(0.05)
                continue
            if status != 200:
                self.errors.append(f"{status} {request.answer[:300]!r}")
                request.answer = b""
                time.sleep(0.2)
                if len(self.errors) > 20:
                    raise AssertionError("the server answers nothing but errors")
        self.done.append(request)
        self.taken += [one["ref"] for one in request.answers if "card" in one["facts"]]

    def _again(self, request: Pushed) -> None:
        """A phone that does not trust its memory: the same request gets the same answer, byte for byte."""
        again = Pushed(request.body, request.refs)
        self._deliver(again)
        self.done.pop()
        if again.answer != request.answer:
            self.errors.append(f"another answer to the same request: {request.answer!r} {again.answer!r}")


def finish(phones: Sequence[Phone]) -> None:
    """Everything that was begun is answered."""
    for phone in phones:
        phone.stopping.set()
    for phone in phones:
        phone.join(120)
        assert not phone.is_alive(), "a phone still waits for its answer"

"""The door's clock stands at a fixed morning; the board of notes is all that is offered."""

from collections.abc import Iterator

import pytest
import time_machine

from zhegu.journal.tests.make import MORNING
from zhegu.sync.tests import make


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as moved:
        yield moved


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    make.offer_notes(monkeypatch)
    return make.BOARD

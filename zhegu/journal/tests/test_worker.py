"""Reactions run once for each accepted row; a failing one is kept and tried again."""

from datetime import timedelta

import pytest
import time_machine

from zhegu.journal import actions as journal
from zhegu.journal import worker
from zhegu.journal.models import Entry, Stuck
from zhegu.journal.tests.make import command
from zhegu.lib import clock
from zhegu.lib.answers import Accepted, Refused

pytestmark = pytest.mark.django_db(transaction=True)
SEEN: list[int] = []


def notes(entry: Entry) -> None:
    SEEN.append(entry.seq)


def fails(entry: Entry) -> None:
    raise RuntimeError("printer on fire")


@pytest.fixture(autouse=True)
def nothing_seen():
    SEEN.clear()


def test_each_accepted_row_is_reacted_to_once():
    journal.once([command(1), command(2)], lambda fresh: [Accepted(), Refused("test.no")])
    wiring = {"test.noted": [notes]}
    assert worker.work(wiring) == 2
    assert worker.work(wiring) == 0
    assert len(SEEN) == 1


def test_a_failing_reaction_is_kept_and_does_not_stop_the_others():
    journal.once([command(1)], lambda fresh: [Accepted()])
    worker.work({"test.noted": [fails, notes]})
    stuck = Stuck.objects.get()
    assert (stuck.failures, stuck.last_error, len(SEEN)) == (1, "RuntimeError", 1)


def test_a_stuck_reaction_is_tried_again_when_due_and_then_forgotten():
    journal.once([command(1)], lambda fresh: [Accepted()])
    worker.work({"test.noted": [fails]})
    name = f"{fails.__module__}.{fails.__name__}"
    mended = {"test.noted": [_named(notes, name)]}
    worker.work(mended)
    assert Stuck.objects.count() == 1
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        worker.work(mended)
    assert Stuck.objects.count() == 0 and len(SEEN) == 1


def _named(reaction, name):
    def renamed(entry):
        reaction(entry)

    renamed.__module__, renamed.__name__ = name.rsplit(".", 1)
    return renamed

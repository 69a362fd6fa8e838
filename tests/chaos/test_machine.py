"""Tubes, cards and coverage as a state machine: hypothesis thinks up the acts, eight phones do them at once.

After every burst the books must agree: tallies with a recount, tubes with what is in them, cards with the
swabs they came with, done + excused + missing + moved + not found with the roster, the journal with itself.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.chaos.phoenix import Phoenix
from tests.support.field import Desk, Outbox, Wire
from zhegu.lib.ids import new_id

PHONES, PEOPLE, TUBES = 8, 30, 3
RATIOS = (10, 1, 5)
ACTS = ["take", "take", "take", "undo", "undo", "excuse", "gone", "note", "add"]
ACT = st.tuples(st.integers(0, PHONES - 1), st.sampled_from(ACTS), st.integers(0, PEOPLE - 1), st.integers(0, 5))
BURST = 12


class Round(RuleBasedStateMachine):
    """One community's round, new for every example. `desk` and `server` are set by the test."""

    desk: Desk
    server: Phoenix
    codes = count(1)

    @initialize()
    def open(self) -> None:
        self.code = f"540526{next(self.codes):06d}"
        self.here = self.desk.make(PEOPLE, PHONES, self.code)
        self.outboxes = [Outbox(phone) for phone in self.here.phones]
        self.wires = [Wire(self.server.port, phone.token) for phone in self.here.phones]
        self.tubes = [{"id": str(new_id()), "label": f"T{n}", "ratio": RATIOS[n]} for n in range(TUBES)]
        self.swabs: list[str] = []

    @rule(acts=st.lists(ACT, min_size=BURST, max_size=BURST))
    def burst(self, acts: list[tuple]) -> None:
        """Every phone pushes its acts, all at the same time; what waits for an answer is what happened."""
        queues: dict[int, list[dict]] = {}
        for phone, *act in acts:
            queues.setdefault(phone, []).append(self._item(self.outboxes[phone], *act))
        with ThreadPoolExecutor(PHONES) as pool:
            answers = list(pool.map(self._push, queues, queues.values()))
        assert {one["status"] for some in answers for one in some} <= {"accepted", "refused"}, answers
        self.swabs += [one["ref"] for some in answers for one in some if "card" in one["facts"]]
        found = self.desk.check(self.code)
        assert (found["flaws"], found["odd"], found["tallies"]) == ([], [], True)
        assert sorted(found["swabs"]) == sorted(self.swabs)

    def _push(self, phone: int, items: list[dict]) -> list[dict]:
        status, body = self.wires[phone].post("/api/push", json.dumps({"items": items}).encode())
        assert status == 200, body
        return json.loads(body)["answers"]

    def _item(self, outbox: Outbox, kind: str, who: int, pick: int) -> dict:
        line = self.here.people[who]
        about = {"round": self.here.round, "person": line.person}
        match kind:
            case "take":
                card = self.here.card(line.grid, pick + 1) if pick else None
                tube = {"tube": self.tubes[pick % TUBES], "position": pick + 1, "card": card, "at_home": pick == 5}
                return outbox.item("sampling.take_samples", {**about, **tube, "body_site": None, "override": ""})
            case "undo":
                swab = self.swabs[-1 - pick] if len(self.swabs) > pick else str(new_id())
                return outbox.item("sampling.undo_sample", {"sample": swab})
            case "excuse":
                return outbox.item("sampling.excuse", {**about, "reason": ("ill", "away", "elsewhere")[pick % 3]})
            case "gone":
                return outbox.item("sampling.mark_gone", {**about, "how": ("moved", "not_found")[pick % 2]})
            case "note":
                return outbox.item("sampling.note_missing", {**about, "reason": ("refused", "not_at_home")[pick % 2]})
        new = {"id": str(new_id()), "name": "Newcomer", "birth_year": 1990, "sex": "", "grid": pick + 1}
        return outbox.item("sampling.add_to_roster", {"round": self.here.round, "reason": "new_arrival", "new": new})


@contextmanager
def running(folder: Path, database: str) -> Iterator[type[Round]]:
    server = Phoenix(folder, {"ZHEGU_DATABASE": database})
    try:
        server.start()
        with Desk(server.environment) as desk:
            yield type("Round", (Round,), {"desk": desk, "server": server, "codes": count(1)})
    finally:
        server.stop()


def play(machine: type[Round], rounds: int, bursts: int) -> None:
    """So many rounds of so many bursts of twelve acts."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=rounds, stateful_step_count=bursts, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_the_books_agree_whatever_eight_phones_do_at_once(tmp_path: Path, database: str):
    with running(tmp_path / "data", database) as machine:
        play(machine, rounds=2, bursts=13)


@pytest.mark.long
def test_the_books_agree_after_ten_thousand_acts_of_eight_phones(tmp_path: Path, database: str):
    with running(tmp_path / "data", database) as machine:
        play(machine, rounds=17, bursts=50)

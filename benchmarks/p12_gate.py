"""P12: the gates of one community with 10,000 crossings in 14 days.

    python -m benchmarks p12       (python -m benchmarks.p12_gate [--crossings N] [--requests N] [--json])

Eight gates, each in a grid of its own; 10,000 crossings of the last 14 days stand. Then a keeper's phone sends
entries through the real door, one a request and a hundred a request, as after a night with the link down; the
office's pages are asked one after another; and a phone pulls everything for the first time. On SQLite, all in this
process. Goals: 5 CPU ms an entry, the slowest page in twenty at most 300 ms, the first pull at most 60 kB gzip.
"""

import gzip
import json
import random
import sys
import time
from argparse import Namespace
from datetime import timedelta
from typing import Any

from benchmarks.support.pages import asked, run, told
from benchmarks.support.wsgi import Wsgi

GOAL_ENTRY, GOAL_PULL = 5.0, 60
GATES, DAYS, BATCH, ALONE = 8, 14, 100, 200
REPEAT = 0.6
"""Share of crossings by vehicles that were there before."""


class Town:
    """The community, its gates, and somebody who keeps the first of them."""

    def __init__(self, crossings: int):
        from zhegu.accounts.models import Role
        from zhegu.accounts.tests.make import staff
        from zhegu.checkpoints.tests.make import Roads
        from zhegu.lib import clock
        from zhegu.outbreaks.tests.make import outbreak
        from zhegu.places.tests.make import community, grid

        self.now, self.dice = clock.now(), random.Random(12)
        self.place = community(grids=GATES)
        outbreak(self.place)
        grids = [grid(self.place, no) for no in range(1, GATES + 1)]
        self.gates = [Roads.gate_in(self.place, f"{one.no} 号口", one) for one in grids]
        self.office = staff("bench-office", Role.OFFICE, self.place)
        self.keeper = staff("bench-keeper", Role.GATE_KEEPER, grids[0])
        self.plates = [f"藏C{n:05}" for n in range(2_000)]
        self._fill(crossings)

    def body(self, gate: int) -> dict[str, Any]:
        """Somebody stands at that gate."""
        known = self.dice.random() < REPEAT
        plate = self.dice.choice(self.plates) if known else f"青A{self.dice.randrange(100_000):05}"
        shown = {"health_code": "ok", "id_document": "ok", "travel_code": "ok"}
        return {
            "gate": str(self.gates[gate].pk), "direction": self.dice.choice(["in", "out"]), "outcome": "pass", "why": "all_ok",
            "vehicle": "car", "errand": "supply", "people": self.dice.randint(1, 4), "plate": plate, "name": "次仁多吉",
            "coming_from": "县城", "going_to": "一村", "checks": shown, "temperature": 366, "offline": True,
        }  # fmt: skip

    def _fill(self, crossings: int) -> None:
        from uuid import UUID

        from zhegu.checkpoints import actions
        from zhegu.lib.ids import new_id
        from zhegu.lib.scope import Scope

        whole, step = Scope.everything("a bench fills the gates"), timedelta(days=DAYS) / crossings
        items = []
        for n in range(crossings):
            body = self.body(n % GATES)
            said = body | {"gate": UUID(body["gate"]), "ref": new_id(), "at": self.now - n * step}
            items.append(actions.NewCrossing(**said))
        for n in range(0, crossings, 500):
            actions.record_crossings(by=self.keeper.actor, scope=whole, community=self.place, items=items[n : n + 500])


def entries(town: Town, phone: Any, who: str, sizes: int, count: int) -> float:
    """CPU milliseconds an entry, so many a request."""
    kind = "checkpoints.record_crossing"
    items = [phone.item(who, kind, town.body(0), town.now + timedelta(seconds=n)) for n in range(count)]
    began = time.process_time()
    for n in range(0, count, sizes):
        answers = phone.push(*items[n : n + sizes])
        assert {one["status"] for one in answers} == {"accepted"}, answers[0]
    return 1000 * (time.process_time() - began) / count


def pages() -> dict[str, list[str]]:
    """The pages of the room."""
    from django.urls import reverse

    listed = reverse("checkpoints:crossings")
    return {
        "today": [reverse("checkpoints:today")],
        "crossings": [f"{listed}?page={n}" for n in (1, 2, 50, 150)],
        "crossings, search": [f"{listed}?q={word}" for word in ("藏C000", "次仁", "青A9", "县城")],
        "inside": [reverse("checkpoints:inside")],
        "decided offline": [reverse("checkpoints:offline")],
        "duty": [reverse("rosters:now")],
    }


def measure(words: Namespace) -> dict[str, Any]:
    from zhegu.sync.tests import make

    town = Town(words.crossings)
    phone = make.phone(town.place, town.now, client=Wsgi("testserver"))
    who = make.signed_on(phone, town.place, town.keeper, town.now)
    pulled = phone.pull()
    text = json.dumps(pulled, ensure_ascii=False).encode()
    shown = len(pulled["tables"]["crossing"]["put"])
    phone.push(phone.item(who, "checkpoints.record_crossing", town.body(0), town.now))
    alone, batch = entries(town, phone, who, 1, ALONE), entries(town, phone, who, BATCH, 10 * BATCH)
    return {
        "alone": alone, "batch": batch, "pull_kb": len(gzip.compress(text, 6)) / 1000, "pulled": shown,
        "pages": asked(town.office, pages(), words.requests),
    }  # fmt: skip


def show(found: dict[str, Any]) -> None:
    told("P12", found["pages"])
    print(f"P12 an entry: {found['batch']:.2f} CPU ms in batches of {BATCH}, {found['alone']:.2f} alone (goal {GOAL_ENTRY:.0f})")
    print(f"P12 first pull of a keeper: {found['pull_kb']:.1f} kB gzip with {found['pulled']} crossings (goal {GOAL_PULL})")


if __name__ == "__main__":
    sys.exit(run(__doc__, {"crossings": 10_000}, measure, show))

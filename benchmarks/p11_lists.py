"""P11: the office's lists and boards where one community has 100,000 residents, and an act on 2,000 of them.

    python -m benchmarks p11       (python -m benchmarks.p11_lists [--people N] [--requests N] [--json])

The register comes in through `zhegu people import` (P4's workbook: 200 grids, sealed numbers, search keys), a
round is opened with everyone still due, and each page is asked through the real views, middleware and
templates, one request after another, on SQLite. Milliseconds are CPU of this process, which does all of a
request's work. Goals: the slowest in twenty of every page at most 300 ms; 2,000 people moved at most 5 s.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.p4_import import CODE, ELEMENTS, write_register

GOAL_MS, GOAL_BULK, BULK = 300, 5.0, 2_000
SOUGHT = (*ELEMENTS[:8], "zhaxi", "cr", "Tashi", "pingcuo dan")


def settled(folder: Path, people: int) -> None:
    book = folder / "register.xlsx"
    write_register(book, people)
    command = [sys.executable, "-m", "zhegu", "people", "import", str(book), "--community", CODE, "--json"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "ZHEGU_DATABASE": ""})


def opened() -> tuple[Any, Any, Any]:
    """Someone of the office, the community, and its round that has just begun."""
    from zhegu.accounts.models import Role
    from zhegu.accounts.queries import scope_of
    from zhegu.lib import clock
    from zhegu.lib.ids import new_id
    from zhegu.outbreaks.tests.make import outbreak
    from zhegu.places.models import Place
    from zhegu.sampling import actions
    from zhegu.sampling.models import Round
    from zhegu.sampling.tests.make import staff

    here, now = Place.objects.get(code=CODE), clock.now()
    ana = staff("bench", Role.OFFICE, here)
    plan = actions.RoundPlan(outbreak=outbreak(here), starts_at=now, ends_at=now + timedelta(hours=8), mix_ratio=10)
    answer = actions.open_round(by=ana.actor, scope=scope_of(ana), community=here, plan=plan, at=now, ref=new_id())
    assert answer.accepted, answer
    return ana, here, Round.objects.get(pk=answer.facts["round"])


def pages(here: Any, round_: Any) -> dict[str, list[str]]:
    """By name the addresses that are asked, over and over."""
    from django.urls import reverse

    from zhegu.registers.models import Household, Person

    grids = list(here.inside.filter(kind="grid").order_by("no")[:20])
    some = Person.objects.filter(community=here).order_by("pk")[:20]
    homes = Household.objects.filter(community=here).order_by("pk")[:20]
    people, missing = reverse("registers:people"), reverse("sampling:missing", args=[round_.pk])
    return {
        "home": [reverse("office:home")],
        "people": [f"{people}?page={n}" for n in (1, 2, 100, 900)],
        "people, search": [f"{people}?q={word}" for word in SOUGHT],
        "people, a grid": [f"{people}?grid={grid.code}" for grid in grids],
        "person": [reverse("registers:person", args=[one.pk]) for one in some],
        "household": [reverse("registers:household", args=[one.pk]) for one in homes],
        "grids": [reverse("registers:grids")],
        "board": [reverse("sampling:round", args=[round_.pk])],
        "missing": [missing],
        "missing, a grid": [f"{missing}?grid={grid.code}" for grid in grids],
        "roster": [reverse("sampling:people", args=[round_.pk])],
        "schedule": [reverse("sampling:schedule", args=[round_.pk])],
        "tubes": [reverse("sampling:tubes", args=[round_.pk])],
        "forms": [reverse("reports:reports")],
    }


def timed(client: Any, addresses: list[str], requests: int) -> dict[str, float]:
    """Median and p95 in CPU ms, and the largest page in kB; the first request warms."""
    assert client.get(addresses[0], follow=True).status_code == 200, addresses[0]
    took, size = [], 0
    for n in range(requests):
        began = time.process_time()
        answer = client.get(addresses[n % len(addresses)], follow=True)
        took.append(1000 * (time.process_time() - began))
        assert answer.status_code == 200, addresses[n % len(addresses)]
        size = max(size, len(answer.content))
    return {"median": statistics.median(took), "p95": statistics.quantiles(took, n=20)[-1], "kb": size / 1000}


def moved_together(client: Any, here: Any) -> float:
    """CPU seconds to put 2,000 ticked people into another grid."""
    from django.urls import reverse

    from zhegu.lib.ids import new_id
    from zhegu.registers.models import Person

    grid = here.inside.filter(kind="grid").order_by("-no").first()
    chosen = Person.objects.filter(community=here).exclude(grid=grid).order_by("pk")[:BULK]
    body = {"act": "grid", "into": grid.code, "person": [str(one.pk) for one in chosen], "ref": str(new_id())}
    began = time.process_time()
    answer = client.post(reverse("registers:many"), body)
    took = time.process_time() - began
    assert answer.status_code == 302 and Person.objects.filter(grid=grid).count() >= BULK, answer.status_code
    return took


def measure(people: int, requests: int) -> dict[str, Any]:
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    ana, here, round_ = opened()
    client = Client()
    client.force_login(ana)
    found = {name: timed(client, addresses, requests) for name, addresses in pages(here, round_).items()}
    return {"people": people, "pages": found, "bulk": moved_together(client, here)}


def show(found: dict[str, Any]) -> None:
    for name, one in found["pages"].items():
        late = "" if one["p95"] <= GOAL_MS else "  over the goal"
        print(f"P11 {name:<16} median {one['median']:6.0f}, p95 {one['p95']:6.0f} CPU ms, {one['kb']:7.1f} kB{late}")
    worst = max(found["pages"].values(), key=lambda one: one["p95"])["p95"]
    print(f"P11 {found['people']:,} people: slowest page p95 {worst:.0f} ms (goal {GOAL_MS}); ", end="")
    print(f"{BULK:,} people moved in {found['bulk']:.2f} CPU s (goal {GOAL_BULK:.0f})")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    os.environ.pop("ZHEGU_DATABASE", None)
    with tempfile.TemporaryDirectory(prefix="zhegu-p11-") as name:
        os.environ["ZHEGU_DATA"] = str(Path(name) / "data")
        settled(Path(name), asked.people)
        from zhegu.config import start

        start.begin()
        start.ready()
        found = measure(asked.people, asked.requests)
    print(json.dumps(found)) if asked.json else show(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())

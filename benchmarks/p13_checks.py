"""P13: 2,000 people under daily checks in one community: the lists the office and the clinic work with.

    python -m benchmarks p13       (python -m benchmarks.p13_checks [--people N] [--requests N] [--json])

The whole community is under home monitoring, one in ten has a measure of their own, half of the morning's checks
are written down (through the action, in one batch) and one in twenty is not normal. Each page is asked through
the real views, middleware and templates, one request after another, on SQLite. Milliseconds are CPU of this
process, which does all of a request's work. Goals: the slowest in twenty of every list at most 300 ms.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.p11_lists import GOAL_MS, settled, timed

OWN, NOT_NORMAL = 10, 20


def under_checks() -> tuple[Any, Any, float]:
    """Someone of the office, the community, and CPU seconds for writing down half a morning."""
    from benchmarks.p4_import import CODE
    from zhegu.accounts.models import Role
    from zhegu.accounts.queries import scope_of
    from zhegu.accounts.tests.make import staff
    from zhegu.lib import clock
    from zhegu.lib.ids import new_id
    from zhegu.monitoring import actions, queries
    from zhegu.monitoring.models import Measure
    from zhegu.monitoring.rules import Ground, How, Slot
    from zhegu.monitoring.tests.make import opened
    from zhegu.places.models import Place
    from zhegu.registers.models import Person

    here, now = Place.objects.get(code=CODE), clock.now()
    outbreak = opened(here, now=now)
    ana, dolma = (staff(name, Role.OFFICE, here) for name in ("bench", "second"))
    scope, other = scope_of(ana), scope_of(dolma)
    chosen = [one.pk for one in Person.objects.filter(community=here).order_by("pk")[::OWN]]
    said = {"at": now, "day0": now.date(), "ground": Ground.EXPOSURE, "evidence": "bench"}
    acts = [
        actions.NewMeasure(
            ref=new_id(), code="secondary_contact", people=tuple(chosen[n : n + 500]), exposure_place="bench", exposed=now, **said
        )
        for n in range(0, len(chosen), 500)
    ]  # fmt: skip
    area = actions.NewMeasure(ref=new_id(), code="area_home_monitoring", place=here, **said)
    for answer in actions.begin_measures(by=scope.actor, scope=scope, outbreak=outbreak, acts=[*acts, area]):
        assert answer.accepted, answer
        first = Measure.objects.get(pk=answer.facts["measures"][0])
        agreed = actions.approve_measures(by=other.actor, scope=other, acts=[actions.Approve(first, new_id(), now)])
        assert agreed[0].accepted, agreed
    Measure.objects.update(holds_from=now.date())
    asked = list(queries.under_checks(scope, outbreak, clock.local_day(now)).people)[::2]
    items = [
        actions.NewCheck(
            ref=new_id(), at=now, person=one.pk, day=clock.local_day(now), slot=Slot.MORNING, how=How.PHONE,
            temperature=381 if n % NOT_NORMAL == 0 else 366,
        )
        for n, one in enumerate(asked)
    ]  # fmt: skip
    began = time.process_time()
    answers = actions.record_checks(by=scope.actor, scope=scope, outbreak=outbreak, items=items)
    took = time.process_time() - began
    assert all(answer.accepted for answer in answers)
    return ana, here, took


def measure(requests: int) -> dict[str, Any]:
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from zhegu.monitoring.models import Check

    settings.ALLOWED_HOSTS = ["testserver"]
    ana, here, took = under_checks()
    client = Client()
    client.force_login(ana)
    checks = reverse("monitoring:checks")
    grids = list(here.inside.filter(kind="grid").order_by("no")[:20])
    pages = {
        "who is under what": [f"{reverse('monitoring:measures')}?page={n}" for n in (1, 2, 4)],
        "checks": [f"{checks}?page={n}" for n in (1, 10, 40)],
        "checks, still open": [f"{checks}?show=open&page={n}" for n in (1, 10)],
        "checks, a grid": [f"{checks}?grid={grid.code}" for grid in grids],
        "the clinic's list": [reverse("monitoring:clinic")],
    }
    written = Check.objects.count()
    found = {name: timed(client, addresses, requests) for name, addresses in pages.items()}
    return {"checks": written, "pages": found, "batch": took}


def show(found: dict[str, Any], people: int) -> None:
    for name, one in found["pages"].items():
        late = "" if one["p95"] <= GOAL_MS else "  over the goal"
        print(f"P13 {name:<18} median {one['median']:6.0f}, p95 {one['p95']:6.0f} CPU ms, {one['kb']:7.1f} kB{late}")
    worst = max(found["pages"].values(), key=lambda one: one["p95"])["p95"]
    print(f"P13 {people:,} people under daily checks: slowest list p95 {worst:.0f} ms (goal {GOAL_MS}); ", end="")
    print(f"{found['checks']:,} checks written down in {found['batch']:.2f} CPU s")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    os.environ.pop("ZHEGU_DATABASE", None)
    with tempfile.TemporaryDirectory(prefix="zhegu-p13-") as name:
        os.environ["ZHEGU_DATA"] = str(Path(name) / "data")
        settled(Path(name), asked.people)
        from zhegu.config import start

        start.begin()
        start.ready()
        found = measure(asked.requests)
    print(json.dumps(found)) if asked.json else show(found, asked.people)
    return 0


if __name__ == "__main__":
    sys.exit(main())

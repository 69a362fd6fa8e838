"""P13: 2,000 people under daily checks in one community: the lists the office and the clinic work with.

    python -m benchmarks p13       (python -m benchmarks.p13_checks [--people N] [--requests N] [--json])

The whole community is under home monitoring, one in ten has a measure of their own, half of the morning's checks
are written down (through the action, in one batch) and one in twenty is not normal. Each page is asked through
the real views, middleware and templates, one request after another, on SQLite. Milliseconds are CPU of this
process, which does all of a request's work. Goals: the slowest in twenty of every list at most 300 ms.
"""

import gzip
import json
import sys
import time
from argparse import Namespace
from datetime import timedelta
from typing import Any

from benchmarks.support.pages import asked, run, settled, told

OWN, NOT_NORMAL, GOAL_PULL, HOUSES, CARED = 10, 20, 60, 100, 10


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
        if first.waits:
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


def first_pull(here: Any) -> dict[str, float]:
    """A worker of grids with so many households pulls everything: roster, measures and checks, a campaign's doors with
    what was said at half of them, those who need care."""
    from zhegu.accounts.models import Role
    from zhegu.accounts.tests.make import staff
    from zhegu.care.tests.make import begin
    from zhegu.lib import clock
    from zhegu.lib.ids import new_id
    from zhegu.lib.scope import Scope
    from zhegu.registers.models import Household, Person
    from zhegu.sync.tests import make
    from zhegu.visits import actions
    from zhegu.visits.models import Door
    from zhegu.visits.tests.make import open_in

    now, whole, grids, homes = clock.now(), Scope.everything("a bench sends a worker out"), [], 0
    for grid in here.inside.filter(kind="grid").order_by("no"):
        if homes < HOUSES:
            grids.append(grid)
            homes += Household.objects.filter(grid=grid).count()
    campaign = open_in(here, at=now, starts_on=now.date(), ends_on=now.date() + timedelta(days=2))
    doors = list(Door.objects.filter(campaign=campaign, household__grid__in=grids).order_by("pk"))
    said = [actions.NewVisit(ref=new_id(), at=now, door=door.pk, answers={"q1": False}) for door in doors[::2]]
    assert all(one.accepted for one in actions.visit(by=whole.actor, scope=whole, community=here, items=said))
    for one in Person.objects.filter(grid__in=grids).order_by("pk")[::CARED]:
        begin(one, illness="高血压", medicine="硝苯地平")
    phone = make.phone(here, now)
    make.signed_on(phone, here, staff("bench-worker", Role.GRID_WORKER, *grids), now)
    pulled = phone.pull()
    text = json.dumps(pulled, ensure_ascii=False).encode()
    rows = {name: len(table["put"]) for name, table in pulled["tables"].items() if table["put"]}
    return {"homes": homes, "kb": len(gzip.compress(text, 6)) / 1000, "rows": rows}


def measure(words: Namespace) -> dict[str, Any]:
    from django.urls import reverse

    from zhegu.monitoring.models import Check

    ana, here, took = under_checks()
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
    return {
        "people": words.people, "checks": written, "pages": asked(ana, pages, words.requests), "batch": took,
        "pull": first_pull(here),
    }  # fmt: skip


def show(found: dict[str, Any]) -> None:
    told("P13", found["pages"])
    print(f"P13 {found['people']:,} people; {found['checks']:,} checks written down in {found['batch']:.2f} CPU s")
    pull = found["pull"]
    print(f"P13 first pull of a grid worker, {pull['homes']} households: {pull['kb']:.1f} kB gzip (goal {GOAL_PULL})")
    print("P13 rows: " + ", ".join(f"{name} {n}" for name, n in sorted(pull["rows"].items())))


if __name__ == "__main__":
    sys.exit(run(__doc__, {"people": 2_000}, measure, show, before=lambda words: settled(words.people)))

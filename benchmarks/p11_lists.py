"""P11: the office's lists and boards where one community has 100,000 residents, and an act on 2,000 of them.

    python -m benchmarks p11       (python -m benchmarks.p11_lists [--people N] [--requests N] [--json])

The register comes in through `zhegu people import` (P4's workbook: 200 grids, sealed numbers, search keys), a
round is opened with everyone still due, and each page is asked through the real views, middleware and
templates, one request after another, on SQLite. Milliseconds are CPU of this process, which does all of a
request's work. Goals: the slowest in twenty of every page at most 300 ms; 2,000 people moved at most 5 s.
"""

import sys
import time
from argparse import Namespace
from datetime import timedelta
from typing import Any

from benchmarks.p4_import import CODE, ELEMENTS
from benchmarks.support.pages import asked, run, settled, told

GOAL_BULK, BULK = 5.0, 2_000
SOUGHT = (*ELEMENTS[:8], "zhaxi", "cr", "Tashi", "pingcuo dan")


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


def measure(words: Namespace) -> dict[str, Any]:
    from django.test import Client

    ana, here, round_ = opened()
    found = asked(ana, pages(here, round_), words.requests)
    client = Client()
    client.force_login(ana)
    return {"people": words.people, "pages": found, "bulk": moved_together(client, here)}


def show(found: dict[str, Any]) -> None:
    told("P11", found["pages"])
    print(f"P11 {found['people']:,} people; {BULK:,} moved in {found['bulk']:.2f} CPU s (goal {GOAL_BULK:.0f})")


if __name__ == "__main__":
    sys.exit(run(__doc__, {"people": 100_000}, measure, show, before=lambda words: settled(words.people)))

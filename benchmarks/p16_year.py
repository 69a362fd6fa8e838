"""P16: every form of the catalogue, and the wall, from a year of one community's data.

    python -m benchmarks p16       (python -m benchmarks.p16_year [--people N] [--requests N] [--json])

2,000 people; ten rounds in which everybody was sampled; 30,000 crossings over a year; 20,000 daily checks. Each form is
filled and written as Excel: those of a round for the newest one, those of some days for the whole year (or as long
as they can tell of), and again for today alone; the wall is asked through the real view. On SQLite; seconds and milliseconds are CPU of this process. Goals:
each form at most 1 s, the wall's slowest in twenty at most 300 ms, the day's forms of a town of ten such communities 30 s.
"""

import sys
import time
from argparse import Namespace
from datetime import timedelta
from typing import Any
from uuid import UUID

from benchmarks.p13_checks import under_checks
from benchmarks.support.pages import asked, run, settled

GOAL_FORM, GOAL_WALL, GOAL_TOWN, TOWN = 1.0, 300, 30.0, 10
ROUNDS, CROSSINGS, CHECK_DAYS, YEAR, BATCH = 10, 30_000, 10, 365, 500


def sampled(ana: Any, here: Any, now: Any) -> Any:
    """Ten rounds, a week apart, everybody's swab in each, ten to a tube; the newest one."""
    from zhegu.accounts.queries import scope_of
    from zhegu.lib.ids import new_id
    from zhegu.outbreaks.models import Outbreak
    from zhegu.sampling import actions
    from zhegu.sampling.models import Line, Round

    scope, outbreak = scope_of(ana), Outbreak.objects.get(community=here)
    for no in range(ROUNDS):
        at = now - timedelta(days=7 * (ROUNDS - 1 - no), hours=2)
        plan = actions.RoundPlan(outbreak=outbreak, starts_at=at, ends_at=at + timedelta(hours=1), mix_ratio=10)
        opened = actions.open_round(by=ana.actor, scope=scope, community=here, plan=plan, at=at, ref=new_id())
        assert opened.accepted, opened
        one = UUID(opened.facts["round"])
        people = list(Line.objects.filter(round=one).order_by("grid", "pk").values_list("person", flat=True))
        tubes = [actions.TubeRef(new_id(), f"T{no}-{n}", 10) for n in range(len(people) // 10 + 1)]
        swabs = [
            actions.NewSample(ref=new_id(), at=at, community=here.code, round=one, person=person, tube=tubes[n // 10], position=n % 10 + 1)
            for n, person in enumerate(people)
        ]
        for n in range(0, len(swabs), BATCH):
            answers = actions.take_samples(by=ana.actor, scope=scope, samples=swabs[n : n + BATCH])
            assert all(answer.accepted for answer in answers), answers[0]
        if no < ROUNDS - 1:
            Round.objects.filter(pk=one).update(closed_at=at + timedelta(hours=1), closed_by="system:bench")
    return Round.objects.get(no=ROUNDS, community=here)


def crossed(here: Any, now: Any) -> None:
    """Two gates, and everybody who went through in a year."""
    from zhegu.checkpoints import actions
    from zhegu.checkpoints.rules import Direction, Errand, Outcome, Why
    from zhegu.checkpoints.tests.make import Roads
    from zhegu.lib.ids import new_id
    from zhegu.lib.scope import Actor, Scope

    gates = [Roads.gate_in(here, f"{no} 号口", None) for no in (1, 2)]
    whole, step = Scope.everything("a bench fills a year"), timedelta(days=YEAR) / CROSSINGS
    items = [
        actions.NewCrossing(
            ref=new_id(), at=now - n * step, gate=gates[n % 2].pk, direction=Direction.IN if n % 3 else Direction.OUT,
            outcome=Outcome.PASS, why=Why.ALL_OK, plate=f"藏C{n % 3000:05}", name="次仁多吉", errand=Errand.SUPPLY, people=1 + n % 3,
        )
        for n in range(CROSSINGS)
    ]  # fmt: skip
    for n in range(0, CROSSINGS, BATCH):
        actions.record_crossings(by=Actor.system("bench"), scope=whole, community=here, items=items[n : n + BATCH])


def checked(here: Any, now: Any) -> int:
    """Everybody's morning on ten days before today; how many checks stand in all."""
    from zhegu.lib.ids import new_id
    from zhegu.monitoring.models import Check, Measure
    from zhegu.outbreaks.models import Outbreak
    from zhegu.registers.models import Person

    outbreak = Outbreak.objects.get(community=here)
    Measure.objects.update(holds_from=now.date() - timedelta(days=CHECK_DAYS), begun=now - timedelta(days=CHECK_DAYS))
    people = list(Person.objects.filter(community=here).values_list("pk", flat=True))
    Check.objects.bulk_create(
        (
            Check(
                id=new_id(), community=here, outbreak=outbreak, person_id=person, at=now - timedelta(days=back), slot="morning",
                day=now.date() - timedelta(days=back), by="system:bench", how="phone", temperature=366, abnormal=False,
            )
            for back in range(1, CHECK_DAYS + 1)
            for person in people
        ),
        batch_size=BATCH,
    )  # fmt: skip
    return Check.objects.count()


def forms(ana: Any, here: Any, newest: Any, now: Any, since: Any) -> dict[str, float]:
    """CPU seconds of each form: filled, and written as Excel."""
    from zhegu.accounts.queries import scope_of
    from zhegu.lib.paper import Imprint
    from zhegu.reports import queries
    from zhegu.reports.outside.catalogue import catalogue
    from zhegu.reports.outside.files import form_file
    from zhegu.reports.outside.ledgers import offer

    scope, imprint, took = scope_of(ana), Imprint("bench", "bench", now, ("zh",)), {}
    for form in catalogue().values():
        if form.granularity == "person" or offer(form.source).roles:
            continue
        of_days = form.granularity == "period"
        begin = max(since, now.date() - timedelta(days=form.most_days - 1)) if form.most_days else since
        about = queries.About(since=begin, until=now.date()) if of_days else queries.About(round=newest)
        began = time.process_time()
        form_file(form, queries.form_table(scope, form, as_of=now, about=about.values(here)), "xlsx", imprint, now)
        took[form.id] = time.process_time() - began
    return took


def measure(words: Namespace) -> dict[str, Any]:
    from django.urls import reverse

    from zhegu.lib import clock

    ana, here, _ = under_checks()
    now = clock.now()
    newest = sampled(ana, here, now)
    crossed(here, now)
    checks, now = checked(here, now), clock.now()
    return {
        "checks": checks,
        "year": forms(ana, here, newest, now, now.date() - timedelta(days=YEAR)),
        "today": forms(ana, here, newest, now, now.date()),
        "wall": asked(ana, {"wall": [reverse("reports:wall")]}, words.requests)["wall"],
    }


def show(found: dict[str, Any]) -> None:
    slow = {form: took for form, took in found["year"].items() if took > GOAL_FORM}
    slowest = max(found["year"], key=found["year"].get)
    print(f"P16 {len(found['year'])} forms of a year, {found['checks']:,} checks: slowest {slowest} {found['year'][slowest]:.2f} CPU s (goal {GOAL_FORM:.0f})")
    print("P16 over the goal: " + (", ".join(f"{form} {took:.2f}" for form, took in slow.items()) or "none"))
    whole = sum(found["today"].values())
    print(f"P16 the day's forms of one community {whole:.2f} CPU s, of a town of {TOWN} {TOWN * whole:.1f} (goal {GOAL_TOWN:.0f})")
    print(f"P16 wall median {found['wall']['median']:.0f}, p95 {found['wall']['p95']:.0f} CPU ms (goal {GOAL_WALL})")


if __name__ == "__main__":
    sys.exit(run(__doc__, {"people": 2_000}, measure, show, before=lambda words: settled(words.people)))

"""P15: what the levels above look at: a prefecture of 500 communities, each with two weeks of stated days.

    python -m benchmarks p15       (python -m benchmarks.p15_above [--communities N] [--requests N] [--json])

Every community has stated every day of the last two weeks with all measures. Boards of the prefecture, a county and a town
are asked through the real views, middleware and templates, one request after another, on SQLite. Milliseconds are CPU of
this process, which does all of a request's work. Goal: the slowest in twenty of every board at most 300 ms.
"""

import random
import sys
from argparse import Namespace
from datetime import timedelta
from typing import Any

from benchmarks.support.pages import asked, run, told

PREFECTURE, TOWNS, DAYS = "5405", 10, 14
"""A county has ten towns of ten communities each."""


def stated(communities: int) -> Any:
    """An observer of the prefecture, with everything stated."""
    from zhegu.accounts.models import Role
    from zhegu.accounts.tests.make import staff
    from zhegu.lib import clock
    from zhegu.upward.models import Statement
    from zhegu.upward.outside.measures import measures
    from zhegu.upward.rules import end_of
    from zhegu.upward.tests.make import upper

    now, chance = clock.now(), random.Random(15)
    today = clock.local_day(now)
    upper(PREFECTURE, now)
    for code in sorted({code[:6] for code in codes(communities)} | {code[:9] for code in codes(communities)}):
        upper(code, now)
    rows = [
        Statement(
            place=code, name=f"C{code}", day=day, as_of=end_of(day), arrived=now, version=1, newest=True, seq=0,
            figures={name: chance.randrange(2000) for name in measures()},
        )
        for code in codes(communities)
        for day in (today - timedelta(days=back) for back in range(DAYS))
    ]  # fmt: skip
    for seq, row in enumerate(rows, 1):
        row.seq = seq
    Statement.objects.bulk_create(rows, batch_size=500)
    return staff("bench", Role.OBSERVER, upper(PREFECTURE, now))


def codes(communities: int) -> list[str]:
    """12 digits: county, town, community."""
    return [f"{PREFECTURE}{21 + n // 100:02d}{101 + n // 10 % 10:03d}{1 + n % 10:03d}" for n in range(communities)]


def boards(wanted: Namespace) -> dict[str, dict[str, float]]:
    """Each board's median and p95."""
    reader, first = stated(wanted.communities), codes(wanted.communities)[0]
    pages = {
        "prefecture": ["/upward/?place=" + PREFECTURE, f"/upward/?place={PREFECTURE}&measure=residents"],
        "county": [f"/upward/?place={first[:6]}"],
        "town": [f"/upward/?place={first[:9]}"],
    }
    return asked(reader, pages, wanted.requests)


def main() -> int:
    return run(__doc__ or "", {"communities": 500}, boards, lambda found: told("P15", found))


if __name__ == "__main__":
    sys.exit(main())

"""A whole night: every room's jobs, then what has had its time. A door: it reads the clock."""

import sys
from collections.abc import Callable
from datetime import date, datetime

from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.upkeep import actions, queries, rules
from zhegu.upkeep.outside import offers
from zhegu.upkeep.outside.sweeping import sweep

BY = Actor.system("nightly")


def _everything() -> Scope:
    return Scope.everything("the night's work looks after every community")


def work(at: datetime) -> tuple[dict, list[str]]:
    """Does it all at `at`: figures by part, and the names of parts that failed. A failing part stops no other."""
    did: dict[str, dict] = {}
    trouble: list[str] = []

    def attempt(name: str, part: Callable[[], dict]) -> None:
        try:
            found = {key: n for key, n in part().items() if n}
        except Exception as error:  # one room's trouble may not keep another's data beyond its time
            trouble.append(f"{name}: {type(error).__name__}")
            print(f"zhegu nightly: {name}: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
        else:
            if found:
                did[name] = found

    for job in offers.jobs():
        attempt(job.name, lambda job=job: dict(job.run(at)))
    scope = _everything()
    for community in [*queries.communities(scope), None]:
        name = f"destroyed:{community.code if community else actions.EVERYWHERE}"
        attempt(
            name,
            lambda community=community: actions.destroy_expired(
                by=BY, scope=scope, community=community, at=at, ref=new_id()
            ),
        )
    destroyed: dict[str, int] = {}
    for part, figures in did.items():
        for name, n in figures.items() if part.startswith("destroyed:") else ():
            destroyed[name] = destroyed.get(name, 0) + n
    if destroyed:
        attempt("sweep", lambda: sweep() or {})
    return {**did, "destroyed": destroyed}, trouble


def tonight(at: datetime, *, again: bool = False) -> dict | None:
    """The night's work, once a day; None where it is too early or was done. `again`: in any case."""
    day = rules.night_of(at)
    night = actions.begin_night(day=day, at=at) if day else None
    if night is None and not again:
        return None
    did, trouble = work(at)
    if night:
        actions.end_night(night, did=did, trouble=trouble, at=clock.now())
    return {"destroyed": did["destroyed"], "did": did, "trouble": trouble}


class Watch:
    """Asks the database about the night once a day, not at every tick of the worker."""

    def __init__(self) -> None:
        self.done: date | None = None

    def __call__(self) -> bool:
        """Whether there was anything to do."""
        at = clock.now()
        day = rules.night_of(at)
        if day is None or day == self.done:
            return False
        self.done = day
        return tonight(at) is not None

"""Plain builders for tests."""

from datetime import datetime, timedelta

from zhegu.journal.actions import Command
from zhegu.lib.clock import LOCAL
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor

MORNING = datetime(2022, 9, 13, 9, 0, tzinfo=LOCAL)
BO = Actor("staff", "bo")


def command(n: int = 1, *, ref=None, community: str = "540526101001", by: Actor = BO, kind: str = "test.noted") -> Command:
    return Command(ref or new_id(), kind, community, by, MORNING + timedelta(minutes=n), {"n": n}, purpose="test")

"""What outbreaks do every night: where nobody looked for too long, it is written down that restrictions lapsed."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid5

from zhegu.lib.scope import Actor, Scope
from zhegu.lib.upkeep import Job
from zhegu.outbreaks import actions, queries
from zhegu.outbreaks.rules import Watch

SCOPE = Scope.everything("restrictions end where nobody looks (privacy P19)")
BY = Actor.system("nobody reviewed it")


def note_lapses(at: datetime) -> Mapping[str, int]:
    """`due`: outbreaks that want a review; `lapsed`: those that lapsed since the last night."""
    due, lapsed = 0, 0
    for outbreak, how in queries.everywhere_unwatched(SCOPE, at):
        if how.watch == Watch.REVIEW_DUE:
            due += 1
            continue
        once_a_lapse = uuid5(outbreak.id, f"lapsed {how.last.isoformat()}")
        lapsed += actions.note_lapse(by=BY, outbreak=outbreak, last=how.last, at=at, ref=once_a_lapse).new
    return {"due": due, "lapsed": lapsed}


JOBS = (Job("outbreaks.lapses", note_lapses),)

"""What this room does every night: measures nobody looked at for a month restrict nobody any more."""

from collections.abc import Mapping
from datetime import datetime

from zhegu.lib.upkeep import Job
from zhegu.monitoring import actions


def lapse(at: datetime) -> Mapping[str, int]:
    """See privacy P19."""
    return {"lapsed": actions.lapse(at=at)}


JOBS = (Job("monitoring.lapse", lapse),)

"""What gates do every night: the numbers of their days are written down before the entries go."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from zhegu.checkpoints import actions
from zhegu.checkpoints.rules import INSIDE_FOR
from zhegu.lib import clock
from zhegu.lib.upkeep import Job


def count_days(at: datetime) -> Mapping[str, int]:
    """Days that are over; those counted before are counted again, since phones may deliver late."""
    yesterday = clock.local_day(at) - timedelta(days=1)
    return {"days": actions.count_days(since=yesterday - INSIDE_FOR + timedelta(days=2), until=yesterday, as_of=at)}


JOBS = (Job("checkpoints.days", count_days),)

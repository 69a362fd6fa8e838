"""What upward does every night: each community's day that is over is stated, to its end; and days approved later."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from zhegu.lib import clock
from zhegu.lib.upkeep import Job
from zhegu.upward.sending import state_all, state_reported


def state_yesterday(at: datetime) -> Mapping[str, int]:
    """The day that ended, as it was known at its end."""
    return {"stated": state_all(at, clock.local_day(at) - timedelta(days=1))}


def state_approved(at: datetime) -> Mapping[str, int]:
    """Days whose report was approved and not stated yet, also after nights that were missed: what was reported goes up."""
    return {"stated": state_reported(at)}


JOBS = (Job("upward.state", state_yesterday), Job("upward.approved", state_approved))

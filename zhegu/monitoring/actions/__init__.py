"""Everything that changes measures and what is written down of daily checks."""

from zhegu.monitoring.actions.approving import Approve, approve_measures, decline_measures
from zhegu.monitoring.actions.checks import (
    Handle,
    NewCheck,
    UndoCheck,
    handle_checks,
    record_checks,
    undo_checks,
)
from zhegu.monitoring.actions.contests import Answered, NewContest, answer_contests, contest_measures
from zhegu.monitoring.actions.courses import Act, agree, next_stages, review_measures
from zhegu.monitoring.actions.ending import End, Release, end_measures, lapse, release_measures
from zhegu.monitoring.actions.kinds import PURPOSE, TEMPERATURE, Happened
from zhegu.monitoring.actions.laying import NewMeasure, begin_measures
from zhegu.monitoring.actions.standing import keep_standings
from zhegu.monitoring.actions.store import note

__all__ = [
    "PURPOSE",
    "TEMPERATURE",
    "Act",
    "Answered",
    "Approve",
    "End",
    "Handle",
    "Happened",
    "NewCheck",
    "NewContest",
    "NewMeasure",
    "Release",
    "UndoCheck",
    "agree",
    "answer_contests",
    "approve_measures",
    "begin_measures",
    "contest_measures",
    "decline_measures",
    "end_measures",
    "handle_checks",
    "keep_standings",
    "lapse",
    "next_stages",
    "note",
    "record_checks",
    "release_measures",
    "review_measures",
    "undo_checks",
]

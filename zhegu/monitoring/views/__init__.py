"""Office pages of this room."""

from zhegu.monitoring.views.acts import act, answer, contest, end
from zhegu.monitoring.views.beginning import begin, begin_place
from zhegu.monitoring.views.checks import checks, clinic, handle, undo_check
from zhegu.monitoring.views.measures import measure, measures
from zhegu.monitoring.views.paper import certificate, notice
from zhegu.monitoring.views.together import cohabitants

__all__ = [
    "act",
    "answer",
    "begin",
    "begin_place",
    "certificate",
    "checks",
    "clinic",
    "cohabitants",
    "contest",
    "end",
    "handle",
    "measure",
    "measures",
    "notice",
    "undo_check",
]

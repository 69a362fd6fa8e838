"""Reading measures and daily checks. Names, places and health are for the roles of `rules.SEES`, each
within their own places; what restricts somebody is asked for by `holding`."""

from zhegu.monitoring.queries.checks import (
    Day,
    abnormal,
    check,
    checked,
    counts,
    days_of,
    still_open,
    under_checks,
    written_down,
)
from zhegu.monitoring.queries.course import (
    Course,
    course,
    courses,
    known,
    last_word,
    missing,
    with_shared_outbreaks,
)
from zhegu.monitoring.queries.days import grid_days
from zhegu.monitoring.queries.isolated import Isolated, isolated
from zhegu.monitoring.queries.measures import (
    Holding,
    contest,
    contested,
    held_on_places,
    holding,
    laid_together,
    measure,
    measures,
    of_person,
    open_outbreak,
    overdue,
    timeline,
    waiting,
)
from zhegu.monitoring.queries.together import Together, together

__all__ = [
    "Course",
    "Day",
    "Holding",
    "Isolated",
    "Together",
    "abnormal",
    "check",
    "checked",
    "contest",
    "contested",
    "counts",
    "course",
    "courses",
    "days_of",
    "grid_days",
    "held_on_places",
    "holding",
    "isolated",
    "known",
    "laid_together",
    "last_word",
    "measure",
    "measures",
    "missing",
    "of_person",
    "open_outbreak",
    "overdue",
    "still_open",
    "timeline",
    "together",
    "under_checks",
    "waiting",
    "with_shared_outbreaks",
    "written_down",
]

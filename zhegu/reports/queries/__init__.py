"""Reading what reports can say: forms from ledgers, chat text, time-line; and what fills an upper office's blank."""

from zhegu.reports.queries.blanks import (
    before,
    behind,
    blank,
    blanks,
    choices,
    data_for,
    head_for,
    meanings,
    requests,
    submission,
)
from zhegu.reports.queries.figures import day_words, figures
from zhegu.reports.queries.free import Application, application, application_of, facts, ticks
from zhegu.reports.queries.rounds import (
    HISTORY,
    About,
    chat_text,
    coverage,
    form_table,
    history,
    round_no,
    submissions,
)

__all__ = [
    "HISTORY",
    "About",
    "Application",
    "application",
    "application_of",
    "before",
    "behind",
    "blank",
    "blanks",
    "chat_text",
    "choices",
    "coverage",
    "data_for",
    "day_words",
    "facts",
    "figures",
    "form_table",
    "head_for",
    "history",
    "meanings",
    "requests",
    "round_no",
    "submission",
    "submissions",
    "ticks",
]

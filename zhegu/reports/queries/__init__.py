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
    submission,
)
from zhegu.reports.queries.figures import day_words, figures
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
    "before",
    "behind",
    "blank",
    "blanks",
    "chat_text",
    "choices",
    "coverage",
    "data_for",
    "day_words",
    "figures",
    "form_table",
    "head_for",
    "history",
    "meanings",
    "round_no",
    "submission",
    "submissions",
]

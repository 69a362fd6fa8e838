"""Reading what reports can say: forms from ledgers, chat text, time-line; and what fills an upper office's blank."""

from zhegu.reports.queries.blanks import data_for, head_for
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
    "chat_text",
    "coverage",
    "data_for",
    "form_table",
    "head_for",
    "history",
    "round_no",
    "submissions",
]

"""What daily checks make due: asking everybody on the day's list, in the morning and in the evening."""

from zhegu.lib.duties import DutyRule, Holds

TWICE = (Holds("twice", (True,)),)
ONCE = (Holds("twice", (False,)),)

DUTIES = (
    DutyRule(
        "monitoring.morning", "checked", roles=("grid_worker",), screen="asking", daily=("06:00", "12:00"), lapses=True,
        done_at="morning_at", applies=TWICE, rank=10,
    ),
    DutyRule(
        "monitoring.evening", "checked", roles=("grid_worker",), screen="asking", daily=("12:00", "21:00"),
        done_at="evening_at", applies=TWICE, rank=10,
    ),
    DutyRule(
        "monitoring.once", "checked", roles=("grid_worker",), screen="asking", daily=("06:00", "21:00"), done_at="morning_at",
        applies=ONCE, rank=10,
    ),
)  # fmt: skip
"""A morning that was missed cannot be asked for in the afternoon: `rules.slot_at` counts it as the evening's."""

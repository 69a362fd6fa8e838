"""What measures make due: asking everybody on the day's list, morning and evening; a test, an end and a look on their
days. Nobody is let go or kept by silence: what was not done stands as late until somebody has done it."""

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
    DutyRule(
        "monitoring.test", "measure", roles=("grid_worker",), screen="measure", opens="test_on", closes="test_until",
        rank=15,
    ),
    DutyRule(
        "monitoring.release", "measure", roles=("office", "grid_worker"), screen="measure", opens="over_on", closes="over_on",
        applies=(Holds("last", (True,)),), rank=20,
    ),
    DutyRule(
        "monitoring.stage", "measure", roles=("office",), screen="measure", opens="over_on", closes="over_on",
        applies=(Holds("last", (False,)),), rank=20,
    ),
    DutyRule(
        "monitoring.review", "measure", roles=("office",), screen="measure", opens="review_on", closes="review_on", rank=25,
    ),
)  # fmt: skip
"""A morning that was missed cannot be asked for in the afternoon: `rules.slot_at` counts it as the evening's."""

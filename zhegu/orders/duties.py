"""What orders make due: where the office says so, every home is asked once a day whether it needs anything."""

from zhegu.lib.duties import DutyRule, Holds

DUTIES = (
    DutyRule(
        "orders.ask", "home", roles=("grid_worker",), screen="need", daily=("08:00", "20:00"), done_at="asked_at",
        applies=(Holds("daily", (True,)),), rank=45, lapses=True,
    ),
)  # fmt: skip

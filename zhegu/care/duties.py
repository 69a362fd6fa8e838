"""What care makes due: asking after somebody by the day it was agreed."""

from zhegu.lib.duties import DutyRule

DUTIES = (
    DutyRule(
        "care.ask", "care", roles=("carer", "office"), screen="care", opens="next_on", closes="next_on", mine="helper",
        rank=30,
    ),
)  # fmt: skip

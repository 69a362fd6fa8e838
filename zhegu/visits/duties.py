"""What campaigns make due: every door that is still missing, until the campaign's last day."""

from zhegu.lib.duties import DutyRule, Holds
from zhegu.visits.rules import Standing

DUTIES = (
    DutyRule(
        "visits.visit", "door", roles=("grid_worker", "unit_head"), screen="visit", opens="starts_on", closes="ends_on",
        resolved=(Holds("standing", (Standing.MISSING.value,), but=True),), rank=40,
    ),
)  # fmt: skip

"""What directives make due: each, for whom it was given, until it is done."""

from zhegu.accounts.models import Role
from zhegu.lib.duties import DutyRule, Holds

DUTIES = (
    DutyRule(
        "outbreaks.directive", "directive", roles=tuple(Role.values), screen="directive", opens="received", closes="due",
        resolved=(Holds("done", (True,)),), mine="staff", rank=5,
    ),
)  # fmt: skip

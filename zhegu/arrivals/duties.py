"""What arrivals make due: somebody came, and nobody has decided what follows for them."""

from zhegu.lib.duties import DutyRule, Holds

DUTIES = (
    DutyRule(
        "arrivals.decide", "arrival", roles=("grid_worker", "office"), screen="arrivals", opens="arrived", closes="arrived",
        resolved=(Holds("decided", (True,)),), rank=20,
    ),
)  # fmt: skip

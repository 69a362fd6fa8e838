"""Which way of planning fits a run."""

from zhegu.deliveries.rules.carrying import plan_carrying
from zhegu.deliveries.rules.plan import Effort, Plan
from zhegu.deliveries.rules.problem import RunKind, RunProblem
from zhegu.deliveries.rules.refill import plan_refill


def planned(problem: RunProblem, effort: Effort) -> Plan:
    """The plan of a run of any kind."""
    return (plan_refill if problem.kind == RunKind.REFILL else plan_carrying)(problem, effort)

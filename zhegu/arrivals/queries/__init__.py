"""Reading arrivals, notices and sites. Who arrived is for the office and leaders, and for grid workers those of
their own grids; whoever came without a grid is the whole community's."""

from zhegu.arrivals.queries.arrivals import (
    alike,
    arrival,
    arrivals,
    candidates,
    counts,
    of_person,
    party,
    waiting,
)
from zhegu.arrivals.queries.notices import notice, notice_with_token, notices, tries_from
from zhegu.arrivals.queries.proposals import Proposals, Proposed, proposal
from zhegu.arrivals.queries.sites import site, sites, worker, workers

__all__ = [
    "Proposals",
    "Proposed",
    "alike",
    "arrival",
    "arrivals",
    "candidates",
    "counts",
    "notice",
    "notice_with_token",
    "notices",
    "of_person",
    "party",
    "proposal",
    "site",
    "sites",
    "tries_from",
    "waiting",
    "worker",
    "workers",
]

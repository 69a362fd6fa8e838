"""Everything that changes arrivals, notices and sites."""

from zhegu.arrivals.actions.deciding import Decision, decide, link_person, reopen
from zhegu.arrivals.actions.kinds import PURPOSE, Happened
from zhegu.arrivals.actions.legs import NewLeg, record_leg, remove_leg
from zhegu.arrivals.actions.notices import make_notice, note_try, revoke_notice, token_of
from zhegu.arrivals.actions.registering import (
    NewArrival,
    Traveller,
    UndoArrival,
    may_register,
    register_arrivals,
    undo_arrivals,
)
from zhegu.arrivals.actions.sites import (
    NewSite,
    NewWorker,
    add_site,
    add_worker,
    change_site,
    close_site,
    worker_left,
)
from zhegu.arrivals.rules import Kind, Transport, Way

__all__ = [
    "PURPOSE",
    "Decision",
    "Happened",
    "Kind",
    "NewArrival",
    "NewLeg",
    "NewSite",
    "NewWorker",
    "Transport",
    "Traveller",
    "UndoArrival",
    "Way",
    "add_site",
    "add_worker",
    "change_site",
    "close_site",
    "decide",
    "link_person",
    "make_notice",
    "may_register",
    "note_try",
    "record_leg",
    "register_arrivals",
    "remove_leg",
    "reopen",
    "revoke_notice",
    "token_of",
    "undo_arrivals",
    "worker_left",
]

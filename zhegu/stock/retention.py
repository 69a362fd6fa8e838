"""How long is kept who had equipment: a year after the last of it is back; what moved stands on the slips."""

from typing import Any

from django.db.models import Q

from zhegu.journal import queries as journal
from zhegu.lib.scope import Scope
from zhegu.lib.upkeep import Due, Kept
from zhegu.stock.actions import LOANS
from zhegu.stock.models import Box, Loan

SCOPE = Scope.everything("retention looks at every loan that is over")
HOUSE = "house: who had equipment, a year after it is back"


def _over(due: Due) -> Any:
    return Loan.objects.filter(community=due.community, settled__lt=due.before)


def _boxes(due: Due) -> Any:
    return Box.objects.filter(Q(opened__lt=due.before) | Q(dropped__lt=due.before), community=due.community)


KEPT = (
    Kept("stock.loans", LOANS, 365, "ended", HOUSE, _over),
    Kept("stock.loan_words", LOANS, 365, "happened", HOUSE, journal.old_words(SCOPE, LOANS)),
    Kept("stock.boxes", LOANS, 365, "ended", "house: who had a box, a year after it was opened", _boxes),
)

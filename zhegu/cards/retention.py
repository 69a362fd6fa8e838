"""How long cards are kept: they name nobody, yet a number in a drawer leads to whoever holds it."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from zhegu.cards.actions.kinds import PURPOSE
from zhegu.cards.models import IssuedCard
from zhegu.journal import queries as journal
from zhegu.lib.scope import Scope
from zhegu.lib.upkeep import Due, Kept
from zhegu.outbreaks.queries import closed_before

DAYS = 30
SOURCE = "privacy P9: sampling cards, end of the outbreak and 30 days"
SCOPE = Scope.everything("retention looks at every outbreak that is over")


def _closed(due: Due) -> list:
    return closed_before(SCOPE, due.community, due.before)


def _cards(due: Due) -> Any:
    """Those of outbreaks that are over, and expired: a revoked card may not come back to life."""
    out = Q(outbreak__in=_closed(due)) | Q(outbreak=None)
    return IssuedCard.objects.filter(out, community=due.community, exp__lt=_seconds(due.before))


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _words(due: Due) -> Any:
    return journal.bodies_kept(SCOPE, due.community.code, PURPOSE, outbreaks=_closed(due))


KEPT = (
    Kept("cards.cards", PURPOSE, DAYS, "outbreak_closed", SOURCE, _cards, "outbreak"),
    Kept("cards.words", PURPOSE, DAYS, "outbreak_closed", SOURCE, _words, "outbreak"),
)

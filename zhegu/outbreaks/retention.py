"""How long is kept what people were to an outbreak."""

from collections.abc import Callable
from typing import Any

from zhegu.journal import queries as journal
from zhegu.lib.scope import Scope
from zhegu.lib.upkeep import Due, Kept
from zhegu.outbreaks.actions import ABOUT_PEOPLE, GROUP
from zhegu.outbreaks.models import GroupMember, Standing, Tested
from zhegu.outbreaks.queries import closed_before

DAYS = 30
SOURCE = "privacy P9: sampling, end of the outbreak and 30 days"
GROUP_DAYS = 90
GROUP_SOURCE = "privacy P9: as for volunteers, 90 days after they are done"
SCOPE = Scope.everything("retention looks at every outbreak that is over")


def _of(rows: Any) -> Callable[[Due], Any]:
    return lambda due: rows.filter(outbreak__community=due.community, outbreak__closed__lt=due.before)


def _group_words(due: Due) -> Any:
    closed = closed_before(SCOPE, due.community, due.before)
    return journal.bodies_kept(SCOPE, due.community.code, GROUP, outbreaks=closed)


def _words(due: Due) -> Any:
    closed = closed_before(SCOPE, due.community, due.before)
    return journal.bodies_kept(SCOPE, due.community.code, ABOUT_PEOPLE, outbreaks=closed)


KEPT = (
    Kept("outbreaks.standings", ABOUT_PEOPLE, DAYS, "outbreak_closed", SOURCE, _of(Standing.objects), "outbreak_id"),
    Kept("outbreaks.tests", ABOUT_PEOPLE, DAYS, "outbreak_closed", SOURCE, _of(Tested.objects), "outbreak_id"),
    Kept("outbreaks.group", GROUP, GROUP_DAYS, "outbreak_closed", GROUP_SOURCE, _of(GroupMember.objects), "outbreak_id"),
    Kept("outbreaks.group_words", GROUP, GROUP_DAYS, "outbreak_closed", GROUP_SOURCE, _group_words, "outbreak"),
    Kept("outbreaks.words", ABOUT_PEOPLE, DAYS, "outbreak_closed", SOURCE, _words, "outbreak"),
)

"""How long links and wishes are kept."""

from typing import Any

from zhegu.journal import queries as journal
from zhegu.lib.scope import Scope
from zhegu.lib.upkeep import Due, Kept
from zhegu.residents.actions import PURPOSE
from zhegu.residents.models import Link, Wish

SCOPE = Scope.everything("retention looks at every link that is over")
ASKED = "house: long enough to complain about an answer"


def _links(due: Due) -> Any:
    return Link.objects.filter(community=due.community, expires__lt=due.before)


def _wishes(due: Due) -> Any:
    return Wish.objects.filter(community=due.community, answered__lt=due.before)


KEPT = (
    Kept("residents.links", PURPOSE, 30, "ended", "house: long enough to ask who made a link", _links),
    Kept("residents.wishes", PURPOSE, 180, "settled", ASKED, _wishes, refs=lambda rows: rows.values_list("id", flat=True)),
    Kept("residents.words", PURPOSE, 180, "happened", ASKED, journal.old_words(SCOPE, PURPOSE), "outbreak"),
)  # fmt: skip

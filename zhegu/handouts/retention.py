"""How long distributions remember who came (privacy P9): as errands, 90 days after one is closed."""

from typing import Any

from zhegu.handouts.actions import PURPOSE
from zhegu.handouts.models import Given, Handout
from zhegu.journal import queries as journal
from zhegu.lib.scope import Scope
from zhegu.lib.upkeep import Due, Kept

SCOPE = Scope.everything("retention looks at every distribution that is over")
P9 = "privacy P9: errands 90 days"


def _closed(due: Due) -> Any:
    """Distributions with the shares of every home; what left the store stands on its slips."""
    return Handout.objects.filter(community=due.community, closed_at__lt=due.before)


def _refs(rows: Any) -> list:
    return list(Given.objects.filter(share__handout__in=rows).values_list("pk", flat=True))


KEPT = (
    Kept("handouts.handouts", PURPOSE, 90, "ended", P9, _closed, "outbreak_id", _refs),
    Kept("handouts.words", PURPOSE, 365, "happened", "house: words of distributions no longer than a year", journal.old_words(SCOPE, PURPOSE), "outbreak"),
)

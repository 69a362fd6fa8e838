"""How long gates remember (privacy P9): entries 14 days, who was turned back 3; a day's numbers stay."""

from typing import Any

from zhegu.checkpoints.actions import PURPOSE
from zhegu.checkpoints.models import Allowed, Crossing
from zhegu.checkpoints.rules import Outcome
from zhegu.journal import queries as journal
from zhegu.lib.scope import Scope
from zhegu.lib.upkeep import Due, Kept

SCOPE = Scope.everything("retention looks at what every gate wrote down")
P9_ENTRIES = "privacy P9: checkpoint entries 14 days"
P9_TURNED_BACK = "privacy P9: turned back, at most 3 days"


def _turned_back(due: Due) -> Any:
    return Crossing.objects.filter(
        community=due.community, at__lt=due.before, outcome=Outcome.TURNED_BACK, emptied=False
    )


def _empty(rows: Any) -> int:
    """Who it was goes; that somebody was turned back still counts until the entries go."""
    return Crossing.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
        name="", id_number="", phone="", plate="", plate_key="", coming_from="", going_to="", permit_no="", note="",
        card_serial=None, card_kid="", emptied=True,
    )  # fmt: skip


def _crossings(due: Due) -> Any:
    return Crossing.objects.filter(community=due.community, at__lt=due.before)


def _refs(rows: Any) -> Any:
    return rows.values_list("id", flat=True)


KEPT = (
    Kept("checkpoints.turned_back", PURPOSE, 3, "happened", P9_TURNED_BACK, _turned_back, "outbreak_id", _refs, _empty),
    Kept("checkpoints.crossings", PURPOSE, 14, "happened", P9_ENTRIES, _crossings, "outbreak_id", _refs),
    Kept("checkpoints.allowed", PURPOSE, 14, "ended", P9_ENTRIES,
         lambda due: Allowed.objects.filter(community=due.community, until__lt=due.before)),
    Kept("checkpoints.words", PURPOSE, 14, "happened", P9_ENTRIES, journal.old_words(SCOPE, PURPOSE), "outbreak"),
)  # fmt: skip

"""How long care is remembered (privacy P9): no longer than it lasts, and some days for what was agreed."""

from typing import Any

from zhegu.care.actions import PURPOSE
from zhegu.care.models import CareNeed, Hint
from zhegu.journal import queries as journal
from zhegu.lib.scope import Scope
from zhegu.lib.upkeep import Due, Kept

SCOPE = Scope.everything("retention looks at everyone whose care has ended")
SOURCE = "privacy P9: counselling and medicine, end of the case and 14 days"
WORDS = "house: words about a need no longer than a year, the ledger itself stays as long as the need"


def _ended(due: Due) -> Any:
    return CareNeed.objects.filter(community=due.community, ended__lt=due.before)


def _hints(due: Due) -> Any:
    """A remark that was gone through stays marked as long as its person stands in the register."""
    return Hint.objects.filter(community=due.community, settled__lt=due.before).exclude(source="note")


KEPT = (
    Kept("care.needs", PURPOSE, 14, "ended", SOURCE, _ended, refs=lambda rows: _refs(rows)),
    Kept("care.hints", PURPOSE, 14, "settled", SOURCE, _hints, refs=lambda rows: rows.values_list("id", flat=True)),
    Kept("care.words", PURPOSE, 365, "happened", WORDS, journal.old_words(SCOPE, PURPOSE)),
)


def _refs(rows: Any) -> list:
    """The entry itself and each contact noted under it."""
    return [*rows.values_list("id", flat=True), *rows.exclude(contacts=None).values_list("contacts", flat=True)]

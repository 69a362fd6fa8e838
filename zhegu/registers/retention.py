"""How long the register keeps uploads that nobody finished, and the files of those that were written.

What came with a merge (`Followed`) stays as long as the merge: it can be undone at any time.
"""

from zhegu.lib.upkeep import Due, Kept
from zhegu.registers.models import ImportDraft


def _drafts(due: Due):
    return ImportDraft.objects.filter(community=due.community, at__lt=due.before)


KEPT = (
    Kept("registers.drafts", "register", 7, "happened", "house: an import is finished or begun anew within a week", _drafts),
)

"""How long the register keeps uploads that nobody finished, and the files of those that were written."""

from zhegu.lib.upkeep import Due, Kept
from zhegu.registers.models import Followed, ImportDraft


def _drafts(due: Due):
    return ImportDraft.objects.filter(community=due.community, at__lt=due.before)


def _followed(due: Due):
    return Followed.objects.filter(merge__community=due.community, merge__at__lt=due.before)


KEPT = (
    Kept("registers.drafts", "register", 7, "happened", "house: an import is finished or begun anew within a week", _drafts),
    Kept("registers.followed", "register", 90, "happened", "house: as long as errands, P9; then a merge is no mistake", _followed),
)

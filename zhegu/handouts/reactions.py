"""A share of somebody without a household is that of the person who is shown, of two rows of one."""

from uuid import UUID

from zhegu.handouts.models import Share
from zhegu.registers.actions import Follows, reactions_of


def _has_a_share(row: Share, to: UUID) -> bool:
    """Both shares stay on the list, whose sum is that of its opening."""
    return Share.objects.filter(handout=row.handout_id, person=to).exists()


def _of(row: Share, lang: str) -> str:
    return (lang == "bo" and row.handout.name_bo) or row.handout.name


FOLLOWING = (Follows(Share.objects.select_related("handout").all, stays=_has_a_share, says=_of),)

REACTIONS = reactions_of(__name__, FOLLOWING)

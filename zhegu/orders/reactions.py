"""Medicine is for the person who is shown, of two rows of one."""

from zhegu.orders.models import Medicine
from zhegu.registers.actions import Follows, reactions_of

FOLLOWING = (
    Follows(Medicine.objects.all),
)

REACTIONS = reactions_of(__name__, FOLLOWING)

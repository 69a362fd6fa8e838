"""Own pages and wishes are those of the person who is shown, of two rows of one."""

from zhegu.registers.actions import Follows, reactions_of
from zhegu.residents.models import Link, Wish

FOLLOWING = (
    Follows(Link.objects.all), Follows(Wish.objects.all),
)

REACTIONS = reactions_of(__name__, FOLLOWING)

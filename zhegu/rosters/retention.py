"""How long rosters remember (privacy P9, volunteers): shifts, crews and what was handed over, 90 days."""


from zhegu.journal import queries as journal
from zhegu.lib import clock
from zhegu.lib.scope import Scope
from zhegu.lib.upkeep import Kept
from zhegu.rosters.actions import PURPOSE
from zhegu.rosters.models import Cook, HandedOver, Shift

SCOPE = Scope.everything("retention looks at every shift there was")
P9 = "privacy P9: volunteers leave+90 days"


KEPT = (
    Kept("rosters.handovers", PURPOSE, 90, "happened", P9,
         lambda due: HandedOver.objects.filter(community=due.community, at__lt=due.before),
         refs=lambda rows: rows.values_list("id", flat=True)),
    Kept("rosters.shifts", PURPOSE, 90, "ended", P9,
         lambda due: Shift.objects.filter(community=due.community, ends__lt=due.before)),
    Kept("rosters.cooks", PURPOSE, 90, "ended", P9,
         lambda due: Cook.objects.filter(community=due.community, day__lt=clock.local_day(due.before))),
    Kept("rosters.words", PURPOSE, 90, "happened", P9, journal.old_words(SCOPE, PURPOSE)),
)  # fmt: skip

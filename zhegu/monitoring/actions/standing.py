"""What people under measures are to the outbreak, for the neighbours who may not ask this room."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from zhegu.lib import clock
from zhegu.lib.ids import new_id
from zhegu.lib.scope import Actor, Scope
from zhegu.monitoring import queries
from zhegu.monitoring.models import HOLDS, Measure
from zhegu.monitoring.queries.course import with_shared_outbreaks
from zhegu.outbreaks import actions as outbreaks
from zhegu.outbreaks import queries as facts
from zhegu.outbreaks.models import Outbreak
from zhegu.registers import queries as registers

SCOPE = Scope.everything("a person's standing follows from everything they are under")
STRICTEST = (facts.StandingKind.ISOLATED, facts.StandingKind.CONTACT, facts.StandingKind.NONE)


def keep_standings(by: Actor, outbreak: Outbreak, people: Iterable[UUID], at: datetime) -> int:
    """Each of these people stands in the outbreak as the strictest of their measures says; answers how many changed."""
    wanted = set(people)
    rows = Measure.objects.filter(HOLDS, outbreak=outbreak, person__in=wanted).select_related("outbreak")
    strictest = dict.fromkeys(wanted, facts.StandingKind.NONE)
    for one in queries.courses(SCOPE, with_shared_outbreaks(rows), clock.local_day(at)):
        kind = facts.standing_of(one.rule, one.running.stage)
        strictest[one.measure.person_id] = min(kind, strictest[one.measure.person_id], key=STRICTEST.index)
    now = facts.standings(SCOPE, outbreak)
    changed = {who: kind for who, kind in strictest.items() if now.get(who, facts.StandingKind.NONE) != kind}
    anyone = registers.people(SCOPE, outbreak.community, registers.Wanted(presence=registers.ANY))
    found = {one.pk: one for one in anyone.filter(pk__in=list(changed))}
    acts = [outbreaks.SetStanding(found[who], kind, at, new_id()) for who, kind in changed.items() if who in found]
    if acts and outbreak.is_open:
        outbreaks.set_standings(by=by, outbreak=outbreak, acts=acts)
    return len(acts)

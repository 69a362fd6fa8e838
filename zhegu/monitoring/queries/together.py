"""Who lives with somebody under a measure, and what the profile asks of them: proposed, never laid on by itself."""

from dataclasses import dataclass

from zhegu.lib.scope import Scope
from zhegu.monitoring.models import Measure
from zhegu.monitoring.rules import DECIDES
from zhegu.outbreaks import queries as outbreaks
from zhegu.registers import queries as registers
from zhegu.registers.models import Person


@dataclass(frozen=True)
class Together:
    """Those of the same household; `rule` is None where the profile asks nothing of them. `under`: who is under that
    measure already, or about whom it waits."""

    rule: outbreaks.Measure | None
    open: tuple[Person, ...] = ()
    under: tuple[Person, ...] = ()


def together(scope: Scope, of: Measure) -> Together:
    """For those who decide on them; nobody where the measure is over, of a place, or of somebody without a household."""
    profile = of.outbreak.rules
    rule = profile.measures.get(profile.measure(of.code).cohabitants)
    if rule is None or of.ended or of.person is None or of.person.household_id is None:
        return Together(None)
    there = registers.people(scope, of.community, roles=DECIDES).filter(household=of.person.household_id)
    people = list(there.exclude(pk=of.person_id))
    rows = Measure.objects.filter(outbreak=of.outbreak, code=rule.code, person__in=people, ended=None)
    had = set(rows.values_list("person", flat=True))
    return Together(
        rule, tuple(one for one in people if one.pk not in had), tuple(one for one in people if one.pk in had)
    )

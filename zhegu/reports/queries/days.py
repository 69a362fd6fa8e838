"""What was typed of a day, and whether it seems to name somebody."""

from datetime import date, datetime

from zhegu.lib.outgoing import Fault, chat_faults
from zhegu.lib.scope import Scope
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.reports.models import DayNote


def notes(scope: Scope, community: Place, day: date, known_at: datetime) -> list[DayNote]:
    """Its versions as known at that moment, the newest first; raises NotFound outside the scope."""
    places.reached(scope, community)
    return list(DayNote.objects.filter(community=community, day=day, at__lte=known_at))


def note(scope: Scope, community: Place, day: date, known_at: datetime) -> DayNote | None:
    """The version that holds; None where nothing was typed."""
    return next(iter(notes(scope, community, day, known_at)), None)


def names_somebody(scope: Scope, community: Place, said: DayNote) -> bool:
    """Whether a name of the register stands in it: then it is left out of the chat text, and the page says so."""
    words = f"{said.problems}\n{said.plan}"
    return Fault.NAME in chat_faults(words, registers.names(scope, community), places.names_of(scope, community))

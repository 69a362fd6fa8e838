"""What stands on one person's own page."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from zhegu.accounts import queries as accounts
from zhegu.lib import clock
from zhegu.lib.scope import Scope
from zhegu.lib.texts import has_text, text
from zhegu.monitoring import queries as courses
from zhegu.orders import queries as orders
from zhegu.outbreaks import queries as outbreaks
from zhegu.places.models import Place
from zhegu.registers.models import Person
from zhegu.residents import queries
from zhegu.sampling import queries as sampling
from zhegu.upkeep import queries as upkeep

MOST_LOOKS = 30
LATELY, MOST_ORDERS = timedelta(days=30), 20
OFFICE = "office"


def about(scope: Scope, person: Person, community: Place, at: datetime, lang: str) -> dict[str, Any]:
    """Everything the page says about this person, in words of the language."""
    day = clock.local_day(at)
    outbreak = outbreaks.open_outbreak(scope, community)
    asked = courses.under_checks(scope, outbreak, day) if outbreak else None
    asks = asked is not None and asked.people.filter(pk=person.pk).exists()
    today = courses.checked(scope, asked, [person.pk]).get(person.pk, {}) if asked and asks else {}
    return {
        "person": person, "community": None, "at_place": community, "day": day,
        "measures": _measures(scope, person, community, day, lang),
        "asks": asks, "today": sorted(today.items()), "card": _card(scope, person, community),
        "symptoms": _symptoms(outbreak, lang) if outbreak and asks else [],
        "orders": _orders(scope, person, at), "instead": orders.asked_of_home(scope, person.household) if person.household else (), "wishes": queries.wishes_of(scope, person), "looks": _looks(scope, person, community, lang),
        "kept": _kept(scope, community, lang), "to_call": _to_call(scope, outbreak) if outbreak else [],
    }  # fmt: skip


def _measures(scope: Scope, person: Person, community: Place, day: Any, lang: str) -> list[dict[str, Any]]:
    """What they are and were under: name, stage, dates, whether it may be contested, what was answered."""
    found = []
    for course in courses.courses(scope, courses.of_person(scope, person.pk, community), day):
        measure = course.measure
        contests = list(measure.contests.filter(person=person))
        found.append(
            {
                "measure": measure, "name": outbreaks.measure_name(course.rule, lang), "course": course,
                "stage": outbreaks.stage_says(course.running.stage, lang), "contests": contests,
                "may_contest": measure.ended is None and all(one.answered for one in contests),
                "tests": [state for state in course.tests if state.taken is None] if measure.ended is None else [],
            }
        )  # fmt: skip
    return sorted(found, key=lambda one: (one["measure"].ended is not None, one["measure"].begun))


def _to_call(scope: Scope, outbreak: Any) -> list[Any]:
    """Those of the leading group who answer for its office, where their number is known."""
    return [one for one, _ in outbreaks.group(scope, outbreak) if one.post == OFFICE and one.phone]


def _card(scope: Scope, person: Person, community: Place) -> Any:
    """Their swab of the round that is on, or of the last one."""
    now = sampling.current_round(scope, community)
    return sampling.samples(scope, now).filter(person=person, aside="").first() if now else None


def _symptoms(outbreak: Any, lang: str) -> list[tuple[str, str]]:
    return [(one.code, outbreaks.symptom_name(one, lang)) for one in outbreak.rules.symptoms]


def _looks(scope: Scope, person: Person, community: Place, lang: str) -> list[dict[str, Any]]:
    """Who read what about them, the newest first, by name."""
    names = {f"staff:{one.pk}": one.name for one in accounts.staff_at(scope, community.code)}
    own = f"resident:{person.pk}"
    found = []
    for look in accounts.looks_at(scope, person.pk, community.code)[:MOST_LOOKS]:
        who = text("residents.yourself", lang) if look.actor == own else names.get(look.actor, "")
        key = f"residents.room_{look.screen.partition('.')[0]}"
        found.append({"at": look.at, "who": who, "where": text(key, lang) if has_text(key) else look.screen})
    return found


def _orders(scope: Scope, person: Person, at: datetime) -> list[Any]:
    """What their home asked for in the last days, and where it stands; medicine is not shown to a home."""
    home = person.household
    return list(orders.of_home(scope, home, at - LATELY)[:MOST_ORDERS]) if home else []


def _kept(scope: Scope, community: Place, lang: str) -> list[tuple[str, str]]:
    """For which purposes something is kept, and for how long at most."""
    days: dict[tuple[str, str], int] = defaultdict(int)
    for one, period in upkeep.periods(scope, community):
        days[one.purpose, one.since] = max(days[one.purpose, one.since], period)
    rows = []
    for (purpose, since), period in days.items():
        what = text(f"upkeep.purpose_{purpose}", lang)
        rows.append((what, text("residents.kept_for", lang, days=period, since=text(f"upkeep.since_{since}", lang))))
    return sorted(rows)

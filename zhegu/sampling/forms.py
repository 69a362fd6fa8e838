"""What the opening page asks for, read into a plan; complaints come from the catalogue."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from django.http import HttpRequest, QueryDict

from zhegu.accounts import queries as accounts
from zhegu.accounts.models import Staff
from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.outbreaks.models import Outbreak
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.sampling.actions import RoundPlan, TablePlan
from zhegu.sampling.models import Round
from zhegu.sampling.rules import RATIOS, SiteDuty

MOST_TABLES = 30
OFFICE_HOURS = (time(9), time(18))


@dataclass
class Opening:
    """The opening form as it stands: words as they were typed, and the plan once they can be read."""

    words: dict[str, str]
    outbreaks: list[Outbreak]
    grids: list[Place]
    recheck_of: Round | None = None
    people: list[UUID] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    plan: RoundPlan | None = None

    @property
    def ratios(self) -> list[int]:
        """Ratios of the chosen outbreak's profile."""
        chosen = self.outbreak
        return sorted({1, *chosen.rules.mix_ratios} & set(RATIOS)) if chosen else []

    @property
    def outbreak(self) -> Outbreak | None:
        wanted = self.words.get("outbreak", "")
        return next((o for o in self.outbreaks if str(o.pk) == wanted), self.outbreaks[0] if self.outbreaks else None)

    def table_of(self, grid: Place) -> str:
        """The table typed for a grid."""
        return self.words.get(f"table_{grid.no}", "")


def first_words(now: datetime, opening: Opening) -> dict[str, str]:
    """How the form stands before anyone has typed: tomorrow's office hours, the profile's largest ratio."""
    day = clock.local_day(now) + timedelta(days=0 if clock.local(now).hour < OFFICE_HOURS[1].hour else 1)
    ratios = [ratio for ratio in opening.ratios if ratio <= 10] or [1]
    return {
        "day": day.isoformat(), "from": f"{OFFICE_HOURS[0]:%H:%M}", "to": f"{OFFICE_HOURS[1]:%H:%M}",
        "ratio": "1" if opening.recheck_of else str(max(ratios)), "tables": "1" if opening.recheck_of else "3",
        "minutes_each": "1.5", "slot_minutes": "15", "body_site": "throat",
    }  # fmt: skip


def whole(words: str, least: int, most: int) -> int | None:
    """A whole number within bounds, None where nothing is typed; raises ValueError otherwise."""
    if not words.strip():
        return None
    number = int(words)
    if not least <= number <= most:
        raise ValueError(words)
    return number


def read_opening(request: HttpRequest, opening: Opening) -> None:
    """Fills the opening's plan from what was posted; what cannot be read is named in `complaints`."""
    posted = request.POST
    opening.words = {name: value for name, value in posted.items() if name not in ("csrfmiddlewaretoken",)}
    try:
        opening.plan = _plan(request, posted, opening)
    except RefusedError as refused:
        opening.complaints.append(refused.refused.reason)
    except (ValueError, KeyError):
        opening.complaints.append("sampling.number_or_time_unreadable")


def _plan(request: HttpRequest, posted: QueryDict, opening: Opening) -> RoundPlan:
    if opening.outbreak is None:
        raise RefusedError(Refused("sampling.outbreak_needed"))
    day = datetime.fromisoformat(posted["day"]).date()
    starts, ends = (datetime.combine(day, time.fromisoformat(posted[k]), clock.LOCAL) for k in ("from", "to"))
    months = whole(posted.get("infant_months", ""), 1, 216)
    return RoundPlan(
        outbreak=opening.outbreak, starts_at=starts, ends_at=ends, mix_ratio=int(posted["ratio"]),
        name=posted.get("name", "").strip()[:60], body_site="nose" if posted.get("body_site") == "nose" else "throat",
        infant_below_months=months, excuse_infants=bool(months and posted.get("excuse_infants")),
        without_grid_reason=posted.get("without_grid_reason", "").strip()[:200],
        tables=_tables(request, posted, opening.grids), minutes_each=_minutes(posted),
        slot_minutes=whole(posted.get("slot_minutes", ""), 5, 120) or 15, people=opening.people,
        recheck_of=opening.recheck_of,
    )  # fmt: skip


def _minutes(posted: QueryDict) -> float:
    minutes = float(posted.get("minutes_each") or 1.5)
    if not 0.2 <= minutes <= 60:
        raise ValueError(minutes)
    return minutes


def _tables(request: HttpRequest, posted: QueryDict, grids: list[Place]) -> list[TablePlan]:
    count = whole(posted.get("tables", ""), 1, MOST_TABLES) or 1
    staff = list(accounts.staff_at(request.scope, request.community.code))
    phones = {str(phone.pk): phone for phone in accounts.devices(request.scope, request.community)}
    at_table: dict[int, list[Place]] = {no: [] for no in range(1, count + 1)}
    for grid in grids:
        no = whole(posted.get(f"table_{grid.no}", ""), 1, MOST_TABLES)
        if no in at_table:
            at_table[no].append(grid)
    return [
        TablePlan(
            no, at_table[no], read_crew(posted, no, staff),
            phones.get(posted.get(f"phone_{no}", "")),
        )
        for no in at_table
    ]  # fmt: skip


def read_crew(posted: QueryDict, no: int, staff: list[Staff]) -> list[tuple[Staff, SiteDuty]]:
    """Who was given something to do at table `no`; raises ValueError for what nobody does there."""
    said = [(member, posted.get(f"duty_{no}_{member.pk}", "")) for member in staff]
    return [(member, SiteDuty(duty)) for member, duty in said if duty]


def opening_for(request: HttpRequest, recheck_of: Round | None, people: list[UUID]) -> Opening:
    """An empty form: the outbreaks and grids there are to choose from."""
    from zhegu.outbreaks import queries as outbreaks

    running = list(outbreaks.outbreaks(request.scope, request.community).filter(closed=None))
    grids = list(places.grids(request.scope, request.community))
    return Opening({}, running, grids, recheck_of, people)



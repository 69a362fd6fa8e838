"""How the periods of the forms a community is asked for stand, what one still lacks, and which version counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from uuid import UUID

from zhegu.accounts import queries as accounts
from zhegu.lib import clock
from zhegu.lib.scope import LEADS, SPEAKS_ABOVE, NotFound, Scope
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.reports.models import Blank, PeriodReport
from zhegu.reports.outside.blanks import BlankForm
from zhegu.reports.outside.word import WordForm
from zhegu.reports.queries.blanks import blanks, data_for, head_for
from zhegu.reports.queries.words import word_values
from zhegu.reports.rules.blanks.gaps import Completeness, Gap, completeness
from zhegu.reports.rules.blanks.placing import Data, place
from zhegu.reports.rules.periods import (
    CODE_LENGTH,
    Period,
    Stand,
    Step,
    levels,
    periods,
    stand,
    waits_for,
)

OWED = (Stand.LATE, Stand.RETURNED, Stand.DUE)
SPEAKERS = (LEADS, SPEAKS_ABOVE)


@dataclass(frozen=True)
class PeriodLine:
    """A period of a form that is asked for, with its versions (the newest first) and how it stands."""

    community: Place
    blank: Blank
    period: Period
    versions: Sequence[PeriodReport]
    through: tuple[Step, ...]
    today: date

    @property
    def stands(self) -> Stand:
        newest = self.versions[0] if self.versions else None
        return stand(self.period, newest.taken if newest else (), bool(newest and newest.locked_at), self.today)

    @property
    def waits_for(self) -> Step | None:
        newest = self.versions[0] if self.versions else None
        return waits_for(newest.taken, self.through) if newest and newest.locked_at is None else None

    def moment(self, now: datetime) -> datetime:
        """At which moment the period's figures are true: its end, or now while it runs."""
        return min(now, datetime.combine(self.period.last, time(23, 59, 59), tzinfo=clock.LOCAL))

    @property
    def days_late(self) -> int:
        """For how many days it should have been handed in."""
        return max(0, (self.today - self.period.last).days) if self.stands in (Stand.LATE, Stand.RETURNED) else 0

    @cached_property
    def approved(self) -> PeriodReport | None:
        """The newest version that went all the way: what was reported, until a correction is approved."""
        return next((one for one in self.versions if one.locked_at), None)


def levels_of(scope: Scope, community: Place, at: datetime) -> tuple[Step, ...]:
    """Which levels approve this community's reports; raises NotFound outside the scope."""
    return levels_of_each(scope, [community], at)[community.code]


def levels_of_each(scope: Scope, communities: Iterable[Place], at: datetime) -> dict[str, tuple[Step, ...]]:
    """The same of many, by their codes."""
    over = {one.code: [one.code[:long] for long in CODE_LENGTH.values()] for one in communities}
    led_there = accounts.places_held(scope, {code for some in over.values() for code in some}, at, LEADS)
    return {code: levels([one for one in some if one in led_there]) for code, some in over.items()}


def may_speak_for(scope: Scope, community: Place, level: Step) -> bool:
    """Whether somebody leads at that level or above it for the community."""
    long = CODE_LENGTH[level]
    return scope.whole or any(len(code) <= long and community.code.startswith(code) for code in scope.places(*SPEAKERS))


def period_lines(scope: Scope, community: Place, now: datetime, only: Blank | None = None) -> list[PeriodLine]:
    """All periods that have begun of every form somebody asks for on a ground; raises NotFound outside the scope."""
    asked = [one for one in blanks(scope, community) if one.ground.strip() and (only is None or one.pk == only.pk)]
    through, today = levels_of(scope, community, now), clock.local_day(now)
    reports = PeriodReport.objects.filter(blank__in=asked).select_related("made").prefetch_related("steps")
    by_period: dict[tuple[UUID, date], list[PeriodReport]] = {}
    for row in reports.order_by("-no"):
        by_period.setdefault((row.blank_id, row.first), []).append(row)
    return [
        PeriodLine(community, one, period, by_period.get((one.pk, period.first), ()), through, today)
        for one in asked
        for period in periods(one.every, clock.local_day(one.kept_at), one.until, today)
    ]


def period_line(scope: Scope, community: Place, blank: Blank, first: date, now: datetime) -> PeriodLine:
    """One of them; raises NotFound where the form's rhythm has no such period."""
    for line in period_lines(scope, community, now, blank):
        if line.period.first == first:
            return line
    raise NotFound(str(first))


def blank_below(scope: Scope, blank_id: UUID) -> Blank:
    """A blank of any community whose office or lead whoever looks is, or stands above; raises NotFound."""
    found = Blank.objects.filter(pk=blank_id).select_related("community").first()
    if found is None or not scope.covers(found.community.code, "office", *SPEAKERS):
        raise NotFound(str(blank_id))
    return found


def version(scope: Scope, report_id: UUID) -> PeriodReport:
    """One version by its id, of any community below; raises NotFound."""
    found = PeriodReport.objects.filter(pk=report_id).select_related("blank__community", "made").first()
    if found is None:
        raise NotFound(str(report_id))
    blank_below(scope, found.blank_id)
    return found


def waiting(scope: Scope, now: datetime) -> list[PeriodLine]:
    """What waits for a word of whoever looks, in every community they lead or that lies below them; late first."""
    found = [line for one in led(scope) for line in period_lines(scope, one, now)]
    mine = [line for line in found if (level := line.waits_for) and may_speak_for(scope, line.community, level)]
    return sorted(mine, key=lambda line: (line.period.last, line.community.code))


def owed_now(scope: Scope, community: Place, now: datetime) -> list[PeriodLine]:
    """What the office has to hand in now: late and sent back first, then what is due today."""
    found = [line for line in period_lines(scope, community, now) if line.stands in OWED]
    return sorted(found, key=lambda line: (OWED.index(line.stands), line.period.last))


def late(scope: Scope, now: datetime) -> list[PeriodLine]:
    """Periods that are over and not handed in (or sent back), in every community whoever looks leads."""
    found = [line for one in led(scope) for line in period_lines(scope, one, now)]
    behind = [line for line in found if line.stands in (Stand.LATE, Stand.RETURNED)]
    return sorted(behind, key=lambda line: (line.period.last, line.community.code))


def led(scope: Scope) -> list[Place]:
    return [one for one in places.communities(scope) if scope.covers(one.code, *SPEAKERS)]


def lacking(scope: Scope, community: Place, form: BlankForm | WordForm, as_of: datetime, lang: str) -> Completeness:
    """What the form would lack if it were filled at that moment; tells of no person."""
    if isinstance(form, WordForm):
        made = word_values(scope, community, form, as_of, "-", lang)
        gaps = tuple(Gap("", (one.words,), "not_offered" if one.field else "unsure") for one in made.unfilled)
        return Completeness(len(made.filled), len(made.filled) + len(gaps), gaps)
    head = head_for(scope, community, as_of, lang, compiler="-")
    known: dict[str, Data] = {}
    pieces = []
    for part, reading in form.visible():
        data = known.setdefault(reading.form, data_for(scope, community, reading.form, as_of))
        pieces.append((reading, place(part.blank, reading, data, head, part.shows, lang), data))
    return completeness(pieces, lang)

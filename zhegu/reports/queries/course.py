"""An outbreak as a whole, at its end or under way: what happened in order, and what the records say of how it went.

Nobody stands in it by name: rounds and measures of single people are there as numbers only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from zhegu.lib import clock
from zhegu.lib.scope import NotFound, Scope
from zhegu.lib.tables import Named, Phrase, Plain, Words, say
from zhegu.monitoring import queries as monitoring
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.reports.models import FreeStep, PeriodReport
from zhegu.reports.queries.rounds import coverage
from zhegu.reports.rules.telling import place_words
from zhegu.sampling import queries as sampling

NOTHING = Plain("")


@dataclass(frozen=True)
class Moment:
    """One thing that happened: when, what, and about what."""

    at: datetime
    what: Words
    about: Words = NOTHING


def whole(scope: Scope, community: Place, as_of: datetime) -> tuple[date, date]:
    """From the first day of the newest outbreak until its last, or until the day of the moment while it is open."""
    today = clock.local_day(as_of)
    newest = outbreaks.outbreaks(scope, community).filter(opened__lte=as_of).first()
    if newest is None:
        return today, today
    return clock.local_day(newest.opened), min(today, clock.local_day(newest.closed or as_of))


def moments(scope: Scope, community: Place, as_of: datetime, since: date, until: date) -> list[Moment]:
    """What happened on these days, in order, for those who steer; raises NotFound for everybody else."""
    if not scope.covers(community.code, "office", "leader"):
        raise NotFound(community.code)
    begin = datetime.combine(since, time(), clock.LOCAL)
    end = min(as_of, datetime.combine(until + timedelta(days=1), time(), clock.LOCAL))
    found = [
        *(one for outbreak in outbreaks.outbreaks(scope, community) for one in _steered(scope, outbreak)),
        *_rounds(scope, community, as_of), *_places(scope, community), *_free(scope, community),
        *_reported(community, as_of),
    ]  # fmt: skip
    return sorted((one for one in found if begin <= one.at <= end), key=lambda one: one.at)


def _steered(scope: Scope, outbreak: Outbreak) -> Iterator[Moment]:
    name = Named(outbreak.rules.name)
    yield Moment(outbreak.opened, "reports.course_opened", name)
    if outbreak.closed:
        yield Moment(outbreak.closed, "reports.course_closed", name)
    for look in outbreaks.reviews(scope, outbreak):
        yield Moment(look.at, Phrase.of("reports.course_phase", phase=Phrase(f"outbreaks.phase_{look.phase}")), Plain(look.why))
    for one in outbreaks.bulletins(scope, outbreak):
        counts = one.counts.all()
        said = Phrase.of(
            "reports.course_bulletin_said", issuer=one.issuer, number=one.number,
            confirmed=sum(count.new_confirmed for count in counts), asymptomatic=sum(count.new_asymptomatic for count in counts),
        )  # fmt: skip
        yield Moment(one.at, "reports.course_bulletin", said)
    for asked in outbreaks.directives(scope, outbreak):
        if asked.withdrawn is None:
            said = Phrase.of("reports.course_directive_said", issuer=asked.issuer, title=asked.title)
            yield Moment(asked.at, "reports.course_directive", said)


def _rounds(scope: Scope, community: Place, as_of: datetime) -> Iterator[Moment]:
    for one in sampling.rounds(scope, community).filter(opened_at__lte=as_of):
        yield Moment(one.opened_at, Phrase.of("reports.course_round_opened", no=one.no))
        if one.closed_at and one.closed_at <= as_of:
            totals = coverage(scope, one, as_of).totals or {}
            numbers = {name: totals.get(name) or 0 for name in ("due", "sampled", "positive", "pending")}
            closed = Phrase.of("reports.course_round_closed", no=one.no)
            yield Moment(one.closed_at, closed, Phrase.of("reports.course_round_said", **numbers))


def _places(scope: Scope, community: Place) -> Iterator[Moment]:
    """Measures that held for a whole place, from when they did; those of single people are told by number in F7 alone."""
    for one in monitoring.held_on_places(scope, community):
        about = Phrase.of("reports.course_directive_said", issuer=_place(one.place), title=_measure(one.outbreak, one.code))
        yield Moment(one.held_since, "reports.course_place_begun", about)
        if one.ended:
            yield Moment(one.ended, "reports.course_place_ended", about)


def _place(place: Place) -> Words:
    return Named(lambda lang: say(place_words(place, lang), lang))


def _measure(outbreak: Outbreak, code: str) -> Words:
    rule = outbreak.rules.measures.get(code)
    return Named(lambda lang: outbreaks.measure_name(rule, lang)) if rule else Plain(code)


def _free(scope: Scope, community: Place) -> Iterator[Moment]:
    for one in FreeStep.objects.filter(application__community=community):
        yield Moment(one.at, "reports.course_free", Phrase(f"reports.free_step_{one.step}"))


def _reported(community: Place, as_of: datetime) -> Iterator[Moment]:
    """Of every period the version that counts: as it was approved, not as it would be counted today."""
    locked = PeriodReport.objects.filter(community=community, locked_at__lte=as_of).order_by("no")
    last = {(blank, first): (name, first, end, no, at) for blank, name, first, end, no, at in locked.values_list(
        "blank_id", "blank__name", "first", "last", "no", "locked_at"
    )}  # fmt: skip
    for name, first, end, no, at in last.values():
        yield Moment(at, "reports.course_period", Phrase.of("reports.course_period_said", form=name, first=first, last=end, no=no))

"""What this room knows as ledgers like those of the rooms: the day in figures (F20), being free of an outbreak (F24), and
an outbreak as a whole (F27, F28)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from zhegu.lib import clock
from zhegu.lib.ledger import Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind, Phrase
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.models import Outbreak
from zhegu.places.models import Place
from zhegu.reports.models import DayNote, FreeTick
from zhegu.reports.outside.criteria import models
from zhegu.reports.outside.figures import specs
from zhegu.reports.queries import free
from zhegu.reports.queries.after import answers
from zhegu.reports.queries.course import moments
from zhegu.reports.queries.days import note
from zhegu.reports.queries.figures import counted, figures
from zhegu.reports.rules.figures import Told
from zhegu.reports.rules.free import Facts, Model, judged

DAY, FREE, COURSE, AFTER = "reports.day", "reports.free", "reports.course", "reports.after"
TYPED = (Column("problems", "reports.problems"), Column("plan", "reports.plan"))
COURSE_COLUMNS = (
    Column("at", "reports.when", Kind.TIME), Column("what", "reports.what"), Column("about", "reports.about"),
)  # fmt: skip
AFTER_COLUMNS = (
    Column("quality", "reports.after_quality"), Column("asked", "reports.after_asked"), Column("known", "reports.after_known"),
    Column("well", "reports.after_well", Kind.WRITE), Column("otherwise", "reports.after_otherwise", Kind.WRITE),
    Column("who", "reports.after_who", Kind.WRITE),
)  # fmt: skip
FREE_COLUMNS = (
    Column("model", "reports.free_by"), Column("criterion", "reports.free_criterion"), Column("met", "reports.free_met"),
    Column("fact", "reports.free_by_which_fact"), Column("day", "reports.free_day", Kind.DATE),
)  # fmt: skip


def day_ledger(scope: Scope, *, as_of: datetime, community: Place, until: date, since: date | None = None) -> Ledger:
    """One row: what was typed of the day `until`, and its figures, or of the days from `since` on, as known at their end or at `as_of`,
    whichever was first; what was approved for these days answers for them."""
    moment = clock.ends(until, as_of)
    said = note(scope, community, until, as_of)
    return _day(figures(scope, community, moment, as_of, since), said, community, since or until, until, moment)


def day_counted(scope: Scope, *, as_of: datetime, community: Place, until: date, since: date | None = None) -> Ledger:
    """The same row as the records say it."""
    moment = clock.ends(until, as_of)
    said = note(scope, community, until, as_of)
    return _day(counted(scope, community, moment, as_of, since), said, community, since or until, until, moment)


def _day(
    found: Iterable[Told], said: DayNote | None, community: Place, since: date, until: date, moment: datetime
) -> Ledger:
    told = {one.spec.name: one.value for one in found}
    shown = (Column(one.name, one.label, one.kind) for one in specs())
    columns = (Column("day", "reports.day", Kind.DATE), *shown, *TYPED)
    row = {"day": until, **{one.name: told.get(one.name) for one in specs()}}
    row |= {"problems": said.problems if said else "", "plan": said.plan if said else ""}
    period = _period(since, until) if since != until else None
    return Ledger(DAY, "reports.f20_title", columns, (row,), moment, community.code, period, row)


def free_ledger(scope: Scope, *, as_of: datetime, community: Place, until: date) -> Ledger:
    """F24: how each criterion of each model stood at the day's end, what was ticked with which evidence, and the steps
    of the application; nothing while no outbreak is open."""
    moment = clock.ends(until, as_of)
    outbreak = outbreaks.open_outbreak(scope, community)
    rows: list[dict[str, Any]] = []
    if outbreak is not None:
        facts, ticked = free.facts(scope, community, outbreak, moment), free.ticks(scope, community, outbreak, moment)
        for model in models().values():
            rows += _criteria(model, facts, ticked.get(model.id, {}))
        rows += _steps(scope, community, outbreak, moment)
    return Ledger(FREE, "reports.f24_title", FREE_COLUMNS, tuple(rows), moment, community.code)


def _criteria(model: Model, facts: Facts, ticked: Mapping[str, FreeTick]) -> list[dict[str, Any]]:
    named = Phrase.of(f"reports.free_model_{model.id}")
    rows: list[dict[str, Any]] = [
        {
            "model": named, "criterion": Phrase.of(f"reports.free_kind_{one.criterion.kind}"), "met": _met(one.met),
            "fact": Phrase.of(f"reports.free_fact_{one.told}", **{name: str(said) for name, said in one.fact.items()}),
            "day": one.earliest,
        }
        for one in judged(model, replace(facts, ticked=frozenset(ticked)))
    ]  # fmt: skip
    for item in model.items:
        tick = ticked.get(item)
        rows.append({
            "model": named, "criterion": Phrase.of(f"reports.free_item_{item}"), "met": _met(tick is not None),
            "fact": tick.evidence if tick else "", "day": clock.local_day(tick.at) if tick else None,
        })  # fmt: skip
    return rows


def _steps(scope: Scope, community: Place, outbreak: Outbreak, moment: datetime) -> list[dict[str, Any]]:
    found = free.application(scope, community, outbreak, moment)
    if found is None:
        return []
    return [
        {
            "model": Phrase.of(f"reports.free_model_{found.row.model}"), "criterion": Phrase.of(f"reports.free_step_{one.step}"),
            "met": "", "fact": one.words, "day": clock.local_day(one.at),
        }
        for one in found.steps if one.at <= moment
    ]  # fmt: skip


def _met(met: bool) -> Phrase:
    return Phrase.of("reports.free_yes" if met else "reports.free_no")


def course_ledger(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F27: what happened on these days, in order; of nobody by name."""
    found = moments(scope, community, as_of, since, until)
    rows = tuple({"at": one.at, "what": one.what, "about": one.about} for one in found)
    return Ledger(COURSE, "reports.f27_title", COURSE_COLUMNS, rows, as_of, community.code, _period(since, until))


def after_ledger(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F28: each question with what the records say, and empty places for what is learnt from it."""
    rows = tuple(
        {
            "quality": Phrase(f"reports.after_quality_{one.quality}"), "asked": Phrase(f"reports.after_{one.asked}"),
            "known": one.known,
        }
        for one in answers(scope, community, as_of, since, until)
    )  # fmt: skip
    return Ledger(AFTER, "reports.f28_title", AFTER_COLUMNS, rows, as_of, community.code, _period(since, until))


def _period(since: date, until: date) -> Phrase:
    return Phrase.of("outbreaks.period", since=since.isoformat(), until=until.isoformat())


DAYS = ("community", "since", "until")
LEDGERS = (
    LedgerOffer(DAY, day_ledger, needs=DAYS, counted=day_counted),
    LedgerOffer(FREE, free_ledger, needs=("community", "until")),
    LedgerOffer(COURSE, course_ledger, needs=DAYS),
    LedgerOffer(AFTER, after_ledger, needs=DAYS),
)

"""Figures of a community at any moment: board, daily report, chat text and blanks read them here and nowhere else."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.scope import Scope
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.reports.outside.figures import specs
from zhegu.reports.outside.ledgers import figure_offers, offers
from zhegu.reports.queries.approved import approved, days_approved
from zhegu.reports.queries.blanks import about, began, ledger_at
from zhegu.reports.queries.days import names_somebody, note
from zhegu.reports.rules import chat_faults
from zhegu.reports.rules.figures import LAST, OUTBREAK, FigureSpec, Number, Told, added, gathered
from zhegu.reports.rules.telling import day_text, place_words


@dataclass(frozen=True)
class _Asked:
    """The days from `since` until the moment `as_of`; what was approved by `known_at` counts."""

    as_of: datetime
    since: date
    known_at: datetime

    @property
    def until(self) -> date:
        return clock.local_day(self.as_of)


def figures(
    scope: Scope, community: Place, as_of: datetime, known_at: datetime | None = None, since: date | None = None
) -> list[Told]:
    """Every figure whose room exists, as known at that moment, of its day or of the days from `since` on; what was
    reported and approved for just these days by `known_at` answers for them. Raises NotFound outside the scope."""
    asked = _asked(as_of, known_at, since)
    return _told(scope, community, asked, approved(scope, community, asked.since, asked.until, asked.known_at))


def counted(
    scope: Scope, community: Place, as_of: datetime, known_at: datetime | None = None, since: date | None = None
) -> list[Told]:
    """The same as the records say it: what fills the next report of these days, whatever an earlier one of them said. Of
    several days each is as it was approved. Raises NotFound outside the scope."""
    return _told(scope, community, _asked(as_of, known_at, since), {})


def some_figures(scope: Scope, community: Place, as_of: datetime, names: Collection[str]) -> dict[str, Told]:
    """Those of these names, as `figures`, and nothing else is read. Raises NotFound outside the scope."""
    asked = _asked(as_of, None, None)
    known = approved(scope, community, asked.since, asked.until, as_of)
    return {one.spec.name: one for one in _told(scope, community, asked, known, names)}


def _asked(as_of: datetime, known_at: datetime | None, since: date | None) -> _Asked:
    return _Asked(as_of, since or clock.local_day(as_of), known_at or as_of)


def _told(
    scope: Scope, community: Place, asked: _Asked, reported: Mapping[str, Number], names: Collection[str] | None = None
) -> list[Told]:
    places.reached(scope, community)
    wanted = [
        spec for spec in specs()
        if (names is None or spec.name in names) and (spec.source in offers() or spec.source in figure_offers())
    ]  # fmt: skip
    values = _of_days(scope, community, asked, [spec for spec in wanted if spec.name not in reported])
    return [
        Told(spec, reported[spec.name], True) if spec.name in reported else Told(spec, values[spec.name]) for spec in wanted
    ]


def _of_days(scope: Scope, community: Place, asked: _Asked, wanted: Sequence[FigureSpec]) -> dict[str, Any]:
    """Each figure of the days asked for: of one day as it is read, of several from what was approved of each, else from
    how it stood at its end."""
    if asked.since == asked.until:
        read = _Reading(scope, about(scope, community, asked.as_of), asked.as_of)
        return {spec.name: read.value(spec) for spec in wanted}
    said = days_approved(scope, community, asked.known_at, asked.since, asked.until)
    found: dict[str, list[Any]] = {spec.name: [] for spec in wanted}
    for no in range((asked.until - asked.since).days + 1):
        day = asked.since + timedelta(days=no)
        moment = clock.ends(day, asked.as_of)
        read, approved_then = _Reading(scope, about(scope, community, moment), moment), said.get(day, {})
        for spec in wanted:
            if day == asked.until or spec.gathers != LAST:
                known = spec.name in approved_then
                found[spec.name].append(approved_then[spec.name] if known else read.value(spec))
    return {spec.name: gathered(spec.gathers, found[spec.name]) for spec in wanted}


class _Reading:
    """Reads each source once for all figures that come from it."""

    def __init__(self, scope: Scope, known: Mapping[str, Any], as_of: datetime) -> None:
        self.scope, self.known, self.as_of = scope, known, as_of
        self.read: dict[tuple[str, str], Mapping[str, Any] | None] = {}

    def value(self, spec: FigureSpec) -> Any:
        key = (spec.source, spec.over)
        if key not in self.read:
            self.read[key] = self._values(spec)
        return added(self.read[key], spec.keys)

    def _values(self, spec: FigureSpec) -> Mapping[str, Any] | None:
        known = dict(self.known)
        if spec.over == OUTBREAK:
            known["since"] = began(self.scope, known["community"], self.as_of)
        offer = figure_offers().get(spec.source)
        if offer is not None:
            said = offer.read(self.scope, as_of=self.as_of, **{need: known[need] for need in offer.needs})
            return {figure.name: figure.value for figure in said}
        ledger = ledger_at(self.scope, spec.source, known, self.as_of)
        return ledger.totals if ledger is not None else None


def day_words(
    scope: Scope, community: Place, as_of: datetime, lang: str, told: Iterable[Told] | None = None, since: date | None = None
) -> str:
    """The day, or the days from `since` on, in a few lines for the chat group, from their figures where they were read
    already, and what was typed of the last day if it names nobody; raises RefusedError where they would hold what must
    not go out."""
    known = figures(scope, community, as_of, since=since) if told is None else told
    said = note(scope, community, clock.local_day(as_of), as_of)
    typed = (said.problems, said.plan) if said and not names_somebody(scope, community, said) else ("", "")
    words = day_text(known, community=place_words(community, lang), as_of=as_of, lang=lang, since=since, typed=typed)
    faults = chat_faults(words, registers.names(scope, community), places.names_of(scope, community))
    if faults:
        raise RefusedError(Refused("reports.chat_refused", {"faults": sorted(faults)}))
    return words


def list_of_figures(scope: Scope) -> tuple[FigureSpec, ...]:
    """Every figure there is, in the order of the daily report: names and units are no secret to anybody."""
    return specs()

"""Figures of a community at any moment: board, daily report, chat text and blanks read them here and nowhere else."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from zhegu.lib import clock
from zhegu.lib.answers import Refused, RefusedError
from zhegu.lib.scope import Scope
from zhegu.places import queries as places
from zhegu.places.models import Place
from zhegu.registers import queries as registers
from zhegu.reports.outside.figures import specs
from zhegu.reports.outside.ledgers import figure_offers, offers
from zhegu.reports.queries.approved import approved
from zhegu.reports.queries.blanks import about, began, ledger_at
from zhegu.reports.queries.rounds import own_words
from zhegu.reports.rules import chat_faults
from zhegu.reports.rules.figures import OUTBREAK, FigureSpec, Number, Told, added
from zhegu.reports.rules.telling import day_text, place_words


def figures(scope: Scope, community: Place, as_of: datetime, known_at: datetime | None = None) -> list[Told]:
    """Every figure whose room exists, as known at that moment; what was reported and approved for the day by `known_at`
    answers for it. Raises NotFound outside the scope."""
    return _told(scope, community, as_of, approved(scope, community, clock.local_day(as_of), known_at or as_of))


def counted(scope: Scope, community: Place, as_of: datetime) -> list[Told]:
    """The same as the records say it: what fills the next report, whatever an earlier one said. Raises NotFound outside
    the scope."""
    return _told(scope, community, as_of, {})


def some_figures(scope: Scope, community: Place, as_of: datetime, names: Collection[str]) -> dict[str, Told]:
    """Those of these names, as `figures`, and nothing else is read. Raises NotFound outside the scope."""
    known = approved(scope, community, clock.local_day(as_of), as_of)
    return {one.spec.name: one for one in _told(scope, community, as_of, known, names)}


def _told(
    scope: Scope, community: Place, as_of: datetime, reported: Mapping[str, Number], names: Collection[str] | None = None
) -> list[Told]:
    places.reached(scope, community)
    read = _Reading(scope, about(scope, community, as_of), as_of)
    return [
        Told(spec, reported[spec.name], True) if spec.name in reported else Told(spec, read.value(spec))
        for spec in specs()
        if (names is None or spec.name in names) and (spec.source in offers() or spec.source in figure_offers())
    ]


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


def day_words(scope: Scope, community: Place, as_of: datetime, lang: str, told: Iterable[Told] | None = None) -> str:
    """The day in a few lines for the chat group, from its figures where they were read already; raises RefusedError
    where they would hold what must not go out."""
    words = day_text(figures(scope, community, as_of) if told is None else told, community=place_words(community, lang), as_of=as_of, lang=lang)
    faults = chat_faults(words, registers.names(scope, community), own_words(scope, community))
    if faults:
        raise RefusedError(Refused("reports.chat_refused", {"faults": sorted(faults)}))
    return words


def list_of_figures(scope: Scope) -> tuple[FigureSpec, ...]:
    """Every figure there is, in the order of the daily report: names and units are no secret to anybody."""
    return specs()

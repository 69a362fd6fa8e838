"""The table outbreaks offer to reports: what bulletins of the offices above said (form F21)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from zhegu.lib.ledger import Ledger, LedgerOffer
from zhegu.lib.scope import Scope
from zhegu.lib.tables import Column, Kind, Phrase
from zhegu.outbreaks import queries
from zhegu.outbreaks.models import Bulletin
from zhegu.outbreaks.saying import level_words
from zhegu.places.models import Place

BULLETINS = (
    Column("day", "outbreaks.f21_day", Kind.DATE), Column("issuer", "outbreaks.f21_issuer"),
    Column("number", "outbreaks.f21_number"), Column("place", "outbreaks.f21_place"),
    Column("new_confirmed", "outbreaks.new_confirmed", Kind.COUNT),
    Column("new_asymptomatic", "outbreaks.new_asymptomatic", Kind.COUNT),
    Column("all_confirmed", "outbreaks.all_confirmed", Kind.COUNT),
    Column("all_asymptomatic", "outbreaks.all_asymptomatic", Kind.COUNT),
    Column("level", "outbreaks.level"), Column("words", "outbreaks.f21_words"),
)  # fmt: skip


def bulletins(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F21: of every bulletin of these days a row a place and a row a change of a risk area; its words stand once."""
    rows: list[dict[str, Any]] = []
    for outbreak in queries.outbreaks(scope, community):
        for one in queries.bulletins(scope, outbreak).filter(day__gte=since, day__lte=until, at__lte=as_of):
            rows += _rows(one)
    period = Phrase.of("outbreaks.period", since=since.isoformat(), until=until.isoformat())
    return Ledger("outbreaks.bulletins", "outbreaks.f21_title", BULLETINS, tuple(rows), as_of, community.code, period)


def _rows(one: Bulletin) -> list[dict[str, Any]]:
    head = {"day": one.day, "issuer": one.issuer, "number": one.number}
    found = [{**head, **line} for line in _lines(one)] or [head]
    return [{**found[0], "words": one.words}, *found[1:]]


def _lines(one: Bulletin) -> Iterator[dict[str, Any]]:
    for count in one.counts.all():
        yield {
            "place": count.place, "new_confirmed": count.new_confirmed, "new_asymptomatic": count.new_asymptomatic,
            "all_confirmed": count.all_confirmed, "all_asymptomatic": count.all_asymptomatic,
        }  # fmt: skip
    for area in one.areas.all():
        if area.undone is None:
            yield {"place": area.name, "level": level_words(area.level) or Phrase.of("outbreaks.lifted")}


LEDGERS = (LedgerOffer("outbreaks.bulletins", bulletins, needs=("community", "since", "until")),)

"""Reading boards: what places stated for a day, what it comes to above them, who is late."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTextTransform

from zhegu.lib.scope import NotFound, Scope
from zhegu.places import queries as places
from zhegu.upward.models import Sender, Statement, Way
from zhegu.upward.outside.measures import measures
from zhegu.upward.rules import (
    COMMUNITY,
    LEVELS,
    Figures,
    Measure,
    Number,
    Told,
    above,
    below,
    days_until,
    end_of,
    guarded,
    plain,
    together,
    told,
)

ROLES = ("office", "leader", "observer")
DAYS = 14
"""So many days a line shows: two weeks, the usual look-back of an outbreak."""
Shown = Number | str | None


@dataclass(frozen=True)
class Part:
    """A place of the board's next level: what it comes to, and how many of its communities stated the day."""

    code: str
    names: tuple[str, str]
    figures: Mapping[str, Shown]
    stated: int
    whole: int
    of: int
    heard: datetime | None

    @property
    def late(self) -> int:
        """Communities whose day is not told to its end."""
        return self.of - self.whole


@dataclass(frozen=True)
class Board:
    """A place on a day: its figures, those of the places below it, and one of them over the days before."""

    code: str
    day: date
    names: tuple[str, str]
    above: tuple[tuple[str, tuple[str, str]], ...]
    figures: Mapping[str, Shown]
    parts: tuple[Part, ...]
    whole: Part
    line: Mapping[date, Shown]


@dataclass(frozen=True)
class _Row:
    place: str
    day: date
    as_of: datetime
    figures: Figures


def widest(scope: Scope) -> str:
    """The place a board opens with: the widest one the scope reads figures of; raises NotFound."""
    held = sorted((code[:COMMUNITY] for code in scope.places(*ROLES) if len(code) <= COMMUNITY), key=len)
    if not held:
        raise NotFound("figures")
    return held[0]


def board(scope: Scope, code: str, day: date, line: Measure) -> Board:
    """The newest figures of a place for a day, and `line` over the days before; raises NotFound outside the scope."""
    if len(code) not in LEVELS or not scope.covers(code, *ROLES):
        raise NotFound(code)
    rows = _rows(code, day, line)
    today = {row.place: row for row in rows if row.day == day}
    expected = sorted({row.place for row in rows} | _communities(scope, code))
    by_part: dict[str, list[str]] = {}
    for place in expected:
        by_part.setdefault(below(code, place), []).append(place)
    names = _names(scope, [code, *above(code), *by_part], code, day)
    parts = tuple(_part(part, inside, today, names, day) for part, inside in by_part.items())
    by_day: dict[date, list[Figures]] = {one: [] for one in days_until(day, DAYS)}
    for row in rows:
        by_day[row.day].append(row.figures)
    over = {one: guarded(line, together(line, figures)) for one, figures in by_day.items()}
    reach = tuple((one, names.get(one, (one, ""))) for one in above(code) if scope.covers(one, *ROLES))
    whole = _part(code, expected, today, names, day)
    return Board(code, day, names.get(code, (code, "")), reach, whole.figures, parts, whole, over)


def _within(code: str) -> Q:
    return Q(place__gte=code, place__lt=code + "\x7f")


def _rows(code: str, day: date, line: Measure) -> list[_Row]:
    """What was stated of the day, and of the days before only what `line` is made of: a prefecture's two weeks are some
    thousand rows, and reading all their figures is what takes time."""
    found = Statement.objects.filter(_within(code), newest=True).order_by("place", "day")
    rows = [_Row(*values) for values in found.filter(day=day).values_list("place", "day", "as_of", "figures")]
    before = found.filter(day__gt=day - timedelta(days=DAYS), day__lt=day)
    parts = [line.name, *line.parts]
    values = before.annotate(**{f"part{n}": KeyTextTransform(part, "figures") for n, part in enumerate(parts)})
    for place, on, as_of, *numbers in values.values_list("place", "day", "as_of", *(f"part{n}" for n in range(len(parts)))):
        rows.append(_Row(place, on, as_of, {part: _number(said) for part, said in zip(parts, numbers, strict=True)}))
    return rows


def _number(said: Any) -> Number | None:
    """Databases give a number, or its words as they stand in the JSON: what nobody knew is `null` there."""
    found = json.loads(said) if isinstance(said, str) else said
    return found if isinstance(found, int | float) else None


def _communities(scope: Scope, code: str) -> set[str]:
    inside = places.communities(scope).filter(code__gte=code, code__lt=code + "\x7f")
    return set(inside.values_list("code", flat=True))


def _names(scope: Scope, codes: Sequence[str], code: str, day: date) -> dict[str, tuple[str, str]]:
    """What places call themselves: here, or in what they stated."""
    stated = Statement.objects.filter(_within(code), newest=True, day=day, place__in=codes).exclude(name="")
    said = {place: (name, bo) for place, name, bo in stated.values_list("place", "name", "name_bo")}
    known = {one.code: (one.name, one.name_bo) for one in places.named(scope, codes).values() if one.name}
    return {**said, **known}


def _part(
    code: str, inside: Sequence[str], today: Mapping[str, _Row], names: Mapping[str, tuple[str, str]], day: date
) -> Part:
    rows = [today[place] for place in inside if place in today]
    whole = sum(told(row.as_of, end_of(day)) == Told.WHOLE for row in rows)
    heard = max((row.as_of for row in rows), default=None)
    figures = _shown([row.figures for row in rows])
    return Part(code, names.get(code, (code, "")), figures, len(rows), whole, len(inside), heard)


def _shown(figures: Sequence[Figures]) -> dict[str, Shown]:
    """What these places come to; a community's small counts, too, are shown only to the community itself."""
    return {one.name: guarded(one, together(one, figures)) for one in measures().values()}


def own(scope: Scope, community: str, day: date) -> dict[str, Number | None]:
    """The figures a community stated, as they are, for those who work there; raises NotFound outside the scope."""
    if len(community) != COMMUNITY or not scope.covers(community, *ROLES):
        raise NotFound(community)
    row = Statement.objects.filter(place=community, day=day, newest=True).first()
    return dict(row.figures) if row else {}


def unsaid(scope: Scope, community: str, approved: Mapping[date, Mapping[str, Number]]) -> list[date]:
    """Of these days those whose newest statement says otherwise than what was approved, or that were never stated."""
    if not scope.covers(community, *ROLES):
        raise NotFound(community)
    stated = Statement.objects.filter(place=community, day__in=list(approved), newest=True).values_list("day", "figures")
    last = dict(stated)
    return [day for day, figures in approved.items() if day not in last or _differs(last[day], figures)]


def _differs(stated: Figures, approved: Mapping[str, Number]) -> bool:
    return any(name in stated and stated[name] != plain(value) for name, value in approved.items())


def versions(scope: Scope, community: str, day: date) -> QuerySet[Statement]:
    """What was stated of the day, newest first; raises NotFound outside the scope."""
    if not scope.covers(community, *ROLES):
        raise NotFound(community)
    return Statement.objects.filter(place=community, day=day).order_by("-version")


def way(scope: Scope) -> Way:
    """The way up from this installation, for whoever works in it."""
    if not (scope.whole or scope.places("office", "leader")):
        raise NotFound("way")
    return Way.objects.filter(pk=1).first() or Way()


def senders(scope: Scope) -> list[Sender]:
    """Installations that may state figures of places the scope covers."""
    return [one for one in Sender.objects.all() if scope.covers(one.place, *ROLES)]


def sender(scope: Scope, sender_id: str) -> Sender:
    """One that is admitted; raises NotFound."""
    found = Sender.objects.filter(pk=sender_id, revoked=None).first()
    if found is None or not scope.whole:
        raise NotFound(sender_id)
    return found


def comes_from_elsewhere(scope: Scope, community: str) -> bool:
    """Whether another installation states the figures of this community."""
    if not scope.covers(community):
        raise NotFound(community)
    return Sender.objects.filter(revoked=None, place__in=[*above(community), community]).exists()


def waiting(scope: Scope, after: int, most: int) -> list[Statement]:
    """What goes up next, in order."""
    if not scope.whole:
        raise NotFound("waiting")
    return list(Statement.objects.filter(seq__gt=after).order_by("seq")[:most])

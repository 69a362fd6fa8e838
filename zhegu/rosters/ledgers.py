"""The tables rosters offer to reports: who stands in which shift (F11), and what one shift handed to the next (F25)."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from zhegu.accounts.models import ServesAs
from zhegu.lib import clock
from zhegu.lib.ledger import Figure, FigureOffer, Ledger, LedgerOffer
from zhegu.lib.scope import NotFound, Scope
from zhegu.lib.tables import Column, Kind, Mask, Phrase, Plain, Table
from zhegu.places.models import Place
from zhegu.registers.ledgers import place_words
from zhegu.rosters import queries
from zhegu.rosters.models import HandedOver, Shift
from zhegu.rosters.rules import Counted

SHIFTS = (
    Column("day", "rosters.day", Kind.DATE), Column("word", "rosters.shift", Kind.CHOICE, words="rosters.word_"),
    Column("starts", "rosters.starts", Kind.TIME), Column("ends", "rosters.ends", Kind.TIME),
    Column("post", "rosters.post"), Column("kind", "rosters.kind", Kind.CHOICE, words="rosters.kind_"),
    Column("place", "rosters.place"), Column("lead", "rosters.lead", Kind.TEXT, Mask.NAME),
    Column("members", "rosters.members", Kind.TEXT, Mask.NAME), Column("people", "rosters.people", Kind.COUNT),
    Column("handed_over", "rosters.handed_over_at", Kind.TIME),
)  # fmt: skip
HANDOVERS = (
    Column("day", "rosters.day", Kind.DATE), Column("post", "rosters.post"),
    Column("word", "rosters.shift", Kind.CHOICE, words="rosters.word_"),
    Column("starts", "rosters.starts", Kind.TIME), Column("ends", "rosters.ends", Kind.TIME),
    Column("crew", "rosters.crew", Kind.TEXT, Mask.NAME), Column("at", "rosters.handed_over_at", Kind.TIME),
    Column("by", "rosters.handed_over_by", Kind.TEXT, Mask.NAME),
    *(Column(one.value, f"rosters.count_{one.value}", Kind.COUNT) for one in Counted),
    Column("notes", "rosters.notes"), Column("taken_by", "rosters.taken_over_by", Kind.TEXT, Mask.NAME),
    Column("taken_at", "rosters.taken_over_at", Kind.TIME),
)  # fmt: skip

MEALS = (
    Column("word", "rosters.shift", Kind.CHOICE, words="rosters.word_"), Column("post", "rosters.post"),
    Column("people", "rosters.people", Kind.COUNT), Column("cook", "rosters.cook"), Column("note", "rosters.meal_note"),
    Column("brought", "rosters.brought", Kind.TICK),
)  # fmt: skip


def meals_table(scope: Scope, community: Place, day: date) -> Table:
    """For the kitchen: a row a shift and post with how many eat there, who cooks, and a box for what was brought."""
    found = queries.meals(scope, community, day)
    rows = [
        {
            "word": meal.word, "post": post.name if post else "", "people": heads,
            "cook": meal.cook.name if meal.cook else "", "note": meal.cook.note if meal.cook else "",
        }
        for meal in found for post, heads in meal.posts or [(None, 0)]
    ]  # fmt: skip
    return Table(MEALS, tuple(rows), "rosters.meals", Plain(day.isoformat()), {"people": sum(meal.people for meal in found)})


def shifts(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F11: a row a shift that belongs to these days; people counted below, so that meals and masks can be."""
    _readable(scope, community)
    found = list(queries.shifts_of_days(scope, community, since, until).select_related("post__place"))
    handed = queries.handed_over(scope, community, found, as_of)
    rows = tuple(_shift_row(one, handed) for one in found)
    people = sum(row["people"] for row in rows)
    return Ledger(
        "rosters.shifts", "rosters.f11_title", SHIFTS, rows, as_of, community.code, _period(since, until), {"people": people}
    )


def _shift_row(one: Shift, handed_over: Mapping[UUID, datetime]) -> dict[str, Any]:
    duties = list(one.duties.all())
    lead = next((duty.staff.name for duty in duties if duty.leads), "")
    return {
        "day": one.day, "word": one.word, "starts": one.starts, "ends": one.ends, "post": one.post.name,
        "kind": one.post.kind, "place": place_words(one.post.place), "lead": lead,
        "members": "、".join(duty.staff.name for duty in duties if not duty.leads), "people": len(duties),
        "handed_over": handed_over.get(one.pk),
    }  # fmt: skip


def _readable(scope: Scope, community: Place) -> None:
    """Names and words are for those who read them on the page as well; raises NotFound for everybody else."""
    if not scope.reaches(community.code, *queries.READERS):
        raise NotFound(community.code)


def _period(since: date, until: date) -> Phrase:
    return Phrase.of("rosters.period", since=since.isoformat(), until=until.isoformat())


def handovers(scope: Scope, *, as_of: datetime, community: Place, since: date, until: date) -> Ledger:
    """F25: a row a hand-over in the order they were made."""
    _readable(scope, community)
    begin = datetime.combine(since, time.min, clock.LOCAL)
    end = datetime.combine(until + timedelta(days=1), time.min, clock.LOCAL)
    found = queries.handovers(scope, community, begin, end).filter(at__lte=as_of).prefetch_related("shift__duties__staff")
    names = queries.names(scope, community)
    rows = tuple(_row(one, names) for one in found.order_by("at", "id"))
    return Ledger(
        "rosters.handovers", "rosters.f25_title", HANDOVERS, rows, as_of, community.code, _period(since, until)
    )


def _row(one: HandedOver, names: dict[str, str]) -> dict[str, Any]:
    shift = one.shift
    return {
        "day": shift.day, "post": shift.post.name, "word": shift.word, "starts": shift.starts, "ends": shift.ends,
        "crew": "、".join(duty.staff.name for duty in shift.duties.all()), "at": one.at, "by": names.get(one.by, ""),
        "notes": one.notes, "taken_by": names.get(one.taken_by, ""), "taken_at": one.taken_at,
        **{code.value: one.counts.get(code.value) for code in Counted},
    }  # fmt: skip


def on_duty(scope: Scope, *, as_of: datetime, community: Place) -> Iterable[Figure]:
    """Who stands in a shift that is on that day, each person once; of them party members and volunteers."""
    serving = queries.on_duty(scope, community, clock.local_day(as_of), as_of)
    party, volunteers = (serving.count(one) for one in (ServesAs.PARTY_MEMBER, ServesAs.VOLUNTEER))
    for name, people in (("on_duty", len(serving)), ("party", party), ("volunteers", volunteers)):
        yield Figure(f"rosters.{name}", "rosters.unit_people", f"rosters.{name}_what", people, as_of, community.code)


DAYS = ("community", "since", "until")
LEDGERS = (
    LedgerOffer("rosters.shifts", shifts, needs=DAYS),
    LedgerOffer("rosters.handovers", handovers, needs=DAYS),
)
FIGURES = (FigureOffer("rosters.today", on_duty, needs=("community",)),)

"""What is due: rules that are data, each with a window and a "resolved if", run alike by server and phone.

An app's `duties.py` holds `DUTIES: tuple[DutyRule, ...]`. A rule reads the rows of one table the app offers to
phones; nothing is stored, so what is done is due no more the moment its row says so. The phone's door hands the
rules to phones (table `duty`), `phone/src/duties/rules.ts` is this file again, and both run
`contracts/cases/duties.json`. Pure.

    DUTIES = (
        DutyRule("care.ask", "care", roles=("carer",), screen="care", opens="next_on", closes="next_on", mine="helper"),
        DutyRule("monitoring.morning", "measure", roles=("grid_worker",), screen="checks", daily=("06:00", "12:00"),
                 opens="starts_on", closes="ends_on", done_at="checked_at", applies=(Holds("state", ("open",)),)),
    )

Its name in words is the text `care.duty_ask`. A row tells `grid` (a number, 0 for none) and `name`, and where it has
one `house` (the household's id, '' for none); a day is `2022-09-13`, a moment ISO 8601 with an offset, '' or null is not known.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from zhegu.lib import clock

Row = Mapping[str, Any]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Holds:
    """A field of the row has one of these values, or, with `but`, none of them."""

    field: str
    values: tuple[str | int | bool, ...]
    but: bool = False

    def of(self, row: Row) -> bool:
        """Whether it holds of this row."""
        return (row.get(self.field) in self.values) != self.but


@dataclass(frozen=True)
class DutyRule:
    """When a row of a table is something to do, and for whom.

    It is due from `opens` (a field, plus `opens_days`; '' always) and late after `closes` (a field, plus
    `closes_days`; '' never; a day counts to its end). With `daily` it is due anew between these hours of every
    day from `opens` to `closes`, and only then; what was not done in its hours is late to the end of the day, or, where
    it `lapses`, gone: it cannot be made up for. It is done where all of `resolved` hold, or where the moment in
    the field `done_at` lies in the window or later. `applies` must hold at all. `mine` names a field with the id
    of whose it is; where that is empty it is everybody's with one of `roles`. Lower `rank` stands first.
    """

    code: str
    table: str
    roles: tuple[str, ...]
    screen: str
    opens: str = ""
    opens_days: int = 0
    closes: str = ""
    closes_days: int = 0
    daily: tuple[str, str] | None = None
    done_at: str = ""
    applies: tuple[Holds, ...] = ()
    resolved: tuple[Holds, ...] = ()
    mine: str = ""
    rank: int = 50
    lapses: bool = False

    @property
    def text(self) -> str:
        """The key of its name in words."""
        area, _, what = self.code.partition(".")
        return f"{area}.duty_{what}"

    def row(self) -> dict[str, Any]:
        """As phones are told."""
        plain = {name: value for name, value in asdict(self).items() if name != "code"}
        return {
            "id": self.code, "text": self.text, **plain, "roles": list(self.roles),
            "daily": list(self.daily) if self.daily else None,
            "applies": [_plain(one) for one in self.applies], "resolved": [_plain(one) for one in self.resolved],
        }  # fmt: skip


def _plain(one: Holds) -> dict[str, Any]:
    return {"field": one.field, "values": list(one.values), "but": one.but}


def rule_of(row: Row) -> DutyRule:
    """The rule a row as phones are told speaks of."""
    facts = {name: row[name] for name in DutyRule.__dataclass_fields__ if name in row}
    for name in ("applies", "resolved"):
        facts[name] = tuple(Holds(one["field"], tuple(one["values"]), one.get("but", False)) for one in row.get(name, ()))
    daily = row.get("daily")
    return DutyRule(**{**facts, "code": row["id"], "roles": tuple(row["roles"]), "daily": tuple(daily) if daily else None})


@dataclass(frozen=True)
class Due:
    """Something to do: from when, until when (None: whenever), and whether that is past."""

    since: datetime | None
    until: datetime | None
    late: bool


def _moment(said: Any, *, end: bool = False) -> datetime | None:
    """A day (its beginning, or its end) or a moment; None for nothing said."""
    if not said:
        return None
    if len(said) == 10:
        begins = datetime.combine(date.fromisoformat(said), time(), clock.LOCAL)
        return begins + DAY if end else begins
    return clock.parse(said)


def _hour(now: datetime, hour: str) -> datetime:
    return datetime.combine(clock.local_day(now), time.fromisoformat(hour), clock.LOCAL)


def due(rule: DutyRule, row: Row, now: datetime) -> Due | None:
    """What this rule makes of this row now; None where nothing is to be done."""
    if not all(one.of(row) for one in rule.applies):
        return None
    if rule.resolved and all(one.of(row) for one in rule.resolved):
        return None
    since, until = _moment(row.get(rule.opens)), _moment(row.get(rule.closes), end=True)
    if rule.opens and since is None:
        return None
    since = since and since + rule.opens_days * DAY
    until = until and until + rule.closes_days * DAY
    if since and now < since:
        return None
    if rule.daily:
        if until and now >= until:
            return None
        since, until = (_hour(now, hour) for hour in rule.daily)
        if now < since or (rule.lapses and now >= until):
            return None
    done = _moment(row.get(rule.done_at)) if rule.done_at else None
    if done and (since is None or done >= since):
        return None
    return Due(since, until, until is not None and now >= until)


@dataclass(frozen=True)
class Duty:
    """A rule and the row it made something of."""

    rule: DutyRule
    row: Row
    due: Due


def gathered(rules: Iterable[DutyRule], tables: Mapping[str, Iterable[Row]], now: datetime) -> list[Duty]:
    """Everything that is due: what is late first, then by rank."""
    found = [
        Duty(rule, row, made) for rule in rules for row in tables.get(rule.table, ())
        if (made := due(rule, row, now)) is not None
    ]  # fmt: skip
    return sorted(found, key=lambda one: (not one.due.late, one.rule.rank, one.rule.code, str(one.row["id"])))

"""What this room offers to phones: who of one's own grids is asked every day, what was written down so far, and which
days their measures set: tests, an end, a look. What may be decided on such a day stands in `deciding.py`."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from zhegu.journal.actions import Answer
from zhegu.lib import clock
from zhegu.lib.phone import ClosedBody, ParsedCommand, PhoneCommand, carried
from zhegu.lib.scope import NotFound, Scope
from zhegu.monitoring import actions, deciding, queries
from zhegu.monitoring.models import HOLDS
from zhegu.monitoring.rules import BEGINS, How, Reached, Slot
from zhegu.outbreaks import queries as outbreaks
from zhegu.outbreaks.queries import StageKind
from zhegu.places import queries as places
from zhegu.places.models import Kind, Place

LANGUAGES = ("zh", "bo", "en")
BACK = timedelta(days=1)
"""Today's checks and yesterday's, so that the evening before is still there in the morning."""


class SymptomRow(TypedDict):
    """A symptom of the outbreak's profile, in the three languages."""

    code: str
    zh: str
    bo: str
    en: str


class AskingRow(TypedDict):
    """What is asked under the open outbreak; `fever` in tenths of a degree, null where no number says so."""

    id: str
    slots: list[Slot]
    fever: int | None
    symptoms: list[SymptomRow]


class CheckedRow(TypedDict):
    """Somebody of this phone's grids who is asked every day; `phone` in full, since they are called. `morning_at`,
    `evening_at`: when that part of today was over for them, because somebody reached them; '' where nobody did."""

    id: str
    name: str
    name_bo: str
    birth_year: int | None
    grid: int
    household: str
    house: str
    order: int
    phone: str
    twice: bool
    morning_at: str
    evening_at: str


class DailyRow(TypedDict):
    """A check of today or yesterday: whether there was one and whether it was normal, not what was measured."""

    id: str
    person: str
    day: str
    slot: Slot
    reached: Reached
    abnormal: bool


class Words(TypedDict):
    """A name of the profile in the three languages."""

    zh: str
    bo: str
    en: str


class Need(TypedDict):
    """What the profile asks for before somebody is let go, or the next stage begins."""

    code: str
    zh: str
    bo: str
    en: str


class MeasureRow(TypedDict):
    """A measure that holds, on somebody or on a place of this phone's grids, with the days on which something must be
    done; '' where there is none. `since`: the first day of the running stage; `test_on`, `test_until`: the first test
    without a swab; `over_on`: the first day after the running stage, which goes on until somebody says otherwise;
    `last`: there is no other stage after it; `planned`: the day the stage itself sets for a look; `area`: it is on
    everybody of a place. `stage_no`: the number of the running stage; `early`: a negative test stands for its days, it may
    end before `over_on`. `needs`: all that is asked before it ends, whether it holds by now or not."""

    id: str
    name: str
    name_bo: str
    grid: int
    house: str
    phone: str
    measure: Words
    stage: StageKind
    stage_no: int
    early: bool
    since: str
    test_on: str
    test_until: str
    tests_done: int
    tests: int
    over_on: str
    last: bool
    review_on: str
    planned: str
    area: bool
    needs: list[Need]


ROWS: dict[str, type] = {"asking": AskingRow, "checked": CheckedRow, "daily": DailyRow, "measure": MeasureRow, "decider": deciding.DeciderRow}


def _today(scope: Scope, community: Place, at: datetime) -> queries.Day | None:
    """The day's list for those on the phone who ask; None where nobody does, or nothing is open."""
    mine = deciding.mine_of(scope)
    outbreak = queries.open_outbreak(scope, community)
    if outbreak is None or not (mine.grants or mine.whole):
        return None
    return queries.under_checks(mine, outbreak, clock.local_day(at))


def asking_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """One row while anybody is asked."""
    found = _today(scope, community, clock.now())
    if found is None or not found.slots:
        return
    rules = found.outbreak.rules
    yield {
        "id": str(found.outbreak.pk), "slots": list(found.slots),
        "fever": round(rules.fever_threshold_c * 10) if rules.fever_threshold_c else None,
        "symptoms": [
            {"code": one.code, **{lang: outbreaks.symptom_name(one, lang) for lang in LANGUAGES}} for one in rules.symptoms
        ],
    }  # fmt: skip


def _reached(scope: Scope, of: queries.Day) -> dict[tuple[UUID, str], str]:
    """When each of them was reached today, by part of the day; never before that part began, as duties count."""
    return {
        (row.person_id, row.slot): clock.local(max(row.at, datetime.combine(of.day, BEGINS[Slot(row.slot)], clock.LOCAL))).isoformat()
        for row in queries.written_down(scope, of, of.day) if row.reached == Reached.YES
    }  # fmt: skip


def checked_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """Who is asked, by grid and house; in this table the day counts, for measures begin on a day."""
    found = _today(scope, community, clock.now())
    reached = _reached(scope, found) if found else {}
    for person in found.people if found else ():
        house = person.household
        yield {
            "id": str(person.pk), "name": person.name, "name_bo": person.name_bo, "birth_year": person.birth_year,
            "grid": person.grid.no if person.grid else 0,
            "household": (house.door or house.no or house.address or house.head_name) if house else "",
            "house": str(house.pk) if house else "", "order": house.order if house else 0, "phone": person.phone,
            "twice": len(found.slots) > 1, "morning_at": reached.get((person.pk, Slot.MORNING), ""),
            "evening_at": reached.get((person.pk, Slot.EVENING), ""),
        }  # fmt: skip


def daily_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """What was written down of them today and yesterday."""
    now = clock.now()
    found = _today(scope, community, now)
    since = clock.local_day(now) - BACK
    for row in queries.written_down(scope, found, since) if found else ():
        yield {
            "id": str(row.pk), "person": str(row.person_id), "day": row.day.isoformat(), "slot": row.slot,
            "reached": row.reached, "abnormal": row.abnormal,
        }  # fmt: skip


def measure_rows(scope: Scope, community: Place) -> Iterator[dict[str, Any]]:
    """What holds, the longest first. Nothing in a row changes with the day alone, only when something was done."""
    mine = deciding.mine_of(scope)
    if not (mine.grants or mine.whole):
        return
    rows = queries.with_shared_outbreaks(queries.measures(mine, community).filter(HOLDS, outbreak__closed=None))
    for one in queries.courses(mine, rows, clock.local_day(clock.now())):
        yield _measure_row(one)


def _measure_row(one: queries.Course) -> dict[str, Any]:
    of, last_day = one.measure, one.running.last_day
    where = of.person.grid if of.person else of.place
    test = next((state.due for state in one.tests if state.taken is None), None)
    return {
        "id": str(of.pk), "name": of.person.name if of.person else of.place.name,
        "name_bo": of.person.name_bo if of.person else of.place.name_bo,
        "grid": where.no if where and where.kind == Kind.GRID else 0,
        "house": str(of.person.household_id or "") if of.person else "", "phone": of.person.phone if of.person else "",
        "measure": {lang: outbreaks.measure_name(one.rule, lang) for lang in LANGUAGES}, "stage": one.running.stage.kind,
        "stage_no": one.running.no, "early": one.early,
        "since": one.running.first_day.isoformat(), "test_on": test.earliest.isoformat() if test else "",
        "test_until": test.latest.isoformat() if test else "",
        "tests_done": sum(state.taken is not None for state in one.tests), "tests": len(one.tests),
        "over_on": (last_day + timedelta(days=1)).isoformat() if last_day else "", "last": one.is_last_stage,
        "review_on": of.review_on.isoformat(), "planned": _iso(last_day or one.running.review_on), "area": of.person is None,
        "needs": [
            {"code": str(need.need), **{lang: outbreaks.condition_says(need, lang) for lang in LANGUAGES}}
            for need in (_conditions(one) if of.person else ())
        ],
    }  # fmt: skip


def _conditions(one: queries.Course) -> tuple[outbreaks.Condition, ...]:
    if one.is_last_stage:
        return outbreaks.release_conditions(one.rule)
    return outbreaks.stage_conditions(one.running.stage)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


TABLES = {"asking": asking_rows, "checked": checked_rows, "daily": daily_rows, "measure": measure_rows, "decider": deciding.decider_rows}
SENSITIVE = {"checked", "daily", "measure"}


class RecordCheck(ClosedBody):
    """Somebody was asked, on the day the command was made. `temperature` in tenths of a degree, null where it
    was not measured; `symptoms` are codes of the profile, or `other`; `note` is what they need."""

    person: UUID
    slot: Slot
    how: How
    reached: Reached = Reached.YES
    temperature: Annotated[int, Field(ge=340, le=430)] | None = None
    symptoms: Annotated[list[Annotated[str, StringConstraints(max_length=40)]], Field(max_length=20)] = []
    mood: Annotated[int, Field(ge=1, le=5)] | None = None
    note: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""


class UndoCheck(ClosedBody):
    """The check with this ref was written down by mistake."""

    check: UUID


def _outbreak(scope: Scope, commands: list[ParsedCommand]) -> Any:
    """The open outbreak; raises NotFound, which the door turns into a refusal, where there is none."""
    community = places.reached(scope, commands[0].place)
    found = queries.open_outbreak(scope, community)
    if found is None:
        raise NotFound("outbreak")
    return found


def record(scope: Scope, commands: list[ParsedCommand]) -> list[Answer]:
    """Checks written down by one person."""
    if not commands:
        return []
    items = []
    for command in commands:
        said: RecordCheck = command.body
        items.append(
            actions.NewCheck(
                **carried(command), person=said.person, day=clock.local_day(command.at), slot=said.slot, how=said.how,
                reached=said.reached, temperature=said.temperature, symptoms=tuple(said.symptoms), mood=said.mood,
                note=said.note,
            )
        )  # fmt: skip
    return actions.record_checks(by=commands[0].by, scope=scope, outbreak=_outbreak(scope, commands), items=items)


def undo(scope: Scope, commands: list[ParsedCommand]) -> list[Answer]:
    """Checks taken back."""
    if not commands:
        return []
    items = [actions.UndoCheck(**carried(command), check=command.body.check) for command in commands]
    return actions.undo_checks(by=commands[0].by, scope=scope, outbreak=_outbreak(scope, commands), items=items)


COMMANDS = {
    **deciding.COMMANDS,
    "monitoring.record_checks": PhoneCommand(RecordCheck, record),
    "monitoring.undo_check": PhoneCommand(UndoCheck, undo),
}

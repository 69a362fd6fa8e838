"""What a gate asks, what a plate is, and what is proposed for whoever stands there. Pure.

The phone decides by the same rules (phone/src/checkpoints/rules.ts); both run contracts/cases/gate-*.json.
A person decides in the end: the rules only propose.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

WORKERS = ("office", "gate_keeper")
"""Roles that write at a gate."""
PATROLS = ("office", "patrol")
"""Roles that write on a patrol."""
SEEN_FOR = timedelta(hours=24)
"""How far back a gate sees its own entries (privacy P7)."""
INSIDE_FOR = timedelta(days=14)
"""Who came in earlier is not counted as inside any more: entries are kept so long (privacy P9)."""
FEVER_FROM = 373
"""Tenths of a degree; used where no disease profile says otherwise (practice of 2022)."""


class Direction(StrEnum):
    """Into the community or out of it."""

    IN = "in"
    OUT = "out"


class Check(StrEnum):
    """What a gate may ask for (form F12); a profile may name fewer or others."""

    ID_DOCUMENT = "id_document"
    HEALTH_CODE = "health_code"
    TRAVEL_CODE = "travel_code"
    TEMPERATURE = "temperature"
    TEST_REPORT = "test_report"
    VACCINATION = "vaccination"
    CARD = "card"
    PERMIT = "permit"
    MASK = "mask"


DEFAULT_CHECKS = (Check.ID_DOCUMENT, Check.HEALTH_CODE, Check.TRAVEL_CODE, Check.TEMPERATURE, Check.TEST_REPORT)


class Shown(StrEnum):
    """The answer to a check: in order, not in order, or not shown."""

    OK = "ok"
    NOT_OK = "not_ok"
    NOT_SHOWN = "not_shown"


class Outcome(StrEnum):
    """How a crossing ends."""

    PASS = "pass"  # noqa: S105
    PASS_WITH_MEASURE = "pass_with_measure"  # noqa: S105
    TURNED_BACK = "turned_back"
    REFERRED_CLINIC = "referred_clinic"


WENT_THROUGH = frozenset({Outcome.PASS, Outcome.PASS_WITH_MEASURE})


class Why(StrEnum):
    """Why it ended so: the closed list, each with what to say in texts/checkpoints.tsv (`say_<code>`)."""

    ALL_OK = "all_ok"
    ALLOWED = "allowed"
    RESIDENT = "resident"
    EMERGENCY = "emergency"
    NOT_SHOWN = "not_shown"
    CARD_DOUBT = "card_doubt"
    FROM_RISK_AREA = "from_risk_area"
    CHECK_NOT_OK = "check_not_ok"
    CARD_BAD = "card_bad"
    CLOSED_HOURS = "closed_hours"
    NO_PERMIT = "no_permit"
    NOT_LET_OUT = "not_let_out"
    FEVER = "fever"
    SYMPTOMS = "symptoms"


FITTING: Mapping[Outcome, tuple[Why, ...]] = {
    Outcome.PASS: (Why.ALL_OK, Why.ALLOWED, Why.RESIDENT, Why.EMERGENCY),
    Outcome.PASS_WITH_MEASURE: (Why.NOT_SHOWN, Why.CARD_DOUBT, Why.FROM_RISK_AREA, Why.RESIDENT, Why.EMERGENCY),
    Outcome.TURNED_BACK: (Why.CHECK_NOT_OK, Why.NOT_SHOWN, Why.CARD_BAD, Why.CLOSED_HOURS, Why.NO_PERMIT, Why.NOT_LET_OUT, Why.FROM_RISK_AREA),
    Outcome.REFERRED_CLINIC: (Why.FEVER, Why.SYMPTOMS),
}  # fmt: skip
"""Which reasons stand under which outcome."""


class Vehicle(StrEnum):
    """What people come in or on; NONE is on foot."""

    NONE = "none"
    CAR = "car"
    TRUCK = "truck"
    BUS = "bus"
    MOTORCYCLE = "motorcycle"
    TRACTOR = "tractor"
    AMBULANCE = "ambulance"
    OTHER = "other"


class Errand(StrEnum):
    """Why they come or go; words as `errand_<code>`."""

    HOME = "home"
    SUPPLY = "supply"
    WORK = "work"
    HERDING = "herding"
    MEDICAL = "medical"
    DUTY = "duty"
    TRANSIT = "transit"
    OTHER = "other"


# --- plates

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_USUAL = re.compile(
    rf"[{PROVINCES}][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳]"
    r"|[DABCEFGHJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[DABCEFGHJK])"
)
"""GA 36-2018: usual plates with five, new-energy ones with six places after the letter."""
_LOOK_ALIKE = str.maketrans("OI", "01")
_UPPER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
LONGEST_PLATE = 20


@dataclass(frozen=True)
class Plate:
    """`key` compares plates; `usual` is False for those of armies, embassies, tractors, paper and typing
    errors: they are warned of, never refused. What was typed is kept beside it."""

    key: str
    usual: bool


def read_plate(typed: str) -> Plate:
    """藏c·12345 → 藏C12345. O and I, which no usual plate has, become 0 and 1 where that makes it one."""
    bare = re.sub(r"[\s·•.\-_—–・]", "", unicodedata.normalize("NFKC", typed)).translate(_UPPER)
    key = unicodedata.normalize("NFKC", bare)[:LONGEST_PLATE]
    if _USUAL.fullmatch(key):
        return Plate(key, True)
    fixed = key[:2] + key[2:].translate(_LOOK_ALIKE)
    return Plate(fixed, True) if _USUAL.fullmatch(fixed) else Plate(key, False)


# --- a gate's hours


def is_open(opens: time | None, closes: time | None, at: time) -> bool:
    """Within the hours, the closing minute no more; hours may pass midnight; without hours it is always open."""
    if opens is None or closes is None or opens == closes:
        return True
    return opens <= at < closes if opens < closes else at >= opens or at < closes


def counts_at(since: datetime, until: datetime | None, at: datetime) -> bool:
    """Whether a permission holds at a moment: from `since` on, until `until`, that one excluded."""
    return since <= at and (until is None or at < until)


# --- going out: who may leave when, tied to a card


@dataclass(frozen=True)
class LeaveRule:
    """People of these grids (none named: of all) may go out on these days (1 Monday to 7 Sunday; none named:
    on all), within these hours, with a card that is not older than so many hours."""

    grids: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    opens: time | None = None
    closes: time | None = None
    card_hours: int | None = None


class Going(StrEnum):
    """Whether somebody may go out: nothing restricts it, they may, or why not."""

    FREE = "free"
    MAY = "may"
    CARD_NEEDED = "card_needed"
    CARD_OLD = "card_old"
    NOT_NOW = "not_now"


NOT_LET_OUT = frozenset({Going.CARD_OLD, Going.NOT_NOW})


def going_out(card: tuple[int, float] | None, leaves: Iterable[LeaveRule], weekday: int, at: time) -> Going:
    """By the rules in force. `card`: its grid and its age in hours, None where none was scanned; whoever shows
    none may be from elsewhere, so that alone holds nobody."""
    leaves = list(leaves)
    if not leaves:
        return Going.FREE
    if card is None:
        return Going.CARD_NEEDED
    grid, hours = card
    now = [one for one in leaves if (not one.grids or grid in one.grids) and _runs(one, weekday, at)]
    if not now:
        return Going.NOT_NOW
    fresh = any(one.card_hours is None or hours <= one.card_hours for one in now)
    return Going.MAY if fresh else Going.CARD_OLD


def _runs(leave: LeaveRule, weekday: int, at: time) -> bool:
    """Hours past midnight belong to the day on which they began."""
    if not is_open(leave.opens, leave.closes, at):
        return False
    passes_midnight = leave.opens is not None and leave.closes is not None and leave.opens > leave.closes
    began = (weekday - 2) % 7 + 1 if passes_midnight and leave.closes and at < leave.closes else weekday
    return not leave.weekdays or began in leave.weekdays


# --- patrols: counts, never names


class Found(StrEnum):
    """What a patrol finds at a point of its route (form F14)."""

    NOTHING = "nothing"
    GATHERING = "gathering"
    OUTSIDE = "outside"
    NO_MASK = "no_mask"
    SHOP = "shop"


class Did(StrEnum):
    """What it did about it."""

    NOTHING = "nothing"
    SENT_HOME = "sent_home"
    EXPLAINED = "explained"
    REPORTED = "reported"


# --- what is proposed


def restricts(until: datetime | None, at: datetime) -> bool:
    """Whether a gate may hold anybody: only under an outbreak that somebody looks at (privacy P19)."""
    return until is not None and at < until


@dataclass(frozen=True)
class Ask:
    """One check of this gate. `limit`: for the temperature, tenths of a degree from which it is a fever."""

    code: str
    optional: bool = False
    limit: int | None = None


@dataclass(frozen=True)
class Facts:
    """What the keeper found out. `card` is the colour of a scanned card, '' where none was scanned."""

    direction: Direction
    checks: Mapping[str, Shown]
    temperature: int | None = None
    allowed: bool = False
    open: bool = True
    card: str = ""
    going: Going = Going.FREE
    restricts: bool = True


@dataclass(frozen=True)
class Proposal:
    """What is proposed, why, and which check decided it ('' where none did)."""

    outcome: Outcome
    why: Why
    check: str = ""


def propose(facts: Facts, asks: Iterable[Ask]) -> Proposal:
    """The most serious thing first: a fever, a false card, a check that is not in order, closed hours; then
    doubts, with which one passes and is written down; then nothing stands against it.

    Whoever leaves is asked only what was found; what they did not show does not hold them. Where nobody is
    restricted a fever is still shown the way to the clinic, and nothing else stands against anyone.
    """
    needed = {ask.code: ask for ask in asks}
    limit = needed[Check.TEMPERATURE].limit if Check.TEMPERATURE in needed else None
    if facts.temperature is not None and facts.temperature >= (limit or FEVER_FROM):
        return Proposal(Outcome.REFERRED_CLINIC, Why.FEVER, Check.TEMPERATURE)
    if facts.checks.get(Check.TEMPERATURE) == Shown.NOT_OK:
        return Proposal(Outcome.REFERRED_CLINIC, Why.FEVER, Check.TEMPERATURE)
    if not facts.restricts:
        return Proposal(Outcome.PASS, Why.ALLOWED if facts.allowed else Why.ALL_OK)
    if facts.card == "red":
        return Proposal(Outcome.TURNED_BACK, Why.CARD_BAD)
    for code, shown in facts.checks.items():
        if shown == Shown.NOT_OK and not (code in needed and needed[code].optional):
            return Proposal(Outcome.TURNED_BACK, Why.CHECK_NOT_OK, code)
    if facts.allowed:
        return Proposal(Outcome.PASS, Why.ALLOWED)
    if facts.direction == Direction.OUT and facts.going in NOT_LET_OUT:
        return Proposal(Outcome.TURNED_BACK, Why.NOT_LET_OUT)
    if not facts.open:
        return Proposal(Outcome.TURNED_BACK, Why.CLOSED_HOURS)
    return _doubt(facts, needed) or Proposal(Outcome.PASS, Why.ALL_OK)


def _doubt(facts: Facts, needed: Mapping[str, Ask]) -> Proposal | None:
    if facts.card == "yellow":
        return Proposal(Outcome.PASS_WITH_MEASURE, Why.CARD_DOUBT)
    if facts.direction == Direction.OUT:
        return None
    for code, ask in needed.items():
        measured = code == Check.TEMPERATURE and facts.temperature is not None
        if not ask.optional and not measured and facts.checks.get(code, Shown.NOT_SHOWN) == Shown.NOT_SHOWN:
            return Proposal(Outcome.PASS_WITH_MEASURE, Why.NOT_SHOWN, code)
    return None


class Recheck(StrEnum):
    """What the server finds about a decision that was made without it."""

    AGREES = "agrees"
    NOT_ALLOWED = "not_allowed"
    CARD_WITHDRAWN = "card_withdrawn"


def recheck(*, said_allowed: bool, allowed: bool, withdrawn: bool, passed: bool) -> Recheck:
    """A list or card that was no longer good matters only where someone passed."""
    if passed and withdrawn:
        return Recheck.CARD_WITHDRAWN
    return Recheck.NOT_ALLOWED if passed and said_allowed and not allowed else Recheck.AGREES


def celsius(tenths: int | None) -> str:
    """`36.6`, or nothing where it was not measured."""
    return "" if tenths is None else f"{tenths // 10}.{tenths % 10}"

"""What a gate shows for a card: green, yellow or red, with the reason.

The second of two rules. The first (verify.py) says genuine or not; this one adds what the phone
knows: the age of its list, the activation, the holder, and what this gate asks for. Red is certain,
yellow means look or call the desk, and nothing uncertain is ever green.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from zhegu.cards.rules.serials import holder_tag

WARN_AFTER = 24 * 3600
STALE_AFTER = 72 * 3600


class Colour(StrEnum):
    """Shown with a shape and a word as well."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class Kind(IntEnum):
    """What a card is for."""

    SAMPLED = 1
    PASS = 2
    SUPPLY = 3


class Activation(StrEnum):
    """Whether a pre-printed card was handed out, as far as this phone knows."""

    ACTIVE = "active"
    NOT_ACTIVE = "not_active"
    UNKNOWN = "unknown"


class Holder(StrEnum):
    """Whether the person's code fits the card's holder tag."""

    NONE = "none"
    NOT_ASKED = "not_asked"
    MATCHES = "matches"
    DIFFERS = "differs"


class Look(StrEnum):
    """Why a genuine card is not simply green; words in texts/cards.tsv as `cards.look_<code>`."""

    OK = "ok"
    NO_LIST = "no_list"
    CLOCK_WRONG = "clock_wrong"
    OTHER_KIND = "other_kind"
    HOLDER = "holder"
    TOO_OLD = "too_old"
    LIST_STALE = "list_stale"
    NOT_HANDED_OUT = "not_handed_out"
    ACTIVATION_UNKNOWN = "activation_unknown"
    HOLDER_NOT_ASKED = "holder_not_asked"
    NO_HOLDER_TAG = "no_holder_tag"


@dataclass(frozen=True, slots=True)
class CardFacts:
    """A checked card and what the phone knows. `reason` is the verifier's where not genuine; `list_age`
    in seconds is None without a list; `sampled_ago` counts from the card's time."""

    genuine: bool
    reason: str = ""
    kind: int = 0
    sampled_ago: float = 0
    list_age: float | None = 0
    clock_behind: bool = False
    activation: Activation = Activation.UNKNOWN
    holder: Holder = Holder.NONE


@dataclass(frozen=True, slots=True)
class GatePolicy:
    """What a gate or desk asks for: kinds it takes, how fresh (hours, None for any), and the holder's code."""

    kinds: frozenset[int] = frozenset({Kind.SAMPLED})
    freshest_hours: float | None = None
    holder_needed: bool = False


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """A colour, its reason, and whether to warn that the list grows old."""

    colour: Colour
    reason: str
    list_ages: bool = False


def gate_verdict(card: CardFacts, gate: GatePolicy) -> GateVerdict:
    """The colour: red where not genuine or plainly not for here, yellow where anything is uncertain.

    A card without a holder tag is green only if this phone holds its activation; a pass or supply card
    under a list older than 72 h is yellow. A list older than 24 h warns whatever the colour.
    """
    ages = card.list_age is None or card.list_age > WARN_AFTER
    if not card.genuine and card.list_age is None:
        return GateVerdict(Colour.YELLOW, Look.NO_LIST, ages)
    if not card.genuine:
        return GateVerdict(Colour.RED, card.reason, ages)
    if refusal := _refusal(card, gate):
        return GateVerdict(Colour.RED, refusal, ages)
    if doubt := _doubt(card, gate):
        return GateVerdict(Colour.YELLOW, doubt, ages)
    return GateVerdict(Colour.GREEN, Look.OK, ages)


def _refusal(card: CardFacts, gate: GatePolicy) -> Look | None:
    if card.kind not in gate.kinds:
        return Look.OTHER_KIND
    if card.holder == Holder.DIFFERS:
        return Look.HOLDER
    if gate.freshest_hours is not None and card.sampled_ago > gate.freshest_hours * 3600:
        return Look.TOO_OLD
    return None


def _doubt(card: CardFacts, gate: GatePolicy) -> Look | None:
    if card.clock_behind:
        return Look.CLOCK_WRONG
    if card.list_age is None:
        return Look.NO_LIST
    if card.kind in (Kind.PASS, Kind.SUPPLY) and card.list_age > STALE_AFTER:
        return Look.LIST_STALE
    if card.holder == Holder.NONE:
        return _doubt_without_holder(card, gate)
    if gate.holder_needed and card.holder == Holder.NOT_ASKED:
        return Look.HOLDER_NOT_ASKED
    return None


def _doubt_without_holder(card: CardFacts, gate: GatePolicy) -> Look | None:
    if card.activation == Activation.NOT_ACTIVE:
        return Look.NOT_HANDED_OUT
    if card.activation != Activation.ACTIVE:
        return Look.ACTIVATION_UNKNOWN
    return Look.NO_HOLDER_TAG if gate.holder_needed else None


def holder_of(serial: int, tag: bytes | None, resident: bytes | None) -> Holder:
    """How the 80 bits of a resident code (None where not scanned) fit a card's holder tag."""
    if tag is None:
        return Holder.NONE
    if resident is None:
        return Holder.NOT_ASKED
    return Holder.MATCHES if holder_tag(serial, resident) == tag else Holder.DIFFERS

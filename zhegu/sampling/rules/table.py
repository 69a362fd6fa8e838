"""At the table: may this person be sampled, into which tube, with which card? The same online and off."""

from dataclasses import dataclass
from typing import Literal

from zhegu.sampling.rules.words import Signal, Standing, Why

SAMPLED_CARD = 1


@dataclass(frozen=True)
class Verdict:
    """What to show. `override`: a person may go on all the same, and says why."""

    signal: Signal
    reason: Why | Literal[""] = ""
    override: bool = False


FINE = Verdict(Signal.YES)


def _no(reason: Why) -> Verdict:
    return Verdict(Signal.NO, reason)


def _look(reason: Why, override: bool = False) -> Verdict:
    return Verdict(Signal.LOOK, reason, override)


@dataclass(frozen=True)
class PersonFacts:
    """`standing` None: on no line we have; `other_grid`: the grid their code belongs to, where only
    that is known."""

    round: Literal["open", "closed", "none"] = "open"
    standing: Standing | str | None = Standing.MISSING
    other_grid: int | None = None
    single_only: bool = False


def judge_person(facts: PersonFacts) -> Verdict:
    """May this person be sampled here and now?

    Someone not on the roster is added with a reason first; someone of another grid goes to that
    table or is added; who was excused, moved or not found may be sampled with a reason; who must be
    sampled singly gets a tube alone.
    """
    if facts.round == "none":
        return _no(Why.NO_ROUND)
    if facts.round == "closed":
        return _no(Why.ROUND_CLOSED)
    if facts.standing is None:
        return _look(Why.NOT_ON_ROSTER if facts.other_grid is None else Why.OTHER_GRID)
    if facts.standing == Standing.DONE:
        return _no(Why.ALREADY_SAMPLED)
    if facts.standing != Standing.MISSING:
        return _look(Why(f"was_{facts.standing}"), override=True)
    return _look(Why.SINGLE_ONLY) if facts.single_only else FINE


@dataclass(frozen=True)
class TubeFacts:
    """The tube in the rack: how many it holds by its ratio, how many are in, and who is next.

    `ended`: someone closed it early, so that a family stays together.
    """

    ratio: int
    filled: int
    single_only: bool = False
    round_ratio: int = 10
    ended: bool = False


def choose_tube(facts: TubeFacts) -> Literal["open", "next", "own"]:
    """Into the tube that is open, into a fresh one like it, or into one of the person's own."""
    if facts.single_only and (facts.ratio != 1 or facts.filled):
        return "own"
    return "next" if facts.ended or facts.filled >= facts.ratio else "open"


def judge_tube(facts: TubeFacts) -> Verdict:
    """May this swab go into this tube? A tube of one is always right; any other has the round's ratio."""
    if facts.ratio not in (1, facts.round_ratio):
        return _no(Why.TUBE_OTHER_RATIO)
    if facts.single_only and facts.ratio != 1:
        return _no(Why.TUBE_NOT_SINGLE)
    return _no(Why.TUBE_FULL) if facts.ended or facts.filled >= facts.ratio else FINE


@dataclass(frozen=True)
class CardFacts:
    """What the verifier said of a scanned card, and whether it is already somebody's."""

    genuine: bool
    why: str = ""
    kind: int = SAMPLED_CARD
    round: int = 0
    grid: int = 0
    used: bool = False


def judge_card(card: CardFacts | None, round_no: int, grid: int | None) -> Verdict:
    """May this card be handed to someone of `grid` in round `round_no`? None: no card was scanned."""
    if card is None:
        return _look(Why.CARD_NOT_GIVEN, override=True)
    if not card.genuine:
        return _no(Why.CARD_REVOKED if card.why == "revoked" else Why.CARD_NOT_GENUINE)
    if card.kind != SAMPLED_CARD:
        return _no(Why.CARD_OTHER_KIND)
    if card.round != round_no:
        return _no(Why.CARD_OTHER_ROUND)
    if grid is not None and card.grid != grid:
        return _no(Why.CARD_OTHER_GRID)
    return _no(Why.CARD_USED) if card.used else FINE


def may_sample(*verdicts: Verdict) -> Verdict:
    """Of the verdicts on person, tube and card, in this order: the first `no`, else the first `look`."""
    for signal in (Signal.NO, Signal.LOOK):
        for verdict in verdicts:
            if verdict.signal == signal:
                return verdict
    return FINE
